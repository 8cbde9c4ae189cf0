"""Gives out links by which somebody without an account reads one report, notes on which days, and takes them back."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from assessments.actions.owning import owned_round
from assessments.anonymity.erasure import note_erasure
from assessments.models import ReaderGroup, ReportLink
from assessments.rules.workflow import NotAllowed, Work


@transaction.atomic
def make_report_link(*, round_id: UUID, subject: str, audience: str, ends_on: date) -> ReportLink:
    """Makes a link to the report of `subject`. Raises NotAllowed where the round was not published to meelezers."""
    round = owned_round(round_id, Work.GIVING_OUT_REPORT_LINKS)
    if not round.is_published_to(ReaderGroup.READERS):
        raise NotAllowed(Work.GIVING_OUT_REPORT_LINKS.refusal)
    return ReportLink.objects.create(round=round, subject=subject, audience=audience, ends_on=ends_on)


@transaction.atomic
def withdraw_report_link(*, round_id: UUID, link_id: UUID) -> None:
    """Removes a link with all that was noted of it, if it is still there: its address leads nowhere at once."""
    ReportLink.objects.filter(round=round_id, pk=link_id).delete()
    note_erasure(ReportLink)


def note_use(*, link_id: UUID) -> None:
    """Notes that the link was used today, once a day however often that is."""
    today = timezone.localdate()
    unnoted = ReportLink.objects.filter(pk=link_id).not_used_on(today)
    unnoted.update(last_used_on=today, days_used=F("days_used") + 1)
