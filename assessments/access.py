"""Says who may see and do what: one table of rights, one loader per object. What is not yours does not exist."""

from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import Literal
from uuid import UUID

from django.db.models import Q
from django.shortcuts import get_object_or_404

from assessments.models import Membership, Network, Role, Round
from assessments.models.rounds import RoundQuerySet
from samenwerking.accounts.models import User
from samenwerking.accounts.rights import may

Right = Literal["run", "read_report", "attend", "download_data", "leave"]

# What a role may do in its network. A beheerder as such has no role: she sees networks and rounds in the admin, and no
# report. What she may do in the installation is the table in `samenwerking/accounts/rights.py`.
RIGHTS: dict[str, frozenset[Right]] = {
    Role.COORDINATOR: frozenset({"run", "read_report", "attend", "download_data", "leave"}),
    Role.READER: frozenset({"read_report", "attend", "leave"}),
    Role.RESEARCHER: frozenset({"read_report", "download_data", "leave"}),
}
# Reading waits: for the coördinator until the round is closed, for others until it is published to their group.
READING: frozenset[Right] = frozenset({"read_report", "attend", "download_data"})
READS: dict[str, Callable[[User], RoundQuerySet]] = {
    Role.COORDINATOR: Round.objects.for_coordinator,
    Role.READER: Round.objects.for_reader,
    Role.RESEARCHER: Round.objects.for_research,
}


def roles_with(right: Right) -> list[str]:
    return [role for role, rights in RIGHTS.items() if right in rights]


def network_for(user: User, network_id: UUID, right: Right) -> Network:
    """Returns the network in which `user` has `right`. Raises Http404 otherwise."""
    return get_object_or_404(Network.objects.for_role(user, *roles_with(right)), pk=network_id)


def rounds_for(user: User, right: Right) -> RoundQuerySet:
    """Returns the rounds for which `user` has `right` now."""
    if right not in READING:
        return Round.objects.filter(network__in=Network.objects.for_role(user, *roles_with(right)))
    return Round.objects.filter(reduce(or_, (Q(pk__in=READS[role](user)) for role in roles_with(right))))


def round_for(user: User, round_id: UUID, right: Right) -> Round:
    """Returns the round for which `user` has `right` now. Raises Http404 otherwise."""
    return get_object_or_404(rounds_for(user, right).with_instrument(), pk=round_id)


def reads_releases(user: User) -> bool:
    """Tells whether `user` may take along the figures of each network in a release: what its people were told of."""
    return user.is_researcher


def reads_tables(user: User) -> bool:
    """Tells whether `user` may read what releases tell of networks together: onderzoekers, and who runs a network."""
    return is_researcher(user) or Membership.objects.filter(user=user, role=Role.COORDINATOR).exists()


def makes_releases(user: User) -> bool:
    return may(user, "make_releases")


def reads_papers(user: User) -> bool:
    """Tells whether `user` may take the DPIA along: who runs a network or is going to, and the beheerder."""
    runs = Membership.objects.filter(user=user, role__in=roles_with("run"))
    return user.is_staff or user.can_make_networks or runs.exists()


def is_researcher(user: User) -> bool:
    """Tells whether `user` does research: everywhere, as the beheerder gave it, or in networks that granted it.

    A grant opens the network that gave it and no other: anybody can make a network and grant it there.
    What takes part in research opens by `User.is_researcher` alone.
    """
    return user.is_researcher or Membership.objects.filter(user=user, role=Role.RESEARCHER).exists()


def takes_data(user: User) -> bool:
    """Tells whether `user` may take data along anywhere, and so may have a token for a program to do so."""
    has_right = Membership.objects.filter(user=user, role__in=roles_with("download_data"))
    return user.is_researcher or has_right.exists()
