"""Makes a PDF of the guide for a second conversation, with room to write. Keeps nothing: it is made when asked for."""

from __future__ import annotations

from django.template.loader import render_to_string

from assessments.report.interview import Interview
from samenwerking import pdf
from samenwerking.theme import look, theme


def interview_html_of(interview: Interview) -> str:
    context = {"interview": interview, "colours": look().colours, **theme()}
    return render_to_string("report/interview_pdf.html", context)


def interview_pdf_of(interview: Interview) -> bytes:
    """Returns the PDF; the same guide and theme give the same bytes."""
    return pdf.render(interview_html_of(interview), created=interview.made_at)
