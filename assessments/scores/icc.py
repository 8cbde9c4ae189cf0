"""Computes how much of the spread of scores lies between groups: ICC(1) and ICC(2), from n, mean and variance of each.

One-way analysis of variance, with groups of unequal size. No row of a person is needed, so published figures will do.

    MSB = Σ n (mean − M)² / (g − 1), with M the mean of all N people     MSW = Σ (n − 1) s² / (N − g)
    ICC(1) = (MSB − MSW) / (MSB + (n0 − 1) MSW)                          n0 = (N − Σ n² / N) / (g − 1)
    ICC(2) = (MSB − MSW) / MSB

ICC(1) is the share of the variance that lies between groups: how alike people of one group are. ICC(2) is how far the
means of groups can be trusted to tell these groups apart; it grows with the number of people in each. n0 is the mean
group size under which MSB estimates the variance between groups without bias where groups are unequal; R's multilevel
takes the plain mean N / g instead, which is never smaller, and so finds an ICC(1) a little nearer to 0. ICC(2) is the
same with both.

Both are negative where group means differ less than people within a group would make them by chance: ICC(1) down to
−1 / (n0 − 1), ICC(2) without end. Then nothing is found that groups share, and 0 is as good a reading; they are not cut
off here, or a mean over factors or rounds would be too high.

Formulas: J.J. Bartko, On various intraclass correlation reliability coefficients, Psychological Bulletin 83 (1976)
762-765; P.D. Bliese, Within-group agreement, non-independence, and reliability, in K.J. Klein & S.W.J. Kozlowski
(eds.), Multilevel theory, research, and methods in organizations (2000) 349-381; n0: G.W. Snedecor & W.G. Cochran,
Statistical Methods (8th ed., 1989), §13.3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol


class Sample(Protocol):
    """Is what is known of a group of two or more: Moments, or what was published of them. Its variance has n − 1."""

    @property
    def n(self) -> int: ...

    @property
    def mean(self) -> Fraction: ...

    @property
    def variance(self) -> Fraction: ...


@dataclass(frozen=True)
class Summary:
    """Holds n, mean and variance (with n − 1) of a group, as they were published or as they follow from others."""

    n: int
    mean: Fraction
    variance: Fraction


@dataclass(frozen=True)
class Icc:
    """Holds the mean squares between and within so many groups of so many people together; `n0` is their mean size."""

    between: Fraction
    within: Fraction
    groups: int
    people: int
    n0: Fraction

    @property
    def icc1(self) -> Fraction:
        return self.icc1_with(self.n0)

    @property
    def icc2(self) -> Fraction | None:
        """Returns ICC(2); None where all groups have the same mean: then the quotient has no value."""
        return (self.between - self.within) / self.between if self.between else None

    def icc1_with(self, size: Fraction) -> Fraction:
        """Returns ICC(1) with another mean group size than n0, to compare with programs that take another."""
        return (self.between - self.within) / (self.between + (size - 1) * self.within)


def icc(groups: Sequence[Sample]) -> Icc | None:
    """Returns ICC(1) and ICC(2) of groups; None for fewer than two of them, and where no scores differ.

    Published figures have one decimal, and an s of 0.3 stands for 0.3 or less; docs/reliability.md says what that does.
    """
    count = len(groups)
    if count < 2:
        return None
    whole = together(groups)
    if not whole.variance:
        return None
    within = sum(((group.n - 1) * group.variance for group in groups), Fraction())
    between = (whole.n - 1) * whole.variance - within
    n0 = (whole.n - Fraction(sum(group.n**2 for group in groups), whole.n)) / (count - 1)
    return Icc(between / (count - 1), within / (whole.n - count), count, whole.n, n0)


def together(groups: Sequence[Sample]) -> Summary:
    """Returns n, mean and variance of all people of `groups`, two at least, such as the three levels of a network.

    Every person weighs the same, so the mean is not the network's score, in which every level does.
    """
    n = sum(group.n for group in groups)
    mean = sum((group.n * group.mean for group in groups), Fraction()) / n
    squares = sum(((group.n - 1) * group.variance + group.n * (group.mean - mean) ** 2 for group in groups), Fraction())
    return Summary(n, mean, squares / (n - 1))
