"""Taking a round from one state to the next. Closing is final: it freezes the results and cuts every tie to people."""

import logging
from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta
from typing import Protocol
from uuid import UUID

from django.db import OperationalError, transaction
from django.db.models import F, Q
from django.utils import timezone

from assessments import workflow
from assessments.actions import ties
from assessments.actions.mail import queue_invitations, queue_results
from assessments.keys import new_round_secret
from assessments.locks import own_network, own_round
from assessments.models import (
    FrozenResults,
    Message,
    MessageState,
    OpenLink,
    Participant,
    Publication,
    ReaderGroup,
    Round,
    State,
)
from assessments.models.mail import TO_THE_UNFINISHED
from assessments.models.results import names_of
from assessments.readiness import lacks
from assessments.report.tasks import make_reports
from assessments.results import checksum, results, to_json
from factors.instrument import OUDERS

log = logging.getLogger(__name__)

READING = timedelta(hours=1)  # whoever began to read before a round closed is long done


class Step(Protocol):
    """An action that takes a round to its next state. Raises NotAllowed where it is in another one."""

    def __call__(self, *, round_id: UUID) -> Round: ...


class NotReady(workflow.NotAllowed):
    """Something must be done, or waited for, before the round can open; a page that showed none was older."""


@transaction.atomic
def open_round(*, round_id: UUID) -> Round:
    """Opens a round: from now on its minimum and its instrument are fixed, and links lead to the questions.

    Raises NotAllowed where it is no concept any more, NotReady where something must be done or waited for first.
    """
    round = _owned(round_id, to=State.OPEN)
    own_network(round.network_id)
    if lacking := lacks(round):
        raise NotReady(lacking[0].text)
    round.state, round.secret, round.opened_at = State.OPEN, new_round_secret(), timezone.now()
    round.save(update_fields=["state", "secret", "opened_at"])
    queue_invitations(round_id=round.pk)
    return round


@transaction.atomic
def extend_round(*, round_id: UUID, closes_on: date) -> Round:
    """Changes the last day of an open round. Raises NotAllowed where it is not open."""
    own_round(round_id)
    round = Round.objects.select_for_update().get(pk=round_id)
    if round.state != State.OPEN:
        raise workflow.NotAllowed("Alleen een open ronde kan langer of korter open zijn.")
    round.closes_on = closes_on
    round.save(update_fields=["closes_on"])
    return round


@transaction.atomic
def close_round(*, round_id: UUID) -> Round:
    """Freezes the results of an open round and erases what ties an answer to a person. Can't be undone.

    In one transaction: answers that were not submitted are erased, the results are computed and frozen, open
    answers are cut loose from their responses, responses lose their partner (and level) where fewer than the minimum
    answered and get new random keys, and the round's secret is erased. Raises NotAllowed.
    """
    round = _owned(round_id, to=State.CLOSED)
    round.responses.filter(is_submitted=False).delete()
    _freeze(round)
    ties.cut_loose_open_answers(round)
    ties.forget_small_cells(round)
    ties.write_again(round)
    round.state, round.secret, round.closed_at = State.CLOSED, None, timezone.now()
    round.save(update_fields=["state", "secret", "closed_at"])
    _forget_who_was_late(round)
    transaction.on_commit(wipe_closed_rounds, robust=True)
    return round


def wipe_closed_rounds() -> int:
    """Takes what closed rounds were from the files of the database; of how many, 0 where that is done already.

    Once right after closing, or at the next `manage.py due` where somebody held a table; and once an hour later, for
    PostgreSQL keeps the old rows, without a word, where somebody began to read before the closing. Again once
    addresses were erased, or open answers looked through.
    """
    now = timezone.now()
    first, again = Q(wiped_at=None), Q(wiped_at__lt=F("closed_at") + READING, closed_at__lt=now - READING)
    waiting = list(Round.objects.filter(first | again, closed_at__isnull=False).values_list("pk", flat=True))
    if not waiting:
        return 0
    try:
        ties.wipe_dead_rows()
    except OperationalError:
        log.warning("somebody holds a table that is to be wiped of what closed rounds were: later")
        return 0
    return Round.objects.filter(pk__in=waiting).update(wiped_at=now)


@transaction.atomic
def publish_round(*, round_id: UUID, readers: Collection[str] = tuple(ReaderGroup)) -> Round:
    """Lets these groups read the reports of a closed round; who could read them already goes on reading.

    Can't be undone: participants are told by mail. Raises NotAllowed, also where none of `readers` is new.
    """
    round = _owned(round_id, to=State.PUBLISHED)
    new = [group for group in ReaderGroup if group in readers and not round.is_published_to(group)]
    if not new:
        raise workflow.NotAllowed("Deze groepen lezen het rapport al.")
    for group in new:  # one by one: the audit trail does not see rows that are created together
        Publication.objects.create(round=round, readers=group)
    if round.state != State.PUBLISHED:
        round.state = State.PUBLISHED
        round.save(update_fields=["state"])
    queue_results(round_id=round.pk)
    make_reports.enqueue(str(round.pk))
    return round


@transaction.atomic
def archive_round(*, round_id: UUID) -> Round:
    """Takes a published round out of the daily lists; who could read its reports can go on doing so.

    Nobody else will: it is published to no further group. Open answers that are in no report are erased: from now
    on nobody can look them through. Raises NotAllowed.
    """
    round = _owned(round_id, to=State.ARCHIVED)
    round.open_answers.filter(is_cleared=False).delete()
    round.state = State.ARCHIVED
    round.save(update_fields=["state"])
    return round


def _owned(round_id: UUID, to: str) -> Round:
    own_round(round_id)
    round = Round.objects.with_instrument().get(pk=round_id)
    workflow.check(round.state, to)
    return round


def _forget_who_was_late(round: Round) -> None:
    """Reminders went to those who had not finished, as did an invitation that was sent again; and nobody is invited to
    a closed round any more."""
    late = Q(kind__in=TO_THE_UNFINISHED) | Q(state=MessageState.QUEUED)
    Message.objects.of_round(round).filter(late).delete()
    Message.objects.of_round(round).filter(sent_at__isnull=False).update(sent_at=round.opened_at)


def _freeze(round: Round) -> None:
    from assessments.cells import count  # pandas takes a second to load; only closing needs it
    from assessments.scores.scoring import score

    instrument = round.instrument
    links = OpenLink.objects.filter(round=round).exclude(level=OUDERS).values_list("partner__key", "level")
    invited = Participant.objects.filter(round=round).invited_by_cell() | dict.fromkeys(links)
    scores = score(count(round), instrument)
    if round.responses.filter(is_by_open_link=True).exists():
        scores = replace(scores, vouched=score(count(round, by_personal_link=True), instrument))
    found = results(scores, instrument, minimum=round.minimum, invited=invited)
    document = to_json(found, instrument)
    FrozenResults.objects.create(round=round, document=document, facts=names_of(round), checksum=checksum(document))
