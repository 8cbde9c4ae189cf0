"""Takes a round from one state to the next. Closing is final: it freezes the results and cuts every tie to people."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from assessments.actions.closing import count_and_erase
from assessments.actions.mail import queue_invitations, queue_results
from assessments.actions.owning import owned_round
from assessments.actions.receipts import give_receipt
from assessments.actions.timetable import forget_days_before_the_invitation, move_with_the_last_day
from assessments.anonymity.erasure import note_erasure
from assessments.anonymity.locks import own_network
from assessments.anonymity.secrets import give_secret
from assessments.models import (
    Message,
    MessageState,
    OpenAnswer,
    PartnerMessage,
    Publication,
    ReaderGroup,
    Receipt,
    Round,
    RoundSecret,
    State,
)
from assessments.models.mail import SAYS_WHO_HAD_FINISHED
from assessments.report.tasks import make_reports
from assessments.rules.workflow import NotAllowed, Work
from assessments.running.readiness import unmet
from assessments.running.sectors import fix_sectors


class Step(Protocol):
    """Is an action that takes a round to its next state. Raises NotAllowed where it is in another one."""

    def __call__(self, *, round_id: UUID) -> Round: ...


class NotReady(NotAllowed):
    """Something must be done, or waited for, before the round can open; a page that said otherwise was out of date."""


@transaction.atomic
def open_round(*, round_id: UUID, invites_at: datetime | None = None) -> Round:
    """Opens a round: from now on its minimum and its instrument are fixed, and links lead to the questions.

    The invitations go out at once, or at `invites_at`.
    Raises NotAllowed where it is a concept no longer, NotReady where something must be done or waited for first.
    """
    round = owned_round(round_id, Work.OPENING)
    own_network(round.network_id)
    if requirements := unmet(round):
        raise NotReady(requirements[0].text)
    round.state, round.opened_at, round.invites_at = State.OPEN, timezone.now(), invites_at
    round.save(update_fields=["state", "opened_at", "invites_at"])
    forget_days_before_the_invitation(round)
    fix_sectors(round)
    give_secret(round)
    queue_invitations(round_id=round.pk)
    return round


@transaction.atomic
def extend_round(*, round_id: UUID, closes_on: date, tell: bool = False, now: datetime | None = None) -> Round:
    """Changes the last day of an open round, and with it the days of its mail. Raises NotAllowed where it is not open.

    With `tell`, whoever has not finished is told where the new day is later.
    """
    round = owned_round(round_id, Work.MOVING_THE_LAST_DAY)
    move_with_the_last_day(round, closes_on, tell=tell, now=timezone.localtime(now))
    round.closes_on = closes_on
    round.save(update_fields=["closes_on"])
    return round


@transaction.atomic
def close_round(*, round_id: UUID) -> Round:
    """Freezes the results of an open round and erases every answer of a person. It can't be undone.

    In one transaction: answers that were not submitted are erased; the others are opened, counted and frozen as
    results; open answers are cut loose; then all responses are erased, with reminders, queued mail, the times of other
    mail and the round's secret. Raises NotAllowed, or its subclass CannotClose where something that was sent can't be
    counted: then all stays as it was.
    """
    round = owned_round(round_id, Work.CLOSING)
    count_and_erase(round)
    round.state, round.closed_at = State.CLOSED, timezone.now()
    round.save(update_fields=["state", "closed_at"])
    _forget_who_was_late(round)
    PartnerMessage.objects.filter(round=round).delete()
    note_erasure(PartnerMessage)
    note_erasure(RoundSecret)  # it opens whatever the files keep of the responses
    give_receipt(Receipt.Kind.SECRET, 1, "antwoorden: bij het sluiten van hun ronde", round.network_id)
    return round


@transaction.atomic
def publish_round(*, round_id: UUID, readers: Collection[str] = tuple(ReaderGroup)) -> Round:
    """Lets these groups read the reports of a closed round; whoever could read them already goes on reading.

    It can't be undone: participants are told by mail. Raises NotAllowed, also where none of `readers` is new, and for
    onderzoekers where it does not take part in research: its people were not told.
    """
    round = owned_round(round_id, Work.PUBLISHING)
    new = [group for group in round.possible_readers if group in readers and not round.is_published_to(group)]
    if not new:
        raise NotAllowed("Deze groepen lezen het rapport al, of de ronde doet niet mee aan onderzoek.")
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
    """Takes a published round out of the daily lists; whoever could read its reports can go on doing so.

    Nobody else will: it is published to no further group. Open answers that are in no report are erased: from now
    on nobody can look them through. Raises NotAllowed.
    """
    round = owned_round(round_id, Work.ARCHIVING)
    round.open_answers.filter(is_cleared=False).delete()
    note_erasure(OpenAnswer)
    round.state = State.ARCHIVED
    round.save(update_fields=["state"])
    return round


@transaction.atomic
def leave_research(*, round_id: UUID) -> Round:
    """Takes a round out of research for good: no onderzoeker whom the beheerder appointed reads it from now on.

    Releases that were given out keep its figures; later ones don't have them. Raises NotAllowed.
    """
    round = owned_round(round_id, Work.LEAVING_RESEARCH)
    if not round.takes_part_in_research:
        raise NotAllowed("Deze ronde doet niet mee aan onderzoek.")
    round.left_research_at = timezone.now()
    round.save(update_fields=["left_research_at"])
    return round


def _forget_who_was_late(round: Round) -> None:
    """Erases reminders and queued mail, and gives all other messages the time at which people were first invited.

    Reminders went only to those who had not finished, as did an invitation that was sent again, so a row or a time
    would say who was late. A question about the level says who was not.
    """
    late = Q(kind__in=SAYS_WHO_HAD_FINISHED) | Q(state=MessageState.QUEUED)
    Message.objects.of_round(round).filter(late).delete()
    kept = Message.objects.of_round(round)
    moment = (None if round.invites_later else round.invites_at) or round.opened_at
    kept.update(queued_at=moment, claimed_at=None, attempts=1)
    kept.filter(sent_at__isnull=False).update(sent_at=moment)
    note_erasure(Message)
