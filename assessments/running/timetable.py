"""Tells which mail of a round goes out on which day, and who would get it as things are now. Knows no page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from assessments.anonymity.secrets import SecretChanged
from assessments.models import Message, MessageKind, MessageState, Round
from assessments.models.mail import PLANNED, REMINDERS
from assessments.models.participants import ParticipantQuerySet
from assessments.rules import schedule
from assessments.rules.workflow import Work
from assessments.running.letters import NO_LINK, Letter, letter
from assessments.running.response import finished

SETTLED = timedelta(days=2)  # whoever was invited less long ago is not reminded yet


Stage = Literal["to_come", "late", "sent", "missed", "skipped"]


@dataclass(frozen=True)
class Entry:
    """Is one mail of a round: its day, its text, and to how many it went or would go now.

    `late` is what its day has passed for and still goes; `missed` is what does not go any more. `people` is None
    where nobody can tell.
    """

    kind: str
    label: str
    letter: Letter
    day: date | None
    moment: datetime | None
    stage: Stage
    people: int | None

    @property
    def can_be_planned(self) -> bool:
        return self.kind in PLANNED and self.stage in ("to_come", "late", "skipped")


@dataclass(frozen=True)
class Timetable:
    """Is what a coördinator sees of a round's mail: each one, whom it is from, and what to mind of the last day."""

    entries: list[Entry]
    sender: str
    warning: str


def timetable_of(round: Round) -> Timetable | None:
    """Returns the timetable of a round; None where no invitations and reminders go out, or no more."""
    if round.network.is_constructed or not round.allows(Work.PLANNING_MAIL):
        return None
    warning = holiday_warning(round.closes_on, round.network.school_region)
    return Timetable(entries(round), settings.DEFAULT_FROM_EMAIL, warning)


def entries(round: Round, now: datetime | None = None) -> list[Entry]:
    """Returns the mails of a round in concept or an open one, to come and gone, in the order in which they go."""
    now = timezone.localtime(now)
    people = _expected(round)
    planned = [_planned(round, kind, day, people, now) for kind, day in mail_days(round).items()]
    found = [_invitation(round), *planned, *_skipped(round), *_by_hand(round)]
    return sorted(found, key=lambda entry: entry.day or date.max)


def entry_of(round: Round, kind: str) -> Entry | None:
    return next((entry for entry in entries(round) if entry.kind == kind), None)


def _planned(round: Round, kind: str, day: date, people: int | None, now: datetime) -> Entry:
    went = _went(round, kind, day)
    stage = "sent" if went else _stage(round, kind, day, now)
    return _entry(round, kind, day, stage, went or people)


def _stage(round: Round, kind: str, day: date, now: datetime) -> Stage:
    """Returns how it stands with a mail of which nothing went out since its day."""
    if not round.is_open or day > now.date() or (day == now.date() and now.hour < schedule.LAST_HOUR):
        return "to_come"
    has_its_turn = current_mail(round, now.date()) == (day, kind)
    return "late" if has_its_turn and _is_for_somebody(round, kind, day) else "missed"


def _is_for_somebody(round: Round, kind: str, day: date) -> bool:
    try:
        return to_remind(round, kind, day).exists()
    except SecretChanged:
        return False


def _skipped(round: Round) -> list[Entry]:
    """Returns what was skipped, with the day on which it would have gone."""
    usual = usual_days(round)
    rows = round.planned_mail.filter(day=None)
    return [_entry(round, row.kind, usual.get(row.kind), "skipped", 0) for row in rows]


def _invitation(round: Round) -> Entry:
    went = _went(round, MessageKind.INVITATION)
    reachable = round.participants.reachable().count()
    moment = round.invites_at if round.is_open else None
    stage: Stage = "sent" if went else "to_come"
    return _entry(round, MessageKind.INVITATION, invited_on(round), stage, went or reachable, moment)


def _by_hand(round: Round) -> list[Entry]:
    rows = Message.objects.of_round(round).filter(kind=MessageKind.REMINDER_BY_HAND, sent_at__isnull=False)
    last = rows.order_by("-sent_at").first()
    day = timezone.localdate(last.sent_at) if last else None
    return [_entry(round, MessageKind.REMINDER_BY_HAND, day, "sent", _went(round, last.kind))] if last else []


def _entry(
    round: Round, kind: str, day: date | None, stage: Stage, people: int | None, moment: datetime | None = None
) -> Entry:
    label = str(MessageKind(kind).label)
    return Entry(kind, label, letter(kind, round, link=NO_LINK), day, moment, stage, people)


def _went(round: Round, kind: str, since: date | None = None) -> int:
    """Returns to how many it went since that day, or is about to go."""
    rows = Message.objects.of_round(round).filter(kind=kind)
    gone = Q(sent_at__gte=start_of(since)) if since else Q(sent_at__isnull=False)
    return rows.filter(gone | Q(state=MessageState.QUEUED)).count()


def _expected(round: Round) -> int | None:
    """Returns how many would be reminded if all were invited long ago; None where the secret of the server changed."""
    wanting = round.participants.reachable().filter(no_reminders=False)
    try:
        return wanting.exclude(pk__in=finished(round)).count()
    except SecretChanged:
        return None


def holiday_warning(day: date | None, region: str) -> str:
    """Says that the last day is in a school holiday or on no working day, or that this is not known yet; else ''."""
    if day is None:
        return ""
    said = f"De laatste dag, {date_format(day, 'l j F Y')},"
    if holiday := schedule.school_holiday(day, region):
        return f"{said} valt in de {holiday} van regio {region}. Dat mag, maar dan lezen minder mensen hun mail."
    if not schedule.is_working_day(day):
        return f"{said} valt in een weekend of op een feestdag. Dat mag, maar dan lezen minder mensen hun mail."
    if region and day > schedule.SCHOOL_HOLIDAYS_UNTIL:
        until = date_format(schedule.SCHOOL_HOLIDAYS_UNTIL, "F Y")
        return f"De schoolvakanties van na {until} kennen wij nog niet. Kijk zelf of de laatste dag erin valt."
    return ""


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
