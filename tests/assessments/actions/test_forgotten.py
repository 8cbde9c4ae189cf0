"""A release that a restored database forgot stands beside none that has rounds of it: somebody is asked first."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError, call_command

from assessments.actions.forgotten import note_forgotten, question, tell_of_forgotten
from assessments.actions.releases import make_release, outlook
from assessments.actions.rounds import leave_research
from assessments.demo.build import build_network
from assessments.models import Entry, ForgottenTime, Intake, Network, Release, Round
from assessments.rules.workflow import NotAllowed

pytestmark = pytest.mark.attack  # who has two releases subtracts one from the other

EARLIER, SAME_HALF_YEAR, LATER = date(2026, 10, 1), date(2027, 6, 1), date(2027, 10, 1)
BACKUP, RESTORE = datetime(2027, 4, 2, 12, tzinfo=UTC), datetime(2027, 4, 4, 12, tzinfo=UTC)
AFTER = datetime(2027, 4, 5, tzinfo=UTC)


def networks(first, last, made=BACKUP):
    """Builds networks that are not constructed, with a round each that was made on that day."""
    own = [build_network(f"Voorbeeld {number}", respondents=17, seed=number) for number in range(first, last)]
    Network.objects.update(is_constructed=False)
    Round.objects.filter(network__in=own).update(created_at=made)
    return own


@pytest.fixture
def six(db):
    return networks(0, 6)


def forgotten(seen=frozenset()):
    return note_forgotten(since=BACKUP, until=RESTORE, seen=seen)


def names(release):
    return {entry.round.network.name for entry in release.entries.all()}


def test_no_release_is_made_before_somebody_said_whether_one_was_forgotten(six):
    assert forgotten().numbers == ("2027-04",)
    for day in (SAME_HALF_YEAR, LATER):
        with pytest.raises(NotAllowed, match=r"teruggezet naar 2 april 2027 om 14\.00 uur\. Zeg eerst"):
            make_release(day=day)
    assert not Release.objects.exists()
    tell_of_forgotten(had_release=False)
    assert make_release(day=SAME_HALF_YEAR).networks == 6


def test_the_first_answer_counts_and_a_second_changes_nothing(six):
    make_release(day=EARLIER)
    forgotten()
    assert tell_of_forgotten(had_release=False)
    assert not tell_of_forgotten(had_release=True)
    assert not Intake.objects.filter(is_past=True).exists()
    with pytest.raises(CommandError, match="Dit hoeft niet"):
        call_command("release", "--forgotten", "made")


def test_no_release_has_the_number_of_one_that_was_forgotten(db):
    forgotten()
    tell_of_forgotten(had_release=True)
    with pytest.raises(NotAllowed, match=r"niet meer op deze site staat\. De volgende kan vanaf 1 oktober 2027"):
        make_release(day=SAME_HALF_YEAR)


def test_no_round_of_before_is_in_a_release_beside_one_that_was_forgotten(six):
    before = make_release(day=EARLIER)
    networks(6, 12)
    forgotten()
    tell_of_forgotten(had_release=True)
    assert (outlook(LATER).entering, outlook(LATER).networks) == (0, 0)
    with pytest.raises(NotAllowed, match="nog te weinig netwerken"):
        make_release(day=LATER)
    networks(12, 18, made=AFTER)
    after = make_release(day=LATER)
    assert names(after) == {f"Voorbeeld {number}" for number in range(12, 18)}
    assert names(before) == {f"Voorbeeld {number}" for number in range(6)}


def test_rounds_of_after_make_no_intake_of_before_whole(six):
    make_release(day=EARLIER)
    leave_research(round_id=six[0].rounds.get().pk)
    forgotten()
    tell_of_forgotten(had_release=True)
    networks(6, 12, made=AFTER)
    assert make_release(day=LATER).networks == 6
    assert list(Entry.objects.values_list("intake__number", flat=True)) == [1] * 6 + [2] * 6


def test_nobody_is_asked_where_the_one_release_of_that_time_is_there(db):
    Release.objects.create(number="2027-04", networks=6)
    assert (forgotten(), question()) == (None, None)


def test_nobody_is_asked_where_the_database_that_was_replaced_has_it(db):
    told = forgotten(seen={"2026-10", "2027-04"})
    assert (told.numbers, told.is_answered, question()) == (("2027-04",), True, None)
    with pytest.raises(NotAllowed, match="niet meer op deze site staat"):
        make_release(day=SAME_HALF_YEAR)


def test_of_two_restores_one_answer_is_asked_for_both_times_together(db):
    forgotten()
    note_forgotten(since=datetime(2026, 9, 1, tzinfo=UTC), until=AFTER, seen=frozenset())
    asked = question()
    assert (asked.until, asked.numbers) == (AFTER, ("2026-04", "2026-10", "2027-04"))
    tell_of_forgotten(had_release=False)
    assert question() is None


def test_constructed_networks_can_be_in_a_release_all_the_same(db):
    forgotten()
    with pytest.raises(NotAllowed, match="nog te weinig netwerken"):
        make_release(day=SAME_HALF_YEAR, is_constructed=True)


def test_the_command_takes_the_answer_too(db):
    forgotten()
    with pytest.raises(CommandError, match="Zeg eerst of er daarna een uitgave is gemaakt"):
        call_command("release")
    call_command("release", "--forgotten", "made")
    assert ForgottenTime.objects.get().had_release is True
    with pytest.raises(CommandError, match="Dit hoeft niet"):
        call_command("release", "--forgotten", "none")
