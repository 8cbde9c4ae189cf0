"""Sums near an end of the scale follow the rule: by hand, against every combination, and against linear programming."""

from fractions import Fraction
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.disclosure.extremes import Scored, partners_to_an_end
from assessments.disclosure.publish import publish
from assessments.scores.groups import level_group, partner_group
from assessments.scores.moments import Moments
from factors.instrument import LEVELS
from tests.assessments.disclosure.test_attack import published
from tests.bounds import certain_answers
from tests.clumsy import network
from tests.people import INSTRUMENT, Person, answering, plain_scores, statements_of

BLOCKS = [factor.key for factor in INSTRUMENT.factors] + [INSTRUMENT.outcome.key]
UITVOEREND, MANAGEMENT, BESTUUR = LEVELS

# By hand: people as (partner, level, values), and the partners of which 'regels' is shown.

SMALL = [("swv", BESTUUR, [5] * 2), ("school", BESTUUR, [5]), ("gemeente", UITVOEREND, [3] * 2)]


@pytest.mark.parametrize(
    ("people", "minimum", "partners"),
    [
        # uitvoerend minus the school is five people: three of the buurtteam who gave 5, two of the school who gave 1
        ([("school", UITVOEREND, [3] * 10), ("team", UITVOEREND, [5] * 3), ("school", MANAGEMENT, [1] * 2)], 5, set()),
        (
            [("school", UITVOEREND, [3] * 10), ("team", UITVOEREND, [4] * 3), ("school", MANAGEMENT, [2] * 2)],
            5,
            {"school"},
        ),
        # the mirror image: three 1s minus two 5s
        ([("school", UITVOEREND, [3] * 10), ("team", UITVOEREND, [1] * 3), ("school", MANAGEMENT, [5] * 2)], 5, set()),
        # four people with mean 4.5 and four with mean 1.5, one in both: what six people answered, and the seventh's 3
        ([*SMALL, ("team", BESTUUR, [3]), ("team", UITVOEREND, [1] * 3)], 3, set()),
        ([*SMALL, ("team", BESTUUR, [3]), ("team", UITVOEREND, [2] * 3)], 3, {"team"}),
        # from twice the minimum on only a sum five answer points from an end counts: uitvoerend minus the school, and
        # the team minus bestuur; here it is none, below it is eight
        ([("school", UITVOEREND, [3] * 12), ("team", UITVOEREND, [5] * 8), ("team", BESTUUR, [3] * 9)], 3, set()),
        (
            [("school", UITVOEREND, [3] * 12), ("team", UITVOEREND, [5] * 6 + [4] * 2), ("team", BESTUUR, [3] * 9)],
            3,
            {"school", "team"},
        ),
        # a limit is used at the limit: uitvoerend minus the school may be anything up to 1.5
        ([("school", UITVOEREND, [3] * 8), ("team", UITVOEREND, [5] * 4)], 3, {"team"}),
        ([("school", UITVOEREND, [5] * 4), ("team", UITVOEREND, [5] * 4)], 3, {"school", "team"}),
    ],
)
def test_a_partner_hides_where_a_sum_at_an_end_would_follow_from_it(people, minimum, partners):
    everybody = [answering(partner, level, value) for partner, level, values in people for value in values]
    found = publish(plain_scores(everybody), INSTRUMENT, minimum=minimum)
    assert {g.group.key for g in found.groups if g.group.kind == "partner" and "regels" in g.figures} == partners


@pytest.mark.parametrize(("last", "limit"), [("3345", "high"), ("3344", None)])
def test_however_many_people_a_level_has_five_answer_points_from_an_end_it_has_a_limit(last, limit):
    people = [answering("school", UITVOEREND, 5) for _ in range(29)] + [answering("school", UITVOEREND, 5, regels=last)]
    figure = publish(plain_scores(people), INSTRUMENT, minimum=3).figure(level_group(UITVOEREND), "regels")
    assert figure.limit == limit


# Against every combination of weights 0, 1 and −1, person by person.

STATEMENTS = 4
CELLS = st.dictionaries(
    st.tuples(st.sampled_from(["", "a", "b", "c"]), st.sampled_from(LEVELS)),
    st.lists(st.sampled_from([1, 1, 1, 3, 4, 5, 5, 5]), min_size=1, max_size=6),
    min_size=1,
)


def sums_of(cells):
    groups = {}
    for (partner, level), scores in cells.items():
        for group in [level_group(level), *([partner_group(partner)] if partner else [])]:
            groups.setdefault(group, []).extend(scores)
    return {group: Moments(len(own), 2 * sum(own), 0, 0, 0, 2) for group, own in groups.items()}


def is_near_an_end(cells, exact, minimum):
    """Returns whether some levels minus some partners, or the reverse, are too near an end; only exact figures."""
    levels, partners = ([g.key for g in sorted(exact, key=str) if g.kind == kind] for kind in ("level", "partner"))
    for signs in product((0, 1), repeat=len(levels) + len(partners)):
        added = {key for key, sign in zip(levels, signs, strict=False) if sign}
        taken = {key for key, sign in zip(partners, signs[len(levels) :], strict=True) if sign}
        weights = {cell: (cell[1] in added) - (cell[0] in taken) for cell in cells}
        left = [(weight, value) for cell, weight in weights.items() if weight for value in cells[cell]]
        for sign in (1, -1):
            slack = sum(5 - value if weight * sign > 0 else value - 1 for weight, value in left)
            is_small = len(left) < 2 * minimum and 2 * slack < len(left)
            if added and taken and left and (is_small or slack * STATEMENTS <= 5):
                return True
    return False


@settings(max_examples=300)
@given(CELLS, st.sampled_from([3, 4, 5]))
def test_the_table_finds_a_combination_exactly_where_trying_all_does(cells, minimum):
    moments = sums_of(cells)
    own = [group for group in moments if not is_alone_near_an_end(moments[group], minimum)]
    scored = Scored({cell: len(values) for cell, values in cells.items()}, moments, STATEMENTS)
    found = partners_to_an_end(scored, scored.people, own, {}, minimum)
    assert bool(found) == is_near_an_end(cells, own, minimum)


def is_alone_near_an_end(moments, minimum):
    """Returns whether a group by itself is too near an end: it has a limit, and is left out here."""
    slack = min(moments.mean - 1, 5 - moments.mean) * moments.n
    return slack * STATEMENTS <= 5 or (moments.n < 2 * minimum and slack < Fraction(moments.n, 2))


# Against a linear program, on networks where whole cells agree on an end. It reads means as they are published, to one
# decimal. To whoever knew them exactly, answers would follow in the networks of EXACTLY: the rule looks at one scale at
# a time there, and a factor and its dimensions together tell more.

EXACTLY = (73, 170, 256)


def unanimous(random: Random) -> list[Person]:
    people = network(random, most=random.choice([15, 30, 60]))
    parts = [scale for scale in INSTRUMENT.scales.values() if scale.kind in ("dimension", "outcome")]
    cells = sorted({(person.partner, person.level) for person in people})
    says = {
        (cell, statement): random.choices([part_value, None], [3, 1])[0]
        for cell in cells
        for part in parts
        for part_value in [random.choice("15")]
        for statement in statements_of(part)
    }
    return [
        Person(
            person.partner,
            person.level,
            {
                key: (value != "?" and random.random() < 0.97 and says[(person.partner, person.level), key]) or value
                for key, value in person.answers.items()
            },
        )
        for person in people
    ]


def certain_in(seed: int, **how: float) -> list:
    random = Random(seed)
    people = unanimous(random)
    document = published(people, random.choice([3, 3, 5]))
    return [found for block in BLOCKS for found in certain_answers(people, document, block, **how)]


@pytest.mark.parametrize("seed", range(6))
def test_no_answer_follows_with_certainty_from_all_means_and_limits(seed):
    assert certain_in(seed, half=0) == []


@pytest.mark.parametrize("seed", EXACTLY)
def test_rounding_is_what_hides_answers_in_few_networks(seed):
    assert certain_in(seed, half=0)
    assert certain_in(seed) == []


@pytest.mark.long
@pytest.mark.parametrize("seed", range(6, 306))
def test_no_answer_follows_with_certainty_in_hundreds_of_networks(seed):
    assert certain_in(seed, half=0.05 if seed in EXACTLY else 0) == []


def test_the_program_finds_what_a_lesser_rule_gives_away():
    """The program finds what two figures of four people each, with one in both, would give away if they were shown."""
    people = [answering("swv", BESTUUR, 5) for _ in range(3)] + [answering("team", BESTUUR, 3)]
    people += [answering("team", UITVOEREND, 1) for _ in range(3)]
    figures = [("level", BESTUUR, 4.5), ("partner", "team", 1.5)]
    document = {
        "groups": [
            {
                "kind": kind,
                "key": key,
                "factors": {"leiderschap": {"n": 4, "mean": mean}},
                "dimensions": {},
                "outcome": {},
            }
            for kind, key, mean in figures
        ]
    }
    certain = certain_answers(people, document, "leiderschap", half=0)
    found = {(partner, level, end) for (partner, level, _, _), end in certain}
    assert found == {("swv", BESTUUR, 5), ("team", UITVOEREND, 1)}
