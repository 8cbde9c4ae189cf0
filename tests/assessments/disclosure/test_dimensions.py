"""The dimensions that a level shows are checked by hand, by the attacker's algebra, and against all that could be."""

from collections import Counter
from itertools import combinations
from random import Random

import pytest

from assessments.disclosure.mixes import Mixes
from assessments.disclosure.publish import publish
from assessments.scores.groups import level_group, partner_group
from factors.instrument import LEVELS
from tests.best_dimensions import allows, compare
from tests.clumsy import network
from tests.people import INSTRUMENT, answering, plain_scores

UITVOEREND, MANAGEMENT, _ = LEVELS
LEVEL = level_group(UITVOEREND)
MANNER, FREQUENCY, CONTINUITY = (d.key for d in INSTRUMENT.factor["communicatie"].dimensions)


def shown(people, minimum=5):
    found = publish(plain_scores(people), INSTRUMENT, minimum=minimum)
    return {key: found.figure(LEVEL, key) for key in (MANNER, FREQUENCY, CONTINUITY) if found.figure(LEVEL, key)}


def school(*patterns, level=UITVOEREND, partner="school"):
    """Returns people by the pattern of their answers on communicatie: dimensions of two statements, one and one."""
    return [answering(partner, level, 3, communicatie=own) for own in patterns]


@pytest.mark.parametrize(
    ("skipped", "number", "dimensions"),
    [
        ("3333", 0, [MANNER, FREQUENCY, CONTINUITY]),
        ("333?", 1, [MANNER, FREQUENCY]),  # the factor minus its mix of dimensions would be of one person
        ("333?", 4, [MANNER, FREQUENCY]),
        ("333?", 5, [MANNER, FREQUENCY, CONTINUITY]),  # and here of five
        ("3?33", 4, [MANNER, FREQUENCY]),  # whoever skipped half a dimension mixes the factor differently as well
        ("3?33", 5, [MANNER, FREQUENCY, CONTINUITY]),
    ],
)
def test_a_dimension_gives_way_where_few_mix_the_factor_otherwise(skipped, number, dimensions):
    assert list(shown(school(*["3333"] * 12, *[skipped] * number))) == dimensions


def test_people_who_skipped_a_statement_are_counted_in_each_partner_that_is_shown():
    """Subtracting the team's own score removes either those who skipped in it or those who answered everything."""
    people = school(*["3333"] * 12, *["333?"] * 2) + school(*["3333"] * 7, *["333?"] * 3, partner="team")
    assert list(shown(people)) == [MANNER, FREQUENCY, CONTINUITY]
    few = school(*["3333"] * 12, *["333?"] * 2) + school("3333", *["333?"] * 4, partner="team")
    assert list(shown(few)) == [MANNER, FREQUENCY]


@pytest.mark.parametrize(
    ("number", "dimensions"), [(6, [MANNER]), (9, [MANNER]), (10, [MANNER, FREQUENCY, CONTINUITY])]
)
def test_a_dimension_of_one_statement_needs_ten_people(number, dimensions):
    assert list(shown(school(*["3333"] * number), minimum=3)) == dimensions


def test_a_dimension_at_an_end_is_a_limit_and_does_not_follow_from_the_factor_and_the_others():
    figures = shown(school(*["3335"] * 12))
    assert figures[CONTINUITY].limit == "high"
    assert len(figures) == 2
    lukewarm = shown(school(*["3335"] * 6, *["3334"] * 6))
    assert [figure.limit for figure in lukewarm.values()] == [None] * 3


def test_nor_does_a_part_of_a_dimension_at_an_end_follow_with_a_partners_score():
    """With a partner's score no part of a dimension at an end follows.

    The school gave continuiteit a 5; the team gave a 1 to all but that, and at management to everything. So
    continuiteit minus the team's score is all fives minus all ones. It follows where continuiteit is shown, and where
    the two other dimensions are.
    """
    people = school(*["3335"] * 12) + school(*["1113"] * 12, partner="team")
    people += school(*["1111"] * 12, partner="team", level=MANAGEMENT)
    assert list(shown(people)) == [MANNER]
    lukewarm = school(*["3335"] * 12) + school(*["2223"] * 12, partner="team")
    assert list(shown(lukewarm)) == [MANNER, FREQUENCY, CONTINUITY]


# Against the attacker's exact algebra: one level, every set of dimensions.


def disagreements(seed: int, minimum: int) -> Counter[str]:
    """Counts how often rule and attacker agree and disagree.

    Where the rule alone refuses, a factor follows for some partners alone.
    """
    random, found = Random(seed), Counter()
    people = [person for person in network(random, most=40) if person.level == UITVOEREND]
    partners = sorted({person.partner for person in people})
    partners = random.sample(partners, random.randint(0, len(partners)))
    scores = plain_scores(people)
    masks = scores.masks
    for factor in random.sample(INSTRUMENT.factors, 4) if people else ():
        own, dimensions = INSTRUMENT.scales[factor.key], [INSTRUMENT.scales[d.key] for d in factor.dimensions]
        sums = [(LEVEL, factor.key), *((partner_group(partner), factor.key) for partner in partners)]
        parts = [
            sum((Counter(m) for (partner, _), m in masks[factor.key].items() if partner in kept), Counter())
            for kept in [*([partner] for partner in partners), {p.partner for p in people} - set(partners)]
        ]
        mixes = Mixes(own, dimensions, parts, [{}] * len(parts))
        if scores.scored.get(factor.key) and allows(people, sums, minimum):
            for size in range(1, len(dimensions) + 1):
                for chosen in combinations([d.key for d in dimensions], size):
                    if all(scores.scored.get(key) for key in chosen):
                        rule = mixes.rest_on_enough(chosen, minimum)
                        found[rule, allows(people, [*sums, *((LEVEL, key) for key in chosen)], minimum)] += 1
    return found


def agree(seeds) -> None:
    found = sum((disagreements(seed, 3 + seed % 3) for seed in seeds), Counter())
    assert found[True, False] == 0
    assert found[False, True] <= found[False, False] / 20
    assert min(found[True, True], found[False, False]) > 5


def test_the_rule_and_the_attackers_algebra_agree():
    agree(range(40))


@pytest.mark.long
def test_the_rule_and_the_attackers_algebra_agree_in_thousands_of_networks():
    agree(range(40, 1000))


@pytest.mark.parametrize(("unknown", "clustered", "minimum"), [(0.17, True, 5)])
def test_of_the_dimensions_that_could_be_shown_nearly_all_are(unknown, clustered, minimum):
    found = compare(unknown, clustered, minimum, networks=2)
    assert found["shown"] >= 0.97 * found["best"] > 50
