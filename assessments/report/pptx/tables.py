"""Lays out a table on a slide: a head, lines in the theme's colour, and rows to write in where a table is empty."""

from __future__ import annotations

from typing import Any

from assessments.report import blocks as b
from assessments.report.pptx.fit import Box
from assessments.report.pptx.master import LANGUAGE, parsed, place, write
from samenwerking.theme import look

SIZE, ROW, EMPTY_ROW = 20, 38, 62  # points
FIRST = 0.5  # of the width: the first column


def add_table(slide: Any, planned: b.Table, box: Box) -> None:
    """Adds a table with its caption as alternative text; a row without cells is one to write in."""
    from pptx.util import Pt

    frame = slide.shapes.add_table(len(planned.rows) + 1, len(planned.head), 0, 0, Pt(box.width), 0)
    frame.name = "Tabel"
    frame._element.nvGraphicFramePr.cNvPr.set("descr", planned.caption)
    table = frame.table
    _take_style_away(table)
    others = (1 - FIRST) / (len(planned.head) - 1)
    for number, column in enumerate(table.columns):
        column.width = Pt(box.width * (others if number else FIRST))
    texts = [planned.head, *((row.name, *(cell.text for cell in row.cells)) for row in planned.rows)]
    heights = [ROW if any(cells) else EMPTY_ROW for cells in texts]
    for row, high in zip(table.rows, heights, strict=True):
        row.height = Pt(high)
    for place_of, cells in enumerate(texts):
        for number in range(len(planned.head)):
            _fill(table.cell(place_of, number), cells[number] if number < len(cells) else "", is_head=place_of == 0)
    place(frame, Box(box.left, box.top, box.width, sum(heights)))


def _take_style_away(table: Any) -> None:
    """Takes away the style of the template, with its stripes; what stays is that the first row is a head."""
    table.horz_banding = False
    properties = table._tbl.tblPr
    for style in list(properties):
        properties.remove(style)


def _fill(cell: Any, text: str, *, is_head: bool) -> None:
    from pptx.util import Pt

    paragraph = cell.text_frame.paragraphs[0]
    if text:
        write(paragraph, text, SIZE, bold=is_head or None)
    else:
        paragraph._p.append(parsed(f'<a:endParaRPr %s lang="{LANGUAGE}" sz="{SIZE * 100}"/>'))
    cell.margin_top = cell.margin_bottom = Pt(4)
    line, ground = (colour.removeprefix("#") for colour in (look().colours.line, look().colours.ground))
    properties = cell._tc.get_or_add_tcPr()
    properties.append(parsed(f'<a:lnB %s w="12700"><a:solidFill><a:srgbClr val="{line}"/></a:solidFill></a:lnB>'))
    if is_head:
        properties.append(parsed(f'<a:solidFill %s><a:srgbClr val="{ground}"/></a:solidFill>'))
