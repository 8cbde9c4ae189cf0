"""Shows participants the report of the network and of their own level, by their link, once published to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from assessments.filling.respondents import Respondent
from assessments.report.load import Reports, reports_of, subjects_of
from assessments.report.subjects import NETWORK_REPORT, SUMMARY, Subject
from assessments.views.filling import limits
from assessments.views.filling.requests import LinkRequest, by_link
from assessments.views.reports.showing import (
    Address,
    agreements_page,
    csv_response,
    docx_response,
    interview_page,
    interview_pdf_response,
    lenses_page,
    or_404,
    pdf_response,
    pptx_response,
    report_page,
    xlsx_response,
)

NAMES = {
    name: f"participant_{name}"
    for name in (
        *("report", "report_pdf", "report_data", "report_xlsx", "report_docx", "report_pptx"),
        *("report_interview", "report_interview_pdf", "report_lenses", "report_agreements"),
    )
}


def subjects_for(person: Respondent) -> tuple[Subject, ...]:
    """Returns the reports that this person may read: none before they are published to participants.

    It is never another level's or a partner's report; ouders get the summary alone.
    """
    return _own(person, subjects_of(person.round)) if person.may_read_report else ()


def _own(person: Respondent, subjects: Iterable[Subject]) -> tuple[Subject, ...]:
    # Anybody can come by a link on a poster: no open answers, then, of the people who work there.
    own = {SUMMARY} if person.is_ouder else {NETWORK_REPORT, SUMMARY, person.level}
    return tuple(subject for subject in subjects if subject.key in own)


def offered(person: Respondent) -> list[tuple[str, str]]:
    """Returns the reports that this person may read as (address, label), for the page behind the link."""
    labels = {NETWORK_REPORT: "Het rapport van het netwerk", SUMMARY: "De samenvatting op één pagina"}
    address = _address(person)
    return [
        (address("report", subject.key), labels.get(subject.key, f"Het rapport voor {subject.who}"))
        for subject in subjects_for(person)
    ]


@require_safe
@by_link
def participant_report(request: LinkRequest, subject: str) -> HttpResponse:
    reports = _reports(request, subject)
    found, subjects = reports.report(subject), _own(request.person, reports.subjects)
    address, with_frame = _address(request.person), {"frame": "filling/base.html"}
    return report_page(request, reports.round, found, subjects, address, with_frame)


@require_safe
@by_link
def participant_report_interview(request: LinkRequest, subject: str) -> HttpResponse:
    reports = _reports(request, subject)
    interview, with_frame = or_404(reports.interview, subject), {"frame": "filling/base.html"}
    return interview_page(request, reports.round, interview, _address(request.person), with_frame)


@require_safe
@by_link
def participant_report_interview_pdf(request: LinkRequest, subject: str) -> HttpResponse:
    return _made_now(request, subject, interview_pdf_response)


@require_safe
@by_link
def participant_report_lenses(request: LinkRequest, subject: str) -> HttpResponse:
    reports = _reports(request, subject)
    lenses, with_frame = or_404(reports.lenses, subject), {"frame": "filling/base.html"}
    return lenses_page(request, reports.round, lenses, _address(request.person), with_frame)


@require_safe
@by_link
def participant_report_agreements(request: LinkRequest, subject: str) -> HttpResponse:
    round, with_frame = _reports(request, subject).round, {"frame": "filling/base.html"}
    return agreements_page(request, round, subject, _address(request.person), with_frame)


@require_safe
@by_link
def participant_report_pdf(request: LinkRequest, subject: str) -> HttpResponse:
    return pdf_response(_reports(request, subject), subject)


@require_safe
@by_link
def participant_report_docx(request: LinkRequest, subject: str) -> HttpResponse:
    return _made_now(request, subject, docx_response)


@require_safe
@by_link
def participant_report_pptx(request: LinkRequest, subject: str) -> HttpResponse:
    return _made_now(request, subject, pptx_response)


@require_safe
@by_link
def participant_report_xlsx(request: LinkRequest, subject: str) -> HttpResponse:
    return xlsx_response(_reports(request, subject), subject)


@require_safe
@by_link
def participant_report_data(request: LinkRequest, subject: str) -> HttpResponse:
    return csv_response(_reports(request, subject), subject)


def _made_now(request: LinkRequest, subject: str, response: Callable[[Reports, str], HttpResponse]) -> HttpResponse:
    """Returns a file that is kept nowhere, and so is made at each request; or 429 after too many."""
    reports = _reports(request, subject)
    if limits.asks_for_too_many_files(request, request.person.id):
        return render(request, "429.html", status=429)
    return response(reports, subject)


def _reports(request: LinkRequest, subject: str) -> Reports:
    """Returns the round's reports. Raises Http404 where this person may not read that of `subject`."""
    person = request.person
    if not person.may_read_report:
        raise Http404
    reports = reports_of(person.round)
    if subject not in [found.key for found in _own(person, reports.subjects)]:
        raise Http404
    return reports


def _address(person: Respondent) -> Address:
    return lambda name, subject: reverse(NAMES[name], args=[person.token, subject])
