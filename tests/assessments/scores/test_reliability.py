"""Cronbach's alpha is checked by hand, and against the formula worked out person by person."""

from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import exp, lgamma, log
from random import Random
from statistics import variance

import pandas as pd
import pytest

from assessments.scores.cells import PATTERN_COLUMNS
from assessments.scores.reliability import Alpha, alpha_by_factor
from tests.people import INSTRUMENT

LEVELS = ("uitvoerend", "management", "bestuur")


def frame(people, block="regels", level=None):
    """Returns counted patterns, spread over levels and partners: alpha is of everybody together."""
    rows = [
        (f"p{number % 3}", level or LEVELS[number % 3], block, pattern, count)
        for number, (pattern, count) in enumerate(people)
    ]
    return pd.DataFrame(rows, columns=PATTERN_COLUMNS)


def alpha(people, **where):
    return alpha_by_factor(frame(people, **where), INSTRUMENT)


def test_by_hand():
    """Alpha is worked out by hand.

    The variance of each statement, forty 5s and forty 1s, is 320/79. Totals are 20, 4, 12 and 12: 2560/79. So alpha is
    4/3 · (1 − 1280/2560).
    """
    people = [("5555", 20), ("1111", 20), ("5511", 20), ("1155", 20)]
    assert alpha(people) == {"regels": Alpha(Decimal("0.67"), 4, 80)}


def test_statements_that_say_the_same_have_alpha_one_and_opposites_less_than_zero():
    assert alpha([("1111", 10), ("3333", 10), ("4444", 11)])["regels"].alpha == Decimal("1.00")
    assert alpha([("5511", 20), ("1155", 20), ("5555", 2)])["regels"].alpha < -4


@pytest.mark.parametrize("seed", range(12))
def test_it_is_what_the_formula_says_person_by_person(seed):
    chance = Random(seed)
    counted = Counter()
    for _ in range(chance.randint(30, 90)):
        mood = chance.gauss(3, 1)
        counted["".join(str(min(5, max(1, round(chance.gauss(mood, 0.9))))) for _ in range(5))] += 1
    found = alpha(counted.items(), block="prikkels")["prikkels"]
    persons = [[Fraction(sign) for sign in pattern] for pattern, count in counted.items() for _ in range(count)]
    exact = Fraction(5, 4) * (1 - sum(map(variance, zip(*persons, strict=True))) / variance(map(sum, persons)))
    plain = (Decimal(exact.numerator) / exact.denominator).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert found == Alpha(plain, 5, len(persons))


def test_it_takes_thirty_people_who_answered_everything():
    assert alpha([("1234", 15), ("4444", 14)]) == {}
    assert alpha([("1234", 15), ("4444", 15)])["regels"].n == 30
    assert alpha([("1234", 15), ("4444", 14), ("44?4", 9), ("444.", 9)]) == {}


def test_where_scores_are_the_same_or_nearly_so_there_is_none():
    """That alpha is missing must not tell that all totals are equal: with the mean, that would be everybody's score."""
    assert alpha([("5511", 20), ("1155", 20)]) == {}
    assert alpha([("5555", 39), ("5521", 1)]) == {}  # a standard deviation of 1.75/√40: 0.28
    assert alpha([("5555", 39), ("5511", 1)])["regels"].n == 40  # 2/√40: 0.32


def test_ouders_and_the_outcome_have_none():
    assert alpha([("12345123", 20), ("55555555", 20)], block="ouders", level="ouders") == {}
    assert alpha([("1234", 20), ("5555", 20)], block="effectiviteit") == {}
    assert alpha([]) == {}


def exact_f(bound, between, within):
    """Returns the share of F that lies under `bound`, from the integral of its density, with Simpson's rule."""
    log_beta = lgamma(between / 2) + lgamma(within / 2) - lgamma((between + within) / 2)

    def density(x):
        at = between * x / (between * x + within)
        return exp(between / 2 * log(at) + within / 2 * log(1 - at) - log_beta) / x if x else 0.0

    steps = 4000
    weights = [1, *[4, 2] * (steps // 2 - 1), 4, 1]
    return bound / steps / 3 * sum(weight * density(bound * step / steps) for step, weight in enumerate(weights))


@pytest.mark.parametrize(("found", "k", "n"), [("0.67", 4, 80), ("0.91", 5, 30), ("-0.41", 3, 44), ("0.05", 8, 300)])
def test_feldts_interval_leaves_two_and_a_half_percent_of_f_at_either_side(found, k, n):
    """A rounded bound is at most half a hundredth from the exact one, where F has that share."""
    own = Alpha(Decimal(found), k, n)
    low, high = own.interval
    assert low < own.alpha < high

    def share(bound):
        return exact_f(float((1 - bound) / (1 - own.alpha)), n - 1, (n - 1) * (k - 1))

    half = Decimal("0.005")
    assert share(low + half) <= 0.975 <= share(low - half)
    assert share(high + half) <= 0.025 <= share(high - half)


def test_an_alpha_that_is_rounded_to_one_has_an_interval_without_width():
    assert Alpha(Decimal("1.00"), 5, 44).interval == (Decimal("1.00"), Decimal("1.00"))


def test_a_statement_that_all_answered_alike_counts_with_variance_zero():
    """Without it alpha of the other three would be 3/2 · (1 − 3/9) = 1; with it, it is 4/3 · (1 − 3/9)."""
    assert alpha([("1114", 15), ("3334", 15), ("5554", 15)])["regels"].alpha == Decimal("0.89")
