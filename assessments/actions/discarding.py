"""Throws away a round with all that was answered in it, as long as nobody was told the outcome, or a whole network."""

from uuid import UUID

from django.db import transaction

from assessments.actions.owning import owned_round
from assessments.anonymity.erasure import note_erasure
from assessments.anonymity.locks import own_network, own_round
from assessments.models import (
    FrozenResults,
    Improvement,
    JobTitleLevel,
    Meeting,
    Membership,
    Message,
    Network,
    OpenAnswer,
    Participant,
    ParticipantFile,
    Partner,
    PartnerMessage,
    ReportFile,
    ReportLink,
    Role,
    Round,
    RoundSecret,
    State,
)
from assessments.rules.workflow import NotAllowed, Work
from samenwerking.accounts.models import User

ERASED_WITH_A_ROUND = (
    Round,
    RoundSecret,
    FrozenResults,
    Participant,
    Message,
    Meeting,
    ParticipantFile,
    OpenAnswer,
    Improvement,
    PartnerMessage,
    ReportFile,
    ReportLink,
)


@transaction.atomic
def discard_round(*, round_id: UUID, seen_as: str | None = None) -> None:
    """Deletes a round that was published to nobody, and all that hangs on it. It can't be undone.

    It opens no response and needs no secret: it is the way out for a round that can't be closed any more. Links
    then lead nowhere, and the next round need not wait for this one. Raises Round.DoesNotExist, and NotAllowed where it
    was published, or where it is no longer in the state that it was `seen_as`.
    """
    round = owned_round(round_id, Work.DISCARDING)
    if seen_as not in (None, round.state):
        raise NotAllowed("De staat van deze ronde is net veranderd.")
    round.delete()
    note_erasure(*ERASED_WITH_A_ROUND)


@transaction.atomic
def delete_network(*, network_id: UUID, user: User) -> None:
    """Deletes a network with its rounds, reports, partners and roles. It can't be undone.

    Not while a round is open: people are filling it in, and were promised a report. Closing or removing that round is a
    step of its own, which says what it does to them. Raises NotAllowed then, and where somebody else runs the network
    too, and Network.DoesNotExist.
    """
    for round_id in Round.objects.filter(network=network_id).order_by("pk").values_list("pk", flat=True):
        own_round(round_id)
    own_network(network_id)  # no round opens from here on
    network = Network.objects.select_for_update().get(pk=network_id)
    if why := keeps_network(network, user):
        raise NotAllowed(why)
    network.rounds.all().delete()  # before the partners, whom participants protect
    network.delete()
    note_erasure(*ERASED_WITH_A_ROUND, Network, Partner, Membership, JobTitleLevel)


def keeps_network(network: Network, user: User) -> str:
    """Returns why `user` can't delete the network now, or nothing."""
    coordinators = network.memberships.filter(role=Role.COORDINATOR, user__is_active=True)
    if coordinators.exclude(user=user).exists():
        return "Er is nog een andere coördinator. Verlaat het netwerk, of trek eerst die toegang in."
    if open_round := network.rounds.filter(state=State.OPEN).first():
        return f"De ronde ‘{open_round.name}’ is nog open. Sluit of verwijder die ronde eerst."
    return ""
