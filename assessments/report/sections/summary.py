"""Fills one page for a wethouder: three sentences, the profile, what to begin with, and what to keep in mind."""

from __future__ import annotations

from assessments import dutch
from assessments.report.blocks import Block, Cards, Heading, Points, Section, Text
from assessments.report.context import Context
from assessments.report.sections import profile as profile_section
from assessments.report.sections.glance import cards
from assessments.scores.groups import NETWORK


def summary(ctx: Context) -> Section:
    blocks: list[Block] = [Cards(cards(ctx)), profile_section.chart(ctx)]
    picks = ctx.up_front()
    if picks:
        steps = tuple(f"{ctx.title(pick)}. Eerste stap: {dutch.lower(ctx.first_step(pick))}" for pick in picks)
        blocks += [Heading("Om mee te beginnen", level=2), Points(steps, style="numbered")]
    blocks.append(Text(_small_print(ctx), style="note"))
    return Section("samenvatting", "Samenvatting", tuple(blocks), starts_page=False)


def _small_print(ctx: Context) -> str:
    group = ctx.group(NETWORK)
    many = f"{dutch.people(group.n)} deden mee" if group else "Niet elk niveau wordt getoond"
    if group and group.invited:
        many += f" ({dutch.share(group.n, group.invited)} van wie was uitgenodigd)"
    return (
        f"{many}. De scores zijn meningen op een schaal van 1 tot 5. De vragenlijst is nog niet gevalideerd. "
        "Gebruik de uitkomsten als begin van een gesprek, niet als oordeel. Meer staat in het rapport van het netwerk."
    )
