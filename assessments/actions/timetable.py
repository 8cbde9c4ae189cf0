"""Changes when the mail of a round goes out, and from whom it is, while the round is set up or open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from assessments.actions.mail import queue_invitations
from assessments.actions.owning import owned_round
from assessments.models import Message, MessageKind, PlannedMail, Round
from assessments.models.mail import REMINDERS
from assessments.rules import schedule
from assessments.rules.workflow import Work
from assessments.running.timetable import invited_on, mail_days, start_of


@transaction.atomic
def plan_mail(*, round_id: UUID, kind: str, day: date | None) -> None:
    """Moves a mail to `day`, or skips it where that is None. Raises NotAllowed where the round is closed."""
    round = owned_round(round_id, Work.PLANNING_MAIL)
    _plan(round, kind, day)


@transaction.atomic
def plan_as_usual(*, round_id: UUID, kind: str) -> None:
    """Gives a mail back the day that follows from the round's own days. Raises NotAllowed where it is closed."""
    round = owned_round(round_id, Work.PLANNING_MAIL)
    for row in round.planned_mail.filter(kind=kind):  # one by one, for the audit trail
        row.delete()


@transaction.atomic
def plan_invitations(*, round_id: UUID, invites_at: datetime | None) -> int:
    """Gives the invitations of an open round another moment, or sends them now; returns how many are queued.

    Raises NotAllowed where it is not open.
    """
    round = owned_round(round_id, Work.MOVING_THE_LAST_DAY)
    round.invites_at = invites_at or timezone.now()
    round.save(update_fields=["invites_at"])
    return queue_invitations(round_id=round.pk)


@transaction.atomic
def change_contact(*, round_id: UUID, fields: Mapping[str, str]) -> Round:
    """Changes who the mail of an open round is from, and what its reminders say. Raises NotAllowed.

    Mail that waits is made as it is sent, so it says this too. What was promised stays as it was.
    """
    round = owned_round(round_id, Work.CHANGING_THE_CONTACT)
    for name, value in fields.items():
        setattr(round, name, value)
    round.save(update_fields=list(fields))
    return round


def move_with_the_last_day(round: Round, closes_on: date, *, tell: bool, now: datetime) -> None:
    """Plans the mail of an open round for another last day, within the caller's transaction, which owns the round.

    What has had its day keeps it. The last call follows the new last day, also for whoever had one; the news of more
    time goes on the first day that mail goes out.
    """
    is_later = round.closes_on is None or closes_on > round.closes_on
    passed = {kind: day for kind, day in mail_days(round).items() if day <= now.date() and kind in REMINDERS}
    for row in round.planned_mail.filter(kind__in=[MessageKind.CLOSING_SOON, MessageKind.EXTENDED]):
        if row.kind == MessageKind.CLOSING_SOON or not is_later:
            row.delete()
    for kind, day in passed.items():
        _plan(round, kind, day)
    if is_later and tell:
        _plan(round, MessageKind.EXTENDED, _news_day(round, now))


def forget_days_before_the_invitation(round: Round) -> None:
    """Gives mail its usual day back where one was chosen that has passed, or comes too early, as the round opens."""
    for row in round.planned_mail.filter(day__lte=invited_on(round)):
        row.delete()


def _news_day(round: Round, now: datetime) -> date:
    """Returns the first day for the news: not today, where earlier news went out today to some."""
    day = schedule.mail_day(now)
    told = Message.objects.of_round(round).filter(kind=MessageKind.EXTENDED, sent_at__gte=start_of(day))
    return schedule.on_or_after(day + timedelta(days=1)) if told.exists() else day


def _plan(round: Round, kind: str, day: date | None) -> None:
    PlannedMail.objects.update_or_create(round=round, kind=kind, defaults={"day": day})
