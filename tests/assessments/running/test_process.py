"""How a round went is told in sums, and never of so few that a single person's part in it follows."""

from itertools import chain, combinations

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from assessments.actions.rounds import close_round
from assessments.models import FrozenResults, Message, MessageKind, MessageState, OpenLink
from assessments.running.process import partners_to_tell, process_of, response_by_level
from factors.instrument import LEVELS
from tests.cast import build_cast

MINIMUM = 3
PARTNERS = ("a", "b", "c")
CELLS = st.sampled_from([(partner, level) for partner in PARTNERS for level in LEVELS])
INVITED = st.dictionaries(CELLS, st.integers(1, 9) | st.none(), min_size=1)


def test_a_level_tells_how_many_were_invited_and_answered():
    invited = {("a", "uitvoerend"): 6, ("b", "uitvoerend"): 3, ("a", "management"): 4}
    answered = {("a", "uitvoerend"): 5, ("a", "management"): 1}
    assert response_by_level(invited, answered, MINIMUM) == {
        "uitvoerend": {"invited": 9, "answered": 5},
        "management": {"invited": 4, "answered": 1},
    }


def test_of_a_level_with_few_people_or_an_open_link_that_was_used_it_tells_nothing():
    invited = {("a", "uitvoerend"): 6, ("b", "management"): None, ("b", "bestuur"): 2}
    assert response_by_level(invited, {("a", "uitvoerend"): 5}, MINIMUM).keys() == {"uitvoerend"}


def test_where_a_level_less_the_partners_would_be_one_person_it_tells_of_no_level():
    """Partner b is told: 5 answered. The level has 6 answers, so the one of partner a answered."""
    invited = {("a", "bestuur"): 1, ("b", "bestuur"): 5, ("a", "uitvoerend"): 5}
    assert response_by_level(invited, {("a", "bestuur"): 1, ("b", "bestuur"): 5}, MINIMUM) == {}


@given(INVITED)
def test_no_sums_of_levels_and_partners_that_are_told_tell_of_fewer_than_the_minimum(invited):
    """Levels less partners, as sets of people: who is told of is counted by whoever knows all sums."""
    one_a_level = {cell[1]: cell for cell, people in invited.items() if people}
    levels = response_by_level(invited, dict.fromkeys(one_a_level.values(), 1), MINIMUM)
    known = {
        partner
        for partner in PARTNERS
        if None not in (of := [people for cell, people in invited.items() if cell[0] == partner]) and sum(of) >= MINIMUM
    }
    for some in subsets(levels):
        for others in subsets(known):
            if some:
                rest = [people or 0 for (p, level), people in invited.items() if (level in some) != (p in others)]
                assert not 0 < sum(rest) < MINIMUM


def subsets(keys):
    return chain.from_iterable(combinations(sorted(keys), size) for size in range(len(keys) + 1))


@pytest.fixture
def cast(db):
    return build_cast({("school", "uitvoerend"): 5, ("gemeente", "bestuur"): 4})


def send(participant, kind, state=MessageState.SENT, **more):
    sent_at = timezone.now() if state in (MessageState.SENT, MessageState.BOUNCED) else None
    Message.objects.update_or_create(
        participant=participant, kind=kind, defaults={"state": state, "sent_at": sent_at, **more}
    )


def test_what_went_out_and_who_declined_is_counted_and_frozen_before_it_is_erased(cast):
    people = cast.participants()
    for participant in people[:7]:
        send(participant, MessageKind.INVITATION)
    send(people[7], MessageKind.INVITATION, MessageState.REFUSED, fault="550")
    send(people[6], MessageKind.INVITATION, MessageState.BOUNCED)
    send(people[6], MessageKind.REMINDER_1, MessageState.BOUNCED)
    send(people[0], MessageKind.REMINDER_1)
    send(people[0], MessageKind.CLOSING_SOON)
    send(people[0], MessageKind.CHECK_LEVEL)
    send(people[1], MessageKind.REMINDER_1, MessageState.QUEUED)
    cast.round.participants.filter(pk=people[2].pk).update(has_opted_out=True)
    OpenLink.objects.create(round=cast.round, partner=cast.partners["school"], level="management", cap=12)
    OpenLink.objects.create(round=cast.round, level="ouders", cap=40)
    expected = {
        "invited": 9,
        "opted_out": 1,
        "wrong_person": 0,
        "invitations_sent": 7,
        "reminders_sent": 3,
        "undelivered": 2,
        "open_links": 1,
        "open_links_room": 12,
    }
    assert process_of(cast.round) == expected
    for participant in people[3:]:
        cast.answer(participant)
    close_round(round_id=cast.round.pk)
    facts = FrozenResults.objects.get().facts
    assert facts["process"] == expected
    # Of bestuur all four answered: that says of each of them that they did.
    assert facts["levels"] == {
        "uitvoerend": {"invited": 5, "answered": sum(p.level == "uitvoerend" for p in people[3:])},
    }


def test_of_fewer_than_the_minimum_nothing_is_counted(cast):
    cast.round.minimum = 10
    assert process_of(cast.round) == {}


def left_over(invited, levels, parts):
    """Yields how many people each combination of told levels less told parts is about; a part is a set of partners."""
    for some in subsets(levels):
        for taken in subsets(range(len(parts))):
            out = {partner for place in taken for partner in parts[place]}
            yield sum(people for (partner, level), people in invited.items() if (level in some) != (partner in out))


class TestPartnersToTell:
    def test_of_a_partner_that_is_the_rest_but_for_one_person_it_is_not_told_how_many_answered(self):
        invited = {("a", "uitvoerend"): 6, ("b", "uitvoerend"): 4, ("c", "uitvoerend"): 1}
        assert partners_to_tell(invited, {"a"}, MINIMUM, {}) == {"a"}
        assert partners_to_tell(invited, {}, MINIMUM, {}) == {"a"}  # the smallest gives way
        assert partners_to_tell(invited | {("c", "uitvoerend"): 3}, {"a"}, MINIMUM, {}) == {"a", "b", "c"}

    def test_nor_of_a_partner_that_is_its_sector_but_for_one_person(self):
        invited = {("a", "uitvoerend"): 6, ("b", "uitvoerend"): 1, ("c", "uitvoerend"): 5, ("c", "bestuur"): 4}
        sector_of = {"a": "zorg", "b": "zorg", "c": "gemeente"}
        assert partners_to_tell(invited, {"zorg", "gemeente"}, MINIMUM, sector_of) == {"c"}
        assert partners_to_tell(invited, {"zorg", "gemeente"}, MINIMUM, sector_of | {"b": "overig"}) == set()

    @given(st.dictionaries(CELLS, st.integers(1, 9), min_size=1))
    def test_all_numbers_together_are_about_nobody_or_the_minimum(self, invited):
        levels = [level for level in LEVELS if sum(n for (_, own), n in invited.items() if own == level) >= MINIMUM]
        told = partners_to_tell(invited, {}, MINIMUM, {})
        assert not any(0 < people < MINIMUM for people in left_over(invited, levels, [{own} for own in sorted(told)]))

    @given(st.dictionaries(CELLS, st.integers(1, 9), min_size=1))
    def test_also_beside_the_numbers_of_a_sector(self, invited):
        """Sums can be added: a sector less its partners that are told is what is looked at, its rest."""
        sector_of = {"a": "x", "b": "x", "c": "y"}
        told = partners_to_tell(invited, {"x"}, MINIMUM, sector_of)
        if told:
            levels = [level for level in LEVELS if sum(n for (_, own), n in invited.items() if own == level) >= MINIMUM]
            parts = [{own} for own in sorted(told)] + [{"a", "b"} - told]
            assert not any(0 < people < MINIMUM for people in left_over(invited, levels, parts))
