"""Counts what people of a round answered. Gives what `assessments.scores` reads; keeps no person, knows no database."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from assessments.answers import Value
from assessments.scores.answers import UNANSWERED, UNKNOWN
from assessments.scores.cells import PATTERN_COLUMNS, RESPONDENT_COLUMNS, Counts
from factors.instrument import OUDERS, Instrument

SIGNS: Mapping[Value | None, str] = {None: UNANSWERED, UNKNOWN: UNKNOWN, 1: "1", 2: "2", 3: "3", 4: "4", 5: "5"}
Cell = tuple[str, str, bool]  # partner, level, whether they came by an open link
NOT_ANSWERED = str.maketrans("", "", UNANSWERED + UNKNOWN)


class Tally:
    """Adds people up, one by one: by partner, level and way in, how many gave which answers to each block."""

    def __init__(self, instrument: Instrument) -> None:
        ours = [key for key in instrument.blocks if key != OUDERS]
        self._for_partners = _form(instrument, ours, [factor.key for factor in instrument.factors])
        self._for_ouders = _form(instrument, [OUDERS], [OUDERS])
        self._cells: dict[Cell, _Cell] = {}
        self.people = 0

    def add(self, partner: str, level: str, is_by_open_link: bool, answers: Mapping[str, Value]) -> None:
        """Adds one person; `partner` is "" where there is none."""
        form = self._for_ouders if level == OUDERS else self._for_partners
        cell = self._cells.get((partner, level, is_by_open_link))
        if cell is None:
            cell = self._cells[partner, level, is_by_open_link] = _Cell(form)
        signs = "".join([SIGNS[value] for value in map(answers.get, form.keys)])
        for place, patterns in cell.patterns:
            patterns[signs[place]] += 1
        cell.respondents += form.has_score(signs)
        self.people += 1

    @property
    def has_guests(self) -> bool:
        """Whether somebody came by an open link."""
        return any(is_by_open_link for _, _, is_by_open_link in self._cells)

    def counts(self, *, by_personal_link: bool = False) -> Counts:
        """What was counted, of everybody or of those with a personal link alone."""
        cells = [(key, self._cells[key]) for key in sorted(self._cells) if not (by_personal_link and key[2])]
        respondents: Counter[tuple[str, str]] = Counter()
        for (partner, level, _), cell in cells:
            respondents[partner, level] += cell.respondents
        return Counts(
            patterns=_patterns(cells),
            respondents=pd.DataFrame([(*k, n) for k, n in respondents.items()], columns=RESPONDENT_COLUMNS),
        )


@dataclass(frozen=True)
class _Form:
    """What a group of people is asked: all statements in one row, and where each block of them lies in it."""

    keys: tuple[str, ...]
    blocks: Mapping[str, slice]
    scored: tuple[tuple[slice, int], ...]  # a score on any of these makes a respondent; with how many answers

    def has_score(self, signs: str) -> bool:
        return any(len(signs[place].translate(NOT_ANSWERED)) >= needed for place, needed in self.scored)


class _Cell:
    """The people of one partner and level, with personal links or by an open one."""

    def __init__(self, form: _Form) -> None:
        self.form = form
        self.respondents = 0
        self.patterns: list[tuple[slice, dict[str, int]]] = [(p, defaultdict(int)) for p in form.blocks.values()]


def _form(instrument: Instrument, blocks: list[str], scored: list[str]) -> _Form:
    keys: list[str] = []
    places: dict[str, slice] = {}
    for block in blocks:
        own = [statement.key for statement in instrument.blocks[block]]
        places[block] = slice(len(keys), len(keys) + len(own))
        keys += own
    return _Form(tuple(keys), places, tuple((places[scale], instrument.scales[scale].needed) for scale in scored))


def _patterns(cells: list[tuple[Cell, _Cell]]) -> pd.DataFrame:
    """A frame with PATTERN_COLUMNS, filled column by column: a row at a time costs three times as much."""
    columns: dict[str, list[Any]] = {name: [] for name in PATTERN_COLUMNS}
    for (partner, level, _), cell in cells:
        for block, (_, patterns) in zip(cell.form.blocks, cell.patterns, strict=True):
            for name, value in (("partner", partner), ("level", level), ("block", block)):
                columns[name] += [value] * len(patterns)
            columns["pattern"] += patterns.keys()
            columns["people"] += patterns.values()
    return pd.DataFrame(columns)
