"""Writing what is agreed on the report of a round, and what came of it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from assessments.models import Improvement, Round, State
from assessments.workflow import NotAllowed

HAS_A_REPORT = (State.CLOSED, State.PUBLISHED, State.ARCHIVED)


@transaction.atomic
def add_improvement(*, round_id: UUID, fields: Mapping[str, Any]) -> Improvement:
    """Raises NotAllowed where the round has no report yet, or where that of the next one is published."""
    _changeable(round_id)
    return Improvement.objects.create(round_id=round_id, **fields)


@transaction.atomic
def change_improvement(*, round_id: UUID, improvement_id: int, fields: Mapping[str, Any]) -> None:
    """Raises NotAllowed as `add_improvement` does, and where a colleague just removed it."""
    _changeable(round_id)
    improvement = Improvement.objects.filter(round=round_id, pk=improvement_id).first()
    if improvement is None:
        raise NotAllowed("Deze verbeteractie is er niet meer. Misschien verwijderde een collega haar.")
    for name, value in fields.items():
        setattr(improvement, name, value)
    improvement.save()


@transaction.atomic
def remove_improvement(*, round_id: UUID, improvement_id: int) -> None:
    """Raises NotAllowed as `add_improvement` does."""
    _changeable(round_id)
    for improvement in Improvement.objects.filter(round=round_id, pk=improvement_id):
        improvement.delete()


def _changeable(round_id: UUID) -> None:
    """What a published report says of this round stays as it was."""
    round = Round.objects.select_for_update().get(pk=round_id)
    if round.state not in HAS_A_REPORT:
        raise NotAllowed("Verbeteracties horen bij een rapport. Dat is er pas als de ronde is gesloten.")
    if round.is_followed_up:
        raise NotAllowed("Dit kan niet meer. Het rapport van de volgende ronde, waar dit in staat, is gepubliceerd.")
