"""Plans the conversation about a round's report, changes it and cancels it; whoever is invited is told by mail."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from assessments.actions.mail import queue_meeting, queue_meeting_again
from assessments.actions.owning import owned_round
from assessments.anonymity.erasure import note_erasure
from assessments.models import Meeting, Message, MessageKind, MessageState, Round
from assessments.models.participants import ParticipantQuerySet
from assessments.rules.workflow import NotAllowed, Work
from assessments.running.meetings import keeps_from_meeting, meeting_of, still_cancelling, to_invite


@transaction.atomic
def plan_meeting(*, round_id: UUID, fields: Mapping[str, Any], guests: Q) -> Meeting:
    """Plans the conversation and invites those `guests` who can be invited.

    One that is over or was cancelled makes place for it. Raises NotAllowed, also where one is planned already, or where
    news of the cancelled one still has to go out.
    """
    round = _round(round_id)
    if earlier := meeting_of(round):
        _make_place(round, earlier)
    meeting = Meeting.objects.create(round=round, **fields)
    queue_meeting(round=round, to=_chosen(round, guests))
    return meeting


@transaction.atomic
def change_meeting(*, round_id: UUID, fields: Mapping[str, Any], guests: Q | None = None) -> int:
    """Changes the conversation, tells all who were invited, and invites these `guests` too.

    Returns the number of messages; where nothing is changed, only new guests get one. Raises NotAllowed.
    """
    round = _round(round_id)
    meeting = _planned(round)
    changed = [name for name, value in fields.items() if getattr(meeting, name) != value]
    told = 0
    if changed:
        _next_version(meeting, **{name: fields[name] for name in changed})
        told = queue_meeting_again(round=round)
    return told + (queue_meeting(round=round, to=_chosen(round, guests)) if guests is not None else 0)


@transaction.atomic
def cancel_meeting(*, round_id: UUID, words: str = "") -> int:
    """Cancels the conversation and tells all who got an invitation; returns their number. Raises NotAllowed."""
    round = _round(round_id)
    _next_version(_planned(round), is_cancelled=True, words=words)
    unsent = Q(claimed_at__isnull=True) | Q(state=MessageState.REFUSED)
    Message.objects.of_round(round).filter(unsent, kind=MessageKind.MEETING, sent_at__isnull=True).delete()
    return queue_meeting_again(round=round)


def _round(round_id: UUID) -> Round:
    round = owned_round(round_id, Work.PLANNING_THE_MEETING)
    if why := keeps_from_meeting(round):
        raise NotAllowed(why)
    return round


def _planned(round: Round) -> Meeting:
    meeting = meeting_of(round)
    if meeting is None or not meeting.is_planned:
        raise NotAllowed("Er is geen gesprek meer gepland: het is voorbij of net afgezegd.")
    return meeting


def _make_place(round: Round, earlier: Meeting) -> None:
    if earlier.is_planned:
        raise NotAllowed("Er is al een gesprek gepland.")
    if still_cancelling(round):
        raise NotAllowed("De afzegging wordt nog verstuurd. Plan daarna een nieuw gesprek.")
    came_back = MessageState.BOUNCED  # that address is not mailed again
    Message.objects.of_round(round).filter(kind=MessageKind.MEETING).exclude(state=came_back).delete()
    earlier.delete()
    note_erasure(Meeting, Message)


def _next_version(meeting: Meeting, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(meeting, name, value)
    meeting.sequence += 1
    meeting.changed_at = timezone.now()
    meeting.save()
    note_erasure(Meeting)  # what it said before may have named a person


def _chosen(round: Round, guests: Q) -> ParticipantQuerySet:
    return round.participants.filter(guests, pk__in=to_invite(round).values("pk"))
