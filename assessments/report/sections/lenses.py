"""Shows the same scores through other lists of factors, as an appendix: a row a factor and a column a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assessments import dutch
from assessments.report.blocks import Block, Cell, Points, Row, Section, Table, Text
from assessments.report.context import Context
from assessments.report.sections.figures import heads, score_cell

BESIDE = 4  # lists in one table


def lenses(ctx: Context) -> Section | None:
    found = ctx.instrument.lenses
    if not found:
        return None
    intro = (
        "Andere onderzoeken delen de samenwerking anders in. Hieronder ziet u met welke factoren hun onderdelen "
        "het meest te maken hebben, en hoe die scoren. Er is niets nieuws gemeten."
    )
    about = tuple(f"{_name(ctx, lens)}. {lens['introduction'].strip()}" for lens in found)
    beside = [found[start : start + BESIDE] for start in range(0, len(found), BESIDE)]
    blocks: list[Block] = [Text(intro), Points(about), *(_table(ctx, some) for some in beside)]
    return Section("lenzen", "Dezelfde scores door een andere lens", tuple(blocks), is_annex=True)


def _name(ctx: Context, lens: dict[str, Any]) -> str:
    return f"{lens['name']} ({ctx.instrument.source_by_key[lens['source']].short})"


def _table(ctx: Context, some: Sequence[dict[str, Any]]) -> Table:
    """Returns a row a factor, with its scores and what each list calls it; the last row says what was not asked."""
    groups = [ctx.subject.group] if ctx.group(ctx.subject.group) else [g for g in ctx.compared if ctx.group(g)]
    rows = [
        Row(
            factor.name,
            (
                *(score_cell(ctx.published.figure(group, factor.key)) for group in groups),
                *(Cell(_elements(lens, factor.key) or "–") for lens in some),
            ),
        )
        for factor in ctx.instrument.factors
    ]
    rows.append(Row("Niet gevraagd", (*(Cell("–") for _ in groups), *(Cell(_elements(lens) or "–") for lens in some))))
    names = [lens["name"] for lens in some]
    caption = f"De factoren naast {dutch.count(len(names))} andere indelingen"
    return Table(caption, ("Factor", *heads(ctx, groups), *names), tuple(rows), style="lens")


def _elements(lens: dict[str, Any], factor: str = "") -> str:
    """Returns what a list calls a factor; without a factor, what of the list was not asked."""
    return "; ".join(element["name"] for element in lens["elements"] if factor in (_factors(element) or {""}))


def _factors(element: dict[str, Any]) -> set[str]:
    """Returns the factors that an element has most to do with; none where it was not asked."""
    return {key.split(".")[0] for key in element["primary"]} if element["asked"] else set()
