"""Shows the differences between the levels, largest first, each with a question; all of them stand in the annex."""

from __future__ import annotations

from itertools import combinations

from assessments import dutch
from assessments.disclosure.published import Difference
from assessments.report.blocks import Block, Cell, Row, Section, Table, Text, Topic
from assessments.report.context import Context
from assessments.report.sections.figures import without_empty
from assessments.report.sentences import differences as sentences
from factors.instrument import Factor

MOST, QUESTIONS = 5, 2  # factors in the part to read, and questions of each
INTRO = "Een verschil zegt niet wie gelijk heeft. Elk niveau ziet een ander deel van het werk."


def differences(ctx: Context) -> Section | None:
    if ctx.subject.is_part:
        return None
    summary = sentences.largest_difference(ctx.published, ctx.instrument, level=ctx.subject.level)
    found = sentences.largest_first(ctx.published, ctx.subject.level)
    factors = list(dict.fromkeys(difference.factor for difference in found))
    blocks: list[Block] = [Text(summary, style="lead")]
    if factors:
        more = " Hier staan de grootste; de andere staan in de bijlage." if len(factors) > MOST else ""
        blocks.append(Text(INTRO + more))
    for factor in factors[:MOST]:
        blocks.append(_topic(ctx, ctx.instrument.factor[factor], [d for d in found if d.factor == factor]))
    return Section("verschillen", "Verschillen tussen de niveaus", tuple(blocks), eyebrow="Om over te praten")


def _topic(ctx: Context, factor: Factor, found: list[Difference]) -> Topic:
    said = sentences.difference_sentence(found, ctx.published)
    questions = tuple(ctx.instrument.conversation["factors"].get(factor.key, ()))
    return Topic(f"verschil-{factor.key}", factor.name, said, questions[:QUESTIONS])


def all_differences(ctx: Context) -> Section | None:
    """Returns the table of all differences; None where no two levels are shown."""
    shown = ctx.published.shown_levels
    pairs = [pair for pair in combinations(shown, 2) if ctx.subject.level in (None, *pair)]
    if ctx.subject.is_part or not pairs:
        return None
    by_place = {(d.factor, d.levels): d for d in ctx.published.differences}
    rows = tuple(
        Row(factor.name, tuple(_cell(ctx, by_place.get((factor.key, pair))) for pair in pairs))
        for factor in ctx.instrument.factors
    )
    heads = tuple(f"{dutch.capital(dutch.SHORT[a])} en {dutch.SHORT[b]}" for a, b in pairs)
    table = without_empty(Table("Alle verschillen op een rij", ("Factor", *heads), rows))
    return Section("alle-verschillen", "Alle verschillen", (table,), is_annex=True)


def _cell(ctx: Context, difference: Difference | None) -> Cell:
    if difference is None:
        return Cell(dutch.HIDDEN, "hidden")
    return Cell(dutch.gap(difference) if sentences.is_told(difference, ctx.published) else dutch.UNKNOWN)
