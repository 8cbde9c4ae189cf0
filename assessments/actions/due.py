"""Does what is due at this moment, once, however often it is asked: `manage.py due` asks every few minutes."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from assessments.actions.addresses import erase_addresses, erase_list
from assessments.actions.announcing import announce
from assessments.actions.expiring import (
    accounts_to_erase,
    erase_account,
    erase_empty_network,
    erase_general_trail,
    erase_round,
    erase_texts,
    erase_trails,
    networks_to_erase,
    rounds_to_erase,
    rounds_with_texts_to_erase,
)
from assessments.actions.imports import erase_old_files
from assessments.actions.mail import CLAIM, queue_invitations, queue_results, queue_to_unfinished, send_round_mail
from assessments.actions.nudges import nudge, rounds_to_nudge
from assessments.actions.receipts import complete_receipts
from assessments.actions.rounds import close_round
from assessments.anonymity.erasure import note_erasure, wipe
from assessments.anonymity.secrets import tell_of_changed_secrets
from assessments.anonymity.unsealing import CannotClose
from assessments.models import Message, Round, State
from assessments.rules import schedule
from assessments.rules.workflow import NotAllowed, Work
from assessments.running.timetable import current_mail, to_remind_now
from samenwerking.accounts.address import forget_addresses
from samenwerking.accounts.tries import forget_old_tries
from samenwerking.database import was_away
from samenwerking.jobs import put_back_stranded, waiting_jobs_of
from samenwerking.workers.heartbeats import forget_the_dead

log = logging.getLogger(__name__)


class Done(dict[str, int]):
    """Counts by task how much was done; `failed` counts what raised instead, which the log names."""

    failed = 0

    def attempt(self, what: str, do: Callable[[], int | None]) -> int:
        """Returns what `do` returned, or 0 where it failed: that is logged, and stops nothing else.

        Raises what it raised where the database is away, for then nothing else can be done.
        """
        try:
            return do() or 0
        except Exception as fault:
            if was_away(fault):
                raise
            self.failed += 1
            log.exception("what was due failed: %s", what)
            return 0

    def each(self, do: Callable[[Any], int], ids: Iterable[Any], what: str = "round") -> int:
        """Does this for each round, and returns how often it was done; a round that fails stops no other."""
        return sum(self.attempt(f"{what} {pk}", partial(_unless_removed, do, pk)) for pk in ids)

    def those(self, is_due: Callable[[Round], bool], rounds: Iterable[Round]) -> list[UUID]:
        """Returns the rounds of which this is so; a round of which it can't be said stops no other."""
        return [round.pk for round in rounds if self.attempt(f"round {round.pk}", partial(is_due, round))]


# What erases, of the steps below, and how whoever restores a backup reads of it: then these go before anything else.
ERASES = {
    "lists erased": "lijsten",
    "rounds without addresses": "rondes zonder adressen",
    "concepts without a list": "concepten zonder lijst",
    "entries of networks erased": "regels in logboeken van netwerken",
    "other entries erased": "regels in het logboek van de site",
    "sessions erased": "sessies",
    "addresses forgotten": "oude adressen van accounts",
    "tables wiped": "tabellen",
}


def erase_what_is_due(now: datetime) -> Done:
    """Erases what is due and does no more; returns by task how much, and raises as `do_what_is_due` does."""
    return do_what_is_due(now, only=ERASES)


def do_what_is_due(now: datetime | None = None, *, only: Collection[str] | None = None) -> Done:
    """Does what is due, first what must be erased, and returns by task how much it did; with `only`, those tasks.

    What fails is logged and counted, and stops nothing else. Raises what the database raises where that is away.
    """
    now, done = timezone.localtime(now), Done()
    steps: dict[str, Callable[[], int | None]] = {
        "secrets compared": tell_of_changed_secrets,
        "jobs put back": lambda: put_back_stranded(now),
        "lists erased": lambda: erase_old_files(now=now),
        "rounds without addresses": lambda: done.each(
            lambda pk: erase_addresses(round_id=pk, now=now), _done_with_addresses(done, now)
        ),
        "concepts without a list": lambda: done.each(
            lambda pk: erase_list(round_id=pk, now=now), _with_a_list_nobody_works_on(done, now)
        ),
        "rounds closed": lambda: done.each(_close, _past_their_last_day(now)),
        **_over_their_term(done, now),
        "sessions erased": lambda: erase_sessions(now),
        "addresses forgotten": lambda: forget_addresses(now),
        "tables wiped": wipe,
        "receipts completed": complete_receipts,
        "messages queued": lambda: done.each(lambda pk: _queue(pk, now), _with_people_to_mail()),
        "rounds with mail to send": lambda: _send_what_waits(now),
        "coordinators nudged": lambda: done.each(lambda pk: nudge(round_id=pk, now=now), rounds_to_nudge(now)),
        "owners told of what goes": lambda: announce(now, done.attempt),
        "workers forgotten": lambda: forget_the_dead(now),
        "tries forgotten": lambda: forget_old_tries(now),
    }
    for what in steps if only is None else only:
        done[what] = done.attempt(what, steps[what])
    return done


def _over_their_term(done: Done, now: datetime) -> dict[str, Callable[[], int | None]]:
    """Returns the steps that erase what has been kept long enough."""
    return {
        "rounds without open answers": lambda: done.each(
            lambda pk: erase_texts(round_id=pk, now=now), rounds_with_texts_to_erase(now)
        ),
        "rounds erased": lambda: done.each(lambda pk: erase_round(round_id=pk, now=now), rounds_to_erase(now)),
        "networks erased": lambda: done.each(
            lambda pk: erase_empty_network(network_id=pk, now=now), networks_to_erase(now), "network"
        ),
        "accounts erased": lambda: done.each(
            lambda pk: erase_account(user_id=pk, now=now), accounts_to_erase(now), "account"
        ),
        "entries of networks erased": lambda: erase_trails(now),
        "other entries erased": lambda: erase_general_trail(now),
    }


def _unless_removed(do: Callable[[Any], int], some_id: Any) -> int:
    try:
        return do(some_id)
    except Round.DoesNotExist:  # the coördinator removed it meanwhile
        return 0


@transaction.atomic
def erase_sessions(now: datetime) -> int:
    """Erases sessions that are over: they tell what a coördinator did last, and to which address.

    Returns how many there were.
    """
    count, _ = Session.objects.filter(expire_date__lt=now).delete()
    if count:
        note_erasure(Session)
    return count


def _past_their_last_day(now: datetime) -> list[UUID]:
    return list(Round.objects.open().filter(closes_on__lt=now.date()).values_list("pk", flat=True))


def _close(round_id: UUID) -> int:
    try:
        close_round(round_id=round_id)
    except CannotClose:
        raise
    except NotAllowed:  # the coördinator was first
        return 0
    return 1


def _with_people_to_mail() -> list[UUID]:
    rounds = Round.objects.allowing(Work.MAILING).filter(addresses_erased_at__isnull=True)
    return list(rounds.values_list("pk", flat=True))


def _queue(round_id: UUID, now: datetime) -> int:
    """Queues invitations and results at once, also for those whom a crash left out, and reminders from their day on.

    So a day that was missed is caught up: see schedule.current.
    """
    round = Round.objects.get(pk=round_id)
    if round.state == State.PUBLISHED:
        return queue_results(round_id=round.pk)
    queued = queue_invitations(round_id=round.pk, now=now)
    return queued + (_queue_planned(round, now) if schedule.is_working_time(now) else 0)


def _queue_planned(round: Round, now: datetime) -> int:
    """Queues the mail whose turn it is. Looks first who gets it: queueing keeps answers waiting a moment."""
    planned = current_mail(round, now.date())
    if not planned:
        return 0
    day, kind = planned
    if not to_remind_now(round, kind, day, now).exists():
        return 0
    return queue_to_unfinished(round_id=round.pk, kind=kind, day=day, now=now)


def _send_what_waits(now: datetime) -> int:
    """Asks for a job for each round with mail that nobody is sending, unless one waits already. Returns the number."""
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=now - CLAIM)
    rounds = Message.objects.queued().filter(free).order_by().values_list("participant__round", flat=True).distinct()
    taken_care_of = {job.arguments[0] for job in waiting_jobs_of(send_round_mail)}
    found = [str(pk) for pk in rounds if str(pk) not in taken_care_of]
    for pk in found:
        send_round_mail.enqueue(pk)
    return len(found)


def _done_with_addresses(done: Done, now: datetime) -> list[UUID]:
    """Returns the closed rounds whose day has come, and the archived ones that have no mail to send any more."""
    closed = Round.objects.allowing(Work.ERASING_ADDRESSES).filter(addresses_erased_at__isnull=True)
    with_mail = set(Message.objects.queued().values_list("participant__round", flat=True))

    def is_done(round: Round) -> bool:
        is_over = round.state == State.ARCHIVED and round.pk not in with_mail
        return is_over or (round.addresses_go_on or now.date()) <= now.date()

    return done.those(is_done, closed.prefetch_related("publications"))


def _with_a_list_nobody_works_on(done: Done, now: datetime) -> list[UUID]:
    rounds = Round.objects.filter(state=State.CONCEPT, participants__isnull=False)
    concepts = rounds.select_related("network").distinct()
    return done.those(lambda round: bool((day := round.list_goes_on) and day <= now.date()), concepts)
