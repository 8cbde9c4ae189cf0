"""`make bench` prints what a list of participants costs: chosen, looked through and added, as a coördinator does.

The pages are asked for as a browser asks them, with PostgreSQL behind. Memory is how far the process grew at its most.
"""

import io
import resource
import time
from contextlib import contextmanager

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from tests.bench.figures import figure, within
from tests.cast import build_cast

pytestmark = [pytest.mark.bench, pytest.mark.django_db]

ROWS = 5_000
LONGEST = 5  # seconds
HEADER = ["e-mailadres", "partner", "niveau", "functie"]
FUNCTIONS = ["ib'er", "Zorgcoördinator", "teamleider", "wethouder", "knutseljuf"]

# The unknown job title comes first, the others as they were filled in.
CHOSEN = {
    f"functie-{number}": level
    for number, level in enumerate(["uitvoerend", "uitvoerend", "management", "bestuur", "uitvoerend"])
}


def rows(count):
    """Yields rows, half of them without a level, one in ten from a domain that looks mistyped."""
    for number in range(count):
        domain = f"scholen{'' if number % 10 == 9 else 'g'}roep{number % 90}.nl"
        job_title = FUNCTIONS[number % len(FUNCTIONS)]
        yield [f"persoon{number}@{domain}", "School", "" if number % 2 else "uitvoerend", job_title]


def csv(table):
    return "\r\n".join(";".join(row) for row in [HEADER, *table]).encode("utf-8-sig")


def excel(table):
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    for row in [HEADER, *table]:
        sheet.append(row)
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


@contextmanager
def measured(what, name=None):
    """Prints what the work inside took; with `name` also prints a figure to compare."""
    before, start, work = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter(), time.process_time()
    yield
    seconds, work = time.perf_counter() - start, time.process_time() - work
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"{what}: {seconds:.2f} s, of which {work:.2f} s of work here; at its most {grown:.0f} MB more")
    if name:
        figure(name, work)
    within(seconds, LONGEST, what)


@pytest.fixture
def cast(client):
    cast = build_cast(is_open=False)
    client.force_login(cast.coordinator)
    client.get(reverse("participants_file", args=[cast.round.pk]))  # templates are read once
    return cast


def choose(client, cast, name, content):
    file = {"file": SimpleUploadedFile(name, content)}
    return client.post(reverse("participants_file", args=[cast.round.pk]), file, follow=True).content.decode()


@pytest.mark.compared
@pytest.mark.parametrize(("name", "write"), [("lijst.csv", csv), ("lijst.xlsx", excel)])
def test_a_list_of_five_thousand_is_added_in_five_seconds(client, cast, name, write):
    content = write(rows(ROWS))
    preview = reverse("participants_preview", args=[cast.round.pk])
    with measured(f"{name}: all of {ROWS} rows together", f"import.{name}"):
        with measured(f"{name}: chosen, to the page that shows what becomes of each row"):
            page = choose(client, cast, name, content)
        assert "Deze functies kennen wij niet" in page
        with measured(f"{name}: a level chosen, and the page again"):
            page = client.post(preview, {"formulier": "betekenis"} | CHOSEN, follow=True)
        assert f"{ROWS} deelnemers toevoegen" in page.content.decode()
        with measured(f"{name}: added, to the list of participants"):
            page = client.post(reverse("participants_add", args=[cast.round.pk]), follow=True)
    assert f"{ROWS} deelnemers zijn toegevoegd" in page.content.decode()
    assert cast.round.participants.count() == ROWS + 10


@pytest.mark.parametrize(
    ("what", "name", "content", "sentence"),
    [
        (
            "200,000 rows of CSV",
            "lijst.csv",
            lambda: b"email;partner\n" + b"a@b.nl;x\n" * 200_000,
            "meer dan 6000 rijen",
        ),
        ("200,000 rows of Excel", "lijst.xlsx", lambda: excel(["a@b.nl", "x"] for _ in range(200_000)), "te groot"),
        ("7,000 rows of Excel", "lijst.xlsx", lambda: excel(["a@b.nl", "x"] for _ in range(7_000)), "meer dan 6000"),
        ("a cell of 2 MB", "lijst.csv", lambda: b"email;partner\n" + b"x" * 2_000_000 + b";y\n", "heel lange cel"),
        ("a cell of 2 MB in Excel", "lijst.xlsx", lambda: excel([["a@b.nl", "x" * 2_000_000]]), "meer dan 300 tekens"),
        ("a thousand partners that nobody knows", "lijst.csv", lambda: csv(strangers()), "er zijn er nog"),
    ],
)
def test_what_is_too_much_is_refused_in_words_within_seconds(client, cast, what, name, content, sentence):
    made = content()
    with measured(f"{what} ({len(made) / 1e6:.1f} MB)"):
        assert sentence in choose(client, cast, name, made)


def strangers():
    return ([f"p{number}@b.nl", f"Partij {number}", "", f"Iemand {number}"] for number in range(ROWS))
