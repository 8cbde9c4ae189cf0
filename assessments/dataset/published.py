"""Says what a round is as research may see it: names, disclosed results, counts. Knows no database and no person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from assessments.dataset.tables import Column, Row
from assessments.results.document import Results
from factors.instrument import Instrument

YES_NO = {"no": "nee", "yes": "ja"}


@dataclass(frozen=True)
class PartnerOfRound:
    """Is a partner by its key and kind, with how many were `invited` and `answered` where that may be told."""

    key: str
    kind: str
    invited: int | None = None
    answered: int | None = None


@dataclass(frozen=True)
class KindOfPartner:
    key: str
    name: str
    sector: str


@dataclass(frozen=True)
class PublishedRound:
    """Holds a round as research may see it; what is not known, or may not be told, is absent.

    `number` is its place among the rounds of its network, from 1 on. `context` has, by column, what the network said of
    itself. `process` and `response` (by level) have the counts that were frozen at closing. `sectors` are its partners
    by sector. `agreements` are counted by (factor or '', outcome or '').
    """

    id: str
    name: str
    network_id: str
    network: str
    is_constructed: bool
    results: Results
    instrument: Instrument
    number: int = 1
    opened_on: date | None = None
    closed_on: date | None = None
    shown_by: str = "partner"
    municipalities: tuple[tuple[str, str], ...] = ()  # (code, name); the code '' where it is unknown
    context: Mapping[str, str] = field(default_factory=dict)
    partners: tuple[PartnerOfRound, ...] = ()
    sectors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    process: Mapping[str, int] = field(default_factory=dict)
    response: Mapping[str, tuple[int, int]] = field(default_factory=dict)  # (invited, answered)
    agreements: Mapping[tuple[str, str], int] = field(default_factory=dict)
    previous: str = ""  # the id of the round that its coördinator compares it with

    @property
    def keys(self) -> Row:
        """Returns what stands in each row of each table, so that rows can be matched."""
        return {"network": self.network_id, "round": self.number, "round_id": self.id}


Rounds = Callable[[], Iterable[PublishedRound]]  # reads them anew each time, one at a time

_NUMBER = "Telt alle gesloten rondes van het netwerk, ook die hier niet in staan: er kunnen nummers ontbreken."
KEYS = (
    Column("network", "Vaste code van het netwerk", "text", note="Een code, geen getal: reken er niet mee."),
    Column("round", "De hoeveelste ronde van dit netwerk", "count", note=_NUMBER),
    Column("round_id", "Vaste code van de ronde", "text"),
)


def each(rounds: Rounds, rows: Callable[[PublishedRound], Iterable[Row]]) -> Callable[[], Iterator[Row]]:
    """Returns what reads the rows of every round, one round at a time, each with the keys of its round."""

    def read() -> Iterator[Row]:
        for round in rounds():
            for row in rows(round):
                yield {**round.keys, **row}

    return read


def yes_no(value: bool | None) -> str | None:
    return None if value is None else "yes" if value else "no"


def number(value: Decimal | None) -> float | None:
    """Returns a Decimal as a float: SPSS, Stata and pandas take a Decimal for text."""
    return None if value is None else float(value)
