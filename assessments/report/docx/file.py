"""Makes the Word file: what it says of itself, its title and its sections in order; the writers write the blocks."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC
from typing import TYPE_CHECKING

from assessments.report.blocks import Report
from assessments.report.docx.pages import head_and_foot, set_page
from assessments.report.docx.styles import set_styles
from assessments.report.docx.writers import write_sections

if TYPE_CHECKING:
    from docx.document import Document

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def docx_of(report: Report) -> bytes:
    """Returns the Word file; the same report and theme give the same bytes."""
    from docx import Document

    document = Document()
    _about(document, report)
    set_page(document)
    set_styles(document)
    head_and_foot(document, report)
    _front(document, report)
    write_sections(document, report.to_read)
    file = io.BytesIO()
    document.save(file)
    return _dated(file, report)


def _about(document: Document, report: Report) -> None:
    """Sets what the file says of itself, in Dutch, instead of what the library's template says."""
    properties = document.core_properties
    properties.title, properties.subject = f"{report.title}: {report.network}", report.description
    properties.author, properties.language = report.organisation or "Samenwerking", "nl-NL"
    properties.created = properties.modified = report.made_at.astimezone(UTC).replace(tzinfo=None)
    properties.comments = report.constructed
    relations = document.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        del relations[key]


def _front(document: Document, report: Report) -> None:
    document.add_heading(report.title, 0)
    document.add_paragraph(f"{report.network}, {report.round}", "Subtitle")
    concept = "Concept: dit rapport is nog niet gepubliceerd." if report.concept else ""
    for line in (*report.facts, concept, report.constructed):
        if line:
            document.add_paragraph(line)


def _dated(file: io.BytesIO, report: Report) -> bytes:
    """Returns the same file with the report's date on each part, where a zip file would have the clock's."""
    day = report.made_at.astimezone(UTC).timetuple()[:6]
    dated = io.BytesIO()
    with zipfile.ZipFile(file) as parts, zipfile.ZipFile(dated, "w", zipfile.ZIP_DEFLATED) as written:
        for part in parts.infolist():
            info = zipfile.ZipInfo(part.filename, day)
            info.compress_type = zipfile.ZIP_DEFLATED
            written.writestr(info, parts.read(part))
    return dated.getvalue()
