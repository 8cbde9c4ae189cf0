"""Scores are compared with a table worked out by hand, and with scipy where the definition is the same.

Properties that must hold for any answers are tested as well.
"""

from decimal import Decimal
from fractions import Fraction
from random import Random
from statistics import stdev

import pytest
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.disclosure.publish import publish
from assessments.scores.cells import PATTERN_COLUMNS, RESPONDENT_COLUMNS, Counts
from assessments.scores.groups import NETWORK, OUDERS_GROUP, level_group, partner_group
from assessments.scores.intervals import change_interval, mean_interval, network_interval
from assessments.scores.moments import Moments
from assessments.scores.readings import band, end_of, gap_label, half_up, is_at_an_end, is_split, spread
from assessments.scores.scoring import score
from tests.clumsy import network
from tests.people import INSTRUMENT, Person, answering, counts, plain_scores

UITVOEREND = level_group("uitvoerend")
seeds = st.integers(0, 2**32)
few = settings(max_examples=15)  # each is a whole round


def moments(*scores, unit=60):
    """Returns the moments of scores such as 3, '7/2' or 2.25."""
    whole = [Fraction(value) * unit for value in scores]
    assert all(value.denominator == 1 for value in whole)
    return Moments(
        n=len(scores),
        total=int(sum(whole)),
        squares=int(sum(value**2 for value in whole)),
        low=sum(Fraction(value) < 3 for value in scores),
        high=sum(Fraction(value) >= 4 for value in scores),
        unit=unit,
    )


# One person: the statements of a factor as they were answered, and the score by hand.


@pytest.mark.parametrize(
    ("factor", "answers", "by_hand"),
    [
        ("prikkels", "12345", "3"),  # five statements
        ("prikkels", "55???", None),  # two of five is under half
        ("prikkels", "551??", "11/3"),  # three of five
        ("prikkels", "5.1.1", "7/3"),
        ("regels", "4???", None),  # one of four
        ("regels", "4?.1", "5/2"),  # two of four
        ("regels", "????", None),
        ("regels", "....", None),
        ("regels.rollen", "?4??", "4"),  # one of two
        ("regels.rollen", "?.?5", None),
        ("regels.transparantie", "???5", "5"),  # the only one
        ("kennis.delen", "23??", "5/2"),
    ],
)
def test_a_person_has_the_mean_of_what_they_answered_from_half_of_it_on(factor, answers, by_hand):
    person = answering("school", "uitvoerend", 3, **{factor.split(".")[0]: answers})
    found = score(counts([person]), INSTRUMENT).moments.get(factor, {})
    assert (found[UITVOEREND].mean if found else None) == (by_hand and Fraction(by_hand))


def test_each_person_weighs_as_much_however_many_statements_they_answered():
    people = [answering("a", "uitvoerend", 1), answering("a", "uitvoerend", 1, regels="55??")]
    assert score(counts(people), INSTRUMENT).moments["regels"][UITVOEREND].mean == 3  # not 14 / 6


def test_a_partner_has_the_people_of_all_its_levels_and_ouders_are_apart():
    people = [
        answering("school", "uitvoerend", 2),
        answering("school", "bestuur", 5),
        answering("gemeente", "bestuur", 1),
        answering("", "ouders", 4),
    ]
    found = score(counts(people), INSTRUMENT)
    means = {group: own.mean for group, own in found.moments["regels"].items()}
    assert means == {
        UITVOEREND: 2,
        level_group("bestuur"): 3,
        partner_group("school"): Fraction(7, 2),
        partner_group("gemeente"): 1,
    }
    assert {group: own.mean for group, own in found.moments["ouders"].items()} == {OUDERS_GROUP: 4}


def test_the_share_of_weet_ik_niet_is_of_the_rows_given():
    people = [answering("a", "uitvoerend", 3, regels="3?.."), answering("a", "uitvoerend", 3, regels="333?")]
    assert score(counts(people), INSTRUMENT).unknown["regels"][UITVOEREND] == Fraction(2, 6)


def test_who_has_no_factor_score_is_no_respondent():
    nobody = Person("a", "uitvoerend", {"VG1": "3", "EF1": "4", "EF2": "4"})
    assert score(counts([nobody, answering("a", "uitvoerend")]), INSTRUMENT).respondents == {("a", "uitvoerend"): 1}


def test_nobody_gives_no_scores():
    import pandas as pd

    nobody = Counts(pd.DataFrame(columns=PATTERN_COLUMNS), pd.DataFrame(columns=RESPONDENT_COLUMNS))
    assert score(nobody, INSTRUMENT) == plain_scores([])


def test_a_pattern_of_another_length_than_its_block_is_refused():
    counted = counts([answering("a", "uitvoerend")])
    for pattern in ("444", "44444"):
        counted.patterns.loc[counted.patterns["block"] == "regels", "pattern"] = pattern
        with pytest.raises(ValueError, match="not 4 characters"):
            score(counted, INSTRUMENT)


# Reading a figure.


@pytest.mark.parametrize(
    ("exact", "published"),
    [
        ("9/4", "2.3"),
        ("2.24", "2.2"),
        ("2.35", "2.4"),  # in floats 2.35 is a little less
        ("2.45", "2.5"),
        ("4.95", "5.0"),
        ("79/20", "4.0"),
        ("1/3", "0.3"),
        ("1/20", "0.1"),
        ("-1/4", "-0.2"),
        ("0", "0.0"),
    ],
)
def test_halves_go_up(exact, published):
    assert str(half_up(Fraction(exact))) == published


def test_bands_are_read_from_the_published_mean():
    found = {mean: band(Decimal(mean)) for mean in ("5.0", "4.0", "3.9", "3.0", "2.9", "1.0")}
    assert found == {
        "5.0": "sterk",
        "4.0": "sterk",
        "3.9": "bespreken",
        "3.0": "bespreken",
        "2.9": "zorg",
        "1.0": "zorg",
    }
    assert band(half_up(Fraction("3.95"))) == "sterk"  # published as 4.0, so it is read as 4.0


@pytest.mark.parametrize(
    ("size", "label"),
    [("0.4", "geen"), ("0.5", "verschil"), ("-0.5", "verschil"), ("0.9", "verschil"), ("-1.0", "groot_verschil")],
)
def test_a_difference_counts_from_half_a_point(size, label):
    assert gap_label(Decimal(size)) == label


@pytest.mark.parametrize(
    ("scores", "split"),
    [
        ((1, 1, 3, 3, 3, 3, 5, 5), True),  # two of eight and two of eight: a quarter each
        ((1, 3, 3, 3, 3, 3, 5, 5), False),
        ((1, 1, 3, 3, 3, 3, 3, 5), False),
        ((1, 1, 3, 3, 3, 3, 3, 5, 5), False),  # two of nine is less than a quarter
        (("11/4", "11/4", "3", 4), True),
        ((3, 3, 3, 4), False),  # 3 is not under 3
        (("8/3", 3, 3, "15/4"), False),  # 3.75 is not 4
    ],
)
def test_a_group_is_split_from_a_quarter_low_and_a_quarter_high(scores, split):
    assert is_split(moments(*scores)) is split


@pytest.mark.parametrize(
    ("scores", "statements", "end"),
    [
        ((5, 5, 5, 5, "15/4"), 4, "high"),  # five quarters of a point missing, on four statements: five answer points
        ((5, 5, 5, 5, "7/2"), 4, None),  # six
        ((1,) * 99 + ("9/4",), 4, "low"),  # however many people
        ((1,) * 99 + ("5/2",), 4, None),
        ((5,) * 10 + (3, 2), 1, "high"),  # a dimension of one statement
        ((5,) * 10 + (3, 1), 1, None),
        ((1,) * 12, 2, "low"),
    ],
)
def test_a_sum_is_at_an_end_where_five_answer_points_or_fewer_are_missing(scores, statements, end):
    assert end_of(moments(*scores), statements) == end


def test_the_slack_to_an_end_is_counted_in_answers_and_not_in_scores():
    assert is_at_an_end(Fraction(5, 4), 4)
    assert not is_at_an_end(Fraction(5, 4), 5)
    assert is_at_an_end(0, 8)


# Intervals.

SAMPLES = [(1, 2, 3, 4, 5), (3, "7/2", 4, 4, "9/4", 2, 5, 5, 3, 1), (2, 2, 3), (1, 5)]


@pytest.mark.parametrize("scores", SAMPLES)
def test_without_a_number_invited_the_interval_is_students(scores):
    values = [float(Fraction(value)) for value in scores]
    low, high = scipy.stats.ttest_1samp(values, 0).confidence_interval(0.95)
    found = mean_interval(moments(*scores))
    assert (float(found.low), float(found.high)) == pytest.approx((max(low, 1), min(high, 5)))


def test_the_finite_population_narrows_the_interval_by_hand():
    """1..5 of ten invited: s² = 2.5, SE = √(2.5/5 · (1 − 5/10)) = 0.5, t(0.975, 4) = 2.776."""
    found = mean_interval(moments(1, 2, 3, 4, 5), invited=10)
    assert (float(found.low), float(found.high)) == pytest.approx((3 - 2.7764451 * 0.5, 3 + 2.7764451 * 0.5))


def test_where_everyone_took_part_or_one_person_did_there_is_no_interval():
    assert mean_interval(moments(1, 2, 3), invited=3) is None
    assert mean_interval(moments(4)) is None


def test_more_scores_than_people_invited_is_a_fault():
    with pytest.raises(ValueError, match="3 scores of 2 invited"):
        mean_interval(moments(1, 2, 3), invited=2)


@pytest.mark.parametrize("scores", [(4, 4, 4, 4), (4, 4, 4, "17/4")])
def test_where_all_say_nearly_the_same_the_interval_is_that_of_a_spread_of_three_tenths(scores):
    """Of nine invited: SE = 0.3/2 · √(1 − 4/9), t(0.975, 3) = 3.182."""
    own = moments(*scores)
    found, half = mean_interval(own, invited=9), 3.1824463 * 0.15 * (5 / 9) ** 0.5
    assert (float(found.low), float(found.high)) == pytest.approx((float(own.mean) - half, float(own.mean) + half))


def test_the_networks_interval_has_that_spread_at_every_level():
    """Three levels of four: SE² = 3 · (0.09/4) / 9, with 9 degrees of freedom; t = 2.262."""
    found = network_interval([(moments(4, 4, 4, 4), None)] * 3)
    half = 2.2621572 * (0.09 / 4 / 3) ** 0.5
    assert (float(found.low), float(found.high)) == pytest.approx((4 - half, 4 + half))


def test_a_change_is_uncertain_by_the_rounding_of_two_means_too():
    """Two of four a round: SE² = 2 · 0.09/4, with 6 degrees of freedom; t = 2.447."""
    found = change_interval(Fraction(1), [moments(4, 4, 4, 4)], [moments(3, 3, 3, 3)])
    half = 2.4469119 * (2 * 0.09 / 4) ** 0.5 + 0.1
    assert (float(found.low), float(found.high)) == pytest.approx((1 - half, 1 + half))
    assert change_interval(Fraction("3.9"), [moments(5, 5, 5)], [moments(1, 1, 1)]).high == 4


def test_the_networks_interval_has_the_degrees_of_freedom_of_satterthwaite():
    levels = [(moments(1, 2, 3, 4, 5), None), (moments(2, 2, 3), 6), (moments(4, "9/2", 5, 5), 40)]
    errors = [2.5 / 5, (1 / 3) / 3 * (1 - 3 / 6), (11 / 48) / 4 * (1 - 4 / 40)]
    freedom = sum(errors) ** 2 / sum(e**2 / df for e, df in zip(errors, (4, 2, 3), strict=True))
    half = scipy.stats.t.ppf(0.975, freedom) * sum(errors) ** 0.5 / 3
    mean = (3 + 7 / 3 + 18.5 / 4) / 3
    found = network_interval(levels)
    assert (float(found.low), float(found.high)) == pytest.approx((mean - half, mean + half))
    assert network_interval([*levels[:2], (moments(4, 5), 2)]) is None


@pytest.mark.parametrize("now", SAMPLES)
@pytest.mark.parametrize("before", SAMPLES)
def test_a_change_has_welchs_interval(now, before):
    values = [[float(Fraction(value)) for value in scores] for scores in (now, before)]
    low, high = scipy.stats.ttest_ind(*values, equal_var=False).confidence_interval(0.95)
    first, second = moments(*now), moments(*before)
    found = change_interval(first.mean - second.mean, [first], [second])
    assert (float(found.low), float(found.high)) == pytest.approx((max(low - 0.1, -4), min(high + 0.1, 4)))


def test_the_networks_change_has_the_errors_of_all_levels_in_both_rounds():
    """The network counts as three groups of a third each; no finite population correction, though all took part."""
    now = [(1, 2, 3, 4, 5), (2, 2, 3), (4, "9/2", 5, 5)]
    before = [(2, 3, 3, 4), (1, 2, 3), (3, 3, 4, 5, 5)]
    samples = [[float(Fraction(value)) for value in scores] for scores in (*now, *before)]
    errors = [(stdev(sample) ** 2 / len(sample) / 9, len(sample) - 1) for sample in samples]
    error = sum(e for e, _ in errors)
    half = scipy.stats.t.ppf(0.975, error**2 / sum(e**2 / df for e, df in errors)) * error**0.5
    change = Fraction("0.4")
    found = change_interval(change, *([moments(*scores) for scores in levels] for levels in (now, before)))
    assert (float(found.low), float(found.high)) == pytest.approx((0.3 - half, 0.5 + half))
    assert change_interval(change, [moments(1, 2), moments(3)], [moments(1, 2), moments(3, 4)]) is None


@pytest.mark.parametrize(
    ("scores", "published"),
    [
        ((1, 5), "2.8"),  # the root of 8
        ((1, 2, 3, 4, 5), "1.6"),  # 1.58
        ((3, "7/2"), "0.4"),  # 0.354
        ((4, 4, 4, 4, "17/4"), "0.3"),  # 0.11: less is not said
        ((4, 4, 4), "0.3"),
    ],
)
def test_a_spread_has_one_decimal_and_is_never_said_to_be_less_than_three_tenths(scores, published):
    assert str(spread(moments(*scores).variance)) == published


@given(st.fractions(0, 5, max_denominator=10**6))
def test_a_spread_is_rounded_exactly(variance):
    assert spread(variance) == max(half_up_root(variance), Decimal("0.3"))


def half_up_root(variance):
    """Returns the tenth that the root is nearest to, by search: the squares of its bounds are on either side."""
    return next(Decimal(tenths) / 10 for tenths in range(100) if variance < Fraction(2 * tenths + 1, 20) ** 2)


# The network.


def at(level, *values, partner="a"):
    return [answering(partner, level, value) for value in values]


def shown(people, invited=None):
    return publish(plain_scores(people), INSTRUMENT, minimum=3, invited=invited)


def test_in_the_network_every_level_weighs_the_same():
    people = at("uitvoerend", *[2] * 40) + at("management", 3, 3, 3, 4, 4, 4) + at("bestuur", 4, 4, 4)
    figure = shown(people).figure(NETWORK, "regels")
    assert (figure.n, figure.mean, figure.split, figure.interval) == (49, half_up(Fraction("9.5") / 3), None, None)


@pytest.mark.parametrize("bestuur", [[], [4, 4], [5, 5, 5]])
def test_without_a_mean_of_each_level_there_is_none_of_the_network(bestuur):
    """A level's mean is missing because the level is not there, is too small, or has a limit."""
    people = at("uitvoerend", 2, 2, 2) + at("management", 3, 3, 3) + at("bestuur", *bestuur)
    assert shown(people).group(NETWORK) is None


# What holds for any answers.


@few
@given(seeds)
def test_the_scores_are_those_that_are_worked_out_person_by_person(seed):
    people = network(Random(seed), most=15) + [answering("", "ouders", "1?3?5.23"[seed % 8]) for _ in range(seed % 3)]
    fast, slow = score(counts(people), INSTRUMENT), plain_scores(people)
    assert fast == slow


@few
@given(seeds)
def test_the_order_of_people_and_rows_changes_nothing(seed):
    people = network(Random(seed), most=15)
    counted = counts(people)
    mixed = Counts(
        *(frame.sample(frac=1, random_state=seed % 1000) for frame in (counted.patterns, counted.respondents))
    )
    assert score(mixed, INSTRUMENT) == score(counted, INSTRUMENT)
    assert shown(people[::-1]) == shown(people)


def mixed_up(frame):
    return frame.sample(frac=1, random_state=1)


@few
@given(st.integers(1, 5), st.integers(1, 4))
def test_where_all_answers_are_equal_every_mean_is_that_answer(value, people):
    crowd = at("uitvoerend", *[value] * people) + at("bestuur", value, partner="b")
    for groups in score(counts(crowd), INSTRUMENT).moments.values():
        assert {own.mean for own in groups.values()} == {value}


@few
@given(seeds)
def test_weet_ik_niet_instead_of_nothing_changes_no_mean(seed):
    people = network(Random(seed), most=12)
    told = [Person(p.partner, p.level, dict.fromkeys(asked(), "?") | p.answers) for p in people]
    silent = [Person(p.partner, p.level, {k: v for k, v in p.answers.items() if v != "?"}) for p in people]
    assert score(counts(told), INSTRUMENT).moments == score(counts(silent), INSTRUMENT).moments


@few
@given(seeds, st.integers(2, 6))
def test_a_level_does_not_weigh_more_for_being_larger(seed, times):
    chance = Random(seed)
    values = {level: [chance.choice([2, 3, 4]) for _ in range(4)] for level in ("uitvoerend", "management", "bestuur")}
    small = [person for level, own in values.items() for person in at(level, *own)]
    large = small + at("uitvoerend", *values["uitvoerend"] * times)
    assert shown(large).figure(NETWORK, "regels").mean == shown(small).figure(NETWORK, "regels").mean


def asked():
    return [statement.key for key, block in INSTRUMENT.blocks.items() if key != "ouders" for statement in block]
