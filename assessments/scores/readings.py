"""Says how a figure is published and read: rounding, bands, split groups, differences. Every threshold is a choice.

The thresholds stand here and nowhere else: texts, charts and the rules on what may be shown are made with these.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from math import isqrt
from typing import Literal

from assessments.scores.moments import Moments

Band = Literal["sterk", "bespreken", "zorg"]
GapLabel = Literal["geen", "verschil", "groot_verschil"]

Limit = Literal["low", "high"]

# What stands in for the mean of a group near an end: '1,5 of lager', '4,5 of hoger'.
LIMITS: Mapping[Limit, Decimal] = {"low": Decimal("1.5"), "high": Decimal("4.5")}
STEP = Decimal("0.1")  # between two published scores
STRONG = Decimal("4.0")
CONCERN = Decimal("3.0")
GAP = Decimal("0.5")
LEAST_SPREAD = Decimal("0.3")  # less would tell that people gave the same answers
LARGE_GAP = Decimal("1.0")
POINTS_NEAR_AN_END = 5  # a sum that misses no more answer points to an end of the scale tells of single answers


def half_up(value: Fraction, places: int = 1) -> Decimal:
    """Rounds `value` to one decimal or more, halves upward (2.25 becomes 2.3, −0.25 becomes −0.2), exactly."""
    units = (2 * 10**places * value.numerator + value.denominator) // (2 * value.denominator)
    return Decimal(units).scaleb(-places)


def least_spread(statements: int) -> Fraction:
    """Returns the least standard deviation that an interval on a scale of so many statements is computed with.

    It is LEAST_SPREAD, or a whole step between two scores where that is more: half a point for two statements. With
    less, an interval tells that all scores but one are alike, and so what somebody answered.
    """
    return max(Fraction(LEAST_SPREAD), Fraction(1, statements))


def spread(variance: Fraction) -> Decimal:
    """Returns the standard deviation to one decimal, halves upward, computed exactly; never under LEAST_SPREAD."""
    tenths = (isqrt(400 * variance.numerator // variance.denominator) + 1) // 2
    return max(Decimal(tenths).scaleb(-1), LEAST_SPREAD)


def band(mean: Decimal) -> Band:
    """Returns the band of a published mean.

    4.0 and up sterk, 3.0 to 3.9 bespreken, under 3.0 zorg: the rule of thumb of the Wilder Collaboration
    Factors Inventory (Mattessich & Johnson), a convention and not a norm.
    """
    if mean >= STRONG:
        return "sterk"
    return "bespreken" if mean >= CONCERN else "zorg"


def limit_of(mean: Fraction) -> Limit | None:
    """Tells near which end a mean lies: under 1.5 or above 4.5, exactly; None between."""
    if mean < Fraction(LIMITS["low"]):
        return "low"
    return "high" if mean > Fraction(LIMITS["high"]) else None


def is_at_an_end(slack: Fraction | int, statements: int) -> bool:
    """Tells whether a sum that misses `slack` points on a scale of `statements` misses five answer points or fewer."""
    return slack * statements <= POINTS_NEAR_AN_END


def end_of(moments: Moments, statements: int) -> Limit | None:
    """Tells at which end of the scale all answers but a few must be, of however many people; None for neither."""
    points = Fraction(moments.total, moments.unit)
    if is_at_an_end(points - moments.n, statements):
        return "low"
    return "high" if is_at_an_end(5 * moments.n - points, statements) else None


def is_split(moments: Moments) -> bool:
    """Tells whether at least a quarter score under 3 and at least a quarter 4 or above: a group in two minds."""
    return 4 * moments.low >= moments.n and 4 * moments.high >= moments.n


def gap_label(size: Decimal) -> GapLabel:
    """Tells what a difference of two published means is called; the sign does not matter."""
    if abs(size) >= LARGE_GAP:
        return "groot_verschil"
    return "verschil" if abs(size) >= GAP else "geen"
