"""Writes who takes part, before a round opens and while it is open."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from assessments.actions.owning import owned_round
from assessments.anonymity.erasure import note_erasure
from assessments.anonymity.secrets import keys_of
from assessments.models import Message, Participant, Response
from assessments.rules.workflow import NotAllowed, Work
from assessments.running.response import finished

CAN_CHANGE = ("partner_id", "level", "job_title", "name")  # in place; another address is another participant
MOVING = frozenset({"partner_id", "level"})  # what says with whom somebody's answer counts


@dataclass(frozen=True)
class Person:
    """Is somebody to invite; `email` is in lower case, or empty for a link on paper."""

    partner_id: int
    level: str
    email: str
    job_title: str = ""
    name: str = ""


@dataclass(frozen=True)
class Changes:
    """Tells who was changed, and who stays where they are: they have sent, so they move only themselves.

    `former` has by participant what was changed, as it was before.
    """

    changed: frozenset[UUID]
    stayed: frozenset[UUID]
    former: Mapping[UUID, Mapping[str, Any]] = field(default_factory=dict, compare=False)


class AlreadyInvited(Exception):
    """The address takes part in this round already."""


class HasFinished(Exception):
    """The participant has submitted: whoever takes them out, or moves them, takes an answer that counts along."""


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
            name=person.name,
        )
        for person in people
    ]
    # In the order of their random ids: nothing about a person follows from the place of a row.
    return Participant.objects.bulk_create(sorted(added, key=lambda participant: participant.pk), batch_size=2000)


@transaction.atomic
def change_participants(*, round_id: UUID, changes: Mapping[UUID, Mapping[str, Any]]) -> Changes:
    """Gives each of these participants what is named of CAN_CHANGE, and returns who was changed and who was not.

    Whoever has sent gets another job title or name, but not another partner or level: nothing of them is changed then.
    A coördinator who could move an answer would see from the figures what it says. Whoever is no longer there is left
    out. Raises NotAllowed where the round is closed.
    """
    round = owned_round(round_id, Work.EDITING_THE_LIST)
    people = round.participants.in_bulk(list(changes))
    new = {pk: _differing(person, changes[pk]) for pk, person in people.items()}
    moved = {pk for pk, fields in new.items() if MOVING & fields.keys()}
    stayed = finished(round, among=moved)
    changed = [people[pk] for pk, fields in new.items() if fields and pk not in stayed]
    former = {person.pk: {name: getattr(person, name) for name in new[person.pk]} for person in changed}
    for person in changed:
        for name, value in new[person.pk].items():
            setattr(person, name, value)
    Participant.objects.bulk_update(changed, [name.removesuffix("_id") for name in CAN_CHANGE], batch_size=500)
    if changed:
        note_erasure(Participant)
    return Changes(frozenset(former), frozenset(stayed), former)


@transaction.atomic
def undo_changes(*, round_id: UUID, former: Mapping[UUID, Mapping[str, Any]], given: Mapping[str, Any]) -> int:
    """Gives participants back what they had before all of them were `given` something else. Returns their number.

    Whoever has sent since, was changed again or is no longer there is left as they are, and so is who would go back to
    a partner that is gone. Raises NotAllowed where the round is closed.
    """
    round = owned_round(round_id, Work.EDITING_THE_LIST)
    people = round.participants.in_bulk(list(former))
    partners = set(round.network.partners.values_list("pk", flat=True))
    changes = {
        pk: fields
        for pk, fields in former.items()
        if pk in people
        and all(getattr(people[pk], name) == given[name] for name in fields)
        and fields.get("partner_id", people[pk].partner_id) in partners
    }
    return len(change_participants(round_id=round_id, changes=changes).changed)


@transaction.atomic
def change_participant(*, participant_id: UUID, fields: Mapping[str, Any]) -> Participant:
    """Changes what `fields` names of one participant: of CAN_CHANGE, and `email`. Returns them as they are now.

    With another address they are replaced, for somebody else's inbox got the link: the old link leads nowhere. Raises
    HasFinished where they have sent and this would move or replace them, Gone, AlreadyInvited and NotAllowed.
    """
    if "email" in fields:
        old = _remove(participant_id)
        kept = {name: getattr(old, name) for name in (*CAN_CHANGE, "email")}
        return add_participants(round_id=old.round_id, people=[Person(**{**kept, **fields})])[0]
    done = change_participants(round_id=_round_of(participant_id), changes={participant_id: fields})
    if participant_id in done.stayed:
        raise HasFinished
    participant = Participant.objects.filter(pk=participant_id).first()
    if participant is None:
        raise Gone
    return participant


@transaction.atomic
def remove_participant(*, participant_id: UUID) -> None:
    """Takes somebody out, with what they saved but did not submit.

    Raises HasFinished where they have submitted, NotAllowed where the round is closed, and Gone.
    """
    _remove(participant_id)


@transaction.atomic
def remove_participants(*, round_id: UUID, ids: Collection[UUID]) -> Changes:
    """Takes out those of these people who have not sent, as `remove_participant` does.

    Returns who was taken out, and who stays. Raises NotAllowed where the round is closed.
    """
    round = owned_round(round_id, Work.EDITING_THE_LIST)
    there = set(round.participants.in_bulk(list(ids)))
    stayed = finished(round, among=there)
    gone = there - stayed
    if round.is_open:
        keys = keys_of(round)
        Response.objects.filter(pk__in=[keys.response_key(pk) for pk in gone]).delete()
    round.participants.filter(pk__in=gone).delete()
    note_erasure(Participant, Message)
    return Changes(frozenset(gone), frozenset(stayed))


def _remove(participant_id: UUID) -> Participant:
    """Removes the participant and returns them as they were under the lock: until then the level may have changed."""
    known = Participant.objects.filter(pk=participant_id)
    round = owned_round(_round_of(participant_id), Work.EDITING_THE_LIST)
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


def _round_of(participant_id: UUID) -> UUID:
    """Returns the id of the participant's round. Raises Gone."""
    round_id = Participant.objects.filter(pk=participant_id).values_list("round", flat=True).first()
    if round_id is None:
        raise Gone
    return round_id


def _differing(person: Participant, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Returns what of these fields is another than it is now."""
    return {name: fields[name] for name in CAN_CHANGE if name in fields and getattr(person, name) != fields[name]}
