"""Shows what ouders and jongeren say, apart from the partners' scores; where they were too few, it says that."""

from __future__ import annotations

from assessments import dutch
from assessments.disclosure.published import Figure
from assessments.report.blocks import Block, Heading, Notice, Points, Quotes, Section, Text
from assessments.report.context import Context
from assessments.report.sections.written import IN_PART, ORDER, in_part, written_by
from assessments.report.sentences.scores import split_sentence
from assessments.report.sentences.words import with_band
from assessments.scores.groups import OUDERS_GROUP
from factors.instrument import OUDERS

LINES = 4  # of what they wrote, in the part to read
APART = (
    "Deze score is niet te vergelijken met die van de niveaus: de stellingen zijn andere. Zij telt ook niet mee in "
    "de score van het netwerk. Hoeveel mensen de vragenlijst kregen, is niet bekend. Wie meedeed, spreekt "
    "misschien niet voor alle ouders en jongeren."
)


def ouders(ctx: Context) -> Section | None:
    if OUDERS_GROUP not in ctx.published.took_part or ctx.subject.is_part:
        return None
    figure = ctx.published.figure(OUDERS_GROUP, OUDERS)
    blocks: list[Block] = _said(figure) if figure else [Notice(_too_few(ctx))]
    found = written_by(ctx, (OUDERS,))
    part = in_part(found, LINES)
    note = f"Antwoorden van ouders en jongeren, {ORDER}{'' if part == found else f' {IN_PART}'}"
    blocks += [Quotes(question.for_level(OUDERS).text, texts, note) for question, texts in part]
    return Section("ouders", ctx.instrument.ouders.name, tuple(blocks), eyebrow="Een vierde kijk")


def all_of_ouders(ctx: Context) -> Section | None:
    """Returns what ouders were asked and all that they wrote; None where they did not take part."""
    if OUDERS_GROUP not in ctx.published.took_part or ctx.subject.is_part:
        return None
    asked = tuple(statement.text for statement in ctx.instrument.ouders.statements)
    blocks: list[Block] = [Text("Zij gaven antwoord op deze stellingen:"), Points(asked)]
    if found := written_by(ctx, (OUDERS,)):
        blocks += [Heading("Wat zij schreven", level=3)] if len(found) > 1 else []
        blocks += [Quotes(question.for_level(OUDERS).text, texts) for question, texts in found]
    return Section("van-ouders", f"{ctx.instrument.ouders.name}: alles", tuple(blocks), is_annex=True)


def _said(figure: Figure) -> list[Block]:
    said = f"{dutch.people(figure.n)}, ouders en jongeren, komen uit op {with_band(figure)}."
    split = split_sentence(["bij ouders en jongeren"] if figure.split else [])
    return [Text(" ".join(filter(None, [said, split])), style="lead"), Text(APART)]


def _too_few(ctx: Context) -> str:
    least = dutch.count(ctx.instrument.ouders.minimum_in(ctx.published.minimum))
    return (
        "Er deden te weinig ouders en jongeren mee om hun score te tonen. "
        f"Daarvoor zijn antwoorden van minstens {least} van hen nodig."
    )
