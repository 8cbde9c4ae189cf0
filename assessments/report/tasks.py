"""Makes a round's PDFs and keeps them: through the queue, once for what they are made from, safe to repeat.

Knows no reader: whoever asks for a PDF was let in elsewhere.
"""

from __future__ import annotations

from uuid import UUID

import structlog
from django.db import transaction
from django_tasks import task

from assessments.anonymity.locks import own_round
from assessments.models import ReportFile, Round
from assessments.report.load import Reports, reports_of
from assessments.report.pdf import pdf_of
from assessments.report.subjects import NoSuchReport

PDF = "application/pdf"

log = structlog.get_logger(__name__)


@task()
def make_reports(round_id: str) -> int:
    """Queues a job for each of the round's reports that is not kept yet, so that workers share them.

    Returns the number of jobs.
    """
    round = _round(round_id)
    if round is None:
        return 0
    reports = reports_of(round)
    kept = kept_today(reports)
    missing = [subject.key for subject in reports.subjects if subject.key not in kept]
    ReportFile.objects.filter(round=round, subject__in=missing, media_type=PDF).delete()  # outdated
    for key in missing:
        make_report.enqueue(round_id, key)
    return len(missing)


@task()
def make_report(round_id: str, key: str) -> bool:
    """Makes one report and keeps it, unless it is kept already or there is no such report any more.

    Returns whether it did. One that can't be made raises and fails by itself: the others have jobs of their own.
    """
    round = _round(round_id)
    if round is None:
        return False
    reports = reports_of(round)
    if key in kept_today(reports):
        return False
    try:
        keep_pdf(reports, key)
    except NoSuchReport:
        return False
    except Exception:
        log.exception("report_not_made", round=round_id, subject=key)
        raise
    return True


def kept_subjects(round: Round) -> set[str]:
    """Returns whose PDFs there are. Cheap: it asks only whether there are rows.

    Reliable while PDFs are being made, because `make_reports` deletes outdated ones first.
    """
    return set(ReportFile.objects.filter(round=round, media_type=PDF).values_list("subject", flat=True))


def kept_today(reports: Reports) -> set[str]:
    """Returns the subjects whose kept PDFs say and show what they would if they were made now."""
    kept = ReportFile.objects.filter(round=reports.round, media_type=PDF, made_from=reports.made_from)
    return set(kept.values_list("subject", flat=True))


def kept_pdf(reports: Reports, key: str) -> bytes | None:
    """Returns the PDF as it was kept; None where there is none, or where it is outdated."""
    kept = ReportFile.objects.filter(round=reports.round, subject=key, media_type=PDF, made_from=reports.made_from)
    content = kept.values_list("content", flat=True).first()
    return None if content is None else bytes(content)


def keep_pdf(reports: Reports, key: str) -> bytes:
    """Makes the PDF and returns it; keeps it unless what it was made from has changed meanwhile.

    Raises NoSuchReport.
    """
    content = pdf_of(reports.report(key))
    with transaction.atomic():
        own_round(reports.round.pk)
        round = _round(str(reports.round.pk))
        # Otherwise a name that was just taken out would come back, in a file that nobody erases.
        if round and reports_of(round).made_from == reports.made_from:
            kept = {"made_from": reports.made_from, "content": content}
            ReportFile.objects.update_or_create(round=round, subject=key, media_type=PDF, defaults=kept)
    return content


def _round(round_id: str) -> Round | None:
    rounds = Round.objects.frozen().filter(pk=UUID(round_id))
    return rounds.select_related("network", "instrument_version", "frozen").first()
