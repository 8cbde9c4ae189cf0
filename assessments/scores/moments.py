"""Adds up the scores of a group and their squares, exactly: whole numbers and fractions, no floats."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Moments:
    """Holds the sums of the scores of `n` people on one scale, exactly, as whole numbers.

    A unit is 1/`unit` point, and `unit` a common multiple, so that each person's score is a whole number of units.
    `total` is the sum of these numbers, `squares` that of their squares; `low` people score under 3, `high` 4 or more.
    """

    n: int
    total: int
    squares: int
    low: int
    high: int
    unit: int

    @property
    def mean(self) -> Fraction:
        """Returns the arithmetic mean, in points 1 to 5. Raises ZeroDivisionError for nobody: they have no mean."""
        return Fraction(self.total, self.n * self.unit)

    @property
    def variance(self) -> Fraction:
        """Returns the sample variance with n − 1. Raises ZeroDivisionError for fewer than two people."""
        return Fraction(self.n * self.squares - self.total**2, self.n * (self.n - 1) * self.unit**2)
