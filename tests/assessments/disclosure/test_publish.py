"""The rule for what may be shown, and what a figure then has, are worked out by hand."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.disclosure.combinations import smallest_combination
from assessments.disclosure.groups import decide, large_enough, totals
from assessments.disclosure.naming import may_be_named
from assessments.disclosure.publish import publish
from assessments.disclosure.published import LIMITS
from assessments.scores.groups import NETWORK, OUDERS_GROUP, level_group, partner_group
from assessments.scores.readings import half_up
from tests.people import INSTRUMENT, answering, plain_scores

UITVOEREND, MANAGEMENT, BESTUUR = (level_group(level) for level in ("uitvoerend", "management", "bestuur"))


def at(level, *values, partner="a", **other):
    return [answering(partner, level, value, **other) for value in values]


def shown(people, minimum=3, **options):
    return publish(plain_scores(people), INSTRUMENT, minimum=minimum, **options)


# The rule.


def test_a_minimum_under_three_is_refused():
    with pytest.raises(ValueError, match="3 at the least"):
        shown(at("uitvoerend", 4), minimum=2)


def test_a_partner_that_is_a_level_but_for_one_person_is_hidden():
    people = {("a", "uitvoerend"): 6, ("b", "uitvoerend"): 1, ("b", "bestuur"): 5}
    assert large_enough(people, 3) == {UITVOEREND, BESTUUR, partner_group("a"), partner_group("b")}
    decision = decide(people, 3)
    assert decision.groups == {UITVOEREND, BESTUUR}
    assert decision.hidden == {partner_group("a"): "complementary", partner_group("b"): "complementary"}


def test_a_partner_that_is_a_whole_level_tells_nothing_new():
    people = {("a", "uitvoerend"): 6, ("b", "bestuur"): 5}
    assert decide(people, 3).hidden == {}


def test_of_two_as_large_the_first_by_key_is_hidden():
    people = {("a", "uitvoerend"): 4, ("b", "uitvoerend"): 4, ("c", "uitvoerend"): 1}
    assert decide(people, 3).hidden == {partner_group("a"): "complementary", partner_group("c"): "small"}


def test_a_limit_that_would_follow_from_the_other_means_takes_a_partner_with_it():
    eight, four = at("uitvoerend", *[3] * 8, partner="a"), at("uitvoerend", *[4] * 4, partner="b")
    assert {"a", "b"} <= {group.group.key for group in shown(eight + four).groups}
    published = shown(eight + at("uitvoerend", *[5] * 4, partner="b"))
    assert published.figure(partner_group("b"), "regels").limit == "high"
    assert published.figure(partner_group("a"), "regels") is None


def test_a_mean_near_the_end_that_follows_from_two_others_takes_a_partner_with_it():
    """School has five people at uitvoerend, who all gave a 5: the level minus the buurtteam would tell."""
    people = [
        *at("uitvoerend", *[3] * 10, partner="buurtteam"),
        *at("uitvoerend", *[5] * 5, partner="school"),
        *at("management", *[3] * 7, partner="school"),
    ]
    published = shown(people, minimum=5)
    assert published.figure(UITVOEREND, "regels").mean == half_up(Fraction(55, 15))
    assert published.figure(partner_group("buurtteam"), "regels") is None
    lukewarm = shown([*people[:10], *at("uitvoerend", *[4] * 5, partner="school"), *people[15:]], minimum=5)
    assert lukewarm.figure(partner_group("buurtteam"), "regels") is not None


def test_a_partner_has_no_more_than_a_mean_where_a_group_under_twice_the_minimum_follows_from_it():
    people = [*at("uitvoerend", *[2, 4] * 5, partner="buurtteam"), *at("uitvoerend", *[3] * 5, partner="school")]
    figure = shown(people, minimum=5).figure(partner_group("buurtteam"), "regels")
    assert (figure.mean, figure.interval, figure.split, figure.unknown, figure.sd) == (3, None, None, None, None)
    alone = shown(people[:10], minimum=5).figure(partner_group("buurtteam"), "regels")
    assert (alone.split, str(alone.sd)) == (True, "1.1")


def with_guests(own, guests, minimum=3):
    """Returns what is published where `guests` came in by an open link."""
    scores = replace(plain_scores([*own, *guests]), judged=plain_scores(own))
    return publish(scores, INSTRUMENT, minimum=minimum)


def test_people_by_an_open_link_do_not_make_a_group_large_enough():
    """Whoever holds the link could have filled it in four times, and would know the fifth."""
    one, three = at("bestuur", 4), at("bestuur", 4, 3, 3)
    guests = at("bestuur", *[3] * 4)
    assert with_guests(one, guests).figure(BESTUUR, "regels") is None
    figure = with_guests(three, guests).figure(BESTUUR, "regels")
    assert (figure.n, figure.mean, figure.split) == (7, half_up(Fraction(22, 7)), None)


def test_nothing_rests_on_people_by_an_open_link_alone():
    own = [*at("uitvoerend", *[3] * 6, partner="a"), *at("management", *[3] * 4, partner="a")]
    guests = at("uitvoerend", *[2] * 5, partner="b")
    published = with_guests(own, guests)
    assert published.figure(UITVOEREND, "regels").n == 11
    assert published.figure(partner_group("b"), "regels") is None
    assert published.figure(partner_group("a"), "regels") is None


@given(
    st.dictionaries(
        st.tuples(st.sampled_from("abcd"), st.sampled_from(["uitvoerend", "management", "bestuur"])),
        st.integers(1, 8),
        min_size=1,
    ),
    st.integers(3, 5),
)
def test_levels_hide_only_when_small_and_what_is_left_combines_to_enough_people(people, minimum):
    decision = decide(people, minimum)
    assert {group for group in totals(people) if group.kind == "level"} - decision.groups == {
        group for group, count in totals(people).items() if group.kind == "level" and count < minimum
    }
    kinds = {kind: [group.key for group in decision.groups if group.kind == kind] for kind in ("level", "partner")}
    assert smallest_combination(people, kinds["level"], kinds["partner"], minimum) is None
    assert decide(dict(reversed(people.items())), minimum) == decision


def test_what_is_not_named_is_nothing_or_the_minimum():
    assert may_be_named({"a": 5, "b": 3, "c": 2}, 3) == {"a"}
    assert may_be_named({"a": 5, "b": 3}, 3) == {"a", "b"}
    assert may_be_named({"a": 3, "b": 3, "c": 1}, 3) == {"b"}  # of two equally large partners, the first is not named
    assert may_be_named({"a": 2, "b": 1}, 3) == frozenset()
    assert may_be_named({}, 3) == frozenset()


# What a figure has.


def test_under_twice_the_minimum_a_group_has_a_mean_and_n():
    figure = shown(at("uitvoerend", 2, 3, 4, 4, 5)).figure(UITVOEREND, "regels")
    assert (figure.n, str(figure.mean), figure.band) == (5, "3.6", "bespreken")
    assert (figure.limit, figure.interval, figure.split, figure.unknown, figure.sd) == (None,) * 5
    assert set(shown(at("uitvoerend", 2, 3, 4, 4, 5)).group(UITVOEREND).figures) == {
        *(factor.key for factor in INSTRUMENT.factors),
        "effectiviteit",
    }


def test_from_twice_the_minimum_on_it_has_everything():
    group = shown(at("uitvoerend", 2, 2, 4, 4, 5, 5), invited={("a", "uitvoerend"): 9}).group(UITVOEREND)
    figure = group.figures["regels"]
    assert (figure.split, figure.unknown) == (True, 0)
    low, high = figure.interval
    assert low < figure.mean < high
    of_one_statement = {key for key, d in INSTRUMENT.dimensions.items() if len(d.statements) == 1}
    assert set(group.figures) == set(INSTRUMENT.scales) - {"ouders"} - of_one_statement  # these have ten people
    assert str(figure.sd) == "1.4"


def test_a_spread_is_of_factors_alone_and_is_there_where_everybody_took_part():
    people = at("uitvoerend", 2, 2, 4, 4, 5, 5) + at("ouders", *[2, 4] * 5, partner="")
    published = shown(people, invited={("a", "uitvoerend"): 6})
    spreads = {item: figure.sd for group in published.groups for item, figure in group.figures.items()}
    assert {item for item, sd in spreads.items() if sd} == {factor.key for factor in INSTRUMENT.factors}
    assert published.figure(UITVOEREND, "regels").interval is None


def test_a_dimension_of_one_statement_has_a_mean_and_nothing_else():
    """A mean, an interval and verdeeld together would tell how often each value was given."""
    people = at("uitvoerend", 2, 2, 3, 3, 3, 4, 4, 4, 5, 5)
    published = shown(people, invited={("a", "uitvoerend"): 16})
    for dimension in ("regels.transparantie", "prikkels.juridisch"):
        figure = published.figure(UITVOEREND, dimension)
        assert (figure.n, str(figure.mean)) == (10, "3.5")
        assert (figure.limit, figure.interval, figure.split, figure.unknown, figure.sd) == (None,) * 5
    rollen = published.figure(UITVOEREND, "regels.rollen")
    assert (rollen.interval is None, rollen.split, rollen.unknown) == (False, False, 0)


def test_the_networks_dimension_of_one_statement_has_a_mean_and_nothing_else():
    people = [person for level in ("uitvoerend", "management", "bestuur") for person in at(level, *[2, 4] * 6)]
    figure = shown(people).figure(NETWORK, "regels.transparantie")
    assert (figure.n, str(figure.mean), figure.interval, figure.unknown) == (36, "3.0", None, None)


@pytest.mark.parametrize("size", [12, 60])
@pytest.mark.parametrize(
    ("value", "other", "item", "limit"),
    [
        (5, "3", "regels.transparantie", "high"),  # two points of one statement
        (1, "1234", "regels", None),  # six of four statements
        (1, "2222", "regels", "low"),  # four
        (5, "5", "regels", "high"),
        (4, "5555", "regels", None),
    ],
)
def test_however_many_people_there_are_a_figure_of_nearly_all_one_end_is_a_limit(size, value, other, item, limit):
    people = at("uitvoerend", *[value] * (size - 1))
    people.append(answering("a", "uitvoerend", value, regels=other))
    assert shown(people).figure(UITVOEREND, item).limit == limit


@pytest.mark.parametrize("scale", INSTRUMENT.scales.values(), ids=lambda scale: scale.key)
def test_a_figure_that_is_a_limit_for_its_few_answers_is_beyond_that_limit(scale):
    """'4,5 of hoger' must be true of the smallest group for which a scale is shown."""
    statements = len(scale.places)
    least = 3 if scale.kind != "dimension" else 10 if statements == 1 else 6
    assert 5 - Fraction(5, statements * least) >= Fraction(LIMITS["high"])


@pytest.mark.parametrize(
    ("values", "mean", "limit"),
    [
        ((1, 1, 1, 1, 3), None, "low"),  # 1.4
        ((1, 1, 2, 2), "1.5", None),
        ((4, 4, 5, 5), "4.5", None),
        ((3, 5, 5, 5, 5), None, "high"),  # 4.6
        ((1, 1, 1, 1, 2, 2), "1.3", None),  # six is twice the minimum
        ((1, 1, 1, 1, 1, 1), None, "low"),  # but five answer points or fewer from the end there is a limit, with any n
    ],
)
def test_a_small_groups_mean_near_an_end_is_a_limit(values, mean, limit):
    figure = shown(at("uitvoerend", *values)).figure(UITVOEREND, "regels")
    assert (figure.mean and str(figure.mean), figure.limit) == (mean, limit)


@pytest.mark.parametrize(("last", "mean", "limit"), [("2221", None, "low"), ("2222", "1.5", None)])
def test_a_limit_is_compared_exactly_and_not_after_rounding(last, mean, limit):
    """35/24 is 1.458: published it would be 1.5, but it is under 1.5."""
    people = [answering("a", "uitvoerend", regels=own) for own in ("1111", "1111", "1111", "2222", "2222", last)]
    figure = shown(people, minimum=5).figure(UITVOEREND, "regels")
    assert (figure.mean and str(figure.mean), figure.limit) == (mean, limit)


@pytest.mark.parametrize(
    ("bestuur", "size", "label"),
    [((4, 4, 4), "-2.0", "groot_verschil"), ((5, 5, 5), None, "groot_verschil"), ((1, 1, 1), None, "verschil")],
)
def test_a_difference_with_a_limit_has_no_size_and_counts_from_the_limit(bestuur, size, label):
    [difference] = [
        d for d in shown(at("uitvoerend", 2, 2, 2) + at("bestuur", *bestuur)).differences if d.factor == "regels"
    ]
    assert difference.levels == ("uitvoerend", "bestuur")
    assert (difference.size and str(difference.size), difference.label) == (size, label)


def test_a_limit_is_no_difference_with_a_mean_that_lies_on_its_side():
    """Four people who all gave 5 have the limit 4.5; of two hundred the mean is 4.95, which is published as 5.0."""
    people = [answering("school", "bestuur", 5)] * 4
    people += [answering("school", "uitvoerend", 5)] * 190 + [answering("school", "uitvoerend", 4)] * 10
    found = publish(plain_scores(people), INSTRUMENT, minimum=3)
    assert str(found.figure(level_group("uitvoerend"), "regels").mean) == "5.0"
    assert found.figure(level_group("bestuur"), "regels").limit == "high"
    assert {(d.label, d.size) for d in found.differences} == {("geen", None)}


def test_ouders_are_shown_from_five_whatever_the_minimum():
    assert shown(at("ouders", 4, 4, 4, 4, partner="")).group(OUDERS_GROUP) is None
    group = shown(at("ouders", 4, 4, 4, 4, 4, partner="")).group(OUDERS_GROUP)
    assert (group.n, group.invited, set(group.figures)) == (5, None, {"ouders"})


def test_what_is_hidden_says_why():
    people = at("uitvoerend", 2, 3, 4, 4, 5) + at("bestuur", 4, partner="b")
    hidden = {(h.group, h.item): h.why for h in shown(people).hidden}
    assert hidden[BESTUUR, None] == hidden[NETWORK, None] == hidden[partner_group("b"), None] == "small"
    assert hidden[UITVOEREND, "regels.rollen"] == "small"


def test_it_says_who_took_part_and_which_levels_are_shown_hidden_and_absent():
    published = shown(at("uitvoerend", *[3] * 5) + at("bestuur", 4, partner="b") + at("ouders", 4, partner=""))
    groups = {UITVOEREND, BESTUUR, NETWORK, OUDERS_GROUP, partner_group("a"), partner_group("b")}
    assert published.took_part == groups
    assert published.levels == ("uitvoerend", "bestuur")
    assert (published.shown_levels, published.hidden_levels) == (("uitvoerend",), ("bestuur",))
    assert published.absent_levels == ("management",)
    assert published.shown_parts == (partner_group("a"),)
    assert published.hidden_groups == (BESTUUR, NETWORK, OUDERS_GROUP, partner_group("b"))


@pytest.mark.parametrize("values", [(4, 4), (2, 3, 4), (1, 2, 3, 4, 5, 5)])
def test_more_scores_than_people_invited_is_a_fault_of_a_group_of_any_size(values):
    with pytest.raises(ValueError, match=f"{len(values)} scores of 1 invited"):
        shown(at("uitvoerend", *values), invited={("a", "uitvoerend"): 1})


def test_who_was_not_invited_cannot_have_a_score():
    with pytest.raises(ValueError, match="1 scores of 0 invited"):
        shown(at("uitvoerend", 2, 3, 4) + at("bestuur", 4, partner="b"), invited={("a", "uitvoerend"): 3})


def test_where_an_open_link_was_spread_nobody_knows_how_many_were_invited():
    people = at("uitvoerend", 1, 2, 3, 4, 5, 5) + at("uitvoerend", 3, 3, 4, partner="b") + at("bestuur", 3, 3, 4)
    invited = {("a", "uitvoerend"): 7, ("b", "uitvoerend"): None, ("a", "bestuur"): 3}
    groups = {group.group: group.invited for group in shown(people, invited=invited).groups}
    assert groups == {UITVOEREND: None, BESTUUR: 3, partner_group("a"): 10, partner_group("b"): None}
