"""Lays the scores beside those of other networks, where the coördinator asked for that. It is no norm, and says so."""

from __future__ import annotations

from assessments import dutch
from assessments.disclosure.published import Figure
from assessments.national.reference import Reference
from assessments.national.tables import Quartiles
from assessments.report.blocks import Block, Cell, Row, Section, Table, Text
from assessments.report.context import Context
from assessments.scores.groups import NETWORK, Group

HEADS = ("Factor", "Uw score", "Een kwart ligt onder", "De helft ligt onder", "Een kwart ligt boven")
ALIKE = {
    ("scope", "inhabitants"): "andere netwerken van dezelfde omvang, met evenveel inwoners",
    ("scope",): "andere netwerken van dezelfde omvang",
    (): "andere netwerken",
}


def reference(ctx: Context) -> Section | None:
    """Returns the table of whose report this is: a level beside that level elsewhere, the network beside networks."""
    found, group = ctx.facts.reference, ctx.subject.group
    if found is None or ctx.subject.is_part or not (rows := _rows(ctx, found, group)):
        return None
    who = f"{found.networks} {ALIKE[found.by]}"
    said = (
        f"Hier staat uw score naast die van {who}, uit uitgave {found.release}. Uw eigen netwerk telt niet mee.",
        "Dit is geen norm. De netwerken kozen zelf om mee te doen, en een hogere score is niet beter samengewerkt."
        " Lees eerst de verschillen binnen uw eigen netwerk.",
    )
    table = Table(f"{dutch.capital(ctx.name(group))} naast andere netwerken", HEADS, rows)
    blocks: tuple[Block, ...] = (*map(Text, said), table)
    return Section("andere-netwerken", "Naast andere netwerken", blocks, is_annex=True)


def _rows(ctx: Context, found: Reference, group: Group) -> tuple[Row, ...]:
    key = "network" if group == NETWORK else group.key
    scales = [*(factor.key for factor in ctx.instrument.factors), ctx.instrument.outcome.key]
    return tuple(
        Row(ctx.instrument.name(scale), _cells(ctx.published.figure(group, scale), cuts))
        for scale in scales
        if (cuts := found.quartiles.get((scale, key)))
    )


def _cells(own: Figure | None, cuts: Quartiles) -> tuple[Cell, ...]:
    said = Cell(dutch.score(own), is_number=True) if own else Cell(dutch.HIDDEN, "hidden", is_number=True)
    return (said, *(Cell(dutch.number(cut), is_number=True) for cut in cuts))
