"""Counts what people answered, a row of character codes a person. Knows no file, no database and no link."""

from __future__ import annotations

import numpy as np
import pandas as pd

from assessments.scores.answers import UNANSWERED, UNKNOWN
from assessments.scores.cells import PATTERN_COLUMNS, RESPONDENT_COLUMNS, Counts, is_answered
from factors.instrument import OUDERS, Instrument

_SIGNS = np.frombuffer(f"{UNANSWERED}12345{UNKNOWN}".encode(), dtype=np.uint8)
_BITS = 3  # are enough to tell seven signs apart
_MOST_BITS = 63  # of a whole number that may have a sign
_PLACES = np.zeros(256, dtype=np.int64)
_PLACES[_SIGNS] = np.arange(len(_SIGNS))


def count(people: pd.DataFrame, symbols: np.ndarray, instrument: Instrument) -> Counts:
    """Counts people by partner, level, block and pattern.

    `people` has the columns partner and level, a row a person; `symbols` has the same rows and a column for each
    statement of `instrument`, in its order: the code of '1' to '5', UNKNOWN or UNANSWERED.
    """
    people = people[["partner", "level"]].astype("category").reset_index(drop=True)
    is_ouder = (people["level"] == OUDERS).to_numpy()
    patterns, start = [pd.DataFrame(columns=PATTERN_COLUMNS)], 0
    has_score = np.zeros(len(people), dtype=bool)
    for block, statements in instrument.blocks.items():
        own, start = symbols[:, start : start + len(statements)], start + len(statements)
        is_asked = is_ouder if block == OUDERS else ~is_ouder
        patterns.append(_patterns(people[is_asked], own[is_asked]).assign(block=block))
        if block != instrument.outcome.key:
            has_score |= is_asked & (is_answered(own).sum(axis=1) >= instrument.scales[block].needed)
    respondents = people.assign(people=has_score.astype(int)).groupby(["partner", "level"], observed=True)["people"]
    return Counts(
        pd.concat([frame for frame in patterns if len(frame)] or patterns[:1], ignore_index=True)[PATTERN_COLUMNS],
        respondents.sum().reset_index().astype({"partner": str, "level": str})[RESPONDENT_COLUMNS],
    )


def symbols_in(rows: list[str], instrument: Instrument) -> np.ndarray:
    """Returns the character codes of `rows`: a text a person, of a character for each statement of `instrument`."""
    return np.frombuffer("".join(rows).encode("ascii"), dtype=np.uint8).reshape(-1, len(instrument.statements))


def none_answered(people: int, instrument: Instrument) -> np.ndarray:
    """Returns the character codes of so many people who answered nothing yet."""
    return np.full((people, len(instrument.statements)), ord(UNANSWERED), dtype=np.uint8)


def _patterns(people: pd.DataFrame, symbols: np.ndarray) -> pd.DataFrame:
    """Counts how many people of each partner and level gave which answers to one block.

    All three are written as one whole number: the two of the cell, then the signs. Numbers are sorted and counted much
    faster than texts. There is room for blocks of 15 statements beside a quarter of a million cells. Raises ValueError
    where there is not.
    """
    partner, level = people["partner"].cat, people["level"].cat
    shifts = _BITS * np.arange(symbols.shape[1])[::-1]
    width, levels = _BITS * symbols.shape[1], len(level.categories)
    if width + (len(partner.categories) * levels).bit_length() > _MOST_BITS:
        raise ValueError("a block has too many statements, or a file too many partners, to be counted as one number")
    cell = partner.codes.to_numpy(np.int64) * levels + level.codes.to_numpy(np.int64)
    numbers, counted = np.unique(cell << width | (_PLACES[symbols] << shifts).sum(axis=1), return_counts=True)
    cell, pattern = numbers >> width, numbers & (1 << width) - 1
    known, place = np.unique(pattern, return_inverse=True)
    signs = _SIGNS[known[:, None] >> shifts & (1 << _BITS) - 1]
    texts = np.array([row.tobytes().decode("ascii") for row in signs], dtype=object)
    return pd.DataFrame(
        {
            "partner": pd.Categorical.from_codes(cell // max(levels, 1), dtype=people["partner"].dtype),
            "level": pd.Categorical.from_codes(cell % max(levels, 1), dtype=people["level"].dtype),
            "pattern": texts[place],
            "people": counted,
        }
    )
