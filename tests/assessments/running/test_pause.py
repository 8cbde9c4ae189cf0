"""Sixty days lie between two rounds of a network, no two are open at once, and pages say so long before."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connections, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.actions.discarding import discard_round
from assessments.actions.rounds import NotReady, close_round, open_round, publish_round
from assessments.actions.setup import create_round
from assessments.models import Membership, Round, State
from assessments.rules.schedule import last_day
from assessments.running.pause import PAUSE, pause_of, pauses
from assessments.running.readiness import unmet
from tests.cast import build_cast, long_ago, ready
from tests.html import WARNINGS, links, text_of, texts
from tests.meanwhile import meanwhile


def following(cast, name="Najaar"):
    """Returns a next round in concept that could open but for the date."""
    fields = {"name": name, "instrument_version": cast.round.instrument_version}
    round = create_round(network_id=cast.network.pk, previous_id=cast.round.pk, fields=fields)
    Round.objects.filter(pk=round.pk).update(
        closes_on=timezone.localdate() + timedelta(days=200), contact_email="noor@example.org"
    )
    return Round.objects.get(pk=round.pk)


def closed(round, at):
    Round.objects.filter(pk=round.pk).update(state=State.CLOSED, closed_at=at)


def days_ago(days):
    """Returns this time of the day so many days ago by the calendar: a day in which summer time ends has 25 hours."""
    return timezone.localtime() - timedelta(days=days)


def text(response):
    return " ".join(response.content.decode().split())


# The days


@pytest.fixture
def noon(monkeypatch):
    """Sets the clock at noon on the first of June."""
    monkeypatch.setattr(timezone, "now", lambda: datetime(2027, 6, 1, 10, tzinfo=UTC))


@pytest.mark.parametrize(
    ("closed_at", "earliest"),
    [
        ("2027-06-01T07:00", date(2027, 7, 31)),
        ("2027-04-03T10:00", date(2027, 6, 2)),
        ("2027-04-02T22:30", date(2027, 6, 2)),  # in Amsterdam it is the third
        ("2027-04-02T21:30", None),  # sixty days ago today
        ("2026-06-01T10:00", None),
    ],
)
def test_the_next_round_can_open_sixty_days_after_the_last_was_closed(cast, noon, closed_at, earliest):
    closed(cast.round, datetime.fromisoformat(closed_at).replace(tzinfo=UTC))
    pause = pause_of(cast.network.pk)
    assert (pause and pause.earliest) == earliest


@pytest.mark.parametrize(
    ("last_day", "earliest"),
    [
        (date(2027, 6, 10), date(2027, 8, 10)),  # it closes by itself on the eleventh
        (date(2027, 5, 20), date(2027, 7, 31)),  # it should have been closed: today, then
    ],
)
def test_beside_an_open_round_the_days_count_from_when_it_closes_by_itself(cast, noon, last_day, earliest):
    Round.objects.update(closes_on=last_day)
    assert pause_of(cast.network.pk).earliest == earliest


def test_of_several_rounds_the_last_one_counts_and_an_open_one_before_all(cast, noon):
    earlier = following(cast)
    for round, days in ((cast.round, 20), (earlier, 40)):
        Round.objects.filter(pk=round.pk).update(opened_at=days_ago(90))
        closed(round, days_ago(days))
    assert pause_of(cast.network.pk).after == cast.round
    Round.objects.filter(pk=earlier.pk).update(state=State.OPEN, closed_at=None)
    assert pause_of(cast.network.pk).after == earlier


def test_pauses_of_many_networks_are_one_query(cast, django_assert_num_queries):
    elsewhere = cast.stranger.memberships.get().network
    with django_assert_num_queries(1):
        assert set(pauses([cast.network.pk, elsewhere.pk])) == {cast.network.pk}


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (
            State.OPEN,
            "‘Voorjaar’ is nog open, tot en met 10 juni 2027."
            " De volgende ronde kan 60 dagen na het sluiten open: vanaf 10 augustus 2027.",
        ),
        (
            State.CLOSED,
            "‘Voorjaar’ is gesloten op 1 juni 2027. De volgende ronde kan 60 dagen later open: vanaf 31 juli 2027.",
        ),
    ],
)
def test_a_pause_says_which_round_it_is_and_from_when_the_next_can_open(cast, noon, state, sentence):
    Round.objects.update(closes_on=date(2027, 6, 10))
    if state == State.CLOSED:
        closed(cast.round, timezone.now())
    assert pause_of(cast.network.pk).text == sentence


# Opening


@pytest.mark.parametrize("days", [0, 1, 30, 59])
def test_a_round_does_not_open_within_sixty_days(cast, days):
    after = following(cast)
    close_round(round_id=cast.round.pk)
    Round.objects.filter(pk=cast.round.pk).update(closed_at=days_ago(days))
    with pytest.raises(NotReady, match="De volgende ronde kan 60 dagen later open"):
        open_round(round_id=after.pk)
    assert Round.objects.get(pk=after.pk).state == State.CONCEPT


@pytest.mark.parametrize("days", [60, 61, 400])
def test_a_round_opens_after_sixty_days(cast, days):
    after = following(cast)
    close_round(round_id=cast.round.pk)
    Round.objects.filter(pk=cast.round.pk).update(closed_at=days_ago(days))
    assert open_round(round_id=after.pk).state == State.OPEN


def test_publishing_or_archiving_does_not_shorten_the_wait(cast):
    after = following(cast)
    close_round(round_id=cast.round.pk)
    publish_round(round_id=cast.round.pk)
    for state in (State.PUBLISHED, State.ARCHIVED):
        Round.objects.filter(pk=cast.round.pk).update(state=state)
        with pytest.raises(NotReady):
            open_round(round_id=after.pk)


def test_no_round_opens_beside_an_open_one(cast):
    after = following(cast)
    with pytest.raises(NotReady, match="‘Voorjaar’ is nog open"):
        open_round(round_id=after.pk)


def test_the_database_refuses_a_second_open_round(cast):
    after = following(cast)
    opened = {"state": State.OPEN, "opened_at": timezone.now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(pk=after.pk).update(**opened)
    Round.objects.filter(pk=cast.round.pk).update(state=State.CLOSED)
    assert Round.objects.filter(pk=after.pk).update(**opened) == 1


@pytest.mark.parametrize("is_closed", [False, True])
def test_once_a_round_is_thrown_away_the_next_need_not_wait(cast, is_closed):
    after = following(cast)
    if is_closed:
        close_round(round_id=cast.round.pk)
    discard_round(round_id=cast.round.pk)
    assert open_round(round_id=after.pk).state == State.OPEN


def test_a_round_in_another_network_waits_for_nothing(cast):
    elsewhere = build_elsewhere(cast)
    assert open_round(round_id=elsewhere.pk).state == State.OPEN


def build_elsewhere(cast):
    network = cast.stranger.memberships.get().network
    partner = network.partners.create(key="school", name="School", kind_id="overig")
    round = Round.objects.create(
        network=network, name="Eigen", instrument_version=cast.round.instrument_version, minimum=3
    )
    for number in range(3):
        round.participants.create(partner=partner, level="bestuur", email=f"x{number}@example.org")
    ready(round)
    return round


# Two at the same moment


@pytest.mark.django_db(transaction=True)
def test_of_two_coordinators_who_open_a_round_each_one_is_told_to_wait(client):
    cast = build_cast(is_open=False)
    ready(cast.round)
    first, second = cast.round, following(cast)
    client.force_login(cast.coordinator)
    with meanwhile(lambda: open_round(round_id=first.pk)):
        page = client.post(reverse("round_open", args=[second.pk]), follow=True)
    assert "‘Voorjaar’ is nog open" in text_of(page, WARNINGS)
    assert dict(Round.objects.values_list("name", "state")) == {"Voorjaar": State.OPEN, "Najaar": State.CONCEPT}


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_on_two_rounds_open_one():
    cast = build_cast(is_open=False)
    ready(cast.round)
    concepts, barrier, statuses = [cast.round, following(cast)], threading.Barrier(2), []

    def click(round):
        try:
            browser = Client()
            browser.force_login(cast.coordinator)
            barrier.wait()
            statuses.append(browser.post(reverse("round_open", args=[round.pk])).status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=click, args=[round]) for round in concepts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(statuses) <= {302, 400}
    assert sorted(Round.objects.values_list("state", flat=True)) == [State.CONCEPT, State.OPEN]


@pytest.mark.django_db(transaction=True)
def test_a_round_that_closes_while_the_next_is_opened_keeps_it_waiting():
    cast = build_cast()
    after = following(cast)
    with meanwhile(lambda: (_own(cast.network.pk), close_round(round_id=cast.round.pk))), pytest.raises(NotReady):
        open_round(round_id=after.pk)


def _own(network_id):
    from assessments.anonymity.locks import own_network

    own_network(network_id)


# What the pages say


def pages(cast, after):
    yield reverse("network", args=[cast.network.pk])
    yield reverse("round_new", args=[cast.network.pk])
    yield reverse("round_setup", args=[after.pk, "planning"])
    yield reverse("round_open", args=[after.pk])


def test_pages_say_from_when_a_round_can_open_before_it_is_prepared(coordinator, cast):
    after = following(cast)
    close_round(round_id=cast.round.pk)
    said = pause_of(cast.network.pk).text
    for page in pages(cast, after):
        assert said in text_of(coordinator.get(page), "main p"), page
    refused = coordinator.post(reverse("round_open", args=[after.pk]))
    assert (refused.status_code, "Ronde openen en uitnodigen" in text(refused)) == (400, False)
    long_ago(cast.round)
    for page in pages(cast, after):
        assert "De volgende ronde kan" not in text(coordinator.get(page)), page
    assert coordinator.post(reverse("round_open", args=[after.pk])).url == reverse("round", args=[after.pk])


def test_the_overview_says_from_when_and_does_not_ask_to_open(coordinator, cast):
    after = following(cast)
    close_round(round_id=cast.round.pk)
    Round.objects.filter(pk=cast.round.pk).update(closed_at=datetime(2099, 6, 1, 10, tzinfo=UTC))
    said = "De ronde is nog in voorbereiding, met 10 deelnemers. Openen kan vanaf 31 juli 2099."
    assert said in texts(coordinator.get(reverse("overview")), ".cards p")
    after.participants.all().delete()
    without = "De ronde is nog in voorbereiding. Nodig deelnemers uit. Openen kan vanaf 31 juli 2099."
    assert without in texts(coordinator.get(reverse("overview")), ".cards p")
    long_ago(cast.round)
    assert "Openen kan" not in text(coordinator.get(reverse("overview")))


@pytest.mark.parametrize(
    ("state", "offers"),
    [(State.OPEN, ["round_close", "round_remove"]), (State.CLOSED, ["round_remove"]), (State.PUBLISHED, [])],
)
def test_the_wizard_offers_what_would_shorten_the_wait(coordinator, cast, state, offers):
    after = following(cast)
    if state != State.OPEN:
        close_round(round_id=cast.round.pk)
    if state == State.PUBLISHED:
        publish_round(round_id=cast.round.pk)
    offered = links(coordinator.get(reverse("round_open", args=[after.pk])), f"{WARNINGS} a")
    names = [name for name in ("round_close", "round_remove") if reverse(name, args=[cast.round.pk]) in offered]
    assert names == offers


def test_a_new_round_ends_three_weeks_after_the_day_on_which_it_can_open_or_soon_after_that(coordinator, cast):
    close_round(round_id=cast.round.pk)
    new = {"name": "Najaar", "instrument_version": cast.round.instrument_version.pk}
    coordinator.post(reverse("round_new", args=[cast.network.pk]), new)
    made = Round.objects.get(name="Najaar")
    assert made.closes_on == last_day(pause_of(cast.network.pk).earliest, 21, cast.network.school_region)


def test_a_last_day_before_the_round_can_open_is_something_to_do_first(cast):
    after = following(cast)
    close_round(round_id=cast.round.pk)
    earliest = pause_of(cast.network.pk).earliest
    for last, is_lacking in ((earliest - timedelta(days=1), True), (earliest, True), (earliest + PAUSE, False)):
        after.closes_on = last
        assert ("planning" in [requirement.step for requirement in unmet(after)]) == is_lacking, last


def test_who_does_not_run_the_network_reads_nothing_of_its_rounds(client, cast):
    after = following(cast)
    client.force_login(cast.stranger)
    assert [client.get(page).status_code for page in pages(cast, after)] == [404] * 4
    client.force_login(cast.reader)
    assert "60 dagen" not in text(client.get(reverse("overview")))
    assert Membership.objects.filter(user=cast.reader).exists()
