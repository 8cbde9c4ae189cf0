"""Makes a round and sets it up, as long as it is a concept."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from assessments.actions.owning import owned_round
from assessments.models import Message, Network, Participant, Round
from assessments.rules.workflow import Work

# What a next round takes over from the one before.
SETTINGS = (
    "minimum",
    "shown_by",
    "in_research",
    "reminders",
    "contact_name",
    "contact_email",
    "invitation_subject",
    "invitation_text",
    "reminder_text",
)


@transaction.atomic
def create_round(
    *, network_id: UUID, previous_id: UUID | None = None, fields: Mapping[str, Any], keep: Collection[UUID] = ()
) -> Round:
    """Makes a round in concept, with the settings and the participants of the round before, if there is one.

    It takes over those participants who still have an address and did not say that they do not take part; of those whom
    mail did not reach only these to `keep`. Raises Network.DoesNotExist where the network was just deleted.
    """
    Network.objects.select_for_update().get(pk=network_id)
    previous = Round.objects.get(pk=previous_id, network=network_id) if previous_id else None
    taken_over = {name: value for name in SETTINGS if previous and (value := getattr(previous, name)) != ""}
    round = Round.objects.create(network_id=network_id, previous=previous, **{**fields, **taken_over})
    if previous:
        _copy_participants(previous, round, keep)
    return round


@transaction.atomic
def change_round(*, round_id: UUID, fields: Mapping[str, Any]) -> Round:
    """Changes the settings of a round. Raises NotAllowed where it is a concept no longer."""
    round = owned_round(round_id, Work.SETTING_UP)
    for name, value in fields.items():
        setattr(round, name, value)
    round.save(update_fields=list(fields))
    return round


def unreached(previous: Round) -> list[Message]:
    """Returns a message to each participant who would be taken over and whose address seems dead, by address."""
    people = previous.participants.reachable()
    dead = Message.objects.to_dead_addresses().filter(participant__in=people).select_related("participant__partner")
    by_person = {message.participant_id: message for message in dead}
    return sorted(by_person.values(), key=lambda message: message.participant.email)


def _copy_participants(previous: Round, round: Round, keep: Collection[UUID]) -> None:
    left_out = {message.participant_id for message in unreached(previous)} - set(keep)
    copies = [
        Participant(
            round=round,
            partner_id=old.partner_id,
            level=old.level,
            email=old.email,
            job_title=old.job_title,
            name=old.name,
        )
        for old in previous.participants.reachable().exclude(pk__in=left_out)
    ]
    Participant.objects.bulk_create(sorted(copies, key=lambda participant: participant.pk), batch_size=2000)
