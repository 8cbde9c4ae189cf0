"""Shows in one glance what is strongest, what asks for talk, where the levels differ most, and what to begin with."""

from __future__ import annotations

from assessments import dutch
from assessments.report import sentences
from assessments.report.blocks import Block, Card, Cards, Notice, Points, Section, Text
from assessments.report.context import Context
from assessments.report.sentences import Voice
from assessments.scores.groups import level_group


def glance(ctx: Context) -> Section:
    blocks: list[Block] = [Text(_lead(ctx), style="lead"), Cards(cards(ctx))]
    if no_score := "" if ctx.subject.level or ctx.subject.is_partner else sentences.no_network_score(ctx.published):
        blocks.append(Notice(no_score))
    if first := first_advices(ctx):
        blocks += [Text("Adviezen om mee te beginnen:"), Points(first, style="numbered")]
    blocks.append(Text("Dit rapport geeft geen oordeel. Het is gemaakt om samen over te praten.", style="note"))
    return Section("kort", "In één oogopslag", tuple(blocks), starts_page=False)


def cards(ctx: Context) -> tuple[Card, ...]:
    """Returns the three sentences that everything else follows from."""
    own = voices(ctx)
    return (
        Card("Sterkst", sentences.strongest(own, ctx.instrument)),
        Card("Vraagt om gesprek", sentences.to_discuss(own, ctx.instrument), _behind(ctx)),
        Card(
            "Grootste verschil tussen niveaus",
            sentences.largest_difference(ctx.published, ctx.instrument, level=ctx.subject.level),
        ),
    )


def _behind(ctx: Context) -> str:
    """Returns what a mean does not tell: what is low at one level or, where nothing is, what is low within a factor."""
    if ctx.subject.is_partner:
        return ""
    if ctx.subject.level:
        return sentences.low_parts(ctx.published, [ctx.subject.level], ctx.instrument)
    behind = sentences.behind_the_mean(ctx.published, ctx.instrument)
    return behind or sentences.low_parts(ctx.published, ctx.published.shown_levels, ctx.instrument)


def voices(ctx: Context) -> list[Voice]:
    """Returns whose figures the sentences speak of: the subject's or, without a network score, each shown level's."""
    own = ctx.group(ctx.subject.group)
    if own:
        return [Voice(ctx.subject.at, sentences.factor_figures(own.figures, ctx.instrument))]
    shown = [(level, ctx.group(level_group(level))) for level in ctx.published.shown_levels]
    return [
        Voice(dutch.AT[level], sentences.factor_figures(group.figures, ctx.instrument))
        for level, group in shown
        if group
    ]


def first_advices(ctx: Context) -> tuple[str, ...]:
    return tuple(f"{ctx.title(pick)}." for pick in ctx.up_front(ctx.subject.level))


def _lead(ctx: Context) -> str:
    group = ctx.group(ctx.subject.group)
    if group is None:
        return "Dit rapport laat zien hoe de partners in dit netwerk hun samenwerking ervaren."
    many = dutch.people(group.n)  # never one: the minimum is three
    if ctx.subject.level or ctx.subject.is_partner:
        first = f"{dutch.capital(ctx.subject.at)} vulden {many} de vragenlijst in."
        shown = (
            "zien wat zij van de samenwerking vinden"
            if ctx.subject.level
            else "hun kijk zien, naast die van het netwerk"
        )
        return f"{first} Dit rapport laat {shown}."
    return (
        f"{many} van {dutch.listing([dutch.LEVEL[level] for level in ctx.published.levels])} vulden de vragenlijst in."
    )
