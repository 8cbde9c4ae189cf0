"""A report object as PDF: one template with a light style sheet of its own, and the data attached."""

from __future__ import annotations

import hashlib
from functools import cache

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from assessments.report.blocks import Report
from assessments.report.builder import VERSION
from samenwerking import pdf
from samenwerking.theme import look, theme

ABOUT = {
    "cijfers.csv": "De gepubliceerde cijfers van deze ronde",
    "verschillen.csv": "De verschillen tussen de niveaus",
    "verandering.csv": "De verandering sinds de vorige ronde",
}


def html_of(report: Report) -> str:
    return render_to_string("report/pdf.html", {"report": report, "colours": look().colours, **theme()})


def pdf_of(report: Report) -> bytes:
    """The PDF; the same report and theme give the same bytes."""
    files = [pdf.Attachment(name, text.encode(), "text/csv", ABOUT.get(name, name)) for name, text in report.data]
    return pdf.render(html_of(report), created=report.made_at, attachments=files)


def made_from(report: Report) -> str:
    """A checksum of all that a PDF is made from: what it says, how it looks, and the version of the builder."""
    style = _content("css/report-pdf.css") + _content(theme()["theme_logo"]) + repr(look().colours) + _templates()
    whole = "\n".join([VERSION, repr(report), repr(report.data), settings.BASE_URL, style])
    return hashlib.sha256(whole.encode()).hexdigest()


@cache
def _templates() -> str:
    """Read once: a process draws with the templates that it started with."""
    found = sorted((settings.BASE_DIR / "templates" / "report").rglob("*.html"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in found)).hexdigest()


def _content(static_name: str) -> str:
    found = finders.find(static_name) if static_name else None
    if not isinstance(found, str):
        return ""
    with open(found, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()
