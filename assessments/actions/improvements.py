"""Writes what is agreed on the report of a round, and what came of it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from assessments.actions.owning import owned_round
from assessments.anonymity.erasure import note_erasure
from assessments.anonymity.locks import own_round
from assessments.models import Improvement, ReportFile, Round, State
from assessments.report.tasks import make_reports
from assessments.rules.workflow import NotAllowed, Work


@transaction.atomic
def add_improvement(*, round_id: UUID, fields: Mapping[str, Any]) -> Improvement:
    """Adds what partners agree to improve.

    Raises NotAllowed where the round has no report yet, or where the next round, which reports on it, is archived.
    """
    round = _changeable(round_id)
    improvement = Improvement.objects.create(round=round, **fields)
    _make_reports_again(round)
    return improvement


@transaction.atomic
def change_improvement(*, round_id: UUID, improvement_id: int, fields: Mapping[str, Any]) -> None:
    """Changes an improvement. Raises NotAllowed as `add_improvement` does, and where a colleague just removed it."""
    round = _changeable(round_id)
    if not round.improvements.filter(pk=improvement_id).update(**fields):
        raise NotAllowed("Deze verbeteractie is er niet meer. Misschien verwijderde een collega haar.")
    note_erasure(Improvement)
    _make_reports_again(round)


@transaction.atomic
def remove_improvement(*, round_id: UUID, improvement_id: int) -> None:
    """Removes an improvement, if it is still there. Raises NotAllowed as `add_improvement` does."""
    round = _changeable(round_id)
    round.improvements.filter(pk=improvement_id).delete()
    note_erasure(Improvement)
    _make_reports_again(round)


def _changeable(round_id: UUID) -> Round:
    round = owned_round(round_id, Work.AGREEING_ON_IMPROVEMENTS)
    for following in round.next_rounds.all():
        own_round(following.pk)
    if round.is_followed_up:
        raise NotAllowed("Dit kan niet meer. De volgende ronde, met dit in het rapport, is gearchiveerd.")
    return round


def _make_reports_again(round: Round) -> None:
    """Erases the reports that were made of the earlier text, and has those of published rounds made again.

    The earlier text is kept nowhere: it may have named somebody.
    """
    for following in round.next_rounds.all():
        ReportFile.objects.filter(round=following).delete()
        note_erasure(ReportFile)
        if following.state == State.PUBLISHED:
            make_reports.enqueue(str(following.pk))
