"""Shows what may colour what: the model of the main study with the scores of this network, or of a level."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assessments import dutch
from assessments.disclosure.published import Figure
from assessments.report.blocks import Chart, Row, Section, Table, Text
from assessments.report.charts.model import Box, Model, Panel, Series, draw, draw_narrow
from assessments.report.context import Context
from assessments.report.sections.figures import heads, score_cell
from assessments.report.sentences.model import may_colour, scored
from assessments.report.sentences.words import names
from assessments.scores.groups import NETWORK, Group, level_group
from factors.instrument import MAINLY, TOO, Factor, Instrument

NO_PROOF = "Of dat hier ook zo is, laten de scores niet zien. Vraag het elkaar."
CAPTION = "Wat kan wat kleuren? Het model, met de scores van 1 tot 5"
Figures = Callable[[str], tuple[Figure | None, ...]]


def model(ctx: Context) -> Section | None:
    colouring = ctx.instrument.colouring
    if colouring is None:
        return None
    said = may_colour(ctx.published, ctx.instrument, ctx.subject.level)
    blocks = (Text(said), _chart(ctx, colouring), Text(_source(ctx, colouring), style="note"))
    return Section("model", "Wat kan wat kleuren?", blocks, is_annex=True)


def explained(instrument: Instrument, colouring: Factor) -> tuple[str, str]:
    """Returns the drawing without scores, as the site explains it, and the same for a phone."""
    drawn = _model(instrument, colouring, "model-figuur", _told(instrument, colouring))
    return draw(drawn), draw_narrow(drawn)


def _chart(ctx: Context, colouring: Factor) -> Chart:
    groups = _groups(ctx, colouring)
    series = tuple(Series(group.key if group.kind == "level" else group.kind, ctx.name(group)) for group in groups)

    def figures(item: str) -> tuple[Figure | None, ...]:
        return tuple(ctx.published.figure(group, item) for group in groups)

    alt = f"{_told(ctx.instrument, colouring)} {' '.join(_scores(ctx, group, colouring) for group in groups)}".strip()
    drawn = _model(ctx.instrument, colouring, "model-figuur", alt, series, figures)
    return Chart("model-figuur", draw(drawn), draw_narrow(drawn), alt, CAPTION, _table(ctx, groups))


def _groups(ctx: Context, colouring: Factor) -> tuple[Group, ...]:
    """Returns whose scores stand in the boxes: the report's own or, where the network has none, its levels'."""
    own = ctx.subject.group
    if own != NETWORK or ctx.published.figure(NETWORK, colouring.key):
        return (own,)
    return tuple(level_group(level) for level in ctx.published.shown_levels) or (own,)


def _model(
    instrument: Instrument,
    colouring: Factor,
    key: str,
    alt: str,
    series: tuple[Series, ...] = (),
    figures: Figures = lambda item: (),
) -> Model:
    panels = []
    for phase in instrument.phases:
        coloured = [factor for factor in instrument.in_phase(phase.key) if factor.key in colouring.colours]
        is_main = any(colouring.colours[factor.key] == MAINLY for factor in coloured)
        name = f"Andere {dutch.lower(phase.name)}" if phase.key == colouring.phase else phase.name
        panels.append(Panel(name, tuple(Box(factor.name, figures(factor.key)) for factor in coloured), is_main))
    outcome = instrument.outcome
    return Model(
        key,
        alt,
        Box(colouring.name, figures(colouring.key)),
        tuple(panels),
        Box(outcome.name, figures(outcome.key)),
        series,
    )


def _told(instrument: Instrument, colouring: Factor) -> str:
    """Returns what the arrows say, for whoever can't see them."""
    main, others = (
        names([item for item, how in colouring.colours.items() if how == word], instrument) for word in (MAINLY, TOO)
    )
    own, outcome = dutch.lower(colouring.name), dutch.lower(instrument.outcome.name)
    return (
        f"Een dikke pijl loopt van {own} naar {main}. Dunne pijlen lopen naar {others}, "
        f"en naar de stap van het samenwerkingsproces naar {outcome}."
    )


def _scores(ctx: Context, group: Group, colouring: Factor) -> str:
    """Returns the scores at both ends of the thick arrow; those of all factors are in the section behind this one."""
    main = [item for item, how in colouring.colours.items() if how == MAINLY]
    told = [scored(item, ctx.group(group), ctx.instrument) for item in (colouring.key, *main)]
    return f"{dutch.capital(ctx.name(group))}: {dutch.listing(told)}."


def _items(instrument: Instrument) -> list[str]:
    return [*(factor.key for factor in instrument.factors), instrument.outcome.key]


def _table(ctx: Context, groups: Sequence[Group]) -> Table:
    rows = tuple(
        Row(ctx.instrument.name(item), tuple(score_cell(ctx.published.figure(group, item)) for group in groups))
        for item in _items(ctx.instrument)
    )
    return Table("De cijfers bij het model", ("Factor", *heads(ctx, groups)), rows, style="heat")


def _source(ctx: Context, colouring: Factor) -> str:
    if colouring.model is None:
        return NO_PROOF
    cited = "; ".join(f"{one.text}, {one.section}" for one in ctx.cite(colouring.model.sources))
    return f"{colouring.model.text} {NO_PROOF} Bron: {cited}."
