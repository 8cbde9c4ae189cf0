"""Cells: how many people gave which answers. Whole numbers, bounded by the instrument and not by the people.

A *pattern* is one person's answers to one block of statements (a factor, the outcome, the ouders' statements):
a character a statement, '1' to '5', UNKNOWN for 'weet ik niet' and UNANSWERED. Counted patterns are all that
scores and disclosure need; single responses stay where they are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from assessments.scores.answers import UNANSWERED, UNKNOWN
from factors.instrument import Instrument, Scale

PATTERN_COLUMNS = ["partner", "level", "block", "pattern", "people"]
SCORE_COLUMNS = ["partner", "level", "scale", "answered", "total", "unknown", "people"]
STATEMENT_COLUMNS = ["partner", "level", "statement", "value", "people"]
MASK_COLUMNS = ["partner", "level", "block", "mask", "people"]
RESPONDENT_COLUMNS = ["partner", "level", "people"]


@dataclass(frozen=True)
class Counts:
    """What is counted of a round, from the database or from a file.

    `patterns` has PATTERN_COLUMNS; `respondents` has RESPONDENT_COLUMNS and counts the people with any factor
    score (level ouders: with a score on its scale). `partner` is "" where it is not known.
    """

    patterns: pd.DataFrame
    respondents: pd.DataFrame


@dataclass(frozen=True)
class Cells:
    """Counts by cell: frames with SCORE_COLUMNS, STATEMENT_COLUMNS, MASK_COLUMNS and RESPONDENT_COLUMNS."""

    scores: pd.DataFrame
    statements: pd.DataFrame
    masks: pd.DataFrame
    respondents: pd.DataFrame


def cells(counts: Counts, instrument: Instrument) -> Cells:
    """All cells of a round. However many people answered, they are no more than the instrument has patterns for."""
    patterns = counts.patterns
    statements = statement_cells(patterns, instrument)
    return Cells(score_cells(patterns, instrument), statements, mask_cells(patterns), counts.respondents)


def score_cells(patterns: pd.DataFrame, instrument: Instrument) -> pd.DataFrame:
    """People per partner, level and scale by the number of answered statements, their sum and the number unknown.

    `patterns` has PATTERN_COLUMNS, the result SCORE_COLUMNS. Raises ValueError where a pattern is not as long as
    its block.
    """
    frames = [_empty(SCORE_COLUMNS)]
    for block, part in patterns.groupby("block", sort=False):
        symbols = _symbols(part["pattern"], len(instrument.blocks[str(block)]))
        for scale in instrument.scales.values():
            if scale.block == block:
                frames.append(_scale_cells(part, symbols, scale))
    return _counted(pd.concat(frames, ignore_index=True), SCORE_COLUMNS)


def statement_cells(patterns: pd.DataFrame, instrument: Instrument) -> pd.DataFrame:
    """People per partner, level, statement and value ('1' to '5' or UNKNOWN); the unanswered are left out."""
    frames = [_empty(STATEMENT_COLUMNS)]
    for block, part in patterns.groupby("block", sort=False):
        statements = instrument.blocks[str(block)]
        symbols = _symbols(part["pattern"], len(statements))
        for place, statement in enumerate(statements):
            values = pd.Series(symbols[:, place], index=part.index).map(chr)
            frame = part[["partner", "level", "people"]].assign(statement=statement.key, value=values)
            frames.append(_counted(frame[values != UNANSWERED], STATEMENT_COLUMNS))
    return pd.concat(frames, ignore_index=True)


def mask_cells(patterns: pd.DataFrame) -> pd.DataFrame:
    """People per partner, level and block by which of its statements they answered: '1' answered, '0' not."""
    masks = patterns["pattern"].str.replace("[1-5]", "1", regex=True).str.replace("[^1]", "0", regex=True)
    return _counted(patterns[["partner", "level", "block", "people"]].assign(mask=masks), MASK_COLUMNS)


def _symbols(patterns: pd.Series, length: int) -> np.ndarray:
    """The patterns as a matrix of character codes, a row a pattern and a column a statement."""
    text = "".join(patterns)
    if len(text) != len(patterns) * length or not patterns.str.len().eq(length).all():
        raise ValueError(f"a pattern is not {length} characters long")
    return np.frombuffer(text.encode("ascii"), dtype=np.uint8).reshape(len(patterns), length)


def _scale_cells(part: pd.DataFrame, symbols: np.ndarray, scale: Scale) -> pd.DataFrame:
    own = symbols[:, list(scale.places)].astype(np.int64)
    answered = (own >= ord("1")) & (own <= ord("5"))
    frame = part[["partner", "level", "people"]].assign(
        scale=scale.key,
        answered=answered.sum(axis=1),
        total=np.where(answered, own - ord("0"), 0).sum(axis=1),
        unknown=(own == ord(UNKNOWN)).sum(axis=1),
    )
    return _counted(frame, SCORE_COLUMNS)


def _counted(frame: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    return frame.groupby(columns[:-1], sort=False, as_index=False, observed=True)["people"].sum()[columns]


def _empty(columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype="int64" if name == "people" else "object") for name in columns})
