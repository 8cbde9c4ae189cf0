"""Writes who takes part, before a round opens and while it is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from assessments.actions.owning import owned_round
from assessments.anonymity.erasure import note_erasure
from assessments.anonymity.secrets import keys_of
from assessments.models import Message, Participant, Response
from assessments.rules.workflow import NotAllowed, Work


@dataclass(frozen=True)
class Person:
    """A person is somebody to invite; `email` is in lower case, or empty for a link on paper."""

    partner_id: int
    level: str
    email: str
    job_title: str = ""


class AlreadyInvited(Exception):
    """The address takes part in this round already."""


class HasFinished(Exception):
    """The participant has submitted; taking them out would take away an answer that counts."""


class Gone(NotAllowed):
    """The participant is no longer there: a colleague took them out, or corrected the address, a moment before."""


@transaction.atomic
def add_participants(*, round_id: UUID, people: Sequence[Person]) -> list[Participant]:
    """Adds all of these people, or none, and returns the participants.

    Raises AlreadyInvited where an address takes part already or comes twice, and NotAllowed where the round is closed.
    """
    round = owned_round(round_id, Work.EDITING_THE_LIST)
    addresses = [person.email for person in people if person.email]
    known = set(round.participants.filter(email__in=addresses).values_list("email", flat=True))
    if known or len(set(addresses)) < len(addresses):
        raise AlreadyInvited(", ".join(sorted(known)))
    added = [
        Participant(
            round=round,
            partner_id=person.partner_id,
            level=person.level,
            email=person.email,
            job_title=person.job_title,
        )
        for person in people
    ]
    # In the order of their random ids: nothing about a person follows from the place of a row.
    return Participant.objects.bulk_create(sorted(added, key=lambda participant: participant.pk), batch_size=2000)


@transaction.atomic
def remove_participant(*, participant_id: UUID) -> None:
    """Takes somebody out, with what they saved but did not submit.

    Raises HasFinished where they have submitted, NotAllowed where the round is closed, and Gone.
    """
    _remove(participant_id)


@transaction.atomic
def correct_address(*, participant_id: UUID, email: str) -> Participant:
    """Replaces the participant, for somebody else's inbox got the link: the old link leads nowhere.

    Raises HasFinished, Gone, AlreadyInvited and NotAllowed as removing and adding do.
    """
    old = _remove(participant_id)
    person = Person(old.partner_id, old.level, email, old.job_title)
    return add_participants(round_id=old.round_id, people=[person])[0]


def _remove(participant_id: UUID) -> Participant:
    """Removes the participant and returns them as they were under the lock: until then the level may have changed."""
    known = Participant.objects.filter(pk=participant_id)
    round_id = known.values_list("round", flat=True).first()
    if round_id is None:
        raise Gone
    round = owned_round(round_id, Work.EDITING_THE_LIST)
    participant = known.first()
    if participant is None:
        raise Gone
    if round.is_open:
        own = Response.objects.filter(pk=keys_of(round).response_key(participant.pk))
        if own.submitted().exists():
            raise HasFinished
        own.delete()
    known.delete()
    note_erasure(Participant, Message)
    return participant
