"""Adds up what people of a round answered, for `assessments.scores` to count. Knows no database."""

from __future__ import annotations

from collections.abc import Callable
from operator import itemgetter

import pandas as pd

from assessments.scores.answers import UNANSWERED, Sent
from assessments.scores.cells import Counts
from assessments.scores.counting import count, symbols_in
from factors.instrument import Instrument


class Tally:
    """Takes people one by one and counts them together; holds their answers in memory, for as long as that takes."""

    def __init__(self, instrument: Instrument) -> None:
        self._instrument = instrument
        self._orders: dict[str, Callable[[str], tuple[str, ...]]] = {}  # by `Sent.statements`
        self._people: list[tuple[str, str, bool]] = []  # partner, level, whether they came by an open link
        self._rows: list[str] = []  # a sign for each statement of the instrument

    def add(self, partner: str, level: str, is_by_open_link: bool, sent: Sent) -> None:
        """Adds one person; `partner` is "" where there is none."""
        self._people.append((partner, level, is_by_open_link))
        self._rows.append("".join(self._order(sent.statements)(sent.signs + UNANSWERED)))

    @property
    def people(self) -> int:
        """Returns how many people were added."""
        return len(self._people)

    @property
    def has_guests(self) -> bool:
        """Tells whether somebody came by an open link."""
        return any(is_by_open_link for *_, is_by_open_link in self._people)

    def counts(self, *, by_personal_link: bool = False) -> Counts:
        """Returns what was counted, of everybody or only of those with a personal link."""
        people = pd.DataFrame(self._people, columns=["partner", "level", "is_by_open_link"])
        symbols = symbols_in(self._rows, self._instrument)
        if by_personal_link:
            has_own = ~people["is_by_open_link"].to_numpy(dtype=bool)
            people, symbols = people[has_own], symbols[has_own]
        return count(people, symbols, self._instrument)

    def _order(self, statements: str) -> Callable[[str], tuple[str, ...]]:
        """Returns what puts signs in the order of the instrument.

        It is made once for each text of statements, since nearly all answered the same ones in the same order.
        """
        if statements not in self._orders:
            places = {key: place for place, key in enumerate(statements.split())}
            self._orders[statements] = itemgetter(*[places.get(key, -1) for key in self._instrument.statements])
        return self._orders[statements]
