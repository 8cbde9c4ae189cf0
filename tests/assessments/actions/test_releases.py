"""A release holds rounds that take part in research, in groups that stay together; it tells what they published."""

from datetime import date
from fractions import Fraction

import pytest

from assessments.actions.discarding import delete_network
from assessments.actions.releases import lay_beside_nobody, lay_beside_others, make_release, outlook
from assessments.actions.rounds import leave_research
from assessments.demo.build import build_network
from assessments.models import Entry, Network, Publication, ReaderGroup, Release, Round
from assessments.national.reference import from_json as from_document
from assessments.national.stored import from_json, to_json
from assessments.rules.workflow import NotAllowed
from assessments.scores.groups import NETWORK
from assessments.scores.readings import half_up
from samenwerking.accounts.models import User

pytestmark = pytest.mark.attack  # who has two releases subtracts one from the other

SPRING, AUTUMN, NEXT_SPRING = date(2027, 4, 1), date(2027, 10, 15), date(2028, 4, 1)


def networks(first, last):
    return [build_network(f"Voorbeeld {number}", respondents=17, seed=number) for number in range(first, last)]


@pytest.fixture
def six(db):
    return networks(0, 6)


def delete(network):
    delete_network(network_id=network.pk, user=User(pk=0))


def release(day):
    return make_release(day=day, is_constructed=True)


def entered():
    return set(Entry.objects.values_list("round__network__name", flat=True))


def test_six_networks_make_a_release_with_the_means_of_what_they_published(six):
    found = release(SPRING)
    assert (found.number, found.networks, found.entries.count()) == ("2027-04-voorbeeld", 6, 6)
    told = {line.scale: line for line in from_json(found.tables) if line.quantity == "network" and not line.filter}
    assert len(told) > 5
    for scale, line in told.items():
        rounds = [Entry.objects.get(pk=pk).round for pk in line.entries]
        own = [round.frozen.results.published.figure(NETWORK, scale).mean for round in rounds]
        assert line.mean == half_up(Fraction(sum(own)) / len(own))
    assert all(line.quartiles is None for line in told.values())  # of six, a quartile may be one network's own


def test_five_networks_make_none_and_enter_nothing(six):
    delete(six[0])
    assert outlook(SPRING, is_constructed=True).networks == 0
    with pytest.raises(NotAllowed, match="nog te weinig netwerken"):
        release(SPRING)
    assert (Release.objects.count(), Entry.objects.count()) == (0, 0)


def test_a_release_is_made_once_between_two_fixed_days(six):
    release(SPRING)
    networks(6, 12)
    with pytest.raises(NotAllowed, match="kan vanaf 1 oktober 2027"):
        release(date(2027, 9, 30))
    assert release(AUTUMN).networks == 12


def test_who_does_not_take_part_or_was_not_published_to_onderzoekers_stays_out(six):
    networks(6, 8)
    rounds = {network.name: network.rounds.get() for network in Network.objects.all()}
    Round.objects.filter(pk=rounds["Voorbeeld 1"].pk).update(in_research=False)
    Publication.objects.filter(round=rounds["Voorbeeld 2"], readers=ReaderGroup.RESEARCHERS).delete()
    release(SPRING)
    assert entered() == {f"Voorbeeld {number}" for number in (0, 3, 4, 5, 6, 7)}


def test_real_networks_are_never_in_a_release_with_constructed_ones(six):
    Network.objects.filter(pk=six[0].pk).update(is_constructed=False)
    with pytest.raises(NotAllowed):
        make_release(day=SPRING)
    with pytest.raises(NotAllowed):
        release(SPRING)


def test_who_leaves_takes_the_intake_along_until_six_others_join_it(six):
    networks(6, 12)
    first = release(SPRING)
    leaver = Entry.objects.first()
    leave_research(round_id=leaver.round.pk)
    second = release(AUTUMN)
    own = set(Entry.objects.filter(intake=leaver.intake).values_list("pk", flat=True))
    assert (second.networks, own & set(second.entries.values_list("pk", flat=True))) == (6, set())
    networks(12, 18)
    third = release(NEXT_SPRING)
    assert third.networks == 6 + 5 + 6
    assert leaver.pk not in third.entries.values_list("pk", flat=True)
    first.refresh_from_db()
    assert first.entries.count() == 12  # what was given out stays as it was


def test_a_network_that_is_deleted_has_left_and_what_was_told_of_it_still_counts(six):
    first = release(SPRING)
    tables, gone = first.tables, six[0].pk
    delete(six[0])
    networks(6, 12)
    second = release(AUTUMN)
    first.refresh_from_db()
    assert (first.tables, Entry.objects.filter(network=gone).count()) == (tables, 1)
    assert second.networks == 5 + 6
    assert gone not in second.entries.values_list("network", flat=True)


def test_tables_come_back_from_the_database_as_they_were(six):
    told = from_json(release(SPRING).tables)
    assert told
    assert from_json(to_json(told)) == told


def test_what_a_release_would_have_is_what_it_has(six):
    networks(6, 8)
    ahead = outlook(SPRING, is_constructed=True)
    assert (ahead.number, ahead.entering, ahead.waiting) == ("2027-04-voorbeeld", 8, 0)
    assert release(SPRING).networks == ahead.networks == 8
    later = outlook(AUTUMN, is_constructed=True)
    assert (later.entering, later.networks) == (0, 8)


def test_a_round_is_laid_beside_ten_others_of_the_newest_release(six):
    networks(6, 11)
    release(SPRING)
    round = six[0].rounds.get()
    laid = from_document(lay_beside_others(round_id=round.pk).reference)
    assert (laid.release, laid.networks) == ("2027-04-voorbeeld", 10)
    assert lay_beside_nobody(round_id=round.pk).reference == {}


def test_five_others_are_too_few_to_be_laid_beside(six):
    release(SPRING)
    with pytest.raises(NotAllowed, match="nog geen 10 andere netwerken"):
        lay_beside_others(round_id=six[0].rounds.get().pk)
