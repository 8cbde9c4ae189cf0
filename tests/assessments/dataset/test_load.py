"""Rounds come out of the database as they were at closing, with what their network shares, and few at a time."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.actions.networks import merge_partners
from assessments.actions.rounds import close_round
from assessments.dataset.changes import changes_table
from assessments.dataset.load import AT_A_TIME, clean, kinds_of_partners, published_rounds
from assessments.models import FrozenResults, Network, PartnerKind, Round
from tests.cast import build_cast

pytestmark = pytest.mark.django_db
PEOPLE = {("school", "uitvoerend"): 5, ("school", "management"): 3, ("gemeente", "bestuur"): 3}


@pytest.fixture
def cast():
    return closed(build_cast(PEOPLE))


def closed(cast):
    """Closes the round when all but one have answered: of a level where all did, no response is told."""
    for participant in list(cast.participants())[1:]:
        cast.answer(participant)
    close_round(round_id=cast.round.pk)
    return cast


def copies(cast, count):
    """Adds rounds with the same results, each closed after the one before."""
    frozen = FrozenResults.objects.get(round=cast.round)
    for number in range(count):
        copy = Round.objects.get(pk=cast.round.pk)
        copy.pk, copy.name = uuid4(), f"Ronde {number}"
        copy.closed_at = copy.closed_at.replace(year=copy.closed_at.year + number + 1)
        copy.save(force_insert=True)
        FrozenResults.objects.create(round=copy, document=frozen.document, facts=frozen.facts, checksum="")


def only():
    [found] = published_rounds(Round.objects.all())()
    return found


def test_a_round_is_as_it_was_at_closing_whatever_changed_since(cast):
    Network.objects.filter(pk=cast.network.pk).update(name="Netwerk Anders", municipalities="Elders")
    found = only()
    assert (found.network, found.name, found.network_id) == ("Netwerk Oost", "Voorjaar", str(cast.network.pk))
    assert found.municipalities == (("", "Oostdorp"),)
    assert found.results == FrozenResults.objects.get().results
    assert found.process["invited"] == 11
    assert {partner.key: (partner.kind, partner.invited, partner.answered) for partner in found.partners} == {
        "school": ("overig", 8, 7),
        "gemeente": ("overig", 3, 3),
    }
    assert found.response == {"uitvoerend": (5, 4)}
    assert found.closed_on


def test_a_round_of_before_the_counts_were_kept_has_none(cast):
    frozen = FrozenResults.objects.get()
    del frozen.facts["process"], frozen.facts["levels"]
    frozen.save()
    assert (only().process, only().response) == ({}, {})


def test_what_a_network_said_of_itself_is_there_and_no_more(cast):
    assert only().context == {}
    Network.objects.filter(pk=cast.network.pk).update(scope="wijk", has_jgz_in_team=False)
    assert only().context == {"scope": "wijk", "jgz_in_team": "no"}


def test_agreements_are_counted_by_factor_and_outcome(cast):
    for factor, outcome in (("regels", "gedaan"), ("regels", "gedaan"), ("", "")):
        cast.round.improvements.create(what="Afspraak", factor=factor, outcome=outcome)
    assert only().agreements == {("regels", "gedaan"): 2, ("", ""): 1}


def test_the_number_of_a_round_counts_all_closed_ones_of_its_network_in_the_order_of_closing(cast):
    copies(cast, 2)
    found = published_rounds(Round.objects.exclude(name="Ronde 0"))()
    assert [round.number for round in found] == [1, 3]


def test_rounds_are_read_anew_each_time_a_few_with_a_fixed_number_of_queries(cast):
    copies(cast, 2 * AT_A_TIME)
    read = published_rounds(Round.objects.all())
    assert len(list(read())) == len(list(read())) == 2 * AT_A_TIME + 1
    with CaptureQueriesContext(connection) as asked:
        list(read())
    assert len(asked) == 3 * 2  # three times some rounds, and what was agreed in them


def test_a_kind_of_partner_that_only_old_results_name_keeps_its_key(cast):
    frozen = FrozenResults.objects.get()
    frozen.facts["partners"][0]["kind"] = "weg"
    frozen.save()
    known = {kind.key for kind in kinds_of_partners(Round.objects.none())}
    assert known == set(PartnerKind.objects.values_list("key", flat=True))
    assert {kind.key for kind in kinds_of_partners(Round.objects.all())} - known == {"weg"}


def test_what_was_typed_becomes_one_line_that_every_format_holds():
    assert clean("  Oost\r\nen\tWest\x00\ud800 ") == "Oost en West"


# Partners without names


@pytest.fixture
def two_rounds():
    """Closes a round by sector with the schools aa and x, and one after it with bb and x; each has its own number."""
    people = {("aa", "uitvoerend"): 4, ("bb", "uitvoerend"): 5, ("x", "uitvoerend"): 6, ("gemeente", "bestuur"): 7}
    kinds = {"aa": "school", "bb": "school", "x": "school", "gemeente": "gemeente"}
    cast = closed(build_cast(people, kinds=kinds))
    copies(cast, 1)
    Round.objects.filter(name="Ronde 0").update(previous=cast.round.pk)
    for name, gone in (("Voorjaar", "bb"), ("Ronde 0", "aa")):
        frozen = FrozenResults.objects.get(round__name=name)
        frozen.facts["partners"] = [own for own in frozen.facts["partners"] if own["key"] != gone]
        for sector in frozen.facts["sectors"]:
            sector["partners"] = [key for key in sector["partners"] if key != gone]
        frozen.save()
    Network.objects.all().give_salts()
    return cast


def merge(cast, gone):
    merge_partners(partner_id=cast.partners[gone].pk, into_id=cast.partners["x"].pk)


def coded():
    return published_rounds(Round.objects.all(), names_partners=False)


def codes():
    """Returns of each round the codes of its partners by how many were invited there."""
    return [{own.invited: own.key for own in round.partners} for round in coded()()]


def test_a_code_is_one_organisation_in_all_rounds_whoever_left_since(two_rounds):
    merge(two_rounds, "aa")
    merge(two_rounds, "bb")
    first, second = codes()
    assert (set(first), set(second)) == ({4, 6, 7}, {5, 6, 7})
    assert {people for people in first if first[people] == second.get(people)} == {6, 7}
    assert len({*first.values(), *second.values()}) == 4


def test_a_code_stays_the_same_when_others_come_and_go(two_rounds):
    before = codes()
    two_rounds.network.partners.create(key="a", name="A")
    merge(two_rounds, "aa")
    assert codes() == before


def test_the_change_of_a_sector_is_not_told_where_other_organisations_were_in_it(two_rounds):
    """As reports refuse it; both schools are gone by now, and neither may be taken for the other."""
    merge(two_rounds, "aa")
    merge(two_rounds, "bb")
    rows = [row for row in changes_table(coded()).read() if row["group_kind"] == "sector"]
    told = {key: {row["obstacle"] for row in rows if row["group_key"] == key} for key in ("onderwijs", "gemeente")}
    assert told["onderwijs"] == {"partners"}
    assert "partners" not in told["gemeente"]


def test_each_network_has_a_salt_of_its_own_for_good(two_rounds):
    before = dict(Network.objects.values_list("pk", "partner_salt"))
    assert len({*before.values()}) == len(before) == 2
    Network.objects.all().give_salts()
    assert dict(Network.objects.values_list("pk", "partner_salt")) == before
