"""Counts how many people gave which answers: whole numbers, bounded by the instrument and not by the people.

A *pattern* is one person's answers to one block of statements (a factor, the outcome, the ouders' statements):
a character a statement, '1' to '5', UNKNOWN for 'weet ik niet' and UNANSWERED. Counted patterns are all that
scores and disclosure need; single responses stay where they are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from assessments.scores.answers import UNKNOWN
from factors.instrument import Instrument

PATTERN_COLUMNS = ["partner", "level", "block", "pattern", "people"]
SCORE_COLUMNS = ["partner", "level", "scale", "answered", "total", "unknown", "people"]
MASK_COLUMNS = ["partner", "level", "block", "mask", "people"]
RESPONDENT_COLUMNS = ["partner", "level", "people"]


@dataclass(frozen=True)
class Counts:
    """Holds what is counted of a round, from the database or from a file.

    `patterns` has PATTERN_COLUMNS; `respondents` has RESPONDENT_COLUMNS and counts the people with any factor
    score (level ouders: with a score on its scale). `partner` is "" where it is not known.
    """

    patterns: pd.DataFrame
    respondents: pd.DataFrame


@dataclass(frozen=True)
class Cells:
    """Holds counts by cell: frames with SCORE_COLUMNS, MASK_COLUMNS and RESPONDENT_COLUMNS."""

    scores: pd.DataFrame
    masks: pd.DataFrame
    respondents: pd.DataFrame


@dataclass(frozen=True)
class _Block:
    """Holds the patterns of one block, with their character codes: a row a pattern, a column a statement."""

    key: str
    patterns: pd.DataFrame
    symbols: np.ndarray


def cells(counts: Counts, instrument: Instrument) -> Cells:
    """Returns all cells of a round: however many people answered, no more than the instrument has patterns for.

    Raises KeyError for a block that the instrument does not have and ValueError where a pattern is not as long as
    its block.
    """
    numbered = counts.patterns.astype({"partner": "category", "level": "category"})
    blocks = [
        _Block(str(key), part, symbols_of(part["pattern"], len(instrument.blocks[str(key)])))
        for key, part in numbered.groupby("block", sort=False)
    ]
    return Cells(_score_cells(blocks, instrument), _mask_cells(blocks), counts.respondents)


def symbols_of(patterns: pd.Series, length: int) -> np.ndarray:
    """Returns the character codes of patterns, a row a pattern. Raises ValueError where one is not `length` long."""
    texts = np.array(patterns.tolist(), dtype="S")
    symbols = texts.view(np.uint8).reshape(len(texts), -1)
    if symbols.shape[1] != length or not symbols.all():  # a shorter text is filled up with zeroes
        raise ValueError(f"a pattern is not {length} characters long")
    return symbols


def _score_cells(blocks: list[_Block], instrument: Instrument) -> pd.DataFrame:
    """Counts, by scale, people by the number of answered statements, their sum and the number unknown."""
    frames = [
        _counted(block.patterns, **_tallies(block.symbols[:, list(scale.places)])).assign(scale=scale.key)
        for block in blocks
        for scale in instrument.scales.values()
        if scale.block == block.key
    ]
    return _together(frames, SCORE_COLUMNS)


def _mask_cells(blocks: list[_Block]) -> pd.DataFrame:
    """Counts, by block, people by the statements of it that they answered: '1' answered, '0' not."""
    frames = []
    for block in blocks:
        length = block.symbols.shape[1]
        bits = is_answered(block.symbols) @ (1 << np.arange(length)[::-1])
        frame = _counted(block.patterns, mask=bits).assign(block=block.key)
        frames.append(frame.assign(mask=[f"{mask:0{length}b}" for mask in frame["mask"]]))
    return _together(frames, MASK_COLUMNS)


def _tallies(symbols: np.ndarray) -> dict[str, np.ndarray]:
    answered = is_answered(symbols)
    return {
        "answered": answered.sum(axis=1),
        "total": np.where(answered, symbols - ord("0"), 0).sum(axis=1, dtype=np.int64),
        "unknown": (symbols == ord(UNKNOWN)).sum(axis=1),
    }


def is_answered(symbols: np.ndarray) -> np.ndarray:
    """Tells where there is a value and not UNKNOWN or UNANSWERED: an array of booleans in the shape of `symbols`."""
    return (symbols >= ord("1")) & (symbols <= ord("5"))


def _counted(part: pd.DataFrame, **numbers: np.ndarray) -> pd.DataFrame:
    """Counts people per partner, level and combination of `numbers`: small whole numbers, a row of `part` each.

    Every possible combination has a place, and people are added up by place, without looking at any text.
    """
    codes = {"partner": part["partner"].cat.codes, "level": part["level"].cat.codes} | numbers
    shape = [int(own.max()) + 1 for own in codes.values()]
    places = np.ravel_multi_index([np.asarray(own, dtype=np.int64) for own in codes.values()], shape)
    people = np.bincount(places, weights=part["people"].to_numpy(dtype=np.float64))  # exact up to 2**53
    taken = np.flatnonzero(people)
    columns = dict(zip(codes, np.unravel_index(taken, shape), strict=True))
    for name in ("partner", "level"):
        columns[name] = pd.Categorical.from_codes(columns[name], dtype=part[name].dtype)
    return pd.DataFrame(columns).assign(people=people[taken].astype(np.int64))


def _together(frames: list[pd.DataFrame], columns: list[str]) -> pd.DataFrame:
    return pd.concat(frames, ignore_index=True)[columns] if frames else pd.DataFrame(columns=columns)
