"""Writes the limits of how figures are read, as Dutch numbers, on the public page that explains them."""

from django import template

from assessments import dutch
from assessments.scores.readings import (
    CONCERN,
    GAP,
    LARGE_GAP,
    LEAST_SPREAD,
    LIMITS,
    STEP,
    STRONG,
    half_up,
    least_spread,
)

register = template.Library()

NUMBERS = {
    "strong": STRONG,
    "under_strong": STRONG - STEP,
    "concern": CONCERN,
    "gap": GAP,
    "large_gap": LARGE_GAP,
    "low": LIMITS["low"],
    "high": LIMITS["high"],
    "spread": LEAST_SPREAD,
    "spread_of_two": half_up(least_spread(2)),
}


@register.simple_tag
def limit(name: str) -> str:
    """Returns the limit of this name with one decimal. Raises KeyError for any other name."""
    return dutch.number(NUMBERS[name])
