"""Throws away a round with its answers, as long as nobody was told the outcome, a whole network, or an account."""

from collections import Counter
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from auditlog.models import LogEntry
from django.contrib.admin.models import LogEntry as AdminEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import QuerySet

from assessments.actions.keeping import touch
from assessments.actions.owning import owned_round
from assessments.actions.receipts import give_receipt
from assessments.anonymity.erasure import note_erasure
from assessments.anonymity.locks import own_network, own_round
from assessments.audit import of_a_network
from assessments.models import (
    Announcement,
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
    Receipt,
    ReportFile,
    ReportLink,
    Round,
    RoundSecret,
    State,
)
from assessments.rules.workflow import NotAllowed, Work
from samenwerking.accounts.models import RIGHTS, User
from samenwerking.accounts.sessions import end_sessions

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


BY_HAND = "op verzoek van wie dat mag, en niet te herstellen"
Kind = Receipt.Kind


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
    network_id = round.network_id
    counts = erase_round_rows(round)
    touch(network_id)
    for kind, count in counts.items():
        give_receipt(kind, count, BY_HAND, network_id)


@transaction.atomic
def delete_network(*, network_id: UUID, user: User) -> None:
    """Deletes a network with its rounds, reports, partners, roles and trail. It can't be undone.

    Not while a round is open: people are filling it in, and were promised a report. Closing or removing that round is a
    step of its own, which says what it does to them. Raises NotAllowed then, and where somebody else runs the network
    too, and Network.DoesNotExist.
    """
    network = own_all(network_id)
    if network is None:
        raise Network.DoesNotExist
    if why := keeps_network(network, user):
        raise NotAllowed(why)
    erase_network_rows(network, BY_HAND)


@transaction.atomic
def delete_empty_network(*, network_id: UUID) -> None:
    """Deletes a network in which no round was ever opened: that is for a beheerder, who sees no report.

    Raises NotAllowed where a round was opened, and Network.DoesNotExist.
    """
    network = own_all(network_id)
    if network is None:
        raise Network.DoesNotExist
    if network.rounds.exclude(state=State.CONCEPT).exists():
        raise NotAllowed("In dit netwerk is een ronde geopend. Alleen de coördinator kan het verwijderen.")
    erase_network_rows(network, BY_HAND)


def own_all(network_id: UUID) -> Network | None:
    """Owns a network and its rounds until the end of this transaction, and returns it; None where it is gone."""
    for round_id in Round.objects.filter(network=network_id).order_by("pk").values_list("pk", flat=True):
        own_round(round_id)
    own_network(network_id)  # no round opens from here on
    return Network.objects.select_for_update().filter(pk=network_id).first()


def erase_round_rows(round: Round) -> dict[str, int]:
    """Deletes a round that is owned, with all that hangs on it, and returns how many there were of what is of worth."""
    counts = {
        Kind.LIST.value: round.participants.exclude(email="").count(),
        Kind.TEXTS.value: round.open_answers.count(),
        Kind.PDF.value: round.report_files.count(),
        Kind.AGREED.value: round.improvements.count(),
        Kind.ROUND.value: 1,
    }
    Announcement.objects.filter(about=str(round.pk)).delete()
    round.delete()
    note_erasure(*ERASED_WITH_A_ROUND)
    return counts


def erase_network_rows(network: Network, rule: str) -> None:
    """Deletes a network that is owned, with all of it and what was noted of it; gives receipts that name its id.

    Of the trail one entry is left, without a name: who did it, as far as somebody did.
    """
    network_id, counts = network.pk, Counter[str]()
    for round in network.rounds.all():
        counts.update(erase_round_rows(round))
    counts += Counter({Kind.PARTNER.value: network.partners.count(), Kind.ACCESS.value: network.memberships.count()})
    network.delete()
    noted, _ = LogEntry.objects.filter(of_a_network(network_id)).delete()
    Announcement.objects.filter(about=str(network_id)).delete()
    note_erasure(Network, Partner, Membership, JobTitleLevel, LogEntry)
    for kind, count in (counts + Counter({Kind.AUDIT.value: noted, Kind.NETWORK.value: 1})).items():
        give_receipt(kind, count, rule, network_id)
    removed = Network(pk=network_id, name=f"netwerk {network_id}")
    LogEntry.objects.log_create(removed, action=LogEntry.Action.DELETE, changes={}, additional_data=None)


@transaction.atomic
def delete_account(*, user: User) -> None:
    """Deletes an account for a beheerder; the receipt is of what was noted of it, for that says who it was of."""
    noted = erase_account_rows(user)
    give_receipt(Kind.AUDIT, noted, "wat genoteerd was van een account dat een beheerder verwijderde")


def erase_account_rows(user: User) -> int:
    """Deletes an account with its roles and sessions, and what was noted of it; returns how many entries that were.

    Trail and admin would keep name and address. What the account did, the trail keeps for its terms. Of the account are
    left, by its number: which rights it was given and by whom, and who deleted it, as far as somebody did.
    """
    user_id, kind = user.pk, ContentType.objects.get_for_model(User)
    end_sessions(user)
    user.delete()
    in_trail = _keep_rights_alone(LogEntry.objects.filter(content_type=kind, object_pk=str(user_id)), user_id)
    in_admin, _ = AdminEntry.objects.filter(content_type=kind, object_id=str(user_id)).delete()
    note_erasure(User, EmailAddress, Authenticator, Membership, AdminEntry)
    removed = User(pk=user_id, name=f"account {user_id}")
    LogEntry.objects.log_create(removed, action=LogEntry.Action.DELETE, changes={}, additional_data=None)
    return in_trail + in_admin


def _keep_rights_alone(entries: QuerySet[LogEntry], user_id: int) -> int:
    """Leaves of entries about an account what they say of its rights, without its name; returns how many there were."""
    found = list(entries)
    note_erasure(LogEntry)
    for entry in found:
        rights = {field: change for field, change in (entry.changes or {}).items() if field in RIGHTS}
        if not rights or entry.action == LogEntry.Action.DELETE:  # of that, one entry without values is made anew
            entry.delete()
            continue
        entry.changes, entry.object_repr = rights, f"account {user_id}"
        entry.serialized_data = entry.additional_data = None
        entry.changes_text = ""
        entry.save()
    return len(found)


def keeps_network(network: Network, user: User) -> str:
    """Returns why `user` can't delete the network now, or nothing."""
    if network.memberships.who_run().exclude(user=user).exists():
        return "Er is nog een andere coördinator. Verlaat het netwerk, of trek eerst die toegang in."
    if open_round := network.rounds.filter(state=State.OPEN).first():
        return f"De ronde ‘{open_round.name}’ is nog open. Sluit of verwijder die ronde eerst."
    return ""
