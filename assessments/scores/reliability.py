"""How well the statements of a factor hang together: Cronbach's alpha. Knows counted patterns; no group, no round."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from assessments.scores.answers import UNANSWERED, UNKNOWN
from assessments.scores.readings import half_up
from factors.instrument import OUDERS, Instrument

if TYPE_CHECKING:
    from pandas import DataFrame

LEAST_COMPLETE = 30  # of fewer people alpha says more about them than about the statements


@dataclass(frozen=True)
class Alpha:
    """Alpha of `k` statements over `n` people who answered all of them: two decimals, at most 1, negative at times."""

    alpha: Decimal
    k: int
    n: int


def alpha_by_factor(patterns: DataFrame, instrument: Instrument) -> dict[str, Alpha]:
    """Alpha of each factor, over all people in `patterns` together (PATTERN_COLUMNS) but for ouders.

    Only for factors that at least LEAST_COMPLETE people answered whole, and where their total scores vary.
    """
    answered = _complete(patterns)
    found = {factor.key: _alpha(answered[factor.key]) for factor in instrument.factors}
    return {factor: alpha for factor, alpha in found.items() if alpha}


def _complete(patterns: DataFrame) -> defaultdict[str, Counter[str]]:
    """By block, the people behind each pattern in which nothing is missing."""
    answered: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in patterns.itertuples():
        if row.level != OUDERS and not {UNANSWERED, UNKNOWN} & set(row.pattern):
            answered[row.block][row.pattern] += int(row.people)
    return answered


def _alpha(people: Counter[str]) -> Alpha | None:
    """k/(k − 1) · (1 − Σ s²(statement) / s²(total)), with sample variances, exactly.

    L.J. Cronbach, Coefficient alpha and the internal structure of tests, Psychometrika 16 (1951) 297-334, formula 2.
    """
    n = people.total()
    if n < LEAST_COMPLETE:
        return None
    answers = [[int(sign) for sign in pattern] for pattern in people]
    weights = list(people.values())
    total, k = _variance([sum(own) for own in answers], weights), len(answers[0])
    if k < 2 or not total:
        return None
    statements = sum((_variance(list(own), weights) for own in zip(*answers, strict=True)), Fraction())
    return Alpha(half_up(Fraction(k, k - 1) * (1 - statements / total), places=2), k, n)


def _variance(values: list[int], weights: list[int]) -> Fraction:
    """The sample variance of `values` that so many people have each."""
    n = sum(weights)
    total = sum(value * weight for value, weight in zip(values, weights, strict=True))
    squares = sum(value**2 * weight for value, weight in zip(values, weights, strict=True))
    return Fraction(n * squares - total**2, n * (n - 1))
