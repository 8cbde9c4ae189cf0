"""Erases what has been kept for its term, and gives a receipt; `due` asks for it, and looks again under the lock."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from auditlog.models import LogEntry
from django.conf import settings
from django.contrib.admin.models import LogEntry as AdminEntry
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from assessments.actions.discarding import erase_account_rows, erase_network_rows, erase_round_rows, own_all
from assessments.actions.keeping import touch
from assessments.actions.receipts import give_receipt
from assessments.anonymity.erasure import note_erasure
from assessments.anonymity.locks import own_round
from assessments.audit import of_a_network, of_no_network
from assessments.models import Announcement, Network, OpenAnswer, Receipt, ReportFile, Round, State
from assessments.report.tasks import make_reports
from assessments.rules.keeping import months_later
from assessments.running.keeping import (
    account_goes_on,
    closed_rounds,
    days_of,
    network_goes_on,
    networks_without_rounds,
    told_long_ago,
)
from samenwerking.accounts.models import User

Kind = Receipt.Kind


def rounds_with_texts_to_erase(now: datetime) -> list[UUID]:
    """Returns the rounds with open answers that may go: of these, or of the whole round, that was told long ago.

    Nothing goes before that was told, so a day is asked of these alone, each by itself.
    """
    told = told_long_ago([Announcement.Kind.TEXTS, Announcement.Kind.RESULTS], now.date())
    rounds = closed_rounds().filter(pk__in=told, open_answers__isnull=False)
    return list(rounds.order_by("pk").values_list("pk", flat=True).distinct())


def rounds_to_erase(now: datetime) -> list[UUID]:
    """Returns the rounds whose results may go: that was told long ago."""
    told = told_long_ago([Announcement.Kind.RESULTS], now.date())
    return list(closed_rounds().filter(pk__in=told).order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def erase_texts(*, round_id: UUID, now: datetime) -> int:
    """Erases the open answers of a round, and the PDFs that say them; returns 1, or 0 where they stay."""
    own_round(round_id)
    round = closed_rounds().get(pk=round_id)
    day = days_of(round, now.date()).texts
    if day is None or now.date() < day or not round.open_answers.exists():  # another `due` was first
        return 0
    texts, _ = round.open_answers.all().delete()
    round.report_files.all().delete()
    round.texts_erased_at = now
    round.save(update_fields=["texts_erased_at"])
    note_erasure(OpenAnswer, ReportFile)
    give_receipt(Kind.TEXTS, texts, _rule(round.network, "open_answers"), round.network_id)
    if round.state == State.PUBLISHED:
        make_reports.enqueue(str(round_id))
    return 1


@transaction.atomic
def erase_round(*, round_id: UUID, now: datetime) -> int:
    """Erases a round with its results and all that hangs on it; returns 1, or 0 where it stays.

    Releases that were given out keep its figures, as when a network is deleted. Reports of the round after it lose
    the comparison with it.
    """
    for pk in sorted([round_id, *Round.objects.filter(previous=round_id).values_list("pk", flat=True)]):
        own_round(pk)  # in the order in which all others own several
    round = closed_rounds().get(pk=round_id)
    day = days_of(round, now.date()).results
    if day is None or now.date() < day:
        return 0
    network = round.network
    following = list(round.next_rounds.all())
    for after in following:
        after.report_files.all().delete()
    counts = erase_round_rows(round)
    note_erasure(ReportFile)
    touch(network.pk)
    for kind, count in counts.items():
        give_receipt(kind, count, _rule(network, "reports"), network.pk)
    for after in following:
        if after.state == State.PUBLISHED:
            make_reports.enqueue(str(after.pk))
    return 1


def networks_to_erase(now: datetime) -> list[UUID]:
    """Returns the networks without rounds that may go: that was told long ago."""
    told = told_long_ago([Announcement.Kind.NETWORK], now.date())
    return list(networks_without_rounds().filter(pk__in=told).order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def erase_empty_network(*, network_id: UUID, now: datetime) -> int:
    """Erases a network without rounds; returns 1, or 0 where it stays, since somebody works in it or it is gone."""
    network = own_all(network_id)
    day = network_goes_on(network, now.date()) if network else None
    if network is None or day is None or now.date() < day:
        return 0
    erase_network_rows(network, _rule(network, "empty_network"))
    return 1


def erase_trails(now: datetime) -> int:
    """Erases what the audit trail of each network has kept for its term; returns how many entries."""
    old = LogEntry.objects.filter(timestamp__lt=_months_ago(now, settings.RETENTION["audit"].least))
    found = old.order_by().values_list("additional_data__network", flat=True).distinct()
    networks = Network.objects.filter(pk__in=[pk for pk in found if pk])
    return sum(_erase_trail(network, now) for network in networks)


@transaction.atomic
def _erase_trail(network: Network, now: datetime) -> int:
    since = _months_ago(now, network.kept_for("audit"))
    count, _ = LogEntry.objects.filter(of_a_network(network.pk), timestamp__lt=since).delete()
    if count:
        note_erasure(LogEntry)
        give_receipt(Kind.AUDIT, count, _rule(network, "audit"), network.pk)
    return count


@transaction.atomic
def erase_general_trail(now: datetime) -> int:
    """Erases what the audit trail has kept of no network, and what the admin noted; returns how many entries.

    Of networks that are gone nothing is left there but who removed them, which is among these.
    """
    months = settings.RETENTION["general_audit"].usual
    since = _months_ago(now, months)
    there = [str(pk) for pk in Network.objects.values_list("pk", flat=True)]
    of_others = of_no_network() | ~Q(additional_data__network__in=there)  # as of one that was deleted by hand
    count, _ = LogEntry.objects.filter(of_others, timestamp__lt=since).delete()
    noted, _ = AdminEntry.objects.filter(action_time__lt=since).delete()
    if count + noted:
        note_erasure(LogEntry, AdminEntry)
        give_receipt(Kind.AUDIT, count + noted, f"het logboek van de site: na {months} maanden")
    return count + noted


def accounts_to_erase(now: datetime) -> list[int]:
    """Returns the accounts that may go: that was told long ago."""
    told = told_long_ago([Announcement.Kind.ACCOUNT], now.date())
    return list(User.objects.filter(pk__in=told).order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def erase_account(*, user_id: int, now: datetime) -> int:
    """Erases an account that nobody used, with what its owner might do; returns 1, or 0 where it stays."""
    user = User.objects.select_for_update().filter(pk=user_id).first()
    networks = Network.objects.filter(memberships__user=user_id).order_by("pk").select_for_update(of=("self",))
    list(networks)  # as whoever takes a colleague's role away: no network loses two coördinators at once
    day = account_goes_on(user, now.date()) if user else None
    if user is None or day is None or now.date() < day:
        return 0
    erase_account_rows(user)
    months = settings.RETENTION["accounts"].usual
    give_receipt(Kind.ACCOUNT, 1, f"accounts: {months} maanden nadat iemand ze het laatst gebruikte")
    return 1


RULES = {
    "open_answers": "open antwoorden: {} maanden na het sluiten van hun ronde",
    "reports": "uitkomsten en rapporten: {} maanden na het sluiten van hun ronde",
    "audit": "het logboek van een netwerk: na {} maanden",
    "empty_network": "netwerken zonder rondes: {} maanden nadat er iets veranderde",
}


def _rule(network: Network, kind: str) -> str:
    return RULES[kind].format(network.kept_for(kind))


def _months_ago(now: datetime, months: int) -> datetime:
    """Returns the first moment that is not over its term yet: midnight of the day so many months back."""
    day = months_later(timezone.localdate(now), -months)
    return timezone.make_aware(datetime(day.year, day.month, day.day))
