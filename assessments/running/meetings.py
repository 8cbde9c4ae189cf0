"""Tells whether the conversation about a round's report can be planned, and who can be invited to it. Knows no answers.

Whether somebody answered plays no part: all who were asked to fill in are asked to the table.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from assessments.models import Meeting, Message, MessageKind, MessageState, ReaderGroup, Round
from assessments.models.mail import MessageQuerySet
from assessments.models.participants import ParticipantQuerySet
from assessments.rules.workflow import Work


@dataclass(frozen=True)
class LeftOut:
    """Counts who is not invited: who wants no mail or does not take part, and whose mail does not arrive."""

    unwilling: int
    unreachable: int

    def __bool__(self) -> bool:
        return bool(self.unwilling or self.unreachable)


def meeting_of(round: Round) -> Meeting | None:
    """Returns the conversation of the round, also one that is over or was cancelled."""
    return Meeting.objects.filter(round=round).select_related("round__network").first()


def keeps_from_meeting(round: Round) -> str:
    """Returns why nobody can be told of a conversation now, or nothing."""
    if not round.is_published_to(ReaderGroup.PARTICIPANTS):
        return (
            "Publiceer het rapport eerst voor de deelnemers. Dan kunnen zij het lezen voordat zij komen: de link staat"
            " in de uitnodiging."
        )
    if round.addresses_erased_at:
        return "De e-mailadressen van de deelnemers zijn gewist. Er kan geen mail meer naar hen uit."
    if not round.allows(Work.PLANNING_THE_MEETING):
        return Work.PLANNING_THE_MEETING.refusal
    return ""


def to_invite(round: Round) -> ParticipantQuerySet:
    """Returns the participants who can be invited and are not invited yet."""
    willing = round.participants.reachable().filter(no_reminders=False)
    bounced = Message.objects.of_round(round).filter(state=MessageState.BOUNCED).values("participant")
    left, found = willing.exclude(pk__in=bounced), meeting_of(round)
    return left.exclude(pk__in=told(round).values("participant")) if found and found.is_planned else left


def told(round: Round) -> MessageQuerySet:
    """Returns the messages about the conversation, one for each person who was invited and can be told more."""
    return Message.objects.of_round(round).filter(kind=MessageKind.MEETING).exclude(state=MessageState.BOUNCED)


def left_out(round: Round) -> LeftOut:
    people = round.participants.all()
    unwilling = people.filter(Q(has_opted_out=True) | Q(is_wrong_person=True) | Q(no_reminders=True))
    willing = people.exclude(pk__in=unwilling.values("pk"))
    bounced = Q(messages__state=MessageState.BOUNCED)
    return LeftOut(unwilling.count(), willing.filter(Q(email="") | bounced).distinct().count())


def still_cancelling(round: Round) -> bool:
    """Tells whether news of a cancelled conversation still has to go out: until then no other is planned."""
    found = meeting_of(round)
    return found is not None and found.is_cancelled and told(round).queued().exists()
