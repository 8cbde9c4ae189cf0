"""What changed since the previous round: published minus published, for factors that were asked in the same words."""

from __future__ import annotations

from assessments.disclosure.published import Figure
from assessments.report import words
from assessments.report.blocks import Block, Cell, Notice, Row, Section, Table, Text
from assessments.report.context import Context
from assessments.report.facts import Previous
from assessments.report.sections.figures import heads
from assessments.scores.groups import NETWORK, Group
from factors.instrument import Factor

NOT_COMPARED = "niet te vergelijken"


def change(ctx: Context) -> Section | None:
    before = ctx.facts.previous
    if before is None:
        return None
    groups = [group for group in (*ctx.compared, NETWORK) if ctx.group(group)]
    groups = list(dict.fromkeys(groups))
    rows = tuple(
        Row(factor.name, tuple(_cell(ctx, before, group, factor) for group in groups))
        for factor in ctx.instrument.factors
    )
    when = f", gesloten op {words.day(before.closed_on)}" if before.closed_on else ""
    blocks: list[Block] = [
        Text(f"Eerst de score in {before.name}{when}, dan die van nu, en tussen haakjes de verandering."),
        Table(f"Van {before.name} naar {ctx.facts.round}", ("Factor", *heads(ctx, groups)), rows),
        Notice(
            "Een kleine verandering kan toeval zijn, zeker in een kleine groep. Ook kunnen er andere mensen hebben "
            "meegedaan dan de vorige keer. Bespreek of u de verandering herkent."
        ),
    ]
    return Section("verandering", "Vergeleken met de vorige ronde", tuple(blocks), eyebrow="Wat veranderde")


def _cell(ctx: Context, before: Previous, group: Group, factor: Factor) -> Cell:
    then, now = before.results.published.figure(group, factor.key), ctx.published.figure(group, factor.key)
    if then is None or now is None or before.wording.get(factor.key) != ctx.facts.wording.get(factor.key):
        return Cell(NOT_COMPARED, "hidden")
    return Cell(f"{words.score(then)} → {words.score(now)}{_difference(then, now)}")


def _difference(then: Figure, now: Figure) -> str:
    """The size with its sign; a limit has none."""
    if then.mean is None or now.mean is None:
        return ""
    size = now.mean - then.mean
    return f" ({'+' if size > 0 else ''}{words.number(size)})"
