"""Computes how well a factor's statements hang together: Cronbach's alpha. Knows patterns; no group, no round."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from assessments.scores.readings import half_up
from factors.instrument import Instrument

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

LEAST_COMPLETE = 30  # of fewer people alpha says more about them than about the statements


@dataclass(frozen=True)
class Alpha:
    """Is the alpha of `k` statements over `n` people who answered all: two decimals, at most 1, negative at times."""

    alpha: Decimal
    k: int
    n: int


def alpha_by_factor(patterns: pd.DataFrame, instrument: Instrument) -> dict[str, Alpha]:
    """Returns alpha of each factor, over all people in `patterns` together (PATTERN_COLUMNS) but for ouders.

    A factor has one only if at least LEAST_COMPLETE people answered all its statements and their total scores vary.
    """
    parts = dict(iter(patterns.groupby("block", observed=True)))
    own = {f.key: _complete(parts[f.key], len(instrument.blocks[f.key])) for f in instrument.factors if f.key in parts}
    found = {factor: _alpha(answers, people) for factor, (answers, people) in own.items()}
    return {factor: alpha for factor, alpha in found.items() if alpha}


def _complete(patterns: pd.DataFrame, length: int) -> tuple[np.ndarray, np.ndarray]:
    """Returns the answers of patterns in which nothing is missing, a row a pattern, and how many people gave each."""
    from assessments.scores.cells import is_answered, symbols_of  # loads pandas; reading results needs none

    symbols = symbols_of(patterns["pattern"], length)
    whole = is_answered(symbols).all(axis=1)
    return symbols[whole].astype("int64") - ord("0"), patterns["people"].to_numpy(dtype="int64")[whole]


def _alpha(answers: np.ndarray, people: np.ndarray) -> Alpha | None:
    """Returns k/(k − 1) · (1 − Σ s²(statement) / s²(total)), with sample variances, exactly.

    L.J. Cronbach, Coefficient alpha and the internal structure of tests, Psychometrika 16 (1951) 297-334, formula 2.
    """
    n, k = int(people.sum()), answers.shape[1]
    if n < LEAST_COMPLETE or k < 2:
        return None
    total = _variance(answers.sum(axis=1), people)
    if not total:
        return None
    statements = sum((_variance(answers[:, place], people) for place in range(k)), Fraction())
    return Alpha(half_up(Fraction(k, k - 1) * (1 - statements / total), places=2), k, n)


def _variance(values: np.ndarray, people: np.ndarray) -> Fraction:
    """Returns the sample variance of `values` that so many people have each; whole numbers until the last division."""
    n, total, squares = int(people.sum()), int(values @ people), int(values**2 @ people)
    return Fraction(n * squares - total**2, n * (n - 1))
