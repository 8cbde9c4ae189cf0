"""A click on what a colleague closed, archived or removed after the page's checks and before its write."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from assessments.actions.rounds import close_round, publish_round
from assessments.models import OpenAnswer, Participant, Round, State
from tests.cast import build_cast, ready
from tests.html import MESSAGES, WARNINGS, text_of, texts

CHANGED = {"email": "goed@example.org", "level": "bestuur"}  # and the partner, which the test knows


def meanwhile(**changed):
    """Somebody else changes the rounds."""
    return before_the_write(lambda: Round.objects.update(**changed))


def before_the_write(act):
    """`act` is done as the first transaction of a request begins, after its checks."""
    to_do = [act]

    def wrapper(execute, sql, *more):
        if sql.startswith("SAVEPOINT") and to_do:
            to_do.pop()()
        return execute(sql, *more)

    return connection.execute_wrapper(wrapper)


def it_closes_meanwhile():
    return meanwhile(state=State.CLOSED, closed_at=timezone.now())


def test_no_link_for_ouders_is_made(coordinator, cast):
    with it_closes_meanwhile():
        answer = coordinator.post(reverse("ouders_link", args=[cast.round.pk]), follow=True)
    assert texts(answer, MESSAGES) == ["De ronde is net gesloten. Er is geen link gemaakt."]
    assert not cast.round.open_links.exists()


def test_no_list_is_added_and_the_round_says_why(coordinator, cast):
    file = SimpleUploadedFile("lijst.csv", b"e-mail;partner;niveau\nnieuw@school.nl;School;bestuur")
    coordinator.post(reverse("participants_file", args=[cast.round.pk]), {"file": file})
    with it_closes_meanwhile():
        answer = coordinator.post(reverse("participants_add", args=[cast.round.pk]), follow=True)
    assert answer.status_code == 200
    assert texts(answer, MESSAGES) == ["De ronde is net gesloten. Er is niets toegevoegd."]
    assert cast.round.participants.count() == 10


def test_open_answers_stay_as_they_are(coordinator, cast):
    for participant in cast.participants():
        cast.answer(participant, texts={"open_slot": "Meer tijd voor overleg."})
    close_round(round_id=cast.round.pk)
    publish_round(round_id=cast.round.pk)
    data = {f"tekst-{answer.pk}": "anders" for answer in OpenAnswer.objects.all()}
    with meanwhile(state=State.ARCHIVED):
        answer = coordinator.post(reverse("open_answers", args=[cast.round.pk]), data, follow=True)
    assert texts(answer, MESSAGES) == ["De ronde is net gearchiveerd. Er is niets opgeslagen."]
    assert not OpenAnswer.objects.filter(text="anders").exists()


@pytest.mark.parametrize(("name", "fields"), [("participant_remove", {}), ("participant_edit", CHANGED)])
def test_a_participant_whom_a_colleague_removed_is_said_to_be_gone(coordinator, cast, name, fields):
    first = cast.participants()[0]
    address = reverse(name, args=[cast.round.pk, first.pk])
    with before_the_write(lambda: Participant.objects.filter(pk=first.pk).delete()):
        page = coordinator.post(address, fields | {"partner": first.partner_id}, follow=True)
    assert texts(page, MESSAGES) == ["Een collega verwijderde deze deelnemer net, of verbeterde het adres."]
    assert cast.round.participants.count() == 9


def test_a_round_that_lost_its_participants_does_not_open_and_says_what_it_lacks(client, db):
    cast = build_cast(is_open=False)
    ready(cast.round)
    client.force_login(cast.coordinator)
    with before_the_write(lambda: Participant.objects.all().delete()):
        answer = client.post(reverse("round_open", args=[cast.round.pk]), follow=True)
    assert "Er zijn nog geen deelnemers. Voeg ze toe." in text_of(answer, WARNINGS)
    assert "Deze stap is al gezet" not in answer.content.decode()
    assert Round.objects.get(pk=cast.round.pk).state == State.CONCEPT
