"""A click on what a colleague closed, archived or removed after the page's checks and before its write."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from assessments.actions.discarding import delete_empty_network
from assessments.actions.networks import leave_network, merge_partners, remove_partner
from assessments.actions.rounds import close_round, publish_round
from assessments.models import Membership, Network, OpenAnswer, Participant, ParticipantFile, Partner, Round, State
from tests.cast import build_cast, ready
from tests.html import MESSAGES, WARNINGS, text_of, texts
from tests.meanwhile import meanwhile as meanwhile_elsewhere

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


# What a page writes to a network that is gone by then
WRITES = {
    "network_edit": {"name": "Netwerk Anders"},
    "network_keeping": {"keeps_reports": ""},
    "network_leave": {"post": "ja"},
    "partner_new": {"name": "Wijkteam", "kind": "wijkteam"},
    "partner_kinds": {},  # and a kind of each partner, which the test knows
    "job_title_new": {"job_title": "mentor", "level": "uitvoerend"},
    "colleague_invite": {"name": "Iemand", "email": "nieuw@example.org", "role": "reader"},
    "round_new": {"name": "Najaar"},  # and the version of the instrument
}


@pytest.mark.parametrize("name", WRITES)
def test_a_network_that_a_colleague_deleted_is_there_no_more(client, db, name):
    cast = build_cast(is_open=False)
    client.force_login(cast.coordinator)
    kinds = {f"soort-{partner.pk}": partner.kind_id for partner in cast.partners.values()}
    fields = WRITES[name] | kinds | {"instrument_version": cast.round.instrument_version_id}
    with before_the_write(lambda: delete_empty_network(network_id=cast.network.pk)):
        page = client.post(reverse(name, args=[cast.network.pk]), fields)
    assert page.status_code == 404
    assert not Network.objects.filter(pk=cast.network.pk).exists()


@pytest.mark.parametrize("name", ["partner_edit", "partner_remove", "partner_merge"])
def test_a_partner_that_a_colleague_removed_is_there_no_more(coordinator, cast, name):
    partner = Partner.objects.create(network=cast.network, key="wijkteam", name="Wijkteam")
    fields = {"name": "Wijkteams", "kind": "wijkteam", "into": cast.partners["school"].pk}
    with before_the_write(lambda: remove_partner(partner_id=partner.pk)):
        page = coordinator.post(reverse(name, args=[cast.network.pk, partner.pk]), fields)
    assert page.status_code == 404


def test_a_colleague_who_has_left_gets_no_other_role(coordinator, cast):
    own = cast.network.memberships.get(user=cast.reader)
    with before_the_write(lambda: leave_network(network_id=cast.network.pk, user=cast.reader)):
        page = coordinator.post(reverse("colleague_role", args=[cast.network.pk, own.pk]), {"role": "researcher"})
    assert page.status_code == 404
    assert not Membership.objects.filter(pk=own.pk).exists()


def test_a_list_that_a_colleague_added_is_not_read_in_other_signs(coordinator, cast):
    file = SimpleUploadedFile("lijst.csv", "e-mail;partner;niveau\na@school.nl;Café;bestuur".encode("cp1252"))
    coordinator.post(reverse("participants_file", args=[cast.round.pk]), {"file": file})
    address = reverse("participants_preview", args=[cast.round.pk])
    with before_the_write(lambda: ParticipantFile.objects.all().delete()):
        page = coordinator.post(address, {"formulier": "lezen", "encoding": "mac_roman"})
    assert page.status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_partners_that_two_colleagues_merge_into_each_other_become_one(client):
    cast = build_cast(is_open=False)
    client.force_login(cast.coordinator)
    school, gemeente = cast.partners["school"], cast.partners["gemeente"]
    address = reverse("partner_merge", args=[cast.network.pk, gemeente.pk])
    with meanwhile_elsewhere(lambda: merge_partners(partner_id=school.pk, into_id=gemeente.pk)):
        assert client.post(address, {"into": school.pk}).status_code == 404
    assert cast.network.partners.get() == gemeente
