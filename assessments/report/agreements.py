"""Lists what was agreed on a round's report, in the order of the phases, for all who may read that report.

It is no part of the report itself, whose PDF is kept: files that are made when they are asked for have it beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assessments import dutch
from assessments.report.blocks import Cell, Row, Section, Table, Text
from assessments.report.facts import Agreed, printable_agreed
from factors.instrument import Instrument

OF_NO_FACTOR = "Bij geen factor"
ASKED = "Wat spreken wij af?"
TO_FILL_IN = Table(f"{ASKED} Om in te vullen", ("Wat", "Wie", "Wanneer"), (Row("", ()),) * 4)
HEAD = ("Wat", "Wie", "Klaar op", "Wat ervan kwam")


@dataclass(frozen=True)
class AgreedInPhase:
    """Holds what was agreed on the factors of one phase."""

    phase: str
    agreed: tuple[Agreed, ...]


def by_phase(agreed: Sequence[Agreed], instrument: Instrument) -> tuple[AgreedInPhase, ...]:
    """Returns what was agreed by phase, and at the end what belongs to no factor; only where something was agreed."""
    phase_of = {factor.name: phase.name for phase in instrument.phases for factor in instrument.in_phase(phase.key)}
    names = [*(phase.name for phase in instrument.phases), OF_NO_FACTOR]
    found = {name: tuple(a for a in agreed if phase_of.get(a.factor, OF_NO_FACTOR) == name) for name in names}
    return tuple(AgreedInPhase(name, tuple(map(printable_agreed, some))) for name, some in found.items() if some)


def agreements_section(phases: Sequence[AgreedInPhase]) -> Section:
    """Returns what a file has of it behind the report: what was agreed, or a table to fill in."""
    if not phases:
        return Section("afspraken", ASKED, (_to_fill_in(),))
    said = Text("Dit stond er toen dit bestand werd gemaakt. Wat er later bij kwam, staat op de site.")
    return Section("afspraken", "Wat is afgesproken", (said, *map(_table, phases)))


def _to_fill_in() -> Table:
    empty = Row("", (Cell(""),) * (len(TO_FILL_IN.head) - 1))
    return Table(TO_FILL_IN.caption, TO_FILL_IN.head, (empty,) * len(TO_FILL_IN.rows))


def _table(phase: AgreedInPhase) -> Table:
    rows = tuple(
        Row(a.what, (Cell(a.who or "–"), Cell(dutch.day(a.due_on) if a.due_on else "–"), Cell(outcome(a) or "–")))
        for a in phase.agreed
    )
    return Table(phase.phase, HEAD, rows)


def outcome(agreed: Agreed) -> str:
    """Returns what came of it, with the remark; nothing where nobody noted that."""
    return ". ".join(filter(None, [dutch.capital(agreed.outcome) if agreed.outcome else "", agreed.remark]))
