"""Makes a PDF of a report object: one template with a light style sheet of its own, and the data attached.

Keeps nothing and counts nothing: `report/tasks.py` keeps what is made here.
"""

from __future__ import annotations

import hashlib
import re

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from assessments.report.blocks import Report
from assessments.report.facts import Facts
from assessments.report.version import version
from assessments.results.document import Results
from factors.instrument import Instrument
from samenwerking import pdf
from samenwerking.theme import look, theme

A_NUMBER_OF = re.compile(r"(?<=\d) (?=punt\b|mensen\b|%)")  # '1,2 punt' stays on one line
ABOUT = {
    "cijfers.csv": "De gepubliceerde cijfers van deze ronde",
    "verschillen.csv": "De verschillen tussen de niveaus",
    "verandering.csv": "De verandering sinds de vorige ronde",
}


def html_of(report: Report) -> str:
    html = render_to_string("report/pdf.html", {"report": report, "colours": look().colours, **theme()})
    return A_NUMBER_OF.sub("\u00a0", html)


def pdf_of(report: Report) -> bytes:
    """Returns the PDF; the same report and theme give the same bytes."""
    files = [pdf.Attachment(name, text.encode(), "text/csv", ABOUT.get(name, name)) for name, text in report.data]
    return pdf.render(html_of(report), created=report.made_at, attachments=files)


def made_from(results: Results, instrument: Instrument, facts: Facts) -> str:
    """Returns a checksum of all that a round's PDFs are made from: the code, the look, and what there is to say."""
    style = _content(theme()["theme_logo"]) + repr(look().colours) + repr(theme())
    whole = "\n".join([version(), style, settings.BASE_URL, repr(results), repr(instrument), repr(facts)])
    return hashlib.sha256(whole.encode()).hexdigest()


def _content(static_name: str) -> str:
    found = finders.find(static_name) if static_name else None
    if not isinstance(found, str):
        return ""
    with open(found, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()
