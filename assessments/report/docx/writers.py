"""Writes each kind of block of a report with Word's own headings, lists, tables and pictures."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from assessments.report import blocks as b
from assessments.report.docx.pages import TEXT_WIDTH
from assessments.report.docx.tables import Filled, add_table
from samenwerking.pictures import pictures

if TYPE_CHECKING:
    from docx.document import Document

STYLES = {"lead": "Lead", "note": "Note"}


def write_sections(document: Document, sections: Sequence[b.Section]) -> None:
    """Writes the sections in order; their drawings are made at once, which takes a third of the time."""
    drawings = [chart.svg for section in sections for chart in section.charts]
    drawn = dict(zip(drawings, pictures(drawings), strict=True))
    for section in sections:
        document.add_heading(section.title, 1)
        for block in section.blocks:
            if isinstance(block, b.Chart):
                _chart(document, block, drawn[block.svg])
            else:
                WRITERS[type(block)](document, block)


def _chart(document: Document, block: b.Chart, picture: bytes) -> None:
    """Adds a drawing with its alternative text in it, and below it for all others."""
    from docx.shared import Cm

    shape = document.add_picture(io.BytesIO(picture), width=Cm(TEXT_WIDTH))
    shape._inline.docPr.set("descr", block.alt)
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    document.add_paragraph(block.alt, "Note")


def _text(document: Document, block: b.Text) -> None:
    document.add_paragraph(block.text, STYLES.get(block.style))


def _heading(document: Document, block: b.Heading) -> None:
    document.add_heading(block.text, min(block.level - 1, 3) or 1)
    if block.aside:
        document.add_paragraph(block.aside, "Note")


def _points(document: Document, block: b.Points) -> None:
    _list(document, block.items, "List Number" if block.style == "numbered" else "List Bullet")


def _notice(document: Document, block: b.Notice) -> None:
    _labelled(document, block.title or "Let op", block.text)


def _cards(document: Document, block: b.Cards) -> None:
    for card in block.items:
        _labelled(document, card.label, card.text)


def _table(document: Document, block: b.Table) -> None:
    rows = [
        (Filled(f"{row.aside}: {row.name}" if row.aside else row.name), *(Filled(c.text, c.band) for c in row.cells))
        for row in block.rows
    ]
    add_table(document, block.caption, block.head, rows)
    if block.note:
        document.add_paragraph(block.note, "Note")


def _topic(document: Document, block: b.Topic) -> None:
    document.add_heading(block.name, 2)
    document.add_paragraph(block.text)
    _list(document, block.questions, "List Bullet")


def _quotes(document: Document, block: b.Quotes) -> None:
    document.add_heading(block.question, 2)
    if block.note:
        document.add_paragraph(block.note, "Note")
    _list(document, block.texts, "List Bullet")


def _advices(document: Document, block: b.Advices) -> None:
    for card in block.items:
        document.add_heading(f"{card.place}. {card.title}", 2)
        document.add_paragraph(card.how)
        _labelled(document, "Eerste stap", card.first_step)
        if card.example:
            _labelled(document, "Voorbeeld", card.example)
        _labelled(document, "Waarom dit advies", " ".join([card.why, *(f"{figure}." for figure in card.figures)]))
        _labelled(document, "Wie", f"{card.who}.")
        _labelled(document, "Bron", f"{_cited(card)} ({card.basis}). {_numbered(card)}".strip())


def _advice_group(document: Document, block: b.AdviceGroup) -> None:
    _labelled(document, "Waarom", " ".join([block.why, *(f"{figure}." for figure in block.figures)]))
    _list(document, [_in_short(card) for card in block.items], "List Bullet")


def _in_short(card: b.AdviceCard) -> str:
    parts = [f"{card.title}.", card.because, f"Eerste stap: {card.first_step}", f"Wie: {card.who}."]
    return " ".join(filter(None, [*parts, f"Bron: {_cited(card)}.", _numbered(card)]))


def _numbered(card: b.AdviceCard) -> str:
    return f"{card.recommendation}." if card.recommendation else ""


def _steps(document: Document, block: b.Steps) -> None:
    rows = [(Filled(step.starts_at), Filled(f"{step.minutes} min"), Filled(step.text)) for step in block.items]
    add_table(document, block.caption, ("Vanaf", "Duur", "Wat u doet"), rows)


def _sources(document: Document, block: b.Sources) -> None:
    for source in block.items:
        _labelled(document, source.name, f"{source.title} {source.about} Grenzen: {source.limits}")


def _cited(card: b.AdviceCard) -> str:
    return "; ".join(f"{source.text}, {source.section}" for source in card.sources)


def _labelled(document: Document, label: str, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(f"{label} " if label.endswith("?") else f"{label}: ").bold = True
    paragraph.add_run(text)


def _list(document: Document, items: Sequence[str], style: str) -> None:
    """Adds a list; one with numbers starts at 1, where Word would go on from the list before."""
    numbers = _numbers(document, style) if style == "List Number" else None
    for item in items:
        paragraph = document.add_paragraph(item, style)
        if numbers is not None:
            paragraph._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = numbers


def _numbers(document: Document, style: str) -> int:
    numbering = document.part.numbering_part.element
    of_style = document.styles[style].element.pPr.numPr.numId.val
    made = numbering.add_num(numbering.num_having_numId(of_style).abstractNumId.val)
    made.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(made.numId)


WRITERS: dict[type, Callable[[Any, Any], None]] = {
    b.Text: _text,
    b.Heading: _heading,
    b.Points: _points,
    b.Notice: _notice,
    b.Cards: _cards,
    b.Table: _table,
    b.Topic: _topic,
    b.Quotes: _quotes,
    b.Advices: _advices,
    b.AdviceGroup: _advice_group,
    b.Steps: _steps,
    b.Sources: _sources,
}
