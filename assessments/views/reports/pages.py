"""The report on screen, as PDF and as data, for whoever may read it after signing in."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from assessments.access import round_for, rounds_for
from assessments.models import Round
from assessments.progress import making
from assessments.report.load import report_of, subjects_of
from assessments.report.tasks import is_kept, kept_subjects, make_reports
from assessments.views.coordinator.request import SignedInRequest
from assessments.views.reports.showing import (
    Address,
    csv_response,
    docx_response,
    page,
    pdf_response,
    report_or_404,
    slides,
)


def _address(round: Round) -> Address:
    """Addresses for somebody with an account."""
    return lambda name, subject: reverse(name, args=[round.pk, subject])


@login_required
@require_safe
def report(request: SignedInRequest, round_id: UUID, subject: str) -> HttpResponse:
    round = round_for(request.user, round_id, "read_report")
    found = report_or_404(round, subject)
    with_frame = {"frame": "coordinator/base.html", "runs": _runs(request, round)}
    return page(request, round, found, subjects_of(round), _address(round), with_frame)


def _runs(request: SignedInRequest, round: Round) -> bool:
    """Whether the reader runs the round too, and so may go to its other pages."""
    return rounds_for(request.user, "run").filter(pk=round.pk).exists()


@login_required
@require_safe
def report_presentation(request: SignedInRequest, round_id: UUID, subject: str) -> HttpResponse:
    round = round_for(request.user, round_id, "read_report")
    return slides(request, round, report_or_404(round, subject), _address(round))


@login_required
@require_safe
def report_pdf(request: SignedInRequest, round_id: UUID, subject: str) -> HttpResponse:
    round = round_for(request.user, round_id, "read_report")
    return pdf_response(round, report_or_404(round, subject))


@login_required
@require_safe
def report_docx(request: SignedInRequest, round_id: UUID, subject: str) -> HttpResponse:
    round = round_for(request.user, round_id, "read_report")
    return docx_response(report_or_404(round, subject))


@login_required
@require_safe
def report_data(request: SignedInRequest, round_id: UUID, subject: str) -> HttpResponse:
    round = round_for(request.user, round_id, "read_report")
    return csv_response(report_or_404(round, subject))


@login_required
@require_safe
def reports(request: SignedInRequest, round_id: UUID) -> HttpResponse:
    """All reports of a round, and how far the making of their PDFs is."""
    round = round_for(request.user, round_id, "read_report")
    work, subjects = making(round), subjects_of(round)
    kept = kept_subjects(round)
    if not work.is_busy:  # nobody looks every two seconds, so there is time to see whether they are of today
        kept = {subject.key for subject in subjects if is_kept(round, report_of(round, subject.key))}
    lines = [(subject, subject.key in kept) for subject in subjects]
    made = sum(is_made for _, is_made in lines)
    context = {"round": round, "network": round.network, "lines": lines, "made": made, "all": len(lines)}
    return render(request, "report/reports.html", context | {"making": work, "runs": _runs(request, round)})


@login_required
@require_POST
def reports_make(request: SignedInRequest, round_id: UUID) -> HttpResponse:
    """Asks for the PDFs that are not there yet; asking twice makes none twice."""
    round = round_for(request.user, round_id, "read_report")
    make_reports.enqueue(str(round.pk))
    return redirect("reports", round.pk)
