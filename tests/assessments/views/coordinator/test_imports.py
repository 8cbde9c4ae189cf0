"""Participants from a file on its pages: looked through first, then all added or none."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assessments.imports.fates import NEW
from assessments.models import Message, Participant, ParticipantFile
from tests.cast import build_cast
from tests.html import BUTTONS, FAULTS, MESSAGES, WARNINGS, text_of, texts, value_of

HEADER = "E-mailadres;Organisatie;Niveau;Functie\r\n"


@pytest.fixture
def cast(db):
    return build_cast(is_open=False)


def send(client, cast, content, name="lijst.csv"):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("participants_file", args=[cast.round.pk]), {"file": file}, follow=True)


def add(client, cast):
    return client.post(reverse("participants_add", args=[cast.round.pk]), follow=True)


GOOD = (HEADER + "nieuw@school.nl;School;uitvoerend;ib'er\nnog@school.nl;Gemeente;bestuur;").encode()


def test_the_preview_writes_nothing_and_adding_adds_all(coordinator, cast):
    page = send(coordinator, cast, GOOD).content.decode()
    assert "2 deelnemers toevoegen" in texts(page, BUTTONS)
    assert cast.round.participants.count() == 10
    assert "2 deelnemers zijn toegevoegd" in text_of(add(coordinator, cast), MESSAGES)
    assert cast.round.participants.count() == 12
    assert not ParticipantFile.objects.exists()


def test_the_same_file_twice_changes_nothing(coordinator, cast):
    send(coordinator, cast, GOOD)
    add(coordinator, cast)
    before = list(Participant.objects.order_by("pk").values())
    page = send(coordinator, cast, GOOD).content.decode()
    assert "Er is niets nieuws in deze lijst" in text_of(page, "main > p")
    add(coordinator, cast)
    add(coordinator, cast)
    assert list(Participant.objects.order_by("pk").values()) == before


def test_one_wrong_row_keeps_all_out(coordinator, cast):
    page = send(coordinator, cast, GOOD + b"\nkapot;Gemeente;bestuur;").content.decode()
    assert "Zolang er een rij niet klopt" in text_of(page, WARNINGS)
    add(coordinator, cast)
    assert cast.round.participants.count() == 10


def test_the_fates_are_judged_again_at_the_moment_of_adding(coordinator, cast):
    seal = value_of(send(coordinator, cast, GOOD).content.decode(), "gezien")
    Participant.objects.create(
        round=cast.round, partner=cast.partners["gemeente"], level="bestuur", email="nieuw@school.nl"
    )
    page = coordinator.post(reverse("participants_add", args=[cast.round.pk]), {"gezien": seal}, follow=True)
    assert "de lijst is intussen veranderd" in text_of(page, MESSAGES)
    assert cast.round.participants.count() == 11


def test_columns_that_are_not_recognised_can_be_chosen(coordinator, cast):
    page = send(coordinator, cast, b"Contact;Club;Laagje\na@b.nl;School;bestuur").content.decode()
    assert "Wij herkennen niet alle kolommen" in text_of(page, WARNINGS)
    url = reverse("participants_preview", args=[cast.round.pk])
    chosen = {"formulier": "kolommen", "email": "0", "partner": "1", "level": "2", "job_title": ""}
    assert "1 deelnemer toevoegen" in texts(coordinator.post(url, chosen, follow=True), BUTTONS)
    twice = chosen | {"level": "1"}
    assert "U koos een kolom twee keer" in text_of(coordinator.post(url, twice), FAULTS)


def test_an_unknown_partner_can_be_added_with_the_list(coordinator, cast):
    send(coordinator, cast, (HEADER + "a@b.nl;Wijkteam Oost;uitvoerend;").encode())
    url = reverse("participants_preview", args=[cast.round.pk])
    coordinator.post(url, {"formulier": "betekenis", "partner-0": NEW})
    add(coordinator, cast)
    assert cast.network.partners.get(key="wijkteam-oost").participants.get().email == "a@b.nl"


def test_new_partners_get_their_keys_in_the_order_of_the_list(coordinator, cast):
    """The first fifty signs of a name make its key, so the names of these differ by a number behind it."""
    names = [f"Samenwerkingsverband passend onderwijs van de hele regio {number}" for number in range(1, 9)]
    rows = "".join(f"p{number}@voorbeeld.nl;{name};bestuur;\r\n" for number, name in enumerate(names))
    send(coordinator, cast, (HEADER + rows).encode())
    kept = ParticipantFile.objects.get()
    ParticipantFile.objects.update(partners=dict.fromkeys(names, NEW))
    add(coordinator, cast)
    added = dict(kept.round.network.partners.filter(name__in=names).values_list("key", "name"))
    stem = min(added, key=len)
    assert added == {stem: names[0]} | {f"{stem}-{n}": name for n, name in enumerate(names[1:], start=2)}


def test_html_in_a_name_is_text(coordinator, cast):
    page = send(coordinator, cast, (HEADER + "a@b.nl;<script>alert(1)</script>;bestuur;").encode()).content.decode()
    assert "<script>alert" not in page
    assert "<script>alert(1)</script>" in text_of(page, "main th")


def test_five_thousand_rows_are_added(coordinator, cast):
    rows = "".join(f"persoon{n}@school{n % 90}.nl;School;uitvoerend;ib'er\n" for n in range(5000))
    send(coordinator, cast, (HEADER + rows).encode())
    add(coordinator, cast)
    assert cast.round.participants.count() == 5010


def test_whoever_is_added_to_an_open_round_is_invited(client, db):
    cast = build_cast()
    client.force_login(cast.coordinator)
    before = Message.objects.count()
    send(client, cast, GOOD)
    add(client, cast)
    assert Message.objects.count() == before + 2
