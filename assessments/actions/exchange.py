"""Reads a network in that was written by another installation, in one transaction: all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from auditlog.models import LogEntry
from django.db import transaction
from django.utils import timezone

from assessments.exchange.reading import Parcel, RoundParcel
from assessments.exchange.shape import Unfit
from assessments.models import (
    FrozenResults,
    JobTitleLevel,
    Meeting,
    Membership,
    Network,
    OpenAnswer,
    PartnerKind,
    PlaceInSector,
    Role,
    Round,
    State,
)
from assessments.report.tasks import make_reports
from factors.actions import keep_along
from factors.models import InstrumentVersion
from samenwerking.accounts.models import User


@transaction.atomic
def import_network(*, parcel: Parcel, coordinator: str) -> Network:
    """Writes what was read, with the owner of this address as its coördinator, and returns the network.

    Raises Unfit, with what to do, where the network or something of it is here already, where this installation has
    another instrument or kind of partner of the same name, or where nobody has an account with this address.
    """
    user = User.objects.filter(email=User.objects.normalize_email(coordinator), is_active=True).first()
    if user is None:
        raise Unfit(
            f"Niemand heeft hier een account met het adres {coordinator}. Maak dat eerst in het beheergedeelte."
        )
    _refuse_what_is_there(parcel)
    _load_instruments(parcel)
    _make_kinds(parcel)
    network = parcel.network
    network.save(force_insert=True)
    Membership.objects.create(network=network, user=user, role=Role.COORDINATOR, name=user.name)
    for partner in parcel.partners.values():
        partner.network = network
        partner.save(force_insert=True)
    for title in parcel.job_titles:
        title.network = network
    JobTitleLevel.objects.bulk_create(parcel.job_titles)
    _write_rounds(parcel.rounds)
    return network


def note_export(network: Network) -> None:
    """Notes in the audit trail that the whole network was taken along; by whom, it knows itself."""
    LogEntry.objects.log_create(network, force_log=True, action=LogEntry.Action.ACCESS, changes={})


def _refuse_what_is_there(parcel: Parcel) -> None:
    found = Network.objects.filter(pk=parcel.network.pk).first()
    if found:
        raise Unfit(
            f"Dit netwerk is hier al, en heet ‘{found.name}’. Er is niets veranderd. Wilt u de export in de plaats"
            " daarvan? Laat de coördinator het netwerk dan eerst verwijderen, en lees het bestand daarna in."
        )
    rows = [row for own in parcel.rounds for row in own.rows]
    kinds: Iterable[tuple[Any, list[UUID], str]] = (
        (Round, [own.round.pk for own in parcel.rounds], "Een ronde"),
        (OpenAnswer, [row.pk for row in rows if isinstance(row, OpenAnswer)], "Een open antwoord"),
        (Meeting, [row.pk for row in rows if isinstance(row, Meeting)], "Een gesprek"),
    )
    for model, ids, what in kinds:
        if model.objects.filter(pk__in=ids).exists():
            raise Unfit(f"{what} uit dit bestand is hier al, in een ander netwerk. Er is niets veranderd.")


def _load_instruments(parcel: Parcel) -> None:
    """Loads the versions that are not here. Raises Unfit where one is another one here, or not in the file either."""
    here = dict(InstrumentVersion.objects.values_list("version", "checksum"))
    for version, part in parcel.instruments.items():
        if version not in here:
            keep_along(version=version, document=part["document"], checksum=part["checksum"])
        elif here[version] != part["checksum"]:
            raise Unfit(
                f"Versie {version} van de vragenlijst is hier een andere dan in dit bestand. Werk beide installaties"
                " bij, en maak de export opnieuw."
            )
    for own in parcel.rounds:
        if own.instrument_version not in here and own.instrument_version not in parcel.instruments:
            raise Unfit(
                f"De ronde ‘{own.round.name}’ gebruikt versie {own.instrument_version} van de vragenlijst. Die is hier"
                " niet, en staat niet in het bestand. Laad die versie eerst, met manage.py load_instrument."
            )


def _make_kinds(parcel: Parcel) -> None:
    """Makes the kinds of partners that are not here; those that are keep the name and sector that they have here."""
    here = {kind.key: kind for kind in PartnerKind.objects.all()}
    names = {kind.name: kind.key for kind in here.values()}
    for kind in parcel.kinds:
        if kind.key in here:
            continue
        if kind.name in names:
            raise Unfit(
                f"De soort partner ‘{kind.name}’ heeft hier de sleutel {names[kind.name]}, en in dit bestand"
                f" {kind.key}. Geef de soort hier in het beheergedeelte een andere naam, en lees het bestand dan in."
            )
        kind.save(force_insert=True)


def _write_rounds(rounds: list[RoundParcel]) -> None:
    """Writes rounds before those that follow them."""
    for own in sorted(rounds, key=lambda own: (own.round.created_at, str(own.round.pk))):
        round, frozen = own.round, own.frozen
        round.previous_id = own.previous
        round.touched_at = timezone.now()
        round.in_research, round.left_research_at = False, None  # people were told of releases of elsewhere
        round.save(force_insert=True)
        frozen_at = frozen.frozen_at
        frozen.save(force_insert=True)
        FrozenResults.objects.filter(pk=round.pk).update(frozen_at=frozen_at)  # it writes the moment of now by itself
        PlaceInSector.objects.bulk_create(own.sectors)
        for row in own.rows:
            row.save(force_insert=True)
        if round.state == State.PUBLISHED:
            make_reports.enqueue(str(round.pk))
