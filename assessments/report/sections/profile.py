"""Shows the profile of the eleven factors and the heat map of the dimensions: each a drawing and its figures."""

from __future__ import annotations

from collections.abc import Sequence

from assessments import dutch
from assessments.report import sentences
from assessments.report.blocks import Block, Cell, Chart, Notice, Row, Section, Table, Text
from assessments.report.charts.profile import Profile, ProfileRow, draw
from assessments.report.context import Context
from assessments.report.sections.figures import heads, range_sentence, score_cell, series
from assessments.rules.minimum import LEAST_OF_ONE_STATEMENT
from assessments.scores.groups import NETWORK, Group


def profile(ctx: Context) -> Section:
    intro = (
        "Elke rij is een factor. Het teken staat op de score van een groep. "
        "De lijn ertussen laat het verschil tussen de groepen zien."
    )
    blocks: list[Block] = [Text(intro, is_about_drawing=True), chart(ctx)]
    return Section("profiel", "Het profiel: elf factoren", tuple(blocks), eyebrow="In beeld", starts_page=False)


def chart(ctx: Context, key: str = "profiel-figuur") -> Chart:
    drawn = Profile(
        key,
        _alt(ctx),
        tuple(series(ctx, group) for group in ctx.compared),
        tuple((phase.name, _rows(ctx, phase.key)) for phase in ctx.instrument.phases),
    )
    caption = "Het profiel: de score per factor, van 1 tot 5"
    return Chart(key, draw(drawn), drawn.alt, caption, table(ctx), figures_follow=True)


def _rows(ctx: Context, phase: str) -> tuple[ProfileRow, ...]:
    return tuple(
        ProfileRow(factor.name, tuple(ctx.published.figure(group, factor.key) for group in ctx.compared))
        for factor in ctx.instrument.in_phase(phase)
    )


def _alt(ctx: Context) -> str:
    ranges = " ".join(range_sentence(ctx, group) for group in ctx.compared)
    difference = sentences.largest_difference(ctx.published, ctx.instrument, level=ctx.subject.level)
    end = "" if ctx.subject.is_partner else f" {difference}"
    return f"Profiel van elf factoren in drie fasen, op een schaal van 1 tot 5. {ranges}{end}"


def _columns(ctx: Context) -> tuple[Group, ...]:
    if NETWORK in ctx.compared or not ctx.group(NETWORK):
        return ctx.compared
    return (*ctx.compared, NETWORK)


def table(ctx: Context) -> Table:
    columns = _columns(ctx)
    rows = tuple(
        Row(
            factor.name,
            tuple(score_cell(ctx.published.figure(group, factor.key)) for group in columns),
            is_first=place == 0,
        )
        for phase in ctx.instrument.phases
        for place, factor in enumerate(ctx.instrument.in_phase(phase.key))
    )
    return Table("De cijfers bij het profiel", ("Factor", *heads(ctx, columns)), rows, style="heat")


def dimensions(ctx: Context) -> Section:
    """Returns the heat map; where no dimension may be shown, the section says why."""
    groups = [group for group in ctx.compared if ctx.group(group) and group.kind != "partner"]
    why = " ".join(filter(None, [_not_of_partners(ctx), _large_enough(ctx)]))
    if not any(_shows_dimensions(ctx, group) for group in groups):
        blocks: tuple[Block, ...] = (Notice(f"In deze ronde zijn geen dimensies te tonen. {why}"),)
    else:
        intro = Text("Elke factor bestaat uit twee tot vier onderdelen, de dimensies.")
        shades = Text("Hoe donkerder het vak, hoe lager de score.", is_about_drawing=True)
        blocks = (intro, shades, _heat_map(ctx, groups, why))
    return Section("dimensies", "De dimensies", blocks, eyebrow="In beeld", starts_page=False)


def _shows_dimensions(ctx: Context, group: Group) -> bool:
    shown = ctx.group(group)
    return bool(shown and any(item in ctx.instrument.dimensions for item in shown.figures))


def _not_of_partners(ctx: Context) -> str:
    return "Van één partner worden nooit dimensies getoond." if ctx.subject.is_partner else ""


def _large_enough(ctx: Context) -> str:
    least, of_one = 2 * ctx.published.minimum, LEAST_OF_ONE_STATEMENT
    more = f" (een dimensie van één stelling: {dutch.count(of_one)})" if least < of_one else ""
    return (
        f"Dimensies zijn alleen te zien van een groep met minstens {dutch.count(least)} mensen{more}, "
        "en alleen als er geen antwoorden van een kleine groep uit zijn af te leiden."
    )


def _heat_map(ctx: Context, groups: Sequence[Group], why: str) -> Table:
    rows = tuple(
        Row(
            dimension.name,
            tuple(_heat_cell(ctx, group, dimension.key) for group in groups),
            aside=factor.name if place == 0 else "",
            is_first=place == 0,
        )
        for factor in ctx.instrument.factors
        for place, dimension in enumerate(factor.dimensions)
    )
    return Table("Score per dimensie", ("Factor en dimensie", *heads(ctx, groups)), rows, style="map", note=why)


def _heat_cell(ctx: Context, group: Group, item: str) -> Cell:
    return score_cell(ctx.published.figure(group, item))
