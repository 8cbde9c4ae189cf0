"""Counts what people of a round answered. Gives what `assessments.scores` reads; keeps no person, knows no database."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

import numpy as np
import pandas as pd

from assessments.answers import Sent
from assessments.scores.answers import UNANSWERED, UNKNOWN
from assessments.scores.cells import PATTERN_COLUMNS, RESPONDENT_COLUMNS, Counts
from factors.instrument import OUDERS, Instrument

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

    def add(self, partner: str, level: str, is_by_open_link: bool, sent: Sent) -> None:
        """Adds one person; `partner` is "" where there is none."""
        form = self._for_ouders if level == OUDERS else self._for_partners
        cell = self._cells.get((partner, level, is_by_open_link))
        if cell is None:
            cell = self._cells[partner, level, is_by_open_link] = _Cell(form)
        signs = form.in_order(sent)
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
    orders: dict[str, Callable[[str], tuple[str, ...]]] = field(default_factory=dict)  # by `Sent.statements`

    def in_order(self, sent: Sent) -> str:
        """A sign for each statement that is asked, UNANSWERED where there is none."""
        pick = self.orders.get(sent.statements)
        if pick is None:  # nearly everybody answered the same statements, in the same order
            places = {key: place for place, key in enumerate(sent.statements.split())}
            pick = self.orders[sent.statements] = itemgetter(*[places.get(key, -1) for key in self.keys])
        return "".join(pick(sent.signs + UNANSWERED))

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
    parts = [
        (partner, level, block, patterns)
        for (partner, level, _), cell in cells
        for block, (_, patterns) in zip(cell.form.blocks, cell.patterns, strict=True)
    ]
    sizes = [len(patterns) for *_, patterns in parts]
    names = zip(PATTERN_COLUMNS, zip(*(part[:3] for part in parts), strict=True), strict=False) if parts else ()
    columns: dict[str, Any] = {name: _repeated(own, sizes) for name, own in names}
    columns |= {
        "pattern": [pattern for *_, patterns in parts for pattern in patterns],
        "people": [people for *_, patterns in parts for people in patterns.values()],
    }
    return pd.DataFrame(columns, columns=PATTERN_COLUMNS)


def _repeated(names: Sequence[str], sizes: list[int]) -> pd.Categorical:
    """Each name as often as its size says."""
    categories = sorted(set(names))
    codes = {name: code for code, name in enumerate(categories)}
    return pd.Categorical.from_codes(np.repeat([codes[name] for name in names], sizes), categories)
