"""Tells how far work in the queue is, and whether anything moves, to the coördinator who waits. Knows no page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from django.db.models import Count, Max, Min
from django.utils import timezone

from assessments.models import Message, MessageKind, MessageState, Round
from assessments.report.tasks import make_report, make_reports
from samenwerking.jobs import Job, jobs_of

QUIET = timedelta(minutes=3)  # a worker looks for jobs each second, so after this there is probably no worker

HoldUp = Literal["", "worker", "server"]


@dataclass(frozen=True)
class MailLine:
    """Counts how many messages of one kind are in which state; `first` and `last` are the days on which they went.

    Once the round is closed these of the invitation are one day for all: closing sees to that.
    """

    kind: str
    label: str
    first: date | None
    last: date | None
    sent: int
    queued: int
    refused: int
    bounced: int

    @property
    def total(self) -> int:
        return self.sent + self.queued + self.refused + self.bounced

    @property
    def done(self) -> int:
        return self.total - self.queued


@dataclass(frozen=True)
class Outbox:
    """Holds the mail of a round; `hold_up` says what keeps it from going out, if anything does."""

    lines: tuple[MailLine, ...]
    hold_up: HoldUp

    @property
    def busy(self) -> list[MailLine]:
        return [line for line in self.lines if line.queued]

    @property
    def has_begun(self) -> bool:
        return any(line.done for line in self.busy)


@dataclass(frozen=True)
class Making:
    """Tells of a round's PDFs that are being made or wait for it; `failed` has subjects whose last job broke off."""

    is_busy: bool
    hold_up: HoldUp
    failed: frozenset[str] = frozenset()


def outbox(round: Round, now: datetime | None = None) -> Outbox:
    mail = Message.objects.of_round(round).order_by()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for kind, state, number in mail.values_list("kind", "state").annotate(rows=Count("pk")):
        counts[kind][state] = number
    went = {row["kind"]: row for row in mail.values("kind").annotate(first=Min("sent_at"), last=Max("sent_at"))}
    states = (MessageState.SENT, MessageState.QUEUED, MessageState.REFUSED, MessageState.BOUNCED)
    lines = [
        MailLine(kind, label, *_days(went[kind]), *(counts[kind][state] for state in states))
        for kind, label in MessageKind.choices
        if kind in counts
    ]
    has_queue = any(line.queued for line in lines)
    return Outbox(tuple(lines), _mail_hold_up(round, now or timezone.now()) if has_queue else "")


def _days(went: Mapping[str, Any]) -> tuple[date | None, date | None]:
    first, last = went["first"], went["last"]
    return (timezone.localdate(first), timezone.localdate(last)) if first else (None, None)


def _mail_hold_up(round: Round, now: datetime) -> HoldUp:
    """Returns why waiting mail was not taken up of late: no worker, or one that found no mail server; else ''."""
    mail = Message.objects.of_round(round)
    free = mail.queued().filter(claimed_at__isnull=True)
    if mail.filter(claimed_at__gte=now - QUIET).exists():
        return ""
    if free.filter(attempts__gt=0).exists():
        return "server"
    return "worker" if free.filter(queued_at__lt=now - QUIET).exists() else ""


def making(round: Round, now: datetime | None = None) -> Making:
    quiet_since = (now or timezone.now()) - QUIET
    jobs = jobs_of(make_reports, make_report, about=str(round.pk))
    waiting, is_running = [job for job in jobs if job.is_waiting], any(job.is_running for job in jobs)
    moves = is_running or any(job.finished_at is not None and job.finished_at >= quiet_since for job in jobs)
    is_stuck = not moves and any(job.enqueued_at < quiet_since for job in waiting)
    return Making(is_running or bool(waiting), "worker" if is_stuck else "", _failed(jobs))


def _failed(jobs: list[Job]) -> frozenset[str]:
    last = {job.arguments[1]: job for job in jobs if job.is_of(make_report)}
    return frozenset(subject for subject, job in last.items() if job.has_failed)
