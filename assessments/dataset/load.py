"""Reads rounds from the database as research may see them, a few at a time. Knows no request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.utils import timezone

from assessments.dataset.municipalities import Municipality, find_municipalities
from assessments.dataset.neutral import code_of, without_names
from assessments.dataset.published import KindOfPartner, PartnerOfRound, PublishedRound, Rounds, yes_no
from assessments.models import FrozenResults, Network, PartnerKind, Round, Sector
from assessments.models.rounds import RoundQuerySet

AT_A_TIME = 4  # rounds that are in memory together


def published_rounds(rounds: RoundQuerySet, *, names_partners: bool = True) -> Rounds:
    """Returns what reads these rounds with frozen results, network by network, the oldest first, anew each time.

    Which rounds these are is asked once. Without `names_partners` partners have codes, and each network has its salt.
    """
    found = rounds.frozen().order_by("network__name", "network_id", "closed_at", "id").values_list("pk", flat=True)
    ids = list(found)
    numbers = _numbers(ids) if ids else {}

    def read() -> Iterator[PublishedRound]:
        for start in range(0, len(ids), AT_A_TIME):
            for round in _read(ids[start : start + AT_A_TIME]):
                found = _published(round, numbers[round.pk])
                yield found if names_partners else _without_names(round, found)

    return read


def _without_names(round: Round, found: PublishedRound) -> PublishedRound:
    salt = round.network.partner_salt
    if salt is None:
        raise ValueError("partners have no codes before their network has a salt")
    return without_names(found, partial(code_of, salt))


def kinds_of_partners(rounds: RoundQuerySet) -> tuple[KindOfPartner, ...]:
    """Returns the kinds of partners that there are, and those that only frozen results of these rounds still name."""
    now = [KindOfPartner(kind.key, kind.name, kind.sector) for kind in PartnerKind.objects.all()]
    frozen = FrozenResults.objects.filter(round__in=rounds).values_list("facts__partners", flat=True)
    then = {partner["kind"] for partners in frozen.iterator() for partner in partners}
    gone = sorted(then - {kind.key for kind in now})
    return (*now, *(KindOfPartner(key, key, Sector.OVERIG.value) for key in gone))


def context_of(network: Network) -> dict[str, str]:
    """Returns by column what the coördinator said of a network; only what was said."""
    words = {
        "scope": network.scope,
        "inhabitants": network.inhabitants,
        "team_target_group": network.team_target_group,
        "jgz_in_team": yes_no(network.has_jgz_in_team),
        "collaboration_form": network.collaboration_form,
    }
    return {name: word for name, word in words.items() if word}


def _numbers(ids: list[UUID]) -> dict[UUID, int]:
    """Returns the place of each closed round among those of its network, also of those that nobody may read."""
    seen: Counter[UUID] = Counter()
    found = {}
    networks = Round.objects.filter(pk__in=ids).values("network")
    closed = Round.objects.frozen().filter(network__in=networks).order_by("network_id", "closed_at", "id")
    for pk, network in closed.values_list("pk", "network_id"):
        seen[network] += 1
        found[pk] = seen[network]
    return found


def _read(ids: list[UUID]) -> list[Round]:
    rounds = Round.objects.filter(pk__in=ids).with_instrument().select_related("frozen")
    by_id = rounds.prefetch_related("improvements").in_bulk()
    return [by_id[pk] for pk in ids if pk in by_id]


def _published(round: Round, number: int) -> PublishedRound:
    facts, network = round.frozen.facts, round.network
    levels = facts.get("levels", {})  # absent, with `process`, from what was frozen before these were kept
    return PublishedRound(
        id=str(round.pk),
        name=clean(facts["round"]),
        network_id=str(network.pk),
        network=clean(facts["network"]),
        is_constructed=network.is_constructed,
        results=round.frozen.results,
        instrument=round.instrument,
        number=number,
        opened_on=_day(round.opened_at),
        closed_on=_day(round.closed_at),
        shown_by=round.shown_by,
        municipalities=tuple(_cleaned(find_municipalities(facts["municipalities"]))),
        context=context_of(network),
        partners=tuple(_partner(partner) for partner in facts["partners"]),
        sectors={sector["key"]: tuple(sector["partners"]) for sector in facts.get("sectors", ())},
        process=facts.get("process", {}),
        response={level: (both["invited"], both["answered"]) for level, both in levels.items()},
        agreements=Counter((row.factor, row.outcome) for row in round.improvements.all()),
        previous=str(round.previous_id or ""),
    )


def _partner(facts: Mapping[str, Any]) -> PartnerOfRound:
    return PartnerOfRound(facts["key"], facts["kind"], facts.get("invited"), facts.get("answered"))


def _cleaned(municipalities: list[Municipality]) -> Iterator[Municipality]:
    for code, name in municipalities:
        yield code, clean(name)


def clean(typed: str) -> str:
    """Returns what somebody typed as one line without control characters: not all formats can hold those."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in typed).split())


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None
