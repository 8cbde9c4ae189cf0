"""The report for a participant: by the personal link, once published to them; the network's and the own level's."""

from __future__ import annotations

from collections.abc import Iterable

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
    csv_response,
    docx_response,
    pdf_response,
    report_page,
    slides,
)

NAMES = {
    name: f"participant_{name}"
    for name in ("report", "report_pdf", "report_data", "report_docx", "report_presentation")
}


def subjects_for(person: Respondent) -> tuple[Subject, ...]:
    """What this person may read: nothing before it is published to participants; never another level's or a partner's
    report; and ouders the summary alone."""
    return _own(person, subjects_of(person.round)) if person.may_read_report else ()


def _own(person: Respondent, subjects: Iterable[Subject]) -> tuple[Subject, ...]:
    # A link on a poster is anybody's: no open answers of the people who work there.
    own = {SUMMARY} if person.is_ouder else {NETWORK_REPORT, SUMMARY, person.level}
    return tuple(subject for subject in subjects if subject.key in own)


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
    reports = _reports(request, subject)
    found, subjects = reports.report(subject), _own(request.person, reports.subjects)
    address, with_frame = _address(request.person), {"frame": "filling/base.html"}
    return report_page(request, reports.round, found, subjects, address, with_frame)


@require_safe
@by_link
def participant_report_presentation(request: LinkRequest, subject: str) -> HttpResponse:
    reports = _reports(request, subject)
    return slides(request, reports.round, reports.report(subject), _address(request.person))


@require_safe
@by_link
def participant_report_pdf(request: LinkRequest, subject: str) -> HttpResponse:
    return pdf_response(_reports(request, subject), subject)


@require_safe
@by_link
def participant_report_docx(request: LinkRequest, subject: str) -> HttpResponse:
    reports = _reports(request, subject)
    if limits.asks_for_too_many_files(request, request.person.id):
        return render(request, "429.html", status=429)
    return docx_response(reports.report(subject))


@require_safe
@by_link
def participant_report_data(request: LinkRequest, subject: str) -> HttpResponse:
    return csv_response(_reports(request, subject).report(subject))


def _reports(request: LinkRequest, subject: str) -> Reports:
    """The round's reports, if that of `subject` is this person's to read. Raises Http404."""
    person = request.person
    if not person.may_read_report:
        raise Http404
    reports = reports_of(person.round)
    if subject not in [found.key for found in _own(person, reports.subjects)]:
        raise Http404
    return reports


def _address(person: Respondent) -> Address:
    return lambda name, subject: reverse(NAMES[name], args=[person.token, subject])
