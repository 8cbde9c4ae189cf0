"""Coördinators are mailed when the day of what was agreed has come, and half a year after publication; once each."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from assessments.actions import nudges
from assessments.actions.due import do_what_is_due
from assessments.actions.improvements import add_improvement, change_improvement
from assessments.actions.rounds import archive_round, close_round, publish_round
from assessments.actions.setup import create_round
from assessments.models import Improvement, Membership, Publication, Role, Round, State
from samenwerking.accounts.models import User
from tests.cast import PASSWORD
from tests.jobs import do_jobs
from tests.mail_server import server

__all__ = ["server"]  # a fixture

FRIDAY, SATURDAY, MONDAY = date(2027, 3, 5), date(2027, 3, 6), date(2027, 3, 8)
SENDING = pytest.mark.django_db(transaction=True)  # the worker has a connection of its own
SENT = ("send_agreements_due", "send_look_back")


def at(day, hour=10):
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.fixture
def cast(cast):
    for number, participant in enumerate(cast.participants()):
        cast.answer(participant, 2 + number % 3)
    close_round(round_id=cast.round.pk)
    return cast


@pytest.fixture
def published(cast):
    publish_round(round_id=cast.round.pk)
    Publication.objects.update(published_at=at(date(2027, 1, 6)))
    return cast


def agree(cast, what="Elke maand bellen.", due_on=FRIDAY, **more):
    return add_improvement(round_id=cast.round.pk, fields={"what": what, "due_on": due_on} | more)


def nudged(now):
    """Returns how many mails were queued by what is due at this moment."""
    return do_what_is_due(now)["coordinators nudged"]


def send():
    """Lets the worker send nudges, and nothing else that is queued."""
    names = [getattr(nudges, name).module_path for name in SENT]
    DBTaskResult.objects.exclude(task_path__in=names).delete()
    do_jobs()


def next_round(cast):
    fields = {"name": "Najaar", "instrument_version": cast.round.instrument_version}
    return create_round(network_id=cast.network.pk, previous_id=cast.round.pk, fields=fields)


@SENDING
def test_all_whose_day_has_come_are_in_one_mail_to_each_coordinator(cast, server):
    second = User.objects.create_user("tweede@example.org", PASSWORD, name="Tweede")
    Membership.objects.create(network=cast.network, user=second, role=Role.COORDINATOR)
    for what in ("Elke maand bellen.", "Samen kennismaken.", "Ga naar www.voorbeeld.nl."):
        agree(cast, what)
    agree(cast, "Later.", MONDAY)
    agree(cast, "Gedaan.", FRIDAY, outcome="gedaan")
    agree(cast, "Geen dag.", None)
    assert nudged(at(FRIDAY)) == 2
    send()
    assert set(server.sent_to()) == {cast.coordinator.email, second.email}
    message = server.received[0]
    assert message["Subject"] == "Netwerk Oost: Wat kwam er van de afspraken?"
    text = message.get_body(("plain",)).get_content()
    for part in (
        "- Elke maand bellen.",
        "- Samen kennismaken.",
        nudges.WITH_A_LINK,
        f"/rondes/{cast.round.pk}/verbeter",
    ):
        assert part in text
    for part in ("Later.", "Gedaan.", "Geen dag.", "www.voorbeeld.nl"):
        assert part not in text
        assert part not in message.get_body(("html",)).get_content()


def test_a_day_is_told_of_once_and_another_day_again(cast):
    row = agree(cast)
    assert [nudged(at(day)) for day in (FRIDAY - timedelta(days=1), FRIDAY, FRIDAY, MONDAY)] == [0, 1, 0, 0]
    change_improvement(round_id=cast.round.pk, improvement_id=row.pk, fields={"due_on": date(2027, 4, 1)})
    assert [nudged(at(day)) for day in (MONDAY, date(2027, 4, 1), date(2027, 4, 2))] == [0, 1, 0]


@pytest.mark.parametrize(
    "moment",
    [at(FRIDAY, 7), at(FRIDAY, 18), at(SATURDAY), at(date(2027, 3, 29))],
    ids=["early", "late", "weekend", "Easter"],
)
def test_nobody_is_mailed_when_offices_are_closed_and_what_was_missed_is_caught_up(cast, moment):
    agree(cast)
    assert [nudged(moment), nudged(at(date(2027, 3, 30)))] == [0, 1]


@SENDING
def test_who_noted_an_outcome_before_it_was_sent_hears_nothing(cast, server):
    row = agree(cast)
    nudged(at(FRIDAY))
    change_improvement(round_id=cast.round.pk, improvement_id=row.pk, fields={"outcome": "gedaan"})
    send()
    assert not server.received


@SENDING
def test_who_is_no_coordinator_any_more_hears_nothing(cast, server):
    agree(cast)
    nudged(at(FRIDAY))
    Membership.objects.filter(user=cast.coordinator).update(role=Role.READER)
    send()
    assert not server.received


def test_with_nobody_to_mail_it_waits_until_there_is_somebody(cast):
    agree(cast)
    User.objects.filter(pk=cast.coordinator.pk).update(is_active=False)
    assert nudged(at(FRIDAY)) == 0
    User.objects.filter(pk=cast.coordinator.pk).update(is_active=True)
    assert nudged(at(MONDAY)) == 1


@SENDING
def test_a_mail_that_the_server_refuses_for_now_goes_later_and_once(cast, server):
    agree(cast)
    nudged(at(FRIDAY))
    server.on_rcpt = lambda address: "451 try again later"
    send()
    assert not server.received
    server.on_rcpt = lambda address: None
    DBTaskResult.objects.update(run_after=timezone.now())
    send()
    send()
    assert server.sent_to() == {cast.coordinator.email: 1}


def test_of_what_is_fixed_and_of_an_example_nobody_is_mailed(published):
    agree(published)
    following = next_round(published)
    Round.objects.filter(pk=following.pk).update(state=State.ARCHIVED, opened_at=at(FRIDAY))
    assert nudged(at(FRIDAY)) == 0
    Round.objects.filter(pk=following.pk).delete()
    published.network.is_constructed = True
    published.network.save()
    assert nudged(at(FRIDAY)) == 0


@SENDING
def test_a_network_that_is_gone_stops_no_other(cast, server):
    agree(cast)
    nudged(at(FRIDAY))
    Round.objects.filter(pk=cast.round.pk).delete()
    send()
    assert not server.received
    assert not DBTaskResult.objects.filter(status="FAILED").exists()


# Half a year later


@SENDING
def test_half_a_year_after_publication_every_coordinator_is_asked_to_look_back_once(published, server):
    agree(published, due_on=None)
    days = (date(2027, 7, 6), date(2027, 7, 7), date(2027, 7, 8))
    assert [nudged(at(day)) for day in days] == [0, 1, 0]
    send()
    [message] = server.received
    assert message["Subject"] == "Netwerk Oost: Een half jaar na de uitkomsten"
    text = message.get_body(("plain",)).get_content()
    assert "- Elke maand bellen." in text
    assert "Kijk ook of een volgende ronde past." in text
    assert f"/netwerken/{published.network.pk}/" in text


@SENDING
def test_without_agreements_it_asks_only_whether_a_next_round_fits(published, server):
    nudged(at(date(2027, 9, 1)))  # nothing ran on the day itself
    send()
    [message] = server.received
    assert "afspraken" not in message.get_body(("plain",)).get_content()


def test_once_there_is_a_next_round_nobody_is_asked_whether_it_fits(published):
    archive_round(round_id=published.round.pk)
    next_round(published)
    assert nudged(at(date(2027, 7, 7))) == 0
    assert Improvement.objects.count() == 0
