"""What somebody who knows one answer, their own, can conclude from what is published.

They know n, the published figure, and how a score comes about.
"""

from collections import Counter
from fractions import Fraction

import pytest

from assessments.disclosure.published import LIMITS
from assessments.scores.readings import half_up, spread

FOUR = [Fraction(total, 4) for total in range(4, 21)]  # what a person can score on four statements


def reachable(people):
    """Returns the sums that the scores of so many people can have."""
    sums = {Fraction(0)}
    for _ in range(people):
        sums = {total + score for total in sums for score in FOUR}
    return sums


def with_limits_and_rounding(mean):
    if mean < Fraction(LIMITS["low"]):
        return "low"
    return "high" if mean > Fraction(LIMITS["high"]) else half_up(mean)


def with_rounding(mean):
    return half_up(mean)


def exactly(mean):
    return mean


def given_away(people, published):
    """Returns (own score, end) for which somebody knows that all others scored exactly that end.

    Whoever knows the sum of the others knows one of their scores only where all of them must be at an end.
    """
    sums = reachable(people - 1)
    found = set()
    for own in FOUR:
        by_figure = Counter(published((own + others) / people) for others in sums)
        for end in (1, 5):
            if by_figure[published((own + end * (people - 1)) / people)] == 1:
                found.add((own, end))
    return found


@pytest.mark.parametrize("people", [5, 6, 7, 8])
def test_from_five_people_on_mean_and_own_answers_give_nobody_away_to_who_thinks_much_like_them(people):
    """Much alike means within two points. What is left: all others at one end, and oneself over two points from it."""
    found = given_away(people, with_limits_and_rounding)
    assert not {(own, end) for own, end in found if abs(own - end) <= 2}
    assert len(found) <= {5: 9, 6: 6, 7: 4, 8: 2}[people]


@pytest.mark.parametrize("people", [5, 6, 7, 8])
def test_with_exact_means_every_own_answer_gives_the_others_away(people):
    assert len(given_away(people, exactly)) == 2 * len(FOUR)


@pytest.mark.parametrize("people", [5, 6, 7, 8])
def test_without_limits_rounding_gives_away_those_who_agree(people):
    assert {(own, end) for own, end in given_away(people, with_rounding) if abs(own - end) <= 2}


@pytest.mark.parametrize("people", [3, 4])
def test_under_five_people_rounding_and_limits_are_not_enough(people):
    assert {(own, end) for own, end in given_away(people, with_limits_and_rounding) if abs(own - end) <= 2}


# Where a group is large enough for a spread as well.


def reachable_with_squares(people):
    """Returns the (sums of scores, sums of their squares) that so many people can have, in quarters."""
    quarters = [int(4 * score) for score in FOUR]
    sums = {(0, 0)}
    for _ in range(people):
        sums = {(total + own, squares + own**2) for total, squares in sums for own in quarters}
    return sums


def with_spread(n, total, squares):
    return half_up(Fraction(total, 4 * n)), spread(Fraction(n * squares - total**2, 16 * n * (n - 1)))


def with_two_decimals(n, total, squares):
    variance = (n * squares - total**2) / (16 * n * (n - 1))
    return half_up(Fraction(total, 4 * n)), round(variance**0.5, 2)


def without_spread(n, total, squares):
    return half_up(Fraction(total, 4 * n))


def unanimity_given_away(n, published):
    """Returns (own score, common score of all others) for which what is published makes the others certain.

    A named person's score is certain only where everybody else must have given the same.
    """
    others = reachable_with_squares(n - 1)
    found = set()
    for own in FOUR:
        mine = int(4 * own)
        ways = Counter(published(n, total + mine, squares + mine**2) for total, squares in others)
        for theirs in range(4, 21):
            known = published(n, mine + theirs * (n - 1), mine**2 + theirs**2 * (n - 1))
            if ways[known] == 1:
                found.add((own, Fraction(theirs, 4)))
    return {(own, theirs) for own, theirs in found if abs(own - theirs) <= 2}


@pytest.mark.parametrize("n", [6, 10])
def test_a_spread_of_one_decimal_and_three_tenths_at_least_gives_nobody_away_whom_the_mean_does_not(n):
    assert unanimity_given_away(n, with_spread) == unanimity_given_away(n, without_spread)


def test_with_two_decimals_or_without_a_least_a_spread_would_give_people_away():
    assert len(unanimity_given_away(6, with_two_decimals)) > 150
    equal = {(own, theirs) for own, theirs in unanimity_given_away(6, without_least) if own == theirs}
    assert len(equal) == len(FOUR)


def without_least(n, total, squares):
    variance = (n * squares - total**2) / (16 * n * (n - 1))
    return half_up(Fraction(total, 4 * n)), round(variance**0.5, 1)
