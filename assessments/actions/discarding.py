"""Throws a round away as a whole, with all that was answered in it, as long as nobody was told what came out."""

from uuid import UUID

from django.db import transaction

from assessments.actions.owning import owned_round
from assessments.anonymity.erasure import note_erasure
from assessments.models import (
    FrozenResults,
    Improvement,
    Message,
    OpenAnswer,
    Participant,
    ParticipantFile,
    ReportFile,
    Round,
    RoundSecret,
)
from assessments.rules.workflow import NotAllowed, Work

ERASED_WITH_A_ROUND = (
    Round,
    RoundSecret,
    FrozenResults,
    Participant,
    Message,
    ParticipantFile,
    OpenAnswer,
    Improvement,
    ReportFile,
)


@transaction.atomic
def discard_round(*, round_id: UUID, seen_as: str | None = None) -> None:
    """Deletes a round that was published to nobody, and all that hangs on it. It can't be undone.

    It opens no response and needs no secret: it is the way out for a round that can't be closed any more. Links
    then lead nowhere, and the next round need not wait for this one. Raises Round.DoesNotExist, and NotAllowed where it
    was published, or where it is no longer in the state that it was `seen_as`.
    """
    round = owned_round(round_id, Work.DISCARDING)
    if seen_as not in (None, round.state):
        raise NotAllowed("De staat van deze ronde is net veranderd.")
    round.delete()
    note_erasure(*ERASED_WITH_A_ROUND)
