"""Counts what people of a round answered. Gives what `assessments.scores` reads; keeps no person, knows no database."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from assessments.answers import Value
from assessments.scores.answers import UNANSWERED, UNKNOWN
from assessments.scores.cells import PATTERN_COLUMNS, RESPONDENT_COLUMNS, Counts
from factors.instrument import OUDERS, Instrument

SIGNS: Mapping[Value | None, str] = {None: UNANSWERED, UNKNOWN: UNKNOWN, 1: "1", 2: "2", 3: "3", 4: "4", 5: "5"}
NOT_ANSWERED = str.maketrans("", "", UNANSWERED + UNKNOWN)


@dataclass(frozen=True)
class _Form:
    """What a group of people is asked: all statements in one row, and where each block of them lies in it."""

    keys: tuple[str, ...]
    blocks: tuple[tuple[str, slice], ...]
    scored: tuple[tuple[slice, int], ...]  # a score on any of these makes a respondent; with how many answers


@dataclass
class _Cell:
    """The people of one partner and level, with personal links or by an open one."""

    respondents: int = 0
    patterns: Counter[tuple[str, str]] = field(default_factory=Counter)  # (block, pattern)


class Tally:
    """Adds people up, one by one: by partner, level and way in, how many gave which answers to each block."""

    def __init__(self, instrument: Instrument) -> None:
        ours = [key for key in instrument.blocks if key != OUDERS]
        self._for_partners = _form(instrument, ours, [factor.key for factor in instrument.factors])
        self._for_ouders = _form(instrument, [OUDERS], [OUDERS])
        self._cells: dict[tuple[str, str, bool], _Cell] = {}
        self.people = 0

    def add(self, partner: str, level: str, is_by_open_link: bool, answers: Mapping[str, Value]) -> None:
        """Adds one person; `partner` is "" where there is none."""
        form = self._for_ouders if level == OUDERS else self._for_partners
        cell = self._cells.setdefault((partner, level, is_by_open_link), _Cell())
        signs = "".join([SIGNS[value] for value in map(answers.get, form.keys)])
        for block, place in form.blocks:
            cell.patterns[block, signs[place]] += 1
        cell.respondents += any(len(signs[place].translate(NOT_ANSWERED)) >= needed for place, needed in form.scored)
        self.people += 1

    @property
    def has_guests(self) -> bool:
        """Whether somebody came by an open link."""
        return any(is_by_open_link for _, _, is_by_open_link in self._cells)

    def counts(self, *, by_personal_link: bool = False) -> Counts:
        """What was counted, of everybody or of those with a personal link alone."""
        kept = [key for key in sorted(self._cells) if not (by_personal_link and key[2])]
        patterns = [
            (partner, level, block, pattern, people)
            for partner, level, _ in kept
            for (block, pattern), people in self._cells[partner, level, _].patterns.items()
        ]
        respondents: Counter[tuple[str, str]] = Counter()
        for key in kept:
            respondents[key[:2]] += self._cells[key].respondents
        return Counts(
            patterns=pd.DataFrame(patterns, columns=PATTERN_COLUMNS),
            respondents=pd.DataFrame([(*k, n) for k, n in respondents.items()], columns=RESPONDENT_COLUMNS),
        )


def _form(instrument: Instrument, blocks: list[str], scored: list[str]) -> _Form:
    keys: list[str] = []
    places: dict[str, slice] = {}
    for block in blocks:
        own = [statement.key for statement in instrument.blocks[block]]
        places[block] = slice(len(keys), len(keys) + len(own))
        keys += own
    needed = tuple((places[scale], instrument.scales[scale].needed) for scale in scored)
    return _Form(tuple(keys), tuple(places.items()), needed)
