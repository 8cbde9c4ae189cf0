"""Who may see and do what: one table of rights, and the one loader per object. What is not yours does not exist."""

from uuid import UUID

from django.db.models import Q
from django.shortcuts import get_object_or_404

from assessments.models import Membership, Network, Role, Round
from samenwerking.accounts.models import User

# What a role may do in its network. A beheerder manages accounts and versions; networks are not hers to read.
RIGHTS: dict[str, frozenset[str]] = {
    Role.COORDINATOR: frozenset({"run", "read_concept", "read_report", "download_data"}),
    Role.READER: frozenset({"read_report"}),
    Role.RESEARCHER: frozenset({"read_report", "download_data"}),
}
SHARED_FOR_RESEARCH = frozenset({"read_report", "download_data"})
NEEDS_PUBLICATION = frozenset({"read_report", "download_data"})


def roles_with(right: str) -> list[str]:
    return [role for role, rights in RIGHTS.items() if right in rights]


def network_for(user: User, network_id: UUID, right: str) -> Network:
    """The network in which `user` has `right`. Raises Http404 otherwise."""
    return get_object_or_404(Network.objects.for_role(user, *roles_with(right)), pk=network_id)


def round_for(user: User, round_id: UUID, right: str) -> Round:
    """The round for which `user` has `right` now; reading waits for publication. Raises Http404 otherwise."""
    visible = Q(network__in=Network.objects.for_role(user, *roles_with(right)))
    if right in SHARED_FOR_RESEARCH and user.is_researcher:
        visible |= Q(network__is_shared_for_research=True)
    rounds = Round.objects.select_related("network", "instrument_version").filter(visible)
    if right in NEEDS_PUBLICATION:
        concept = Q(network__in=Network.objects.for_role(user, *roles_with("read_concept")), frozen__isnull=False)
        rounds = rounds.filter(Q(state__in=["gepubliceerd", "gearchiveerd"]) | concept)
    return get_object_or_404(rounds, pk=round_id)


def is_researcher(user: User) -> bool:
    """Whether `user` does research: everywhere, as the beheerder gave it, or in networks that granted it.

    A grant opens the network that gave it and no other: anybody can make a network and grant it there.
    What is shared for research opens by `User.is_researcher` alone.
    """
    return user.is_researcher or Membership.objects.filter(user=user, role=Role.RESEARCHER).exists()
