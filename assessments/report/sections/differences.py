"""Shows the differences between the levels, largest first: a neutral sentence each, and questions for the talk."""

from __future__ import annotations

from itertools import combinations

from assessments import dutch
from assessments.disclosure.published import Difference
from assessments.report import sentences
from assessments.report.blocks import Block, Cell, Row, Section, Table, Text, Topic
from assessments.report.context import Context
from factors.instrument import Factor


def differences(ctx: Context) -> Section | None:
    if ctx.subject.is_partner:
        return None
    summary = sentences.largest_difference(ctx.published, ctx.instrument, level=ctx.subject.level)
    blocks: list[Block] = [Text(summary, style="lead")]
    if table := _table(ctx):
        blocks.append(table)
    found = sentences.largest_first(ctx.published, ctx.subject.level)
    if found:
        intro = "Een verschil zegt niet wie gelijk heeft. Elk niveau ziet een ander deel van het werk."
        blocks.append(Text(intro))
        for factor in dict.fromkeys(difference.factor for difference in found):
            blocks.append(_topic(ctx, ctx.instrument.factor[factor], [d for d in found if d.factor == factor]))
    return Section(
        "verschillen", "Verschillen tussen de niveaus", tuple(blocks), eyebrow="Om over te praten", starts_page=False
    )


def _topic(ctx: Context, factor: Factor, found: list[Difference]) -> Topic:
    said = sentences.difference_sentence(found, ctx.published)
    questions = tuple(ctx.instrument.conversation["factors"].get(factor.key, ()))
    return Topic(f"verschil-{factor.key}", factor.name, said, questions)


def _table(ctx: Context) -> Table | None:
    shown = ctx.published.shown_levels
    pairs = [pair for pair in combinations(shown, 2) if ctx.subject.level in (None, *pair)]
    if not pairs:
        return None
    by_place = {(d.factor, d.levels): d for d in ctx.published.differences}
    rows = tuple(
        Row(factor.name, tuple(_cell(by_place.get((factor.key, pair))) for pair in pairs))
        for factor in ctx.instrument.factors
    )
    heads = tuple(f"{dutch.capital(dutch.SHORT[a])} en {dutch.SHORT[b]}" for a, b in pairs)
    return Table("Alle verschillen op een rij", ("Factor", *heads), rows)


def _cell(difference: Difference | None) -> Cell:
    return Cell(dutch.gap(difference)) if difference else Cell(dutch.HIDDEN, "hidden")
