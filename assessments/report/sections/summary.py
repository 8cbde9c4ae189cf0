"""Fills one page for a wethouder: the message with its four facts, the profile, and what to begin with."""

from __future__ import annotations

from assessments import dutch
from assessments.report.blocks import Block, Heading, Points, Section, Text
from assessments.report.context import Context
from assessments.report.sections import profile as profile_section
from assessments.report.sections.front import FACTOR, meanings, message_of

SMALL_PRINT = f"{FACTOR} De scores zijn meningen; de vragenlijst is nog niet gevalideerd."


def summary(ctx: Context) -> Section:
    blocks: list[Block] = [*message_of(ctx), profile_section.chart(ctx)]
    picks = ctx.up_front()
    if picks:
        steps = tuple(f"{ctx.title(pick)}. Eerste stap: {dutch.lower(ctx.first_step(pick))}" for pick in picks)
        blocks += [Heading("Om mee te beginnen", level=2), Points(steps, style="numbered")]
    blocks.append(Text(f"{meanings(ctx)} {SMALL_PRINT}".strip(), style="note"))
    return Section("samenvatting", "Samenvatting", tuple(blocks))
