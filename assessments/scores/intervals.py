"""95 % intervals of means: Student's t with the finite population correction. Knows moments, nothing of groups.

Formulas: W.G. Cochran, Sampling Techniques (3rd ed., 1977), §2.6-2.9 for the correction; F.E. Satterthwaite,
Biometrics Bulletin 2 (1946) 110-114 for the degrees of freedom of a combination; B.L. Welch, Biometrika 34 (1947)
28-35 for the difference of two means.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from assessments.scores.moments import Moments

QUANTILE = 0.975
LEAST, MOST = Fraction(1), Fraction(5)


@dataclass(frozen=True)
class Interval:
    """Bounds in points; a mean's are within 1 to 5, a change's within −4 to 4."""

    low: Fraction
    high: Fraction


def squared_error(moments: Moments, invited: int | None) -> Fraction:
    """The squared standard error of the mean: s²/n · (1 − n/N), without the correction where N is unknown.

    Raises ValueError where more people have a score than were invited, ZeroDivisionError for n = 1.
    """
    if invited is not None and moments.n > invited:
        raise ValueError(f"{moments.n} scores of {invited} invited")
    correction = 1 if invited is None else 1 - Fraction(moments.n, invited)
    return moments.variance / moments.n * correction


def mean_interval(moments: Moments, invited: int | None = None) -> Interval | None:
    """mean ± t(0.975, n−1) · s/√n · √(1 − n/N), clamped to 1-5; None where everyone took part or n < 2."""
    if moments.n < 2 or moments.n == invited:
        return None
    return _around(moments.mean, squared_error(moments, invited), moments.n - 1, LEAST, MOST)


def network_interval(levels: Sequence[tuple[Moments, int | None]]) -> Interval | None:
    """The interval of the plain mean of the levels' means; None where one of the levels has no interval.

    SE = √(Σ SE²) / k with k levels, degrees of freedom by Satterthwaite.
    """
    if not levels or any(mean_interval(moments, invited) is None for moments, invited in levels):
        return None
    count = len(levels)
    mean = sum((moments.mean for moments, _ in levels), Fraction()) / count
    errors = [(squared_error(moments, invited), moments.n - 1) for moments, invited in levels]
    return _around(mean, sum((e for e, _ in errors), Fraction()) / count**2, _satterthwaite(errors), LEAST, MOST)


def change_interval(now: Moments, before: Moments) -> Interval | None:
    """Welch's interval of now − before, without the finite population correction; None where an n is under 2."""
    if now.n < 2 or before.n < 2:
        return None
    errors = [(squared_error(moments, None), moments.n - 1) for moments in (now, before)]
    error = sum((e for e, _ in errors), Fraction())
    return _around(now.mean - before.mean, error, _satterthwaite(errors), LEAST - MOST, MOST - LEAST)


def _satterthwaite(errors: Sequence[tuple[Fraction, int]]) -> float:
    """(Σ SE²)² / Σ (SE⁴/df); one where nothing varies, since the interval then has no width at all."""
    spread = sum((error**2 / freedom for error, freedom in errors), Fraction())
    return float(sum((error for error, _ in errors), Fraction()) ** 2 / spread) if spread else 1.0


def _around(mean: Fraction, error: Fraction, freedom: float, least: Fraction, most: Fraction) -> Interval:
    from scipy.special import stdtrit

    half = Fraction(float(stdtrit(freedom, QUANTILE)) * sqrt(error))
    return Interval(max(mean - half, least), min(mean + half, most))
