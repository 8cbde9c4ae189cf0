"""Computes how well a factor's statements hang together: Cronbach's alpha. Knows patterns; no group, no round.

Only people who answered all statements of a factor count in its alpha: 'weet ik niet' is no answer. A statement that
all of them answered alike stays in, with variance 0. Of a file with skipped or constant statements other programs may
give another alpha: R's psych compares pairs of statements and leaves constant ones out; PSPP does as is done here.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from assessments.scores.readings import LEAST_SPREAD, half_up
from factors.instrument import Instrument

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

LEAST_COMPLETE = 30  # of fewer people alpha says more about them than about the statements
TAIL = 0.025  # of a 95 % interval, at either side


@dataclass(frozen=True)
class Alpha:
    """Is the alpha of `k` statements over `n` people who answered all: two decimals, at most 1, negative at times."""

    alpha: Decimal
    k: int
    n: int

    @property
    def interval(self) -> tuple[Decimal, Decimal]:
        """Returns the bounds of the 95 % interval, two decimals, from the rounded alpha, k and n alone.

        They are 1 − (1 − alpha) · F, with the upper and the lower 2.5 % of F with n − 1 and (n − 1)(k − 1) degrees of
        freedom. An alpha that is rounded to 1.00 has bounds without width.

        L.S. Feldt, D.J. Woodruff & F.A. Salih, Statistical inference for coefficient alpha, Applied Psychological
        Measurement 11 (1987) 93-103; the bounds are those of L.S. Feldt, Psychometrika 30 (1965) 357-370.
        """
        from scipy.special import fdtri

        between, within = self.n - 1, (self.n - 1) * (self.k - 1)
        missing = 1 - Fraction(self.alpha)
        low, high = (1 - missing * Fraction(float(fdtri(between, within, share))) for share in (1 - TAIL, TAIL))
        return half_up(low, places=2), half_up(high, places=2)


def alpha_by_factor(patterns: pd.DataFrame, instrument: Instrument) -> dict[str, Alpha]:
    """Returns alpha of each factor, over all people in `patterns` together (PATTERN_COLUMNS) but for ouders.

    A factor has one only if at least LEAST_COMPLETE people answered all its statements, and their scores have a
    standard deviation of LEAST_SPREAD or more: that alpha is missing must not tell that all scores are equal.
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
    n, k = int(people.sum()), answers.shape[1]
    if n < LEAST_COMPLETE or k < 2 or _variance(answers.sum(axis=1), people) < (k * Fraction(LEAST_SPREAD)) ** 2:
        return None
    return Alpha(half_up(exact_alpha(answers, people), places=2), k, n)


def exact_alpha(answers: np.ndarray, people: np.ndarray) -> Fraction:
    """Returns k/(k − 1) · (1 − Σ s²(statement) / s²(total)), with sample variances.

    `answers` has whole numbers, a row a pattern and a column a statement, two of each at least; `people` says how many
    gave each. Raises ZeroDivisionError where all totals are equal.

    L.J. Cronbach, Coefficient alpha and the internal structure of tests, Psychometrika 16 (1951) 297-334, formula 2.
    """
    k, total = answers.shape[1], _variance(answers.sum(axis=1), people)
    statements = sum((_variance(answers[:, place], people) for place in range(k)), Fraction())
    return Fraction(k, k - 1) * (1 - statements / total)


def _variance(values: np.ndarray, people: np.ndarray) -> Fraction:
    """Returns the sample variance of `values` that so many people have each; whole numbers until the last division."""
    n, total, squares = int(people.sum()), int(values @ people), int(values**2 @ people)
    return Fraction(n * squares - total**2, n * (n - 1))
