"""Makes the Word file: what it says of itself, its title and its sections in order; the writers write the blocks."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assessments.report.blocks import Report, Section
from assessments.report.docx.pages import head_and_foot, set_page
from assessments.report.docx.styles import set_styles
from assessments.report.docx.writers import write_sections
from assessments.report.office import dated, describe, drop_leftovers

if TYPE_CHECKING:
    from docx.document import Document

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def docx_of(report: Report, beside: Sequence[Section] = ()) -> bytes:
    """Returns the Word file, with sections that go along; the same of these and the theme give the same bytes."""
    from docx import Document

    document = Document()
    describe(document.core_properties, report)
    drop_leftovers(document.part.package.rels)
    set_page(document)
    set_styles(document)
    head_and_foot(document, report)
    _front(document, report)
    write_sections(document, [*report.to_read, *beside])
    file = io.BytesIO()
    document.save(file)
    return dated(file, report.made_at)


def _front(document: Document, report: Report) -> None:
    document.add_heading(report.title, 0)
    document.add_paragraph(f"{report.network}, {report.round}", "Subtitle")
    concept = "Concept: dit rapport is nog niet gepubliceerd." if report.concept else ""
    for line in (*report.facts, concept, report.constructed):
        if line:
            document.add_paragraph(line)
