"""The report for a participant: by the personal link, once published to them; the network's and the own level's."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from assessments.models import Round
from assessments.report.load import subjects_of
from assessments.report.subjects import NETWORK_REPORT, SUMMARY, Subject
from assessments.respondents import Respondent
from assessments.views.filling.requests import LinkRequest, by_link
from assessments.views.reports.showing import (
    Address,
    csv_response,
    docx_response,
    page,
    pdf_response,
    report_or_404,
    slides,
)

NAMES = {
    name: f"participant_{name}"
    for name in ("report", "report_pdf", "report_data", "report_docx", "report_presentation")
}


def subjects_for(person: Respondent) -> tuple[Subject, ...]:
    """What this person may read: nothing before it is published to participants, and never another level's or a
    partner's report."""
    if not person.may_read_report:
        return ()
    own = {NETWORK_REPORT, SUMMARY, person.level}
    return tuple(subject for subject in subjects_of(person.round) if subject.key in own)


def offered(person: Respondent) -> list[tuple[str, str]]:
    """The reports of a published round as (address, label), for the page behind the link."""
    labels = {NETWORK_REPORT: "Het rapport van het netwerk", SUMMARY: "De samenvatting op één pagina"}
    address = _address(person)
    return [
        (address("report", subject.key), labels.get(subject.key, f"Het rapport voor {subject.who}"))
        for subject in subjects_for(person)
    ]


@require_safe
@by_link
def participant_report(request: LinkRequest, subject: str) -> HttpResponse:
    round = _round(request, subject)
    found = report_or_404(round, subject)
    subjects = subjects_for(request.person)
    return page(request, round, found, subjects, _address(request.person), {"frame": "filling/base.html"})


@require_safe
@by_link
def participant_report_presentation(request: LinkRequest, subject: str) -> HttpResponse:
    round = _round(request, subject)
    return slides(request, round, report_or_404(round, subject), _address(request.person))


@require_safe
@by_link
def participant_report_pdf(request: LinkRequest, subject: str) -> HttpResponse:
    round = _round(request, subject)
    return pdf_response(round, report_or_404(round, subject))


@require_safe
@by_link
def participant_report_docx(request: LinkRequest, subject: str) -> HttpResponse:
    round = _round(request, subject)
    return docx_response(report_or_404(round, subject))


@require_safe
@by_link
def participant_report_data(request: LinkRequest, subject: str) -> HttpResponse:
    _round(request, subject)
    return csv_response(report_or_404(request.person.round, subject))


def _round(request: LinkRequest, subject: str) -> Round:
    """The round, if its report of `subject` is this person's to read. Raises Http404."""
    if subject not in [found.key for found in subjects_for(request.person)]:
        raise Http404
    return request.person.round


def _address(person: Respondent) -> Address:
    return lambda name, subject: reverse(NAMES[name], args=[person.token, subject])
