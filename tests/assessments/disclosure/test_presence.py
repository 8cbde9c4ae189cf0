"""Nobody works out from numbers of people whether one of a few took part, or said 'weet ik niet' to a factor.

Each figure says on how many people it rests. The reader here takes levels less partners, as sets of people: where all
are shown, the numbers of people of that rest are known, whether or not any of them has a score.
"""

from collections import Counter
from itertools import chain, combinations
from random import Random

import pytest

from assessments.disclosure.publish import publish
from assessments.scores.groups import level_group, partner_group
from tests.attacks.networks import small_network
from tests.people import INSTRUMENT, answering, plain_scores

FACTORS = [factor.key for factor in INSTRUMENT.factors]
SKIPPED = FACTORS[0]
INVITED = {("a", "uitvoerend"): 6, ("b", "management"): 6, ("b", "uitvoerend"): 1}
A, B = partner_group("a"), partner_group("b")


def shown(colleagues, invited=None, minimum=5):
    """Returns what is published of six people each of a and b, and of `colleagues`: of b, at the level of a."""
    people = [answering("a", "uitvoerend", 3)] * 6 + [answering("b", "management", 4)] * 6 + colleagues
    return publish(plain_scores(people), INSTRUMENT, minimum=minimum, invited=invited)


def test_the_partners_that_are_shown_do_not_depend_on_whether_one_colleague_took_part():
    stayed_away, took_part = shown([], INVITED), shown([answering("b", "uitvoerend", 4)], INVITED)
    assert stayed_away.shown_parts == took_part.shown_parts == ()
    assert set(stayed_away.hidden_groups) == set(took_part.hidden_groups) >= {A, B}


@pytest.mark.parametrize("invited", [INVITED, None])
def test_a_factor_that_one_colleague_skipped_is_not_told_apart(invited):
    """Less a, the level is that colleague; a figure of a on this one factor would say that the colleague skipped it."""
    published = shown([answering("b", "uitvoerend", 4, **{SKIPPED: "?"})], invited)
    assert published.figure(level_group("uitvoerend"), SKIPPED).n == 6
    assert [published.figure(partner, SKIPPED) for partner in (A, B)] == [None, None]


def test_partners_stay_where_only_enough_people_could_be_told_of():
    invited = INVITED | {("b", "uitvoerend"): 5}
    assert {A, B} <= {group.group for group in shown([], invited).groups}
    assert {A, B} <= {group.group for group in shown([answering("b", "uitvoerend", 4)] * 5, invited).groups}


def subsets(groups):
    return chain.from_iterable(combinations(sorted(groups), size) for size in range(len(groups) + 1))


def told_of_few(people, groups, minimum):
    """Tells whether some levels less some partners are some people, but fewer than the minimum."""
    levels, partners = ({g.key for g in groups if g.kind == kind} for kind in ("level", "partner"))
    return any(
        0 < sum(count for (p, level), count in people.items() if (level in some) != (p in taken)) < minimum
        for some in subsets(levels)
        for taken in subsets(partners)
    )


def round_of(seed):
    """Returns who was invited to a small network, who of them answered, some of whom skip, and the minimum."""
    people, minimum = small_network(seed)
    chance = Random(seed)
    invited = Counter((person.partner, person.level) for person in people if person.partner)
    answered = [person for person in people if person.partner and chance.random() < 0.7]
    return invited, answered, minimum


@pytest.mark.parametrize("seeds", [range(first, first + 20) for first in range(0, 100, 20)], ids=str)
def test_all_numbers_of_a_report_together_are_about_nobody_or_the_minimum(seeds):
    """That holds of those who were invited, and of those who answered anything: it is known of whom that is."""
    for seed in seeds:
        invited, answered, minimum = round_of(seed)
        published = publish(plain_scores(answered), INSTRUMENT, minimum=minimum, invited=invited)
        groups = {own.group for own in published.groups}
        came = Counter((person.partner, person.level) for person in answered)
        assert not told_of_few(invited, groups, minimum), seed
        assert not told_of_few(came, groups, minimum), seed
