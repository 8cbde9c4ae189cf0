"""Counts what people answered, a row of character codes a person. Knows no file, no database and no link."""

from __future__ import annotations

import numpy as np
import pandas as pd

from assessments.scores.answers import UNANSWERED
from assessments.scores.cells import PATTERN_COLUMNS, RESPONDENT_COLUMNS, Counts, is_answered
from factors.instrument import OUDERS, Instrument


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
    return Counts(
        pd.concat([frame for frame in patterns if len(frame)] or patterns[:1], ignore_index=True)[PATTERN_COLUMNS],
        _summed(people.assign(people=has_score.astype(int)), ["partner", "level"])[RESPONDENT_COLUMNS],
    )


def symbols_in(rows: list[str], instrument: Instrument) -> np.ndarray:
    """Returns the character codes of `rows`: a text a person, of a character for each statement of `instrument`."""
    return np.frombuffer("".join(rows).encode("ascii"), dtype=np.uint8).reshape(-1, len(instrument.statements))


def none_answered(people: int, instrument: Instrument) -> np.ndarray:
    """Returns the character codes of so many people who answered nothing yet."""
    return np.full((people, len(instrument.statements)), ord(UNANSWERED), dtype=np.uint8)


def _patterns(people: pd.DataFrame, symbols: np.ndarray) -> pd.DataFrame:
    """Counts how many people of each partner and level gave which answers to one block."""
    texts = np.ascontiguousarray(symbols).view(f"S{symbols.shape[1]}").ravel()
    known = pd.Categorical(texts)
    decoded = known.rename_categories([text.decode("ascii") for text in known.categories])
    return _summed(people.assign(pattern=decoded, people=1), ["partner", "level", "pattern"])


def _summed(frame: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    summed = frame.groupby(by, observed=True, as_index=False)["people"].sum()
    return summed.astype(dict.fromkeys(by, str))
