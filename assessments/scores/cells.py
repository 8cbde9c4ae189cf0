"""Counts how many people gave which answers: whole numbers, bounded by the instrument and not by the people.

A *pattern* is one person's answers to one block of statements (a factor, the outcome, the ouders' statements):
a character a statement, '1' to '5', UNKNOWN for 'weet ik niet' and UNANSWERED. Counted patterns are all that
scores and disclosure need; single responses stay where they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

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


Columns = dict[str, np.ndarray]  # by name, a value a row


@dataclass(frozen=True)
class _Block:
    """Holds the patterns of one block, a row a pattern: whose they are and how many people's, and character codes.

    `cells` has a number for the partner and one for the level; `symbols` has a column a statement.
    """

    key: str
    cells: Columns
    people: np.ndarray
    symbols: np.ndarray


def cells(counts: Counts, instrument: Instrument) -> Cells:
    """Returns all cells of a round: however many people answered, no more than the instrument has patterns for.

    Raises KeyError for a block that the instrument does not have and ValueError where a pattern is not as long as
    its block.
    """
    numbered = counts.patterns.astype({"partner": "category", "level": "category"})
    blocks = [_block(str(key), part, instrument) for key, part in numbered.groupby("block", sort=False, observed=True)]
    names = {name: numbered[name].dtype for name in ("partner", "level")}
    scores = _together("scale", _score_cells(blocks, instrument), names, SCORE_COLUMNS)
    masks = _together("block", _mask_cells(blocks), names, MASK_COLUMNS)
    return Cells(scores, masks, counts.respondents)


def _block(key: str, part: pd.DataFrame, instrument: Instrument) -> _Block:
    return _Block(
        key,
        {name: part[name].cat.codes.to_numpy(dtype=np.int64) for name in ("partner", "level")},
        part["people"].to_numpy(dtype=np.float64),  # exact up to 2**53
        symbols_of(part["pattern"], len(instrument.blocks[key])),
    )


def symbols_of(patterns: pd.Series, length: int) -> np.ndarray:
    """Returns the character codes of patterns, a row a pattern. Raises ValueError where one is not `length` long."""
    codes, known = pd.factorize(patterns)
    texts = np.array(known.tolist(), dtype="S")
    symbols = texts.view(np.uint8).reshape(len(texts), -1)
    if symbols.shape[1] != length or not symbols.all():  # a shorter text is filled up with zeroes
        raise ValueError(f"a pattern is not {length} characters long")
    rows: np.ndarray = symbols[codes]
    return rows


def _score_cells(blocks: list[_Block], instrument: Instrument) -> list[tuple[str, Columns]]:
    """Counts, by scale, people by the number of answered statements, their sum and the number unknown."""
    return [
        (scale.key, _counted(block, **_tallies(block.symbols[:, list(scale.places)])))
        for block in blocks
        for scale in instrument.scales.values()
        if scale.block == block.key
    ]


def _mask_cells(blocks: list[_Block]) -> list[tuple[str, Columns]]:
    """Counts, by block, people by the statements of it that they answered: '1' answered, '0' not."""
    found = []
    for block in blocks:
        length = block.symbols.shape[1]
        counted = _counted(block, mask=is_answered(block.symbols) @ (1 << np.arange(length)[::-1]))
        texts = np.array([f"{mask:0{length}b}" for mask in counted["mask"]], dtype=object)
        found.append((block.key, counted | {"mask": texts}))
    return found


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


def _counted(block: _Block, **numbers: np.ndarray) -> Columns:
    """Counts people per partner, level and combination of `numbers`: small whole numbers, a row of the block each.

    Every possible combination has a place, and people are added up by place, without looking at any text.
    """
    codes = block.cells | numbers
    shape = [int(own.max()) + 1 for own in codes.values()]
    places = np.ravel_multi_index([np.asarray(own, dtype=np.int64) for own in codes.values()], shape)
    people = np.bincount(places, weights=block.people)
    taken = np.flatnonzero(people)
    columns = dict(zip(codes, np.unravel_index(taken, shape), strict=True))
    return columns | {"people": people[taken].astype(np.int64)}


def _together(key: str, parts: list[tuple[str, Columns]], names: Mapping[str, Any], columns: list[str]) -> pd.DataFrame:
    """Returns what was counted of all parts, with the key of each in a column; one table costs less than one a part.

    `names` has what the numbers of partners and levels stand for.
    """
    if not parts:
        return pd.DataFrame(columns=columns)
    keys, counted = zip(*parts, strict=True)
    found: dict[str, Any] = {name: np.concatenate([own[name] for own in counted]) for name in counted[0]}
    known = pd.CategoricalDtype(sorted(keys))  # groups of numbers are found sooner than groups of texts
    found[key] = np.repeat(known.categories.get_indexer(keys), [len(own["people"]) for own in counted])
    for name, kind in {**names, key: known}.items():
        found[name] = pd.Categorical.from_codes(found[name], dtype=kind)
    return pd.DataFrame(found)[columns]
