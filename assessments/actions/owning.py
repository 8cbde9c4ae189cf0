"""Begins an action that owns the round: takes its lock, reads the round under that lock, and looks at its state."""

from uuid import UUID

from django.utils import timezone

from assessments.anonymity.locks import own_round
from assessments.models import Round, State
from assessments.rules.workflow import Work


def owned_round(round_id: UUID, work: Work) -> Round:
    """Owns the round until the end of this transaction, and returns it.

    Raises Round.DoesNotExist, and NotAllowed where its state does not allow this work.
    """
    own_round(round_id)
    round = Round.objects.with_instrument().get(pk=round_id)
    work.check(round.state)
    if round.state == State.CONCEPT:  # its list is kept as long as somebody works on it
        round.touched_at = timezone.now()
        round.save(update_fields=["touched_at"])
    return round
