"""Shows the report on screen, and as files, to whoever may read it after signing in."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from assessments.access import rounds_for
from assessments.models import Round
from assessments.report.load import reports_of
from assessments.report.tasks import kept_subjects, kept_today, make_reports
from assessments.rules.workflow import Work
from assessments.running.meetings import meeting_of
from assessments.running.progress import making
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
from assessments.views.request import SignedInRequest, round_page


def _address(round: Round) -> Address:
    """Returns the function that makes the addresses for somebody with an account."""
    return lambda name, subject: reverse(name, args=[round.pk, subject])


@round_page("GET", right="read_report")
def report(request: SignedInRequest, round: Round, subject: str) -> HttpResponse:
    reports = reports_of(round)
    found = or_404(reports.report, subject)
    runs = _runs(request, round)
    agree = reverse("improvement_new", args=[round.pk]) if runs and round.allows(Work.AGREEING_ON_IMPROVEMENTS) else ""
    with_frame = {"frame": "coordinator/base.html", "runs": runs, "agree_address": agree}
    return report_page(request, round, found, reports.subjects, _address(round), with_frame)


def _runs(request: SignedInRequest, round: Round) -> bool:
    """Tells whether the reader runs the round too, and so may go to its other pages."""
    return rounds_for(request.user, "run").filter(pk=round.pk).exists()


def _attends(request: SignedInRequest, round: Round) -> bool:
    """Tells whether the reader may know when and where the report is talked about."""
    return rounds_for(request.user, "attend").filter(pk=round.pk).exists()


@round_page("GET", right="read_report")
def report_interview(request: SignedInRequest, round: Round, subject: str) -> HttpResponse:
    interview = or_404(reports_of(round).interview, subject)
    with_frame = {"frame": "coordinator/base.html", "runs": _runs(request, round)}
    return interview_page(request, round, interview, _address(round), with_frame)


@round_page("GET", right="read_report")
def report_interview_pdf(request: SignedInRequest, round: Round, subject: str) -> HttpResponse:
    return interview_pdf_response(reports_of(round), subject)


@round_page("GET", right="read_report")
def report_lenses(request: SignedInRequest, round: Round, subject: str) -> HttpResponse:
    lenses = or_404(reports_of(round).lenses, subject)
    with_frame = {"frame": "coordinator/base.html", "runs": _runs(request, round)}
    return lenses_page(request, round, lenses, _address(round), with_frame)


@round_page("GET", right="read_report")
def report_agreements(request: SignedInRequest, round: Round, subject: str) -> HttpResponse:
    with_frame = {"frame": "coordinator/base.html", "runs": _runs(request, round)}
    return agreements_page(request, round, subject, _address(round), with_frame)


@round_page("GET", right="read_report")
def report_pdf(request: SignedInRequest, round: Round, subject: str) -> HttpResponse:
    return pdf_response(reports_of(round), subject)


@round_page("GET", right="read_report")
def report_docx(request: SignedInRequest, round: Round, subject: str) -> HttpResponse:
    return docx_response(reports_of(round), subject)


@round_page("GET", right="read_report")
def report_pptx(request: SignedInRequest, round: Round, subject: str) -> HttpResponse:
    return pptx_response(reports_of(round), subject)


@round_page("GET", right="read_report")
def report_xlsx(request: SignedInRequest, round: Round, subject: str) -> HttpResponse:
    return xlsx_response(reports_of(round), subject)


@round_page("GET", right="read_report")
def report_data(request: SignedInRequest, round: Round, subject: str) -> HttpResponse:
    return csv_response(reports_of(round), subject)


@round_page("GET", right="read_report")
def reports(request: SignedInRequest, round: Round) -> HttpResponse:
    """Lists all reports of a round, and says how far the making of their PDFs is."""
    work, reports = making(round), reports_of(round)
    kept = kept_subjects(round) if work.is_busy else kept_today(reports)
    lines = [(subject, subject.key in kept) for subject in reports.subjects]
    made = sum(is_made for _, is_made in lines)
    failed = [subject.name for subject, is_made in lines if subject.key in work.failed and not is_made]
    context = {"round": round, "network": round.network, "lines": lines, "made": made, "all": len(lines)}
    context |= {"making": work, "failed": failed, "runs": _runs(request, round)}
    context |= {"meeting": meeting_of(round) if _attends(request, round) else None}
    return render(request, "report/reports.html", context)


@round_page("POST", right="read_report")
def reports_make(request: SignedInRequest, round: Round) -> HttpResponse:
    """Asks for the PDFs that are not there yet; asking twice makes none twice."""
    make_reports.enqueue(str(round.pk))
    return redirect("reports", round.pk)
