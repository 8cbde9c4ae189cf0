"""Makes a round and sets it up, as long as it is a concept."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from assessments.actions.owning import owned_round
from assessments.models import Participant, Round
from assessments.rules.workflow import Work

# What a next round takes over from the one before.
SETTINGS = (
    "minimum",
    "shown_by",
    "reminders",
    "contact_name",
    "contact_email",
    "invitation_subject",
    "invitation_text",
    "reminder_text",
)


@transaction.atomic
def create_round(*, network_id: UUID, previous_id: UUID | None = None, fields: Mapping[str, Any]) -> Round:
    """Makes a round in concept, with the settings and the participants of the round before, if there is one.

    It takes over those participants who still have an address and did not say that they do not take part.
    """
    previous = Round.objects.get(pk=previous_id, network=network_id) if previous_id else None
    taken_over = {name: value for name in SETTINGS if previous and (value := getattr(previous, name)) != ""}
    round = Round.objects.create(network_id=network_id, previous=previous, **{**fields, **taken_over})
    if previous:
        _copy_participants(previous, round)
    return round


@transaction.atomic
def change_round(*, round_id: UUID, fields: Mapping[str, Any]) -> Round:
    """Changes the settings of a round. Raises NotAllowed where it is a concept no longer."""
    round = owned_round(round_id, Work.SETTING_UP)
    for name, value in fields.items():
        setattr(round, name, value)
    round.save(update_fields=list(fields))
    return round


def _copy_participants(previous: Round, round: Round) -> None:
    willing = previous.participants.exclude(email="").filter(has_opted_out=False, is_wrong_person=False)
    copies = [
        Participant(
            round=round,
            partner_id=old.partner_id,
            level=old.level,
            email=old.email,
            job_title=old.job_title,
            name=old.name,
        )
        for old in willing
    ]
    Participant.objects.bulk_create(sorted(copies, key=lambda participant: participant.pk), batch_size=2000)
