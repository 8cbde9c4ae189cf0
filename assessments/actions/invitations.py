"""Mails one participant because the coördinator asks for it: the invitation once more, or to look at the own level.

Each goes once a day at most, and never to those who want no mail.
"""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from auditlog.models import LogEntry
from django.db import transaction
from django.utils import timezone

from assessments.actions.mail import queue_invitations, queue_to_one
from assessments.actions.owning import owned_round
from assessments.models import Message, MessageKind, MessageState, Participant
from assessments.rules.workflow import NotAllowed, Work
from assessments.running.response import finished

BETWEEN = timedelta(days=1)  # at least, for the invitations of one participant


@transaction.atomic
def invite_again(*, round_id: UUID, participant_id: UUID) -> None:
    """Queues a new invitation in place of the one that was sent, with the same personal link.

    It is a message of its own, for a mail server may drop one whose Message-ID it has seen. The audit trail names the
    round, not the participant. Raises NotAllowed where `may_be_invited_again` is false or the round is not open.
    """
    round = owned_round(round_id, Work.INVITING_AGAIN)
    participant = round.participants.filter(pk=participant_id).first()
    if participant is None or not may_be_invited_again(participant, participant.messages.all()):
        raise NotAllowed(Work.INVITING_AGAIN.refusal)
    if finished(round, among=[participant.pk]):
        raise NotAllowed("Deze deelnemer is al klaar.")
    participant.messages.filter(kind=MessageKind.INVITATION).delete()
    queue_invitations(round_id=round.pk)
    LogEntry.objects.log_create(
        round, action=LogEntry.Action.UPDATE, changes={"uitnodiging": ["verstuurd", "opnieuw verstuurd"]}
    )


@transaction.atomic
def ask_to_check_level(*, round_id: UUID, participant_id: UUID) -> None:
    """Queues the question whether the level is right; participants alone move an answer that was sent.

    The audit trail does not name the participant. Raises NotAllowed where `may_be_asked` is false or the round is not
    open.
    """
    round = owned_round(round_id, Work.ASKING_FOR_THE_LEVEL)
    participant = round.participants.filter(pk=participant_id).first()
    if participant is None or not may_be_asked(participant, participant.messages.all()):
        raise NotAllowed(Work.ASKING_FOR_THE_LEVEL.refusal)
    participant.messages.filter(kind=MessageKind.CHECK_LEVEL).delete()
    queue_to_one(participant=participant, kind=MessageKind.CHECK_LEVEL)


def may_be_asked(participant: Participant, messages: Iterable[Message]) -> bool:
    """Tells whether they want mail and, by the `messages` to them, can be reached and were not asked within a day."""
    recently = timezone.now() - BETWEEN
    wants_mail = participant.email and participant.takes_part and not participant.no_reminders
    return bool(wants_mail) and not any(
        message.state == MessageState.BOUNCED
        or (message.kind == MessageKind.CHECK_LEVEL and message.queued_at > recently)
        for message in messages
    )


def may_be_invited_again(participant: Participant, messages: Iterable[Message]) -> bool:
    """Tells whether they want mail and, by the `messages` to them, were invited more than a day ago."""
    wants_mail = participant.takes_part and not participant.no_reminders
    long_ago = timezone.now() - BETWEEN
    return wants_mail and any(
        message.kind == MessageKind.INVITATION
        and message.state == MessageState.SENT
        and message.sent_at is not None
        and message.sent_at < long_ago
        for message in messages
    )
