"""Makes the file of the slides: each has its title, lines, table or picture in the order in which they are read."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from assessments.report.office import dated, describe, drop_leftovers
from assessments.report.pptx.deck import Deck, Picture
from assessments.report.pptx.deck import Slide as Planned
from assessments.report.pptx.fit import (
    BODY,
    FRONT_BODY,
    FRONT_TITLE,
    LARGEST_TITLE,
    MORE,
    TITLE,
    TITLES,
    Box,
    Line,
    fitted,
    fitted_title,
    height,
)
from assessments.report.pptx.master import FRONT, LANGUAGE, PLAIN, TEXT, layout, new_presentation, parsed, place, write
from assessments.report.pptx.tables import add_table
from samenwerking.pictures import pictures

if TYPE_CHECKING:
    from pptx.presentation import Presentation

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
GAP = 16  # points, between lines and the table below them
FIELD = "{C1FF6DA9-008F-8B48-92A6-B652298478BF}"  # what the template calls the number of a slide
# Colour and font are not left to the master: LibreOffice takes those of a foot from elsewhere.
FOOT = (
    '<p:sp %s><p:nvSpPr><p:cNvPr id="0" name=""/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
    '<p:nvPr><p:ph type="{kind}" sz="quarter" idx="{index}"/></p:nvPr></p:nvSpPr><p:spPr/>'
    '<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:pPr algn="{side}"/><{tag}><a:rPr lang="{language}" sz="1800">'
    '<a:solidFill><a:schemeClr val="accent3"/></a:solidFill><a:latin typeface="+mn-lt"/></a:rPr><a:t/></{tag}>'
    "</a:p></p:txBody></p:sp>"
)


def pptx_of(deck: Deck) -> bytes:
    """Returns the file; the same report and theme give the same bytes."""
    made = new_presentation()
    describe(made.core_properties, deck.report)
    drop_leftovers(made.part.package._rels)
    drop_leftovers(made.part.rels)
    drawn = iter(pictures([slide.picture.svg for slide in deck.slides if slide.picture]))
    _front(made, deck.title_page)
    for number, planned in enumerate(deck.slides, start=2):
        slide = _slide(made, planned)
        if planned.picture:
            _add_picture(slide, planned.picture, next(drawn))
        if planned.table:
            add_table(slide, planned.table, _below(planned.lines))
        _add_foot(slide, deck.foot, number)
    file = io.BytesIO()
    made.save(file)
    return dated(file, deck.report.made_at)


def _front(presentation: Presentation, planned: Planned) -> None:
    slide = presentation.slides.add_slide(layout(presentation, FRONT))
    _fill_title(slide, planned.title, FRONT_TITLE, TITLES[0])
    _fill_lines(slide.placeholders[1], planned.lines, FRONT_BODY)


def _slide(presentation: Presentation, planned: Planned) -> Any:
    slide = presentation.slides.add_slide(layout(presentation, TEXT if planned.lines else PLAIN))
    _fill_title(slide, planned.title, TITLE, LARGEST_TITLE)
    if planned.lines:
        _fill_lines(slide.placeholders[1], planned.lines, _above(planned.lines) if planned.table else BODY)
    return slide


def _fill_title(slide: Any, text: str, box: Box, largest: int) -> None:
    size, fitting = fitted_title(text, box, largest)
    title = slide.shapes.title
    title.name = "Titel"
    write(title.text_frame.paragraphs[0], fitting, size)


def _fill_lines(shape: Any, lines: Sequence[Line], box: Box) -> None:
    from pptx.util import Pt

    shape.name = "Tekst"
    place(shape, box)
    size, fitting = fitted(lines, box)
    for number, line in enumerate(fitting):
        paragraph = shape.text_frame.paragraphs[0] if number == 0 else shape.text_frame.add_paragraph()
        paragraph.space_before, paragraph.space_after = Pt(0), Pt(round(size * 0.4))
        _write_line(paragraph, line, size)


def _write_line(paragraph: Any, line: Line, size: int) -> None:
    """Writes a line; only a point keeps the sign that its style begins with."""
    if line.style != "point":
        properties = paragraph._p.get_or_add_pPr()
        properties.set("marL", "0")
        properties.set("indent", "0")
        properties.append(parsed("<a:buNone %s/>"))
    if line.label:
        between = "" if not line.text else " " if line.label.endswith("?") else ": "
        write(paragraph, f"{line.label}{between}", size, bold=True)
    if line.text:
        write(paragraph, line.text, round(size * MORE.get(line.style, 1)))


def _add_picture(slide: Any, planned: Picture, content: bytes) -> None:
    shape = slide.shapes.add_picture(io.BytesIO(content), 0, 0)
    scale = min(BODY.width / shape.width, BODY.height / shape.height)
    width, high = shape.width * scale, shape.height * scale
    place(shape, Box(BODY.left + (BODY.width - width) / 2, BODY.top, width, high))
    shape.name = "Figuur"
    shape._element.nvPicPr.cNvPr.set("descr", planned.alt)


def _above(lines: Sequence[Line]) -> Box:
    """Returns as much of the body as the lines take, at most half; none where there are none."""
    if not lines:
        return Box(BODY.left, BODY.top, BODY.width, 0)
    half = BODY.height / 2
    size, fitting = fitted(lines, Box(BODY.left, BODY.top, BODY.width, half))
    return Box(BODY.left, BODY.top, BODY.width, min(height(fitting, size, BODY.width) + GAP, half))


def _below(lines: Sequence[Line]) -> Box:
    taken = _above(lines).height
    return Box(BODY.left, BODY.top + taken, BODY.width, BODY.height - taken)


def _add_foot(slide: Any, text: str, number: int) -> None:
    """Adds foot and number as the layout's own placeholders, last of what is read."""
    kinds = (("ftr", 11, "l", "a:r", "Voet", text), ("sldNum", 12, "r", "a:fld", "Nummer", str(number)))
    for kind, index, side, tag, name, said in kinds:
        shape = parsed(FOOT.format(kind=kind, index=index, side=side, tag=tag, language=LANGUAGE))
        shape.nvSpPr.cNvPr.set("id", str(slide.shapes._next_shape_id))
        shape.nvSpPr.cNvPr.set("name", name)
        for field in shape.iter("{*}fld"):
            field.set("id", FIELD)
            field.set("type", "slidenum")
        for written in shape.iter("{*}t"):
            written.text = said
        slide.shapes._spTree.append(shape)
