"""Gives out open links, and withdraws them: one for ouders, and those for teams whose addresses nobody knows."""

from typing import Any
from uuid import UUID

from django.db import transaction

from assessments.actions.owning import owned_round
from assessments.models import Level, OpenLink, Perspective, Response
from assessments.rules.codes import new_code
from assessments.rules.workflow import NotAllowed, Work

CAP = 500  # so many ouders can answer, however far somebody spreads the link


@transaction.atomic
def open_to_ouders(*, round_id: UUID) -> OpenLink:
    """Asks ouders en jongeren too, and returns their link; asked again it returns the same one, open again.

    Raises NotAllowed where the round is closed.
    """
    owned_round(round_id, Work.GIVING_OUT_LINKS)
    link, _ = OpenLink.objects.get_or_create(
        round_id=round_id, level=Perspective.OUDERS, partner=None, defaults={"cap": CAP}
    )
    link.is_withdrawn, link.code = False, link.code or new_code()
    link.save()
    return link


@transaction.atomic
def open_to_team(*, round_id: UUID, partner_id: int, level: Level, cap: int) -> OpenLink:
    """Makes a link for a partner's people at a level; asked again it returns the same one, open, with this cap.

    Raises NotAllowed where the round is closed, and where more people than that use the link already.
    """
    owned_round(round_id, Work.GIVING_OUT_LINKS)
    own: dict[str, Any] = {"round_id": round_id, "partner_id": partner_id, "level": level}
    used = Response.objects.filter(open_link__in=OpenLink.objects.filter(**own)).count()
    if cap < used:
        raise NotAllowed(f"Met deze link begonnen al {used} mensen. Kies {used} of meer, of trek de link in.")
    link, _ = OpenLink.objects.update_or_create(**own, defaults={"cap": cap, "is_withdrawn": False})
    return link


@transaction.atomic
def withdraw_link(*, round_id: UUID, link_id: UUID) -> None:
    """Lets nobody new in by a link; one of a team that nobody used is gone.

    That of ouders stays in any case: that it goes would tell that nobody used it. Raises NotAllowed where the round is
    closed. A link that is gone already stays so.
    """
    owned_round(round_id, Work.GIVING_OUT_LINKS)
    link = OpenLink.objects.filter(round_id=round_id, pk=link_id).first()
    if link is None:  # the button was pressed twice
        return
    if link.level != Perspective.OUDERS and not link.responses.exists():
        link.delete()
    else:
        link.is_withdrawn = True
        link.save()
