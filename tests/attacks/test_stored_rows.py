"""Whatever is stored once a round is closed is given to a program that puts people's rows back in their places."""

import re
from random import Random

import pytest
from django.apps import apps

from assessments.actions.rounds import close_round
from assessments.anonymity.erasure import wipe
from assessments.models import FrozenResults
from factors.models import InstrumentVersion
from tests.attacks.fingerprints import Row, blanked, put_back
from tests.cast import build_cast, submit_all
from tests.people import INSTRUMENT, Person

pytestmark = [pytest.mark.attack, pytest.mark.django_db]

SEATS = {
    ("school", "uitvoerend"): 9,
    ("buurtteam", "uitvoerend"): 7,
    ("jeugdhulp", "uitvoerend"): 3,
    ("gemeente", "uitvoerend"): 2,
    ("school", "management"): 2,
    ("buurtteam", "management"): 2,
    ("jeugdhulp", "management"): 2,
    ("gemeente", "management"): 2,
    ("school", "bestuur"): 1,
    ("gemeente", "bestuur"): 1,
}
ASKED = [s.key for key, block in INSTRUMENT.blocks.items() if key != "ouders" for s in block]
STATEMENTS = set(INSTRUMENT.statements)


KINDS = {"school": "school", "buurtteam": "wijkteam", "jeugdhulp": "jeugdhulp", "gemeente": "gemeente"}


@pytest.fixture
def closed():
    return close_a_round()


def close_a_round(kinds=None):
    """Returns people, what is published of them, and their round, which is closed; with `kinds` it shows sectors."""
    chance = Random(13)
    people = [
        Person(partner, level, {key: chance.choice("1223334445?") for key in ASKED})
        for (partner, level), count in SEATS.items()
        for _ in range(count)
    ]
    cast = build_cast(SEATS, minimum=5, kinds=kinds)
    answers = [{key: v if v == "?" else int(v) for key, v in person.answers.items()} for person in people]
    submit_all(cast.round, zip(cast.participants(), answers, strict=True))
    close_round(round_id=cast.round.pk)
    wipe()
    return people, FrozenResults.objects.get().document, cast.round


def rows_of_people():
    """Returns everything in the database that has the shape of somebody's answers.

    Shapes are: answers by statement, in a row, as signs, as bytes.
    """
    found = []
    for model in set(apps.get_models(include_auto_created=True)) - {InstrumentVersion}:
        for row in model.objects.values():
            found += [answers for part in parts_of(row) if (answers := answers_in(part))]
    return found


def answers_in(part):
    if isinstance(part, dict):
        return part if len(STATEMENTS & set(part)) > 1 else {}
    if isinstance(part, bytes | memoryview):
        part = bytes(part).decode("latin-1")
    if isinstance(part, list):
        part = "".join(str(value) if str(value) in "12345?" else "." for value in part)
    found = re.search(r"[1-5?]{12,}", re.sub(r"[\s,;]", "", part)) if isinstance(part, str) else None
    return dict(zip(ASKED, found[0], strict=False)) if found else {}


def parts_of(value):
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [value, *(own for part in inner for own in parts_of(part))]


@pytest.mark.parametrize(
    "kept",
    [
        {"VG1": 4, "VG2": 2},
        {"rows": [[4, 3, 2, "?", 1, 5, 5, 5, 4, 3, 2, 1]]},
        {"rows": "4 3 2 ? 1 5 5 5 4 3 2 1"},
        {"rows": {"x": "432?15554321"}},
        {"rows": b"\x00" + b"432?15554321" + b"\x00"},
    ],
)
def test_the_search_sees_answers_in_whatever_shape(kept):
    assert [answers for part in parts_of(kept) if (answers := answers_in(part))]


def test_the_program_puts_rows_back_as_they_were_kept_before(closed):
    people, document, _ = closed
    rows = blanked(people, 5)
    found = put_back(rows, document)
    blank = [number for number, row in enumerate(rows) if not row.partner]
    assert len(blank) > 10
    assert len(found) >= len(blank) / 2
    assert all(people[number].partner == partner for number, partner in found.items())


@pytest.mark.parametrize("kinds", [None, KINDS], ids=["partners", "sectors"])
def test_of_what_is_stored_now_it_puts_nobody_back(kinds):
    _, document, _ = close_a_round(kinds)
    rows = [Row(Person("", "", answers), "") for answers in rows_of_people()]
    assert put_back(rows, document) == {}
    assert rows == []
