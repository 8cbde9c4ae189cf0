"""Sets the pages of the Word file: A4, with network and round at the head and the number at the foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessments.report.blocks import Report

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

MARGIN = 2.25  # cm
TEXT_WIDTH = 21.0 - 2 * MARGIN


def set_page(document: Document) -> None:
    from docx.shared import Cm

    page = document.sections[0]
    page.page_width, page.page_height = Cm(21.0), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(MARGIN)


def head_and_foot(document: Document, report: Report) -> None:
    """Writes at every page's head whose report it is, and whether it is a concept, and at its foot the number."""
    page = document.sections[0]
    page.header.paragraphs[0].text = " · ".join(filter(None, [report.concept.upper(), *report.running]))
    foot = page.footer.paragraphs[0]
    foot.add_run(f"{report.title} · pagina ")
    _number(foot)


def _number(paragraph: Paragraph) -> None:
    """Adds a field that Word fills with the number of the page."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    field = f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    paragraph._p.append(parse_xml(field))
