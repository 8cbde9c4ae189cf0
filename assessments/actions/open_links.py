"""The one open link for ouders en jongeren, that a school or cliëntenraad spreads."""

from uuid import UUID

from django.db import transaction

from assessments.locks import own_round
from assessments.models import OpenLink, Perspective, Round, State
from assessments.workflow import NotAllowed

CAP = 500  # so many can answer by it, whoever spreads it where


@transaction.atomic
def open_to_ouders(*, round_id: UUID) -> OpenLink:
    """Asks ouders en jongeren too; twice gives the same link. Raises NotAllowed where the round is closed."""
    own_round(round_id)
    if Round.objects.get(pk=round_id).state not in (State.CONCEPT, State.OPEN):
        raise NotAllowed("Deze ronde is gesloten.")
    link, _ = OpenLink.objects.get_or_create(
        round_id=round_id, level=Perspective.OUDERS, partner=None, defaults={"cap": CAP}
    )
    return link
