"""Writes a report's text and tables as Word to paste from; charts become tables. No other module knows python-docx."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import UTC
from typing import TYPE_CHECKING, Any

from assessments.report import blocks as b

if TYPE_CHECKING:
    from docx.document import Document

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def docx_of(report: b.Report) -> bytes:
    """Returns the Word file; the same report gives the same bytes."""
    from docx import Document

    document = Document()
    _about(document, report)
    document.add_heading(report.title, 0)
    if report.concept:
        document.sections[0].header.paragraphs[0].text = report.concept.upper()
    for line in (report.network, report.round, *report.facts, report.constructed):
        if line:
            document.add_paragraph(line)
    for section in report.to_read:
        document.add_heading(section.title, 1)
        for block in section.blocks:
            WRITERS[type(block)](document, block)
    file = io.BytesIO()
    document.save(file)
    return _dated(file, report)


def _about(document: Document, report: b.Report) -> None:
    """Sets what the file says of itself, in Dutch, instead of what the library's template says."""
    from docx.oxml.ns import qn

    properties = document.core_properties
    properties.title, properties.subject = f"{report.title}: {report.network}", report.description
    properties.author, properties.language = report.organisation or "Samenwerking", "nl-NL"
    properties.created = properties.modified = report.made_at.astimezone(UTC).replace(tzinfo=None)
    properties.comments = report.constructed
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "nl-NL")
    relations = document.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        del relations[key]


def _dated(file: io.BytesIO, report: b.Report) -> bytes:
    """Returns the same file with the report's date on each part, where a zip file would have the clock's."""
    day = report.made_at.astimezone(UTC).timetuple()[:6]
    dated = io.BytesIO()
    with zipfile.ZipFile(file) as parts, zipfile.ZipFile(dated, "w", zipfile.ZIP_DEFLATED) as written:
        for part in parts.infolist():
            info = zipfile.ZipInfo(part.filename, day)
            info.compress_type = zipfile.ZIP_DEFLATED
            written.writestr(info, parts.read(part))
    return dated.getvalue()


def _text(document: Document, block: b.Text) -> None:
    if not block.is_about_drawing:
        document.add_paragraph(block.text)


def _heading(document: Document, block: b.Heading) -> None:
    document.add_heading(block.text, min(block.level - 1, 3) or 1)
    if block.aside:
        document.add_paragraph(block.aside)


def _points(document: Document, block: b.Points) -> None:
    _list(document, block.items, "List Number" if block.style == "numbered" else "List Bullet")


def _notice(document: Document, block: b.Notice) -> None:
    _labelled(document, block.title or "Let op", block.text)


def _cards(document: Document, block: b.Cards) -> None:
    for card in block.items:
        _labelled(document, card.label, card.text)


def _table(document: Document, block: b.Table) -> None:
    rows = [
        (row.name if not row.aside else f"{row.aside}: {row.name}", *(c.text for c in row.cells)) for row in block.rows
    ]
    _grid(document, block.caption, block.head, rows)
    if block.note:
        document.add_paragraph(block.note)


def _chart(document: Document, block: b.Chart) -> None:
    _table(document, block.table)


def _topic(document: Document, block: b.Topic) -> None:
    document.add_heading(block.name, 2)
    document.add_paragraph(block.text)
    _list(document, block.questions, "List Bullet")


def _quotes(document: Document, block: b.Quotes) -> None:
    document.add_heading(block.question, 2)
    if block.note:
        document.add_paragraph(block.note)
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
    rows = [(step.starts_at, f"{step.minutes} min", step.text) for step in block.items]
    _grid(document, block.caption, ("Vanaf", "Duur", "Wat u doet"), rows)


def _sources(document: Document, block: b.Sources) -> None:
    for source in block.items:
        _labelled(document, source.name, f"{source.title} {source.about} Grenzen: {source.limits}")


def _cited(card: b.AdviceCard) -> str:
    return "; ".join(f"{source.text}, {source.section}" for source in card.sources)


def _labelled(document: Document, label: str, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(f"{label}: ").bold = True
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


def _grid(document: Document, caption: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Adds a table with its caption above it and a head that is repeated on each page."""
    from docx.oxml import OxmlElement

    document.add_paragraph(caption, "Caption").paragraph_format.keep_with_next = True
    table = document.add_table(rows=0, cols=len(head), style="Light List Accent 1")
    for texts in (head, *rows):
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    document.add_paragraph()


WRITERS: dict[type, Callable[[Any, Any], None]] = {
    b.Text: _text,
    b.Heading: _heading,
    b.Points: _points,
    b.Notice: _notice,
    b.Cards: _cards,
    b.Table: _table,
    b.Chart: _chart,
    b.Topic: _topic,
    b.Quotes: _quotes,
    b.Advices: _advices,
    b.AdviceGroup: _advice_group,
    b.Steps: _steps,
    b.Sources: _sources,
}
