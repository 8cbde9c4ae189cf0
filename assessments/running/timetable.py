"""Tells which mail of a round goes out on which day, and who would get it as things are now. Knows no page."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from assessments.models import Message, MessageKind, MessageState, Round
from assessments.models.mail import PLANNED, REMINDERS
from assessments.models.participants import ParticipantQuerySet
from assessments.rules import schedule
from assessments.running.response import finished

SETTLED = timedelta(days=2)  # whoever was invited less long ago is not reminded yet


def mail_days(round: Round) -> dict[str, date]:
    """Returns the day of each mail that has one, as it is planned: the usual day, unless another was chosen."""
    chosen = {row.kind: row.day for row in round.planned_mail.all()}
    days = usual_days(round) | chosen
    last_call, news = days.get(MessageKind.CLOSING_SOON), days.get(MessageKind.EXTENDED)
    if last_call and news and MessageKind.CLOSING_SOON not in chosen and last_call <= news:
        del days[MessageKind.CLOSING_SOON]  # the news of the last day is the last call too
    return {kind: day for kind in PLANNED if (day := days.get(kind))}


def usual_days(round: Round) -> dict[str, date | None]:
    """Returns the days that follow from the first and the last day of the round; of a concept, if it opens today."""
    if not round.closes_on:
        return {}
    first = invited_on(round)
    days = schedule.reminders(first, round.closes_on, round.reminders, round.network.school_region)
    last_call = schedule.closing_soon(first, round.closes_on)
    return {**dict(zip(map(str, REMINDERS), days, strict=False)), str(MessageKind.CLOSING_SOON): last_call}


def invited_on(round: Round) -> date:
    """Returns the day on which the invitations go out; today for a concept."""
    moment = round.invites_at or round.opened_at
    return timezone.localdate(moment) if moment else timezone.localdate()


def current_mail(round: Round, today: date) -> tuple[date, str] | None:
    """Returns the day and the kind of the mail whose turn it is."""
    return schedule.current([(day, kind) for kind, day in mail_days(round).items()], today)


def to_remind(round: Round, kind: str, day: date) -> ParticipantQuerySet:
    """Returns those for whom a mail of this kind, planned on `day`, is meant: invited in time and not finished.

    Raises SecretChanged.
    """
    invited = Message.objects.of_round(round).filter(
        kind=MessageKind.INVITATION, state=MessageState.SENT, sent_at__lt=_invited_before(kind, day)
    )
    waiting = round.participants.reachable().filter(pk__in=invited.values("participant"), no_reminders=False)
    dead = Message.objects.of_round(round).filter(state=MessageState.BOUNCED)
    return waiting.exclude(pk__in=finished(round)).exclude(pk__in=dead.values("participant"))


def to_remind_now(round: Round, kind: str, day: date, now: datetime) -> ParticipantQuerySet:
    """Returns those of them who did not get it since its day, and had no other mail today. Raises SecretChanged."""
    messages = Message.objects.of_round(round)
    had = messages.filter(Q(sent_at__gte=start_of(day)) | Q(state=MessageState.REFUSED), kind=kind)
    mailed = messages.of_today(now)
    waiting = to_remind(round, kind, day)
    return waiting.exclude(pk__in=had.values("participant")).exclude(pk__in=mailed.values("participant"))


def start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _invited_before(kind: str, day: date) -> datetime:
    """Returns the moment; news and what is sent by hand goes to whoever was invited before the day is over."""
    if kind in (MessageKind.EXTENDED, MessageKind.REMINDER_BY_HAND):
        return start_of(day + timedelta(days=1))
    return timezone.make_aware(datetime.combine(day, time(schedule.LAST_HOUR))) - SETTLED
