"""Finds the report that a link with a last day leads to, and says to which there can be links. Knows no page."""

from __future__ import annotations

from django.utils import timezone

from assessments.anonymity.keys import id_of
from assessments.filling.links import full_link
from assessments.models import ReportLink, Round
from assessments.report.load import subjects_of
from assessments.report.subjects import Subject


def subjects_to_link(round: Round) -> tuple[Subject, ...]:
    """Returns the reports to which there can be a link: never that of one partner or sector, whose own it is."""
    return tuple(subject for subject in subjects_of(round) if not subject.is_part)


def link_of(token: str) -> ReportLink | None:
    """Returns the link that an address leads to today; None for every other, whatever the cause."""
    some_id = id_of(token)
    if some_id is None:
        return None
    links = ReportLink.objects.open_on(timezone.localdate()).filter(pk=some_id)
    rows = links.select_related("round__network", "round__instrument_version", "round__frozen")
    return rows.defer("round__instrument_version__document").first()


def full_report_link(link: ReportLink) -> str:
    """Returns the address to hand out."""
    return full_link(link.pk, "reader_report")
