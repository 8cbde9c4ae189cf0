"""Making a round's PDFs and keeping them: through the queue, once for what they are made from, safe to repeat."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django_tasks import task

from assessments.models import ReportFile, Round
from assessments.report.blocks import Report
from assessments.report.load import report_of, subjects_of
from assessments.report.pdf import made_from, pdf_of
from assessments.report.subjects import NoSuchReport

PDF = "application/pdf"


@task()
def make_reports(round_id: str) -> int:
    """The job: a job for each of the round's reports that is not kept yet, so that workers share them."""
    round = _round(round_id)
    if round is None:
        return 0
    missing = [subject.key for subject in subjects_of(round) if not is_kept(round, report_of(round, subject.key))]
    ReportFile.objects.filter(round=round, subject__in=missing, media_type=PDF).delete()  # made from what is past
    for key in missing:
        make_report.enqueue(round_id, key)
    return len(missing)


@task()
def make_report(round_id: str, key: str) -> bool:
    """The job of one report; nothing where it is kept already, or where there is none any more."""
    round = _round(round_id)
    if round is None:
        return False
    try:
        report = report_of(round, key)
    except NoSuchReport:
        return False
    is_new = not is_kept(round, report)
    if is_new:
        keep_pdf(round, report)
    return is_new


def kept_subjects(round: Round) -> set[str]:
    """Whose PDFs there are: cheap to ask while they are made, and then right, for `make_reports` took old ones out."""
    return set(ReportFile.objects.filter(round=round, media_type=PDF).values_list("subject", flat=True))


def is_kept(round: Round, report: Report) -> bool:
    return _files(round, report).exists()


def kept_pdf(round: Round, report: Report) -> bytes | None:
    """The PDF as it was kept, where it was made from what the report is now."""
    content = _files(round, report).values_list("content", flat=True).first()
    return None if content is None else bytes(content)


def _files(round: Round, report: Report) -> QuerySet[ReportFile]:
    return ReportFile.objects.filter(round=round, subject=report.subject, media_type=PDF, made_from=made_from(report))


def keep_pdf(round: Round, report: Report) -> bytes:
    content = pdf_of(report)
    ReportFile.objects.update_or_create(
        round=round,
        subject=report.subject,
        media_type=PDF,
        defaults={"made_from": made_from(report), "content": content},
    )
    return content


def _round(round_id: str) -> Round | None:
    rounds = Round.objects.filter(pk=UUID(round_id), frozen__isnull=False)
    return rounds.select_related("network", "instrument_version", "frozen").first()
