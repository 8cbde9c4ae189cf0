"""ICC(1) and ICC(2) from moments are compared with analysis of variance on rows, by hand and at random."""

from fractions import Fraction
from statistics import fmean, variance

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assessments.scores.icc import Summary, icc, together
from tests.rounded_icc import SHOWN, most_of, moved

ANSWERS = st.integers(1, 5).map(Fraction)
GROUPS = st.lists(st.lists(ANSWERS, min_size=2, max_size=9), min_size=2, max_size=6)


def summary(scores):
    scores = [Fraction(score) for score in scores]
    return Summary(len(scores), Fraction(sum(scores), len(scores)), variance(scores))


def from_rows(groups):
    """Returns the mean squares between and within groups, from the scores of all people."""
    everybody = [score for group in groups for score in group]
    mean = Fraction(sum(everybody), len(everybody))
    means = [Fraction(sum(group), len(group)) for group in groups]
    between = sum((own - mean) ** 2 for group, own in zip(groups, means, strict=True) for _ in group)
    within = sum((score - own) ** 2 for group, own in zip(groups, means, strict=True) for score in group)
    return between / (len(groups) - 1), within / (len(everybody) - len(groups))


def test_by_hand():
    """Means 2 and 4 around 3: MSB = 2 · 1 + 2 · 1 = 4, and MSW = (2 + 2) / 2 = 2."""
    found = icc([summary([1, 3]), summary([3, 5])])
    assert (found.between, found.within, found.groups, found.people, found.n0) == (4, 2, 2, 4, 2)
    assert (found.icc1, found.icc2) == (Fraction(1, 3), Fraction(1, 2))


@settings(max_examples=100)
@given(GROUPS)
def test_from_moments_it_is_what_the_rows_give(groups):
    assume(len({score for group in groups for score in group}) > 1)
    between, within = from_rows(groups)
    found = icc([summary(group) for group in groups])
    assert (found.between, found.within) == (between, within)
    sizes = [len(group) for group in groups]
    n0 = (sum(sizes) - Fraction(sum(size**2 for size in sizes), sum(sizes))) / (len(sizes) - 1)
    assert found.icc1 == (between - within) / (between + (n0 - 1) * within)
    assert found.icc2 == ((between - within) / between if between else None)


@given(GROUPS)
def test_groups_together_have_the_moments_of_all_their_people(groups):
    everybody = [score for group in groups for score in group]
    assert together([summary(group) for group in groups]) == summary(everybody)


def test_of_unequal_groups_n0_is_under_the_plain_mean_and_icc1_further_from_zero():
    found = icc([summary([1, 2]), summary([3, 5, 4, 4, 4, 3, 5, 4])])
    assert found.n0 == Fraction(16, 5) < Fraction(found.people, found.groups) == 5
    assert 0 < found.icc1_with(Fraction(5)) < found.icc1


def test_of_groups_with_equal_means_icc1_is_as_negative_as_it_can_be_and_icc2_has_no_value():
    found = icc([summary([2, 3, 4]), summary([1, 3, 5])])
    assert (found.icc1, found.icc2) == (Fraction(-1, 2), None)


def test_where_people_of_a_group_are_all_alike_both_are_one():
    found = icc([summary([2, 2]), summary([4, 4, 4])])
    assert (found.icc1, found.icc2) == (1, 1)


@pytest.mark.parametrize("groups", [[], [[1, 5]], [[3, 3], [3, 3, 3]]])
def test_one_group_and_scores_that_are_all_equal_have_none(groups):
    assert icc([summary(group) for group in groups]) is None


@pytest.mark.parametrize(("groups", "spread", "icc1"), [(3, 0.7, 0.1), (3, 0.5, 0.4), (15, 0.5, 0.4)])
def test_one_decimal_moves_icc1_no_more_than_the_documentation_says(groups, spread, icc1):
    found = moved(groups, spread=spread, icc1=icc1, draws=300, seed=1)
    assert most_of(found) == pytest.approx(SHOWN[groups, spread, icc1], rel=0.2)
    assert abs(fmean(found)) < 0.005
