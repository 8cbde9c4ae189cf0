"""Tabulates the figures, to look up: of each factor and of the outcome, and of the dimensions."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace

from assessments import dutch
from assessments.disclosure.published import Figure
from assessments.report.blocks import Block, Cell, Heading, Notice, Points, Row, Section, Table, Text
from assessments.report.context import Context
from assessments.rules.minimum import LEAST_OF_ONE_STATEMENT
from assessments.scores.groups import NETWORK, OUDERS_GROUP, Group
from factors.instrument import OUDERS

HEAD = ("Groep", "Score", "Interval", "Verdeeld", "Weet ik niet", "Mensen")
MAY_BE_SAME = frozenset({"Interval", "Verdeeld", "Weet ik niet"})
NOTHING = frozenset({dutch.HIDDEN, "–"})


def score_cell(figure: Figure | None) -> Cell:
    return (
        Cell(dutch.score(figure), figure.band, is_number=True)
        if figure
        else Cell(dutch.HIDDEN, "hidden", is_number=True)
    )


def heads(ctx: Context, groups: Iterable[Group]) -> tuple[str, ...]:
    return tuple(dutch.capital(ctx.name(group)) for group in groups)


def without_empty(table: Table) -> Table:
    """Returns the table without the columns in which nothing is shown from top to bottom."""
    said = [{row.cells[place].text for row in table.rows} for place in range(len(table.head) - 1)]
    return without(table, [head for head, texts in zip(table.head[1:], said, strict=True) if texts <= NOTHING])


def without(table: Table, heads: Container[str]) -> Table:
    """Returns the table without the columns that have these heads."""
    left = [place for place, head in enumerate(table.head[1:]) if head not in heads]
    rows = tuple(replace(row, cells=tuple(row.cells[place] for place in left)) for row in table.rows)
    return replace(table, head=(table.head[0], *(table.head[place + 1] for place in left)), rows=rows)


def figures(ctx: Context) -> Section:
    """Returns a table a phase, where that has a score to show, and what the factors mean.

    What is the same for every figure is said once, above the tables.
    """
    whole = dict(_tables(ctx))
    same = _same_in_every_row(whole.values())
    tables = {name: without_empty(without(table, same)) for name, table in whole.items()}
    blocks: list[Block] = [table for table in tables.values() if table.head[1:]]
    if not blocks:
        blocks = [Notice("Geen enkele score is te tonen.")]
    elif empty := [dutch.lower(name) for name, table in tables.items() if not table.head[1:]]:
        blocks.append(Text(f"Hiervan is geen score te tonen: {dutch.listing(empty)}."))
    if same:
        said = " ".join(f"{head}: {text}." for head, text in same.items())
        blocks.insert(0, Text(f"Dit is bij elk getoond cijfer hetzelfde, en staat daarom niet in de tabellen. {said}"))
    means = tuple(f"{factor.name}: {_meaning(factor.definition, factor.note)}" for factor in ctx.instrument.factors)
    blocks += [Heading("Wat de factoren betekenen"), Points(means)]
    return Section("cijfers", "De cijfers", tuple(blocks), is_annex=True)


def _meaning(definition: str, note: str | None) -> str:
    return f"{dutch.lower(definition)} {note}" if note else dutch.lower(definition)


def _same_in_every_row(tables: Iterable[Table]) -> dict[str, str]:
    """Returns what each of these columns says, if that is the same for every figure that is shown."""
    shown = [row.cells for table in tables for row in table.rows if row.cells[0].text != dutch.HIDDEN]
    said = {head: {cells[place].text for cells in shown} for place, head in enumerate(HEAD[1:]) if head in MAY_BE_SAME}
    return {head: next(iter(texts)) for head, texts in said.items() if len(texts) == 1 and not texts <= NOTHING}


def _tables(ctx: Context) -> Iterator[tuple[str, Table]]:
    for phase in ctx.instrument.phases:
        items = [factor.key for factor in ctx.instrument.in_phase(phase.key)]
        yield phase.name, _table(ctx, phase.name, items)
    yield ctx.instrument.outcome.name, _table(ctx, ctx.instrument.outcome.name, [ctx.instrument.outcome.key])
    if ctx.group(OUDERS_GROUP):
        yield ctx.instrument.ouders.name, _table(ctx, ctx.instrument.ouders.name, [OUDERS], [OUDERS_GROUP])


def _table(ctx: Context, name: str, items: Sequence[str], groups: Sequence[Group] = ()) -> Table:
    rows = [row for item in items for row in _rows(ctx, item, groups or ctx.drawn)]
    return Table(f"{name}: de cijfers", HEAD, tuple(rows), style="figures")


def _rows(ctx: Context, item: str, groups: Sequence[Group]) -> list[Row]:
    """Returns a row a group; the name of the factor stands in the first."""
    found = [(group, ctx.published.figure(group, item)) for group in groups]
    return [
        Row(
            dutch.capital(ctx.name(group)),
            _cells(ctx, group, figure),
            aside="" if place else ctx.instrument.name(item),
            is_first=not place,
        )
        for place, (group, figure) in enumerate(found)
    ]


def _cells(ctx: Context, group: Group, figure: Figure | None) -> tuple[Cell, ...]:
    if figure is None:
        return (score_cell(None), *(Cell("–") for _ in HEAD[2:]))
    return (
        Cell(f"{dutch.score(figure)} {figure.band}", figure.band),
        Cell(_interval(ctx, group, figure)),
        Cell("–" if group == NETWORK else dutch.split(figure)),
        Cell(dutch.unknown(figure)),
        Cell(str(figure.n), is_number=True),
    )


def _interval(ctx: Context, group: Group, figure: Figure) -> str:
    """Returns the bounds, or why there are none, which is not always that the group is too small."""
    shown = ctx.group(group)
    invited = shown.invited if shown else None
    if figure.interval or figure.n == invited:
        return dutch.interval(figure, invited)
    if group == NETWORK:
        return "niet bekend"
    is_large = figure.n >= 2 * ctx.published.minimum
    return dutch.HIDDEN if is_large else dutch.interval(figure, invited)


def dimensions(ctx: Context) -> Section:
    """Returns the heat map of the dimensions that are shown; where none is, it says why."""
    groups = [group for group in ctx.compared if _shows_dimensions(ctx, group)]
    why = large_enough(ctx)
    if not groups:
        blocks: tuple[Block, ...] = (Notice(f"In deze ronde zijn geen dimensies te tonen. {why}"),)
    else:
        shades = Text("Hoe donkerder het vak, hoe lager de score.")
        blocks = (
            Text("Elke factor bestaat uit twee tot vier onderdelen, de dimensies."),
            shades,
            _map(ctx, groups, why),
        )
    return Section("dimensies", "De dimensies", blocks, is_annex=True)


def _shows_dimensions(ctx: Context, group: Group) -> bool:
    shown = ctx.group(group)
    return bool(shown and any(item in ctx.instrument.dimensions for item in shown.figures))


def large_enough(ctx: Context) -> str:
    """Says of which groups dimensions are shown."""
    least, of_one = 2 * ctx.published.minimum, LEAST_OF_ONE_STATEMENT
    more = f" (een dimensie van één stelling: {dutch.count(of_one)})" if least < of_one else ""
    return (
        f"Dimensies zijn alleen te zien van een groep met minstens {dutch.count(least)} mensen{more}, "
        "en alleen als er geen antwoorden van een kleine groep uit zijn af te leiden."
    )


def _map(ctx: Context, groups: Sequence[Group], why: str) -> Table:
    rows = tuple(
        Row(
            dimension.name,
            tuple(score_cell(ctx.published.figure(group, dimension.key)) for group in groups),
            aside=factor.name if place == 0 else "",
            is_first=place == 0,
        )
        for factor in ctx.instrument.factors
        for place, dimension in enumerate(factor.dimensions)
    )
    return Table("Score per dimensie", ("Factor en dimensie", *heads(ctx, groups)), rows, style="map", note=why)
