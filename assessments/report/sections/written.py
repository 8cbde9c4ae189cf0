"""Shows what people wrote: as much of it as the part to read has room for, drawn by lot, and all of it in the annex."""

from __future__ import annotations

from collections.abc import Collection

from assessments import dutch
from assessments.report.blocks import Block, Quotes, Section, Text
from assessments.report.context import Context
from factors.instrument import LEVELS, OpenQuestion

LINES, LINES_BESIDE_CHANGE, SIGNS = 22, 14, 95  # room in the part to read, less in a second round; signs in a line
LONGEST = 3 * SIGNS  # of one text there; it goes on in the annex
ORDER = "in willekeurige volgorde. De coördinator heeft ze nagekeken op namen."
IN_PART = "Hier staat een deel, door het lot gekozen. Alles staat in de bijlage."

Written = list[tuple[OpenQuestion, tuple[str, ...]]]


def written(ctx: Context) -> Section | None:
    """Returns what was written, or as much of each question as there is room for; None where nobody wrote."""
    found = written_by(ctx, _levels(ctx))
    if not found:
        return None
    part = in_part(found, _lines(ctx))
    said = f"{_whose(ctx)}, {ORDER}" if part == found else f"{_whose(ctx)}, {ORDER} {IN_PART}"
    blocks: list[Block] = [Text(said), *(Quotes(question.text, texts) for question, texts in part)]
    return Section("geschreven", "Wat mensen schreven", tuple(blocks), eyebrow="In eigen woorden")


def all_written(ctx: Context) -> Section | None:
    """Returns all that was written, where the part to read has no room for it."""
    found = written_by(ctx, _levels(ctx))
    if in_part(found, _lines(ctx)) == found:
        return None
    blocks: list[Block] = [Text(f"{_whose(ctx)}, {ORDER}")]
    blocks += [Quotes(question.text, texts) for question, texts in found]
    return Section("alles-geschreven", "Alles wat mensen schreven", tuple(blocks), is_annex=True)


def written_by(ctx: Context, levels: Collection[str]) -> Written:
    """Returns the texts of each question from people at these levels; a partner has none of its own.

    Their order was drawn when they were kept, so that the first of them are a fair draw.
    """
    if ctx.subject.is_part:
        return []
    found = [(question, ctx.texts(question.key, levels)) for question in ctx.instrument.open_questions]
    return [(question, texts) for question, texts in found if texts]


def in_part(found: Written, lines: int) -> Written:
    """Returns all texts, cut where long, if they fit so many lines; else the first of each question that do."""
    if sum(1 + len(_cut(text)) // SIGNS for _, texts in found for text in texts) <= lines:
        return [(question, tuple(map(_cut, texts))) for question, texts in found]
    return [(question, _that_fit(texts, lines // len(found))) for question, texts in found]


def _that_fit(texts: tuple[str, ...], lines: int) -> tuple[str, ...]:
    fitting: list[str] = []
    for text in map(_cut, texts):
        lines -= 1 + len(text) // SIGNS
        if lines < 0 and fitting:
            break
        fitting.append(text)
    return tuple(fitting)


def _cut(text: str) -> str:
    return dutch.shortened(text, LONGEST)


def _lines(ctx: Context) -> int:
    return LINES_BESIDE_CHANGE if ctx.facts.previous else LINES


def _levels(ctx: Context) -> tuple[str, ...]:
    return (ctx.subject.level,) if ctx.subject.level else ("", *LEVELS)


def _whose(ctx: Context) -> str:
    return "Antwoorden van dit niveau" if ctx.subject.level else "Antwoorden van alle niveaus door elkaar"
