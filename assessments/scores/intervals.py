"""Computes 95 % intervals of means: Student's t with the finite population correction. Knows nothing of groups.

A standard deviation under `least` counts as `least`: an interval without width would tell that all of a group gave the
same answers.

Formulas: W.G. Cochran, Sampling Techniques (3rd ed., 1977), §2.6-2.9 for the correction; F.E. Satterthwaite,
Biometrics Bulletin 2 (1946) 110-114 for the degrees of freedom of a combination; B.L. Welch, Biometrika 34 (1947)
28-35 for the difference of two means.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from typing import Protocol

from assessments.scores.moments import Moments
from assessments.scores.readings import LEAST_SPREAD

QUANTILE = 0.975
LOWEST, HIGHEST = Fraction(1), Fraction(5)
LEAST = Fraction(LEAST_SPREAD)  # of a factor; see `readings.least_spread`
ROUNDING = Fraction(1, 10)  # a change is of two published means, each up to half a tenth from the exact one


@dataclass(frozen=True)
class Interval:
    """Holds bounds in points; a mean's are within 1 to 5, a change's within −4 to 4."""

    low: Fraction
    high: Fraction


class Sample(Protocol):
    """Is what an error is computed from: Moments, or what was published of them."""

    @property
    def n(self) -> int: ...

    @property
    def variance(self) -> Fraction: ...


def squared_error(sample: Sample, invited: int | None, least: Fraction = LEAST) -> Fraction:
    """Returns the squared standard error of the mean: s²/n · (1 − n/N), without the correction where N is unknown.

    An s under `least` counts as `least`.

    Raises ValueError where more people have a score than were invited, ZeroDivisionError for n = 1.
    """
    if invited is not None and sample.n > invited:
        raise ValueError(f"{sample.n} scores of {invited} invited")
    correction = 1 if invited is None else 1 - Fraction(sample.n, invited)
    return max(sample.variance, least**2) / sample.n * correction


def mean_interval(moments: Moments, invited: int | None = None, least: Fraction = LEAST) -> Interval | None:
    """Returns mean ± t(0.975, n−1) · s/√n · √(1 − n/N), clamped to 1-5; None where everyone took part or n < 2."""
    if moments.n < 2 or moments.n == invited:
        return None
    return _around(moments.mean, squared_error(moments, invited, least), moments.n - 1, LOWEST, HIGHEST)


def network_interval(levels: Sequence[tuple[Moments, int | None]], least: Fraction = LEAST) -> Interval | None:
    """Returns the interval of the plain mean of the levels' means; None where one of the levels has no interval.

    SE = √(Σ SE²) / k with k levels, degrees of freedom by Satterthwaite.
    """
    if not levels or any(mean_interval(moments, invited) is None for moments, invited in levels):
        return None
    count = len(levels)
    mean = sum((moments.mean for moments, _ in levels), Fraction()) / count
    errors = [(squared_error(moments, invited, least), moments.n - 1) for moments, invited in levels]
    return _around(mean, sum((e for e, _ in errors), Fraction()) / count**2, _satterthwaite(errors), LOWEST, HIGHEST)


def change_interval(change: Fraction, now: Sequence[Sample], before: Sequence[Sample]) -> Interval | None:
    """Returns Welch's interval of a change of published means, ROUNDING wider on both sides; None for an n under 2.

    It has no finite population correction. `now` and `before` are one group each, or the levels of which the network's
    score is the plain mean: then SE = √(Σ SE² / k²) over all of them.
    """
    if any(sample.n < 2 for sample in (*now, *before)):
        return None
    errors = [
        (squared_error(sample, None) / len(levels) ** 2, sample.n - 1) for levels in (now, before) for sample in levels
    ]
    error = sum((e for e, _ in errors), Fraction())
    return _around(change, error, _satterthwaite(errors), LOWEST - HIGHEST, HIGHEST - LOWEST, ROUNDING)


def _satterthwaite(errors: Sequence[tuple[Fraction, int]]) -> float:
    """Returns the degrees of freedom of a combination: (Σ SE²)² / Σ (SE⁴/df)."""
    spread = sum((error**2 / freedom for error, freedom in errors), Fraction())
    return float(sum((error for error, _ in errors), Fraction()) ** 2 / spread)


def _around(
    mean: Fraction, error: Fraction, freedom: float, least: Fraction, most: Fraction, margin: Fraction = Fraction()
) -> Interval:
    from scipy.special import stdtrit

    half = Fraction(float(stdtrit(freedom, QUANTILE)) * sqrt(error)) + margin
    return Interval(max(mean - half, least), min(mean + half, most))
