"""Shows a report, whether the reader has an account or a personal link. Does not decide who may read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from assessments.models import Round
from assessments.report.agreements import by_phase
from assessments.report.blocks import Report
from assessments.report.docx import DOCX, docx_of
from assessments.report.interview import Interview, has_interview
from assessments.report.interview_pdf import interview_pdf_of
from assessments.report.lenses import Lenses
from assessments.report.load import Reports, agreed
from assessments.report.pptx import PPTX, pptx_of
from assessments.report.subjects import NETWORK_REPORT, NoSuchReport, Subject
from assessments.report.tasks import PDF, keep_pdf, kept_pdf
from assessments.report.xlsx import XLSX, xlsx_of
from samenwerking.downloads import file_response

Address = Callable[[str, str], str]  # (URL name, subject) -> address, or '' for a page that is not for this reader
Built = TypeVar("Built")


def or_404(build: Callable[[str], Built], key: str) -> Built:
    """Returns what is built for a subject. Raises Http404 both for what is not there and for what may not be shown."""
    try:
        return build(key)
    except NoSuchReport as missing:
        raise Http404 from missing


def report_page(
    request: HttpRequest,
    round: Round,
    report: Report,
    subjects: Sequence[Subject],
    address: Address,
    with_frame: Mapping[str, object],
) -> HttpResponse:
    """Shows the report; `with_frame` has the template around it as `frame`, and what that asks for."""
    context = {
        **with_frame,
        "round": round,
        "network": round.network,
        "report": report,
        "is_concept": not round.is_published,
        "others": [(s.name, address("report", s.key), s.key == report.subject) for s in subjects],
        "pdf_address": address("report_pdf", report.subject),
        "data_address": address("report_data", report.subject),
        "xlsx_address": address("report_xlsx", report.subject),
        "docx_address": address("report_docx", report.subject),
        "pptx_address": address("report_pptx", report.subject),
        "interview_address": address("report_interview", report.subject) if has_interview(report.subject) else "",
        "agreements_address": "" if report.is_one_page else address("report_agreements", NETWORK_REPORT),
        "lenses_address": "" if report.is_one_page else address("report_lenses", NETWORK_REPORT),
    }
    return render(request, "report/report.html", context)


def interview_page(
    request: HttpRequest, round: Round, interview: Interview, address: Address, with_frame: Mapping[str, object]
) -> HttpResponse:
    """Shows the guide for a second conversation; `with_frame` is as for `report_page`."""
    context = {**with_frame, "round": round, "network": round.network, "interview": interview}
    context["is_concept"] = not round.is_published
    context["back"] = address("report", interview.subject)
    context["pdf_address"] = address("report_interview_pdf", interview.subject)
    return render(request, "report/interview.html", context)


def lenses_page(
    request: HttpRequest, round: Round, lenses: Lenses, address: Address, with_frame: Mapping[str, object]
) -> HttpResponse:
    """Shows the scores through other lists; `with_frame` is as for `report_page`."""
    context = {**with_frame, "round": round, "network": round.network, "page": lenses}
    context |= {"is_concept": not round.is_published, "back": address("report", lenses.subject)}
    return render(request, "report/lenses.html", context)


def agreements_page(
    request: HttpRequest, round: Round, subject: str, address: Address, with_frame: Mapping[str, object]
) -> HttpResponse:
    """Shows what was agreed on the network's report, else raises Http404; `with_frame` is as for `report_page`."""
    if subject != NETWORK_REPORT:
        raise Http404
    context = {**with_frame, "round": round, "network": round.network, "back": address("report", subject)}
    context["phases"] = by_phase(agreed(round), round.instrument)
    return render(request, "report/agreements.html", context)


def interview_pdf_response(reports: Reports, key: str) -> HttpResponse:
    content = interview_pdf_of(or_404(reports.interview, key))
    return _file(content, PDF, reports.file_name(key, "pdf", beside="tweede gesprek"))


def pdf_response(reports: Reports, key: str) -> HttpResponse:
    """Returns the PDF, made now where it is not kept. Raises Http404 where there is no such report."""
    if key not in [subject.key for subject in reports.subjects]:
        raise Http404
    content = kept_pdf(reports, key) or keep_pdf(reports, key)
    return _file(content, PDF, reports.file_name(key, "pdf"))


def docx_response(reports: Reports, key: str) -> HttpResponse:
    return _file(
        docx_of(or_404(reports.report, key), reports.sections_beside(key)), DOCX, reports.file_name(key, "docx")
    )


def pptx_response(reports: Reports, key: str) -> HttpResponse:
    return _file(pptx_of(or_404(reports.deck, key)), PPTX, reports.file_name(key, "pptx"))


def xlsx_response(reports: Reports, key: str) -> HttpResponse:
    return _file(xlsx_of(or_404(reports.workbook, key)), XLSX, reports.file_name(key, "xlsx"))


def csv_response(reports: Reports, key: str) -> HttpResponse:
    _, text = or_404(reports.report, key).data[0]
    return _file(text.encode(), "text/csv; charset=utf-8", reports.file_name(key, "csv"))


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = file_response(content, media_type, name, is_shown=True)
    response["ETag"] = f'"{sha256(content).hexdigest()}"'
    patch_cache_control(response, private=True, no_cache=True)
    return response
