"""Writes networks, their partners, and who works in them."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.text import slugify

from assessments.actions.keeping import touch
from assessments.anonymity.erasure import note_erasure
from assessments.models import (
    FrozenResults,
    Membership,
    Network,
    OpenLink,
    Participant,
    Partner,
    PartnerKind,
    PartnerMessage,
    Role,
    Round,
)
from assessments.models.networks import MembershipQuerySet
from assessments.running.sectors import place_new_partner
from samenwerking.accounts.models import User


class PartnerInUse(Exception):
    """The partner takes part in a round, so it can't go."""


class CannotMerge(Exception):
    """The two partners can't become one now; the message says why, in Dutch."""


class LastCoordinator(Exception):
    """Nobody would run the network any more."""


@transaction.atomic
def create_network(*, user: User, fields: Mapping[str, Any]) -> Network:
    """Makes a network with these `fields`, of which `user` is the coördinator."""
    network = Network.objects.create(**fields)
    Membership.objects.create(
        network=network, user=user, role=Role.COORDINATOR, name=user.name, opened_at=timezone.now()
    )
    return network


@transaction.atomic
def change_network(*, network_id: UUID, fields: Mapping[str, Any]) -> Network:
    network = Network.objects.select_for_update().get(pk=network_id)
    for name, value in fields.items():
        setattr(network, name, value)
    network.save(update_fields=list(fields))
    touch(network_id)
    return network


@transaction.atomic
def add_partner(
    *, network_id: UUID, name: str, kind: PartnerKind, local_kind: str = "", contact_email: str = ""
) -> Partner:
    """Adds a partner. Its key, for data files, follows from its name."""
    network = Network.objects.select_for_update().get(pk=network_id)
    fields = {"name": name, "kind": kind, "local_kind": local_kind, "contact_email": contact_email}
    partner = Partner.objects.create(network=network, key=_free_key(network, name), **fields)
    place_new_partner(partner)
    touch(network_id)
    return partner


@transaction.atomic
def change_partner(
    *, partner_id: int, name: str, kind: PartnerKind, local_kind: str = "", contact_email: str = ""
) -> Partner:
    """Changes all of a partner but its key: earlier results name the partner by it."""
    partner = Partner.objects.select_for_update().get(pk=partner_id)
    if partner.contact_email != contact_email:
        note_erasure(Partner)
    partner.name, partner.kind, partner.local_kind, partner.contact_email = name, kind, local_kind, contact_email
    partner.save(update_fields=["name", "kind", "local_kind", "contact_email"])
    touch(partner.network_id)
    return partner


@transaction.atomic
def remove_partner(*, partner_id: int) -> None:
    """Removes a partner. Raises PartnerInUse where its people were invited to a round, have a link or answered."""
    partner = Partner.objects.select_for_update().get(pk=partner_id)
    try:
        partner.delete()
        note_erasure(Partner, PartnerMessage)
        touch(partner.network_id)
    except ProtectedError:
        raise PartnerInUse(partner.name) from None


@transaction.atomic
def change_kinds(*, network_id: UUID, kinds: Mapping[int, PartnerKind]) -> int:
    """Sets the kinds of these partners of the network, and returns how many changed. No open round changes by it."""
    Network.objects.select_for_update().get(pk=network_id)
    changed = [
        partner
        for partner in Partner.objects.filter(network=network_id, pk__in=kinds)
        if partner.kind_id != kinds[partner.pk].pk
    ]
    for partner in changed:  # one by one: the audit trail does not see an update of many
        partner.kind = kinds[partner.pk]
        partner.save(update_fields=["kind"])
    touch(network_id)
    return len(changed)


@transaction.atomic
def merge_partners(*, partner_id: int, into_id: int) -> Partner:
    """Makes one partner of two of a network: the people and links of the first become the second's, and it goes.

    Reports of closed rounds keep the names of then. Raises CannotMerge while a round is open: whoever has sent moves
    only herself, and the coördinator would see from the figures what a few of them said. Also where both have an open
    link for one level of a round. Raises Network.DoesNotExist or Partner.DoesNotExist where one is gone.
    """
    network = Network.objects.select_for_update(of=("self",)).get(partners=partner_id)
    gone, stays = (Partner.objects.get(pk=pk) for pk in (partner_id, into_id))
    if gone == stays or stays.network_id != network.pk:
        raise CannotMerge("Kies een andere partner van dit netwerk.")
    if Round.objects.open().filter(network=network).exists():
        raise CannotMerge("Er is een ronde open. Voeg de partners samen als die gesloten is.")
    for link in OpenLink.objects.filter(partner=gone):
        if OpenLink.objects.filter(partner=stays, round=link.round_id, level=link.level).exists():
            raise CannotMerge(f"Beide partners hebben een open link in ‘{link.round.name}’. Verwijder er eerst een.")
    Participant.objects.filter(partner=gone).update(partner=stays)
    OpenLink.objects.filter(partner=gone).update(partner=stays)
    gone.delete()
    note_erasure(Partner, PartnerMessage)
    touch(network.pk)
    return stays


def is_in_use(partner: Partner) -> bool:
    """Tells whether the partner takes part in a round, so that it can't go."""
    return any(model.objects.filter(partner=partner).exists() for model in (Participant, OpenLink))


@transaction.atomic
def add_colleague(*, network_id: UUID, email: str, name: str, role: str) -> User:
    """Gives somebody a role in the network, and an account if they have none; a known account keeps its name."""
    Network.objects.select_for_update().get(pk=network_id)  # as in remove_colleague
    email = User.objects.normalize_email(email)
    user = User.objects.filter(email=email).first() or User.objects.create_user(email, name=name)
    Membership.objects.update_or_create(network_id=network_id, user=user, defaults={"role": role, "name": name})
    touch(network_id)
    _keep_a_coordinator(network_id)
    return user


@transaction.atomic
def remove_colleague(*, membership_id: int) -> None:
    """Takes somebody's role away, if they still have it. Raises LastCoordinator where nobody would run the network.

    The lock is the network's: two coördinators who remove each other hold two memberships, and neither would see
    that the other goes too.
    """
    network = Network.objects.filter(pk__in=Membership.objects.filter(pk=membership_id).values("network"))
    if owned := network.select_for_update().first():
        Membership.objects.filter(pk=membership_id).delete()
        note_erasure(Membership)
        _keep_a_coordinator(owned.pk)


@transaction.atomic
def change_role(*, membership_id: int, role: str) -> None:
    """Gives a colleague another role.

    Raises LastCoordinator where nobody would run the network any more, and Network.DoesNotExist or
    Membership.DoesNotExist where the colleague has no role any more.
    """
    network = Network.objects.select_for_update(of=("self",)).get(memberships=membership_id)
    membership = Membership.objects.get(pk=membership_id)
    membership.role = role
    membership.save(update_fields=["role"])
    touch(network.pk)
    _keep_a_coordinator(network.pk)


@transaction.atomic
def leave_network(*, network_id: UUID, user: User) -> None:
    """Takes one's own role away.

    Raises LastCoordinator where no other coördinator has ever opened the network: a mistyped address would then be all
    that is left of who runs it.
    """
    Network.objects.select_for_update().get(pk=network_id)
    own = Membership.objects.filter(network=network_id, user=user)
    if own.filter(role=Role.COORDINATOR).exists() and not other_coordinators(network_id, user).exists():
        raise LastCoordinator
    own.delete()
    note_erasure(Membership)


def other_coordinators(network_id: UUID, user: User) -> MembershipQuerySet:
    """Returns who runs the network beside `user`, and has opened it."""
    return Membership.objects.who_run().filter(network=network_id, opened_at__isnull=False).exclude(user=user)


def note_opened(user: User) -> None:
    """Notes that somebody has seen the networks that were opened to them."""
    Membership.objects.filter(user=user, opened_at=None).update(opened_at=timezone.now())


def leaves_no_coordinator(network_id: UUID, *, without: Collection[int]) -> bool:
    """Tells whether nobody would run the network any more without these memberships.

    That of a coördinator who was shut out counts too: else she would be shut out first, and deleted then.
    """
    coordinators = Membership.objects.filter(network=network_id, role=Role.COORDINATOR)
    others = coordinators.filter(user__is_active=True).exclude(pk__in=without)
    return coordinators.filter(pk__in=without).exists() and not others.exists()


def _keep_a_coordinator(network_id: UUID) -> None:
    if not Membership.objects.who_run().filter(network=network_id).exists():
        raise LastCoordinator


def _free_key(network: Network, name: str) -> str:
    """Returns a key that no partner has, and none had in results that are kept: those would be taken for its own."""
    taken = set(network.partners.values_list("key", flat=True))
    frozen = FrozenResults.objects.filter(round__network=network).values_list("facts__partners", flat=True)
    taken |= {partner["key"] for partners in frozen for partner in partners or ()}
    stem = slugify(name)[:50] or "partner"
    names = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(taken) + 2))
    return next(key for key in names if key not in taken)
