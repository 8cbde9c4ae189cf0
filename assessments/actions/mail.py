"""Queues mail and sends it: one row for each participant and message, sent once, but where a crash leaves that unknown.

A worker claims a message, sends it and writes that it was sent, each in a transaction of its own. Two workers never
hold the same message. One that is killed between the server's 250 and the last write loses the claim after a while,
and that one message goes out again under the same Message-ID. What goes wrong while a message is made or sent is
noted with it and stops no other. Nothing here logs or keeps an address or a link.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import shuffle
from time import monotonic
from typing import Any
from uuid import UUID

import structlog
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django_tasks import task

from assessments.anonymity.locks import own_round, share_round
from assessments.anonymity.secrets import JustClosed, keys_of
from assessments.models import Message, MessageKind, MessageState, Participant, ReaderGroup, Response, Round
from assessments.models.mail import TO_THE_UNFINISHED, MessageQuerySet
from assessments.models.participants import ParticipantQuerySet
from assessments.models.responses import ResponseQuerySet
from assessments.running.letters import mail, trial
from assessments.running.meetings import told
from assessments.running.timetable import to_remind_now
from samenwerking.accounts.models import User
from samenwerking.jobs import Job, jobs_of, waiting_jobs_of
from samenwerking.mail import (
    TIMEOUT,
    MailDelayed,
    MailRefused,
    MailServerAway,
    deliver,
    hang_up,
    mail_task,
    may_pass,
    send_by,
)

CLAIM = timedelta(minutes=15)  # longer than a server that answers each step just in time can hold us up
MOST_ATTEMPTS = 96  # one each CLAIM: a day; what fails for longer is shown as refused
MOST_IN_A_ROW = 2  # messages: a server that is away for one and then takes another, was not away
AT_A_TIME = 500
MOST_TURNS = 1000  # half a million messages: no round has so many
TURN = 20  # seconds that a mailing may keep a worker, when mail and PDFs of other networks may wait

log = structlog.get_logger(__name__)


class Turn:
    """Is the time that a mailing has a worker for itself, from now on."""

    def __init__(self) -> None:
        self.ends = monotonic() + TURN

    @property
    def is_over(self) -> bool:
        return monotonic() >= self.ends


class NoEnd(Exception):
    """After more turns than any round needs there is still mail to send: something puts it back."""


@transaction.atomic
def queue_invitations(*, round_id: UUID, now: datetime | None = None) -> int:
    """Queues an invitation for everyone in an open round who has an address and got none yet, once it is time for that.

    Returns the number of messages.
    """
    share_round(round_id)
    round = Round.objects.get(pk=round_id)
    if not round.is_open or (round.invites_at and round.invites_at > (now or timezone.now())):
        return 0
    return _queue(round, MessageKind.INVITATION, round.participants.all())


@transaction.atomic
def queue_to_unfinished(*, round_id: UUID, kind: str, day: date | None = None, now: datetime | None = None) -> int:
    """Queues a mail of this kind, planned on `day`, for those invited in time who have not finished and want it.

    Who had it before that day gets it again, as its next version. Nobody gets it who had it since, or who has had or
    will have another mail today. Without a day it is today's. Returns the number of messages.
    """
    now = timezone.localtime(now)
    own_round(round_id)  # else a round that closes, or a reminder by hand, meanwhile would not be seen
    round = Round.objects.select_related("network").get(pk=round_id)
    if not round.is_open or kind not in TO_THE_UNFINISHED:
        return 0
    to = to_remind_now(round, kind, day or now.date(), now)
    return _queue_again(round, kind, to) + _queue(round, kind, to)


def remind_now(*, round_id: UUID) -> int:
    """Queues a reminder for all who have not finished and had no mail today. Returns the number of messages."""
    return queue_to_unfinished(round_id=round_id, kind=MessageKind.REMINDER_BY_HAND)


@transaction.atomic
def queue_to_one(*, participant: Participant, kind: str) -> int:
    """Queues one message of this kind to a participant of an open round; the caller owns the round.

    Returns 0 where they can't be mailed, or where the message is there already.
    """
    return _queue(participant.round, kind, Participant.objects.filter(pk=participant.pk))


@transaction.atomic
def queue_results(*, round_id: UUID) -> int:
    """Queues the news that the results are there, for everyone who has an address and did not opt out.

    Returns the number of messages.
    """
    round = Round.objects.get(pk=round_id)
    if not round.is_published_to(ReaderGroup.PARTICIPANTS):
        return 0
    return _queue(round, MessageKind.RESULT, round.participants.all())


def queue_meeting(*, round: Round, to: ParticipantQuerySet) -> int:
    """Queues the invitation to the conversation about the report; the caller owns the round. Returns the number."""
    return _queue(round, MessageKind.MEETING, to)


def queue_meeting_again(*, round: Round) -> int:
    """Queues what is new of the conversation for all who were invited, within the caller's transaction.

    Each gets it as the next version of the message, also where the one before is just being sent. Whoever's mail came
    back is left out. Returns the number of messages.
    """
    return _as_next_version(round, told(round))


@transaction.atomic
def try_again(*, round_id: UUID) -> int:
    """Puts what the server refused back in the queue. Returns the number of messages."""
    refused = Message.objects.filter(participant__round=round_id, state=MessageState.REFUSED)
    count = refused.update(**_as_new())
    if count:
        send_round_mail.enqueue(str(round_id))
    return count


@task()
def send_round_mail(round_id: str) -> int:
    """Sends what is queued in a round, as a job, for TURN; for the rest it asks for a job that goes behind all others.

    It is safe to repeat, and to run twice at a time.
    """
    round, turn = UUID(round_id), Turn()
    sent = send_queued(round_id=round, turn=turn)
    if turn.is_over and _waiting(round) and not _is_asked_for(round_id):
        send_round_mail.enqueue(round_id)
    return sent


def send_test_mail(*, round_id: UUID, user_id: int) -> None:
    """Queues the invitation as a test, to the coördinator who asks for it."""
    send_test_mail_now.enqueue(str(round_id), user_id)


def last_test_mail(*, round_id: UUID, user_id: int) -> Job | None:
    """Returns the job of the last test mail of this round to this coördinator, of the last week."""
    jobs = jobs_of(send_test_mail_now, about=str(round_id))
    return next((job for job in reversed(jobs) if job.arguments[1] == user_id), None)


@mail_task
def send_test_mail_now(round_id: str, user_id: int) -> None:
    """Sends a test mail, as a job; does nothing where the round or the account was removed meanwhile."""
    round = Round.objects.select_related("network").filter(pk=round_id).first()
    user = User.objects.filter(pk=user_id).first()
    if round and user:
        deliver(trial(round, user.email))


def send_queued(*, round_id: UUID, turn: Turn | None = None) -> int:
    """Sends what is queued in the round until nothing is left, the turn is over or the server is away.

    Returns the number of messages sent. Raises NoEnd where messages that were sent or deleted keep coming back.
    """
    connection = get_connection(timeout=TIMEOUT)
    sent = turns = 0
    in_a_row: list[UUID] = []  # messages for which the server was away
    try:
        while waiting := _waiting(round_id):
            turns += 1
            if turns > MOST_TURNS:
                raise NoEnd(f"round {round_id} still has mail to send after {MOST_TURNS} turns")
            for pk in waiting:
                if len(in_a_row) == MOST_IN_A_ROW or (turn and turn.is_over):
                    return sent
                sent += _handle(pk, connection, in_a_row) if _claim(pk) else 0
    finally:
        _release(in_a_row)
        hang_up(connection)
    return sent


def _queue(round: Round, kind: str, to: ParticipantQuerySet) -> int:
    if round.network.is_constructed:  # nobody is behind its addresses
        return 0
    new = to.reachable().exclude(messages__kind=kind).exclude(messages__state=MessageState.BOUNCED)
    rows = [Message(participant=participant, kind=kind) for participant in new]
    # In the order of their random ids, so that the order of sending says nothing.
    rows.sort(key=lambda row: row.pk)
    Message.objects.bulk_create(rows, ignore_conflicts=True, batch_size=2000)
    if rows:
        send_round_mail.enqueue(str(round.pk))
    return len(rows)


def _queue_again(round: Round, kind: str, to: ParticipantQuerySet) -> int:
    """Queues the next version of this kind for those of `to` to whom one was sent before."""
    before = Message.objects.filter(kind=kind, state=MessageState.SENT)
    again = before.filter(participant__in=list(to.order_by().values_list("pk", flat=True)))
    return 0 if round.network.is_constructed else _as_next_version(round, again)


def _as_next_version(round: Round, rows: MessageQuerySet) -> int:
    count = rows.update(version=F("version") + 1, **_as_new())
    if count:
        send_round_mail.enqueue(str(round.pk))
    return count


def _as_new() -> dict[str, Any]:
    """Returns the fields of a message that was never tried."""
    now = timezone.now()
    return {"state": MessageState.QUEUED, "queued_at": now, "claimed_at": None, "attempts": 0, "fault": ""}


def _is_asked_for(round_id: str) -> bool:
    return any(job.arguments == (round_id,) for job in waiting_jobs_of(send_round_mail))


def _is_free() -> Q:
    return Q(claimed_at__isnull=True) | Q(claimed_at__lt=timezone.now() - CLAIM)


def _waiting(round_id: UUID) -> list[UUID]:
    """Returns messages that nobody is sending, in no order: several, so that a claim is one row by its key."""
    rows = Message.objects.queued().filter(_is_free(), participant__round=round_id)
    found = list(rows.order_by().values_list("pk", flat=True)[:AT_A_TIME])
    shuffle(found)
    return found


def _claim(pk: UUID) -> bool:
    """Claims the message until CLAIM has passed; returns whether it is ours: of two workers at once, one is told so."""
    free = Message.objects.queued().filter(_is_free(), pk=pk)
    return free.update(claimed_at=timezone.now(), attempts=F("attempts") + 1) == 1


def _handle(pk: UUID, connection: BaseEmailBackend, in_a_row: list[UUID]) -> int:
    """Sends one message or notes what went wrong with it; returns the number sent.

    Where the server is away the message joins `in_a_row`; one that it takes clears those, for then it was them.
    """
    related = ("participant__round__network", "participant__round__meeting", "participant__partner")
    message = Message.objects.select_related(*related).filter(pk=pk).first()
    if message is None:  # whoever it was for was taken out a moment ago
        return 0
    try:
        with may_pass(round=str(message.participant.round_id), kind=message.kind):
            MessageKind(message.kind)  # one that only a newer version knows waits for a worker of that version
            if not _is_wanted(message):
                message.delete()
                return 0
            _send(message, connection)
    except (MailServerAway, MailDelayed, MailRefused) as fault:
        _note(message, fault)
        if isinstance(fault, MailServerAway):
            in_a_row.append(pk)
        return 0
    _as_read(message).update(state=MessageState.SENT, sent_at=timezone.now(), fault="")
    in_a_row.clear()
    return 1


def _note(message: Message, fault: Exception) -> None:
    """Notes why the message did not go: it stays claimed until it may be tried again, unless that is over."""
    is_over = isinstance(fault, MailDelayed) and message.attempts >= MOST_ATTEMPTS
    is_refused = is_over or isinstance(fault, MailRefused)
    state = MessageState.REFUSED if is_refused else MessageState.QUEUED
    _as_read(message).update(state=state, fault=str(fault)[:60])


def _release(ids: list[UUID]) -> None:
    """Lets the next job try messages again for which the server was away: nothing is known to be wrong with them."""
    if ids:
        log.warning("mail.server_away", messages=len(ids))
        Message.objects.queued().filter(pk__in=ids).update(claimed_at=None, attempts=1, fault="")


def _as_read(message: Message) -> MessageQuerySet:
    """Returns the message, unless a next version of it was queued meanwhile: that one is still to be sent."""
    return Message.objects.filter(pk=message.pk, version=message.version)


def _is_wanted(message: Message) -> bool:
    """Tells whether the message still makes sense: things may have changed since it was queued."""
    participant, round = message.participant, message.participant.round
    if not participant.email or participant.has_opted_out or participant.is_wrong_person:
        return False
    if message.kind == MessageKind.RESULT:
        return round.is_published_to(ReaderGroup.PARTICIPANTS)
    if message.kind == MessageKind.MEETING:  # what changes is told to whoever knows of it, whatever they turned off
        knows = message.sent_at is not None
        return round.is_published_to(ReaderGroup.PARTICIPANTS) and (knows or not participant.no_reminders)
    if not round.is_open:
        return False
    if message.kind in (MessageKind.INVITATION, MessageKind.CHECK_LEVEL):
        return True
    try:
        return not (participant.no_reminders or _own_response(participant).submitted().exists())
    except JustClosed:
        return False


def _own_response(participant: Participant) -> ResponseQuerySet:
    return Response.objects.filter(pk=keys_of(participant.round).response_key(participant.pk))


def _send(message: Message, connection: BaseEmailBackend) -> None:
    has_unsent = message.kind in TO_THE_UNFINISHED and _own_response(message.participant).exists()
    send_by(connection, mail(message, has_unsent=has_unsent))
