"""The same scores seen through other lists of factors: an appendix, a table a list."""

from __future__ import annotations

from typing import Any

from assessments.report import words
from assessments.report.blocks import Block, Cell, Heading, Row, Section, Table, Text
from assessments.report.context import Context
from assessments.report.sections.figures import heads, score_cell
from assessments.scores.groups import Group


def lenses(ctx: Context) -> Section | None:
    if not ctx.instrument.lenses:
        return None
    intro = (
        "Andere onderzoeken delen de samenwerking anders in. Hieronder ziet u met welke factoren hun onderdelen "
        "het meest te maken hebben, en hoe die scoren. Er is niets nieuws gemeten."
    )
    blocks: list[Block] = [Text(intro)]
    for lens in ctx.instrument.lenses:
        blocks += _lens(ctx, lens)
    return Section("lenzen", "Dezelfde scores door een andere bril", tuple(blocks), eyebrow="Bijlage")


def _lens(ctx: Context, lens: dict[str, Any]) -> list[Block]:
    groups = [ctx.subject.group] if ctx.group(ctx.subject.group) else [g for g in ctx.compared if ctx.group(g)]
    rows = tuple(row for element in lens["elements"] for row in _rows(ctx, element, groups))
    source = ctx.instrument.source_by_key[lens["source"]].short
    table = Table(f"{lens['name']} ({source})", ("Onderdeel", "Factor", *heads(ctx, groups)), rows, style="lens")
    return [Heading(lens["name"]), Text(lens["introduction"].strip()), table]


def _rows(ctx: Context, element: dict[str, Any], groups: list[Group]) -> list[Row]:
    factors = list(dict.fromkeys(key.split(".")[0] for key in element["primary"]))
    if not element["asked"] or not factors:
        return [Row(element["name"], (Cell("niet gevraagd"), *(Cell("–", is_number=True) for _ in groups)))]
    names = words.listing([ctx.instrument.name(key) for key in factors])
    return [Row(element["name"], (Cell(names), *(_cell(ctx, group, factors) for group in groups)))]


def _cell(ctx: Context, group: Group, factors: list[str]) -> Cell:
    """The scores of the factors, in their order; nothing is averaged."""
    figures = [ctx.published.figure(group, key) for key in factors]
    if len(figures) == 1:
        return score_cell(figures[0])
    return Cell("; ".join(words.score(f) if f else words.HIDDEN for f in figures), is_number=True)
