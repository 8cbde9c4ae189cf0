"""Fills the table of items: what was asked, of which factor, in which words at which level, by version."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assessments import dutch
from assessments.dataset.names import wide_names
from assessments.dataset.tables import Column, Row, Table
from factors.instrument import LEVELS, OUDERS, Instrument, Statement

STATEMENT = "statement"


def items_table(instruments: Sequence[Instrument]) -> Table:
    names = wide_names(instruments)
    phases = {phase.key: phase.name for instrument in instruments for phase in instrument.phases}
    return Table(
        "items",
        "Onderdelen en stellingen",
        "Elke rij is een onderdeel of een stelling van een versie van de vragenlijst, met de woorden van elk niveau.",
        _columns(phases),
        ("instrument", "item"),
        lambda: (row for instrument in instruments for row in _rows(instrument, names)),
    )


def _columns(phases: dict[str, str]) -> tuple[Column, ...]:
    return (
        Column("instrument", "Versie van de vragenlijst", "text"),
        Column("item", "Sleutel van het onderdeel of de stelling", "text"),
        Column("item_kind", "Soort onderdeel", "choice", dutch.ITEM_KINDS | {STATEMENT: "stelling"}),
        Column("name", "Naam van het onderdeel", "text"),
        Column("phase", "Fase van de factor", "choice", phases, is_ordered=True),
        Column("belongs_to", "Sleutel van het onderdeel waar dit bij hoort", "text"),
        Column("statements", "Aantal stellingen", "count"),
        Column("wide_name", "Begin van de kolommen in de tabel figures_wide", "text"),
        *(Column(f"text_{level}", f"Tekst zoals gelezen {dutch.AT[level]}", "text") for level in (*LEVELS, OUDERS)),
        Column("definition", "Wat het onderdeel betekent", "text"),
    )


def _rows(instrument: Instrument, names: dict[str, str]) -> Iterator[Row]:
    version: Row = {"instrument": instrument.version}
    phases = {factor.key: factor.phase for factor in instrument.factors}
    for item, scale in instrument.scales.items():
        yield {
            **version,
            "item": item,
            "item_kind": scale.kind,
            "name": instrument.name(item),
            "phase": phases.get(scale.block),
            "belongs_to": scale.block if scale.block != item else None,
            "statements": len(scale.places),
            "wide_name": names[item],
            "definition": _definition(item, instrument),
        }
    for statement in instrument.statements.values():
        phase = phases.get(statement.scale.partition(".")[0])
        yield {**version, "phase": phase, **_of_statement(statement)}


def _of_statement(statement: Statement) -> Row:
    readers = (OUDERS,) if statement.scale == OUDERS else LEVELS
    return {
        "item": statement.key,
        "item_kind": STATEMENT,
        "belongs_to": statement.scale,
        **{f"text_{level}": statement.for_level(level) for level in readers},
    }


def _definition(item: str, instrument: Instrument) -> str:
    found = {battery.key: battery.definition for battery in (instrument.outcome, instrument.ouders)}
    found |= {factor.key: factor.definition for factor in instrument.factors}
    found |= {dimension.key: dimension.definition for dimension in instrument.dimensions.values()}
    return " ".join(found[item].split())
