"""Shows the profile of the eleven factors: what it tells, the drawing, and its figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assessments import dutch
from assessments.report.blocks import Block, Chart, Row, Section, Table, Text
from assessments.report.charts.profile import COMPACT_ROW, NARROW, ROW, Profile, ProfileRow, Series, draw
from assessments.report.context import Context
from assessments.report.sections.figures import heads, score_cell
from assessments.report.sections.front import voices
from assessments.report.sentences import differences, scores
from assessments.report.sentences.model import is_low, may_colour
from assessments.report.sentences.scores import Voice
from assessments.report.sentences.words import factor_figures, highest, lowest, names
from assessments.scores.groups import Group
from factors.instrument import Phase


def profile(ctx: Context) -> Section:
    line = "" if len(ctx.drawn) == 1 else " De lijn ertussen laat het verschil tussen de groepen zien."
    intro = f"Elke rij is een factor. Het teken staat op de score van een groep.{line}"
    blocks: list[Block] = [*_said(ctx), Text(intro), chart(ctx)]
    return Section(
        "profiel",
        "Het profiel: elf factoren",
        tuple(blocks),
        eyebrow="In beeld",
        starts_page=not ctx.subject.is_part,
    )


def _said(ctx: Context) -> list[Block]:
    """Returns what scores highest and lowest, and what a mean does not tell."""
    own = voices(ctx)
    ends = [scores.strongest(own, ctx.instrument), scores.weakest(own, ctx.instrument)]
    return [Text(" ".join(filter(None, [*ends, _behind(ctx, own), _colours(ctx)])))]


def _behind(ctx: Context, own: Sequence[Voice]) -> str:
    """Returns what a mean does not tell: what is low at one level or, where nothing is, what is low within a factor."""
    if ctx.subject.is_part:
        return ""
    if ctx.subject.level:
        return scores.low_parts(ctx.published, [ctx.subject.level], ctx.instrument)
    behind = "" if own and own[0].at else scores.behind_the_mean(ctx.published, ctx.instrument)
    return behind or scores.low_parts(ctx.published, ctx.published.shown_levels, ctx.instrument)


def _colours(ctx: Context) -> str:
    """Returns what may colour other scores, where it is low; where that is drawn stands in the annex."""
    if ctx.subject.is_part or not is_low(ctx.published, ctx.instrument, ctx.subject.level):
        return ""
    return may_colour(ctx.published, ctx.instrument, ctx.subject.level)


def chart(ctx: Context) -> Chart:
    key, is_compact = "profiel-figuur", ctx.subject.is_part or ctx.subject.is_summary
    drawn = Profile(
        key,
        _alt(ctx),
        tuple(_series(ctx, group) for group in ctx.drawn),
        tuple((phase.name, _rows(ctx, phase.key)) for phase in ctx.instrument.phases),
        COMPACT_ROW if is_compact else ROW,
    )
    caption = "Het profiel: de score per factor, van 1 tot 5"
    return Chart(key, draw(drawn), draw(drawn, NARROW), drawn.alt, caption, table(ctx))


def by_phase(ctx: Context) -> Iterator[tuple[Phase, str, str]]:
    """Yields each phase with its part of the profile and what that shows in words, for whoever draws it large."""
    series = tuple(_series(ctx, group) for group in ctx.drawn)
    for phase in ctx.instrument.phases:
        alt = _alt_of(ctx, phase)
        yield phase, draw(Profile(f"profiel-{phase.key}", alt, series, ((phase.name, _rows(ctx, phase.key)),))), alt


def _alt_of(ctx: Context, phase: Phase) -> str:
    """Returns every score in the drawing: 'Voorgeschiedenis: uitvoerend 2,7; netwerk 2,9.'."""
    said = [f"Profiel van de factoren in ‘{dutch.lower(phase.name)}’, op een schaal van 1 tot 5."]
    for factor in ctx.instrument.in_phase(phase.key):
        cells = [f"{ctx.name(g)} {score_cell(ctx.published.figure(g, factor.key)).text}" for g in ctx.drawn]
        said.append(f"{factor.name}: {'; '.join(cells)}.")
    return " ".join(said)


def _rows(ctx: Context, phase: str) -> tuple[ProfileRow, ...]:
    return tuple(
        ProfileRow(factor.name, tuple(ctx.published.figure(group, factor.key) for group in ctx.drawn))
        for factor in ctx.instrument.in_phase(phase)
    )


def _alt(ctx: Context) -> str:
    ranges = " ".join(_range(ctx, group) for group in ctx.drawn)
    difference = differences.largest_difference(ctx.published, ctx.instrument, level=ctx.subject.level)
    end = "" if ctx.subject.is_part else f" {difference}"
    return f"Profiel van elf factoren in drie fasen, op een schaal van 1 tot 5. {ranges}{end}"


def _series(ctx: Context, group: Group) -> Series:
    return Series(group.key if group.kind == "level" else group.kind, ctx.name(group), group == ctx.subject.group)


def _range(ctx: Context, group: Group) -> str:
    """Returns 'Uitvoerend loopt van 2,2 (regels) tot 4,4 (toewijding).', for whoever can't see the marks.

    Where all scores are equal: 'Uitvoerend geeft elke factor die is getoond 4,5 of hoger.'
    """
    figures = factor_figures(ctx.group(group), ctx.instrument)
    name = dutch.capital(ctx.name(group))
    if not figures:
        return f"{name} wordt niet getoond."
    (bottom, low), (top, high) = lowest(figures), highest(figures)
    if len(bottom) == len(figures):
        return f"{name} geeft {_which(len(figures), ctx)} {dutch.score(low)}."
    ends = [
        f"{dutch.score(figure)} ({names(items[:1], ctx.instrument)})" for items, figure in ((bottom, low), (top, high))
    ]
    return f"{name} loopt van {ends[0]} tot {ends[1]}."


def _which(shown: int, ctx: Context) -> str:
    return "elke factor" if shown == len(ctx.instrument.factors) else "elke factor die is getoond"


def table(ctx: Context) -> Table:
    columns = ctx.drawn
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
