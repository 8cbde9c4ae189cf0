"""Gives Word's own styles the theme's colours, one font and Dutch, so that what is pasted can follow another theme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samenwerking.theme import look

if TYPE_CHECKING:
    from docx.document import Document

FONT = "Calibri"  # Word has it everywhere; ours would have to be installed
HEADINGS = {"Title": 26, "Heading 1": 18, "Heading 2": 13, "Heading 3": 11.5}
TEXTS = {"Normal": 11, "Subtitle": 14, "Caption": 10.5, "Header": 9, "Footer": 9}


def set_styles(document: Document) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    colours = look().colours
    for name, size in HEADINGS.items():
        _set(document.styles[name], size, colours.heading, bold=True)
    for name, size in TEXTS.items():
        _set(document.styles[name], size, colours.soft if name in {"Header", "Footer"} else colours.ink)
    document.styles["Caption"].font.bold = True
    spacing = document.styles["Normal"].paragraph_format
    spacing.line_spacing, spacing.space_after = 1.1, Pt(6)
    _add_lead_and_note(document, colours.ink, colours.soft)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "nl-NL")
    for edge in document.styles["Title"].element.iter(qn("w:pBdr")):
        edge.getparent().remove(edge)


def _set(style: Any, size: float, colour: str, *, bold: bool | None = None) -> None:
    """Sets font, size and colour; a name or colour of the file's own theme would go before them."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(size), bold, None
    style.font.color.rgb = RGBColor.from_string(colour.removeprefix("#").upper())
    for fonts in style.element.iter(qn("w:rFonts")):
        for name in [name for name in fonts.attrib if name.endswith("Theme")]:
            del fonts.attrib[name]


def _add_lead_and_note(document: Document, ink: str, soft: str) -> None:
    from docx.enum.style import WD_STYLE_TYPE

    for name, size, colour, bold in (("Lead", 13, ink, True), ("Note", 9.5, soft, False)):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        _set(style, size, colour, bold=bold)
