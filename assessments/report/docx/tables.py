"""Lays out a table in Word: a head on each page, columns that break no word, a shade for a score's band."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assessments.report.charts.svg import SHADES
from assessments.report.docx.pages import TEXT_WIDTH
from samenwerking.theme import look

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell

SIZE = 10  # points
SIGN = 0.2  # cm: a wide letter, in bold
AROUND = 0.4  # cm: the room at both sides of a cell's text
SHORT = 12  # signs: a text of so many stays on one line, as '12 min'


@dataclass(frozen=True)
class Filled:
    """Is what stands in a cell, and the band that shades it."""

    text: str
    band: str = ""


def add_table(document: Document, caption: str, head: Sequence[str], rows: Sequence[Sequence[Filled]]) -> None:
    """Adds a table with its caption above it; each row has as many cells as the head."""
    document.add_paragraph(caption, "Caption").paragraph_format.keep_with_next = True
    table = document.add_table(rows=len(rows) + 1, cols=len(head))
    texts = [list(head), *([cell.text for cell in row] for row in rows)]
    _set_widths(table, widths(texts, TEXT_WIDTH))
    _draw_lines(table)
    filled = [[Filled(text) for text in head], *rows]
    for place, (row, cells) in enumerate(zip(table.rows, filled, strict=True)):
        _keep_together(row, is_head=place == 0)
        for column, (cell, content) in enumerate(zip(row.cells, cells, strict=True)):
            _fill(cell, content, is_head=place == 0, is_name=column == 0)
    document.add_paragraph().paragraph_format.space_after = 0


def widths(texts: Sequence[Sequence[str]], whole: float) -> list[float]:
    """Returns the width of each column, in the unit of `whole`, which they fill.

    Each has room for its longest word, and of what is left as much as its longest text is longer than that word. Where
    the words don't fit beside each other, all give in alike.
    """
    columns = list(zip(*texts, strict=True))
    least = [max(_word(text) for text in column) * SIGN + AROUND for column in columns]
    more = [
        max(len(text) for text in column) * SIGN + AROUND - word for column, word in zip(columns, least, strict=True)
    ]
    left = whole - sum(least)
    if left < 0 or not sum(more):
        return [word * whole / sum(least) for word in least]
    return [word + left * extra / sum(more) for word, extra in zip(least, more, strict=True)]


def _word(text: str) -> int:
    """Returns the signs that must stand on one line: those of the longest word, or of a short text."""
    return len(text) if len(text) <= SHORT else max(len(word) for word in text.split())


def _set_widths(table: Table, found: Sequence[float]) -> None:
    """Sets the widths of the columns for LibreOffice, and those of the cells for Word, which reads no others."""
    from docx.shared import Cm

    table.autofit = False
    for column, width in zip(table.columns, found, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def _draw_lines(table: Table) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    line = f'w:val="single" w:sz="4" w:color="{look().colours.line.removeprefix("#")}"'
    edges = "".join(f"<w:{side} {line}/>" for side in ("top", "bottom", "insideH"))
    table._tbl.tblPr.append(parse_xml(f"<w:tblBorders {nsdecls('w')}>{edges}</w:tblBorders>"))


def _keep_together(row: Any, *, is_head: bool) -> None:
    from docx.oxml import OxmlElement

    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))


def _fill(cell: _Cell, content: Filled, *, is_head: bool, is_name: bool) -> None:
    from docx.shared import Pt

    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    paragraph.paragraph_format.line_spacing = 1
    run = paragraph.add_run(content.text)
    run.font.size, run.font.bold = Pt(SIZE), True if is_head or is_name else None
    if shade := look().colours.ground if is_head else SHADES.get(content.band):
        _shade(cell, shade)


def _shade(cell: _Cell, colour: str) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    fill = f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{colour.removeprefix("#")}"/>'
    cell._tc.get_or_add_tcPr().append(parse_xml(fill))
