"""Gives out open links: one for ouders en jongeren, and those for teams whose addresses nobody knows."""

from uuid import UUID

from django.db import transaction

from assessments.actions.owning import owned_round
from assessments.models import Level, OpenLink, Perspective
from assessments.rules.workflow import Work

CAP = 500  # so many ouders can answer, however far somebody spreads the link


@transaction.atomic
def open_to_ouders(*, round_id: UUID) -> OpenLink:
    """Asks ouders en jongeren too, and returns their link; asked again it returns the same one.

    Raises NotAllowed where the round is closed.
    """
    owned_round(round_id, Work.GIVING_OUT_LINKS)
    link, _ = OpenLink.objects.get_or_create(
        round_id=round_id, level=Perspective.OUDERS, partner=None, defaults={"cap": CAP}
    )
    return link


@transaction.atomic
def open_to_team(*, round_id: UUID, partner_id: int, level: Level, cap: int) -> OpenLink:
    """Makes a link for a partner's people at a level; asked again it returns the same one, with this cap.

    Raises NotAllowed where the round is closed.
    """
    owned_round(round_id, Work.GIVING_OUT_LINKS)
    link, _ = OpenLink.objects.update_or_create(
        round_id=round_id, partner_id=partner_id, level=level, defaults={"cap": cap}
    )
    return link
