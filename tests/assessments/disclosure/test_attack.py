"""The attacker finds nothing published, alone or combined, that rests on fewer people than the minimum."""

import json
from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.disclosure.groups import large_enough
from assessments.results.document import to_json
from assessments.results.pipeline import results_of_scores
from tests.attacker import figure_rows, follows, shown_in, smallest_group
from tests.clumsy import network
from tests.people import INSTRUMENT, Person, answering, plain_scores

seeds = st.integers(0, 2**32)
minimums = st.sampled_from([3, 3, 4, 5])


def published(people: list[Person], minimum: int) -> dict:
    """Returns what a reader has: the document as it is frozen, written as text and read back."""
    invited = Counter((person.partner, person.level) for person in people)
    found = results_of_scores(plain_scores(people), INSTRUMENT, minimum=minimum, invited=invited)
    return json.loads(json.dumps(to_json(found, INSTRUMENT)))


def rows_of(people, document, block, reading):
    return figure_rows(people, shown_in(document, "unknown" if reading == "unknown" else None), block, reading)


def singled_out(people, document, minimum):
    """Returns (block, reading, people) of the first combination that rests on too few, or None."""
    for block in [factor.key for factor in INSTRUMENT.factors] + [INSTRUMENT.outcome.key]:
        for reading in ("plain", "exact", "unknown"):
            few = smallest_group(rows_of(people, document, block, reading), minimum)
            if few:
                return block, reading, [people[number] for number in few]
    return None


def nothing_singles_out_too_few(seed, minimum):
    people = network(Random(seed))
    assert singled_out(people, published(people, minimum), minimum) is None


@pytest.mark.attack
@settings(max_examples=120)
@given(seeds, minimums)
def test_no_combination_of_what_is_published_rests_on_fewer_people_than_the_minimum(seed, minimum):
    nothing_singles_out_too_few(seed, minimum)


@pytest.mark.long
@settings(max_examples=10_000)
@given(seeds, minimums)
def test_no_combination_does_so_in_ten_thousand_networks(seed, minimum):
    nothing_singles_out_too_few(seed, minimum)


@pytest.mark.attack
@settings(max_examples=100)
@given(seeds, minimums)
def test_a_mean_that_is_published_as_a_limit_does_not_follow_from_the_other_means(seed, minimum):
    people = network(Random(seed), most=25)
    document = published(people, minimum)
    exact = shown_in(document, "mean")
    for limited in shown_in(document) - exact:
        block = INSTRUMENT.scales[limited[2]].block
        for reading in ("plain", "exact"):
            for row in figure_rows(people, {limited}, block, reading):
                assert not follows(row, figure_rows(people, exact, block, reading))


def no_spread_is_of_fewer_than_twice_the_minimum(seed, minimum):
    """Squares add up as scores do; what follows from several sums must meet the same minimum as a single sum."""
    people = network(Random(seed))
    shown = shown_in(published(people, minimum), "sd")
    assert all(INSTRUMENT.scales[item].kind == "factor" for _, _, item in shown)
    for factor in INSTRUMENT.factors:
        assert smallest_group(figure_rows(people, shown, factor.key, "squares"), 2 * minimum) is None


@pytest.mark.attack
@settings(max_examples=100)
@given(seeds, st.sampled_from([3, 3, 4]))
def test_no_combination_of_spreads_rests_on_fewer_people_than_twice_the_minimum(seed, minimum):
    no_spread_is_of_fewer_than_twice_the_minimum(seed, minimum)


@pytest.mark.long
@settings(max_examples=2000)
@given(seeds, minimums)
def test_no_combination_of_spreads_does_so_in_thousands_of_networks(seed, minimum):
    no_spread_is_of_fewer_than_twice_the_minimum(seed, minimum)


# The same attacker finds what a weaker rule gives away.


def hidden_by_size_alone(people, minimum):
    """Returns the figures that would be shown if only groups under the minimum were hidden."""
    shown = set()
    for item, cells in plain_scores(people).scored.items():
        if INSTRUMENT.scales[item].kind != "dimension":
            shown |= {(group.kind, group.key, item) for group in large_enough(cells, minimum)}
    return shown


def test_hiding_small_groups_alone_singles_people_out_in_many_networks():
    def is_broken(people):
        shown = hidden_by_size_alone(people, 3)
        rows = (figure_rows(people, shown, block, "plain") for block in INSTRUMENT.blocks)
        return any(smallest_group(own, 3) for own in rows)

    networks = [network(Random(seed)) for seed in range(60)]
    assert sum(is_broken(people) for people in networks) > 15


def test_spreads_of_all_large_groups_single_out_fewer_than_twice_the_minimum():
    """The rule for partners withholds such a spread: here the school's is that of a level minus the buurtteam."""
    people = [answering("buurtteam", "uitvoerend", value) for value in [2, 4] * 3]
    people += [answering("school", "uitvoerend", 3) for _ in range(4)]
    both = {("level", "uitvoerend", "regels"), ("partner", "buurtteam", "regels")}
    assert smallest_group(figure_rows(people, both, "regels", "squares"), 6) == {6, 7, 8, 9}
    assert shown_in(published(people, 3), "sd") & both == {("level", "uitvoerend", "regels")}


def test_every_dimension_beside_its_factor_singles_somebody_out_and_the_dimension_gives_way():
    """One of twelve people skipped a statement, so that the factor weighs that person's answers differently."""
    people = [answering("school", "uitvoerend", 4) for _ in range(11)]
    people.append(answering("school", "uitvoerend", 4, communicatie="444?"))
    level = {("level", "uitvoerend", item) for item in INSTRUMENT.scales if item.startswith("communicatie")}
    assert smallest_group(figure_rows(people, level, "communicatie", "exact"), 3) == {11}
    given_way = {("level", "uitvoerend", "communicatie.continuiteit")}
    assert shown_in(published(people, 3)) & level == level - given_way


# By hand: seventeen people as in the Nijmegen case, at minimum 3.

NIJMEGEN = {
    ("po", "uitvoerend"): 5,
    ("buurtteams", "uitvoerend"): 3,
    ("po", "management"): 4,
    ("swv", "management"): 1,
    ("buurtteams", "management"): 1,
    ("swv", "bestuur"): 1,
    ("gemeente", "bestuur"): 2,
}


@pytest.fixture
def nijmegen():
    return [answering(*cell, value) for cell, count in NIJMEGEN.items() for value in [2, 3, 4, 3, 4][:count]]


def test_by_hand_two_levels_less_two_partners_leave_one_person(nijmegen):
    """uitvoerend (8) + management (6) − po (9) − buurtteams (4) is one person of the samenwerkingsverband."""
    shown = {(group.kind, group.key) for group in large_enough(plain_scores(nijmegen).scored["regels"], 3)}
    assert shown == {
        *(("level", level) for level in ("uitvoerend", "management", "bestuur")),
        ("partner", "po"),
        ("partner", "buurtteams"),
    }
    figures = {(*group, "regels") for group in shown}
    few = smallest_group(figure_rows(nijmegen, figures, "regels", "plain"), 3)
    assert [(nijmegen[number].partner, nijmegen[number].level) for number in few] == [("swv", "management")]


def test_by_hand_the_smallest_partner_of_that_combination_is_hidden(nijmegen):
    document = published(nijmegen, 3)
    assert {(kind, key) for kind, key, item in shown_in(document) if item == "regels"} == {
        ("level", "uitvoerend"),
        ("level", "management"),
        ("level", "bestuur"),
        ("network", "network"),
        ("partner", "po"),
    }
    partners = {hidden["key"]: hidden["why"] for hidden in document["hidden"] if hidden["item"] is None}
    assert partners == {"buurtteams": "complementary", "gemeente": "small", "swv": "small"}


def test_the_same_people_in_another_order_are_shown_the_same(nijmegen):
    assert published(nijmegen[::-1], 3) == published(nijmegen, 3)
