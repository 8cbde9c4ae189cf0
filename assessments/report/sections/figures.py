"""Makes what several sections draw and tabulate the same way: series, cells and alternative texts."""

from __future__ import annotations

from collections.abc import Iterable

from assessments import dutch
from assessments.disclosure.published import Figure
from assessments.report.blocks import Cell
from assessments.report.charts.profile import Series
from assessments.report.context import Context
from assessments.scores.groups import OUDERS_GROUP, Group

HIDDEN_CELL = Cell(dutch.HIDDEN, "hidden", is_number=True)


def series(ctx: Context, group: Group) -> Series:
    mark = group.key if group.kind == "level" else group.kind
    name = "ouders, jongeren" if group == OUDERS_GROUP else ctx.name(group)
    is_own = group == ctx.subject.group or ctx.subject.group not in ctx.compared
    return Series(mark, name, is_own)


def score_cell(figure: Figure | None) -> Cell:
    return Cell(dutch.score(figure), figure.band, is_number=True) if figure else HIDDEN_CELL


def heads(ctx: Context, groups: Iterable[Group]) -> tuple[str, ...]:
    return tuple(dutch.capital(ctx.name(group)) for group in groups)


def range_sentence(ctx: Context, group: Group) -> str:
    """Returns 'Uitvoerend loopt van 2,2 (regels) tot 4,4 (toewijding).', for whoever can't see the marks."""
    shown = ctx.group(group)
    figures = {f.key: shown.figures[f.key] for f in ctx.instrument.factors if f.key in shown.figures} if shown else {}
    if not figures:
        return f"{dutch.capital(ctx.name(group))} wordt niet getoond."
    low = min(figures, key=lambda item: figures[item].value)
    high = max(figures, key=lambda item: figures[item].value)
    ends = [f"{dutch.score(figures[item])} ({dutch.lower(ctx.instrument.name(item))})" for item in (low, high)]
    return f"{dutch.capital(ctx.name(group))} loopt van {ends[0]} tot {ends[1]}."
