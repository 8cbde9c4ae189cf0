"""Makes releases: lets rounds that take part in research enter them, and freezes what is told of networks together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, Max, Min, OuterRef, Q
from django.utils import timezone
from django.utils.formats import date_format
from django_tasks import task

from assessments.actions.forgotten import past_until, refuse_beside_forgotten
from assessments.actions.owning import owned_round
from assessments.dataset.tasks import make_bundle
from assessments.models import Entry, Intake, Network, ReaderGroup, Release, Round
from assessments.national import intakes, stored
from assessments.national.published import means_of, moments_of, scales_of
from assessments.national.reference import LEAST_OTHERS, Reference, comparable, reference, to_json
from assessments.national.reliability import reliability
from assessments.national.tables import RESPONSE, Member, tell
from assessments.report.tasks import make_reports
from assessments.rules.releases import LEAST_NETWORKS, next_release_day, release_number
from assessments.rules.workflow import NotAllowed, Work
from factors.instrument import Instrument


@dataclass(frozen=True)
class Outlook:
    """Says what a release of this day would have: rounds that enter it, those that wait on, and all its networks."""

    number: str
    entering: int
    waiting: int
    networks: int


def outlook(day: date, *, is_constructed: bool = False) -> Outlook:
    """Returns what a release would be if it were made on this day."""
    waiting = [_as_waiting(round) for round in _waiting_rounds(is_constructed)]
    placed = intakes.place(waiting, _intakes(is_constructed))
    entering = {round for own in placed for round in own.rounds}
    networks = {one.network for one in waiting if one.round in entering}
    whole = _whole(is_constructed) | {own.number for own in placed}
    there = Entry.objects.present().filter(intake__number__in=whole, intake__is_constructed=is_constructed)
    networks |= {str(network) for network in there.values_list("network", flat=True)}
    return Outlook(_number(day, is_constructed), len(entering), len(waiting) - len(entering), len(networks))


@transaction.atomic
def make_release(*, day: date, is_constructed: bool = False) -> Release:
    """Makes the release of this day: rounds enter for good, and what is told is frozen. A job writes its bundle.

    Constructed networks are never in a release with others. Raises NotAllowed where there is one since the last fixed
    day, or may be one that the database forgot, or where too few networks take part.
    """
    if not is_constructed:
        refuse_beside_forgotten(day)
    number = _number(day, is_constructed)
    release, is_new = Release.objects.get_or_create(
        number=number, defaults={"networks": 0, "is_constructed": is_constructed}
    )
    if not is_new:
        following = date_format(next_release_day(day), "j F Y")
        raise NotAllowed(f"Uitgave {number} is er al. De volgende kan vanaf {following}.")
    _enter(is_constructed)
    entries = _entries_of_whole_intakes(is_constructed)
    release.networks = len({entry.network for entry in entries})
    if release.networks < LEAST_NETWORKS:
        raise NotAllowed(
            f"Er doen nog te weinig netwerken mee aan onderzoek. Een uitgave heeft er minstens {LEAST_NETWORKS}."
        )
    release.entries.set(entries)
    Network.objects.filter(rounds__entry__releases=release).give_salts()  # now, so that a backup has the codes
    release.tables = _tables(release, entries)
    _keep_days(release)
    release.save(update_fields=["networks", "tables", "first_day", "last_day"])
    make_bundle.enqueue(release.number)
    return release


def _keep_days(release: Release) -> None:
    """Sets from when to when its rounds were held: rounds go after their term, and a release stays as it was."""
    days = release.entries.aggregate(first=Min("round__opened_at"), last=Max("round__closed_at"))
    release.first_day, release.last_day = timezone.localdate(days["first"]), timezone.localdate(days["last"])


@task()
def make_release_of(day: str) -> bool:
    """Makes the release of this day, which can take minutes, unless it can't be made. Returns whether it did."""
    try:
        make_release(day=date.fromisoformat(day))
    except NotAllowed:
        return False
    return True


@transaction.atomic
def lay_beside_others(*, round_id: UUID) -> Round:
    """Lays a round's scores beside those of comparable networks in the newest release, in its reports from now on.

    Raises NotAllowed, also where fewer than ten others are comparable.
    """
    round = owned_round(round_id, Work.COMPARING)
    release = Release.objects.filter(is_constructed=round.network.is_constructed).first()
    found = _reference(round, release) if release else None
    if found is None:
        raise NotAllowed(f"Er zijn nog geen {LEAST_OTHERS} andere netwerken om uw uitkomsten naast te leggen.")
    return _set_reference(round, to_json(found))


@transaction.atomic
def lay_beside_nobody(*, round_id: UUID) -> Round:
    """Takes other networks out of a round's reports. Raises NotAllowed."""
    return _set_reference(owned_round(round_id, Work.COMPARING), {})


def _set_reference(round: Round, document: dict[str, Any]) -> Round:
    round.reference = document
    round.save(update_fields=["reference"])
    if round.is_published:
        make_reports.enqueue(str(round.pk))
    return round


def _reference(round: Round, release: Release) -> Reference | None:
    """Returns what the release lays beside this round; by what its network said of itself as it entered, if it did."""
    entry = release.entries.filter(network=round.network_id).order_by("place").last()
    traits = entry.traits if entry else {}
    return reference(stored.classes_of(release.tables), str(round.network_id), traits, release.number)


def _number(day: date, is_constructed: bool) -> str:
    return f"{release_number(day)}-voorbeeld" if is_constructed else release_number(day)


def _waiting_rounds(is_constructed: bool) -> list[Round]:
    """Returns the rounds that take part in research, are published to onderzoekers, and are in no intake yet.

    Not those that closed before a round of their network that is in one: rounds enter in the order of time. Nor those
    that may be in a release which the database forgot.
    """
    rounds = Round.objects.published_to(ReaderGroup.RESEARCHERS).filter(
        in_research=True, left_research_at=None, entry=None, network__is_constructed=is_constructed
    )
    entered = Entry.objects.filter(network=OuterRef("network"), round__closed_at__gt=OuterRef("closed_at"))
    if not is_constructed and (past := past_until()):
        rounds = rounds.filter(created_at__gt=past)
    found = rounds.exclude(Exists(entered)).readable().select_related("network", "frozen")
    return list(found.defer("frozen__document").order_by("closed_at", "pk"))


def _as_waiting(round: Round) -> intakes.Waiting:
    return intakes.Waiting(str(round.pk), str(round.network_id), _alike(_traits_of(round)))


def _alike(traits: dict[str, list[str]]) -> tuple[str, ...]:
    """Returns by what rounds that wait are put together: the fewer kinds of networks in an intake, the more is told."""
    return tuple("".join(traits[name]) for name in ("scope", "inhabitants", "collaboration_form"))


def _traits_of(round: Round) -> dict[str, list[str]]:
    """Returns what a round that closed has of each of FILTERS."""
    network: Network = round.network
    kinds = {partner["kind"] for partner in round.frozen.facts.get("partners", [])}
    said = {
        "year": str(timezone.localdate(round.closed_at).year) if round.closed_at else "",
        "scope": network.scope,
        "inhabitants": network.inhabitants,
        "collaboration_form": network.collaboration_form,
    }
    return {name: [word] if word else [] for name, word in said.items()} | {"kind": sorted(kinds)}


def _intakes(is_constructed: bool) -> list[intakes.Intake]:
    counted = (intake for intake in _counted(is_constructed) if not intake.is_past)
    broken = {intake.pk for intake in counted if intake.left > intake.made_up_for}  # type: ignore[attr-defined]
    rows = Intake.objects.filter(is_constructed=is_constructed).prefetch_related("entries")
    return [
        intakes.Intake(row.number, frozenset(str(entry.network) for entry in row.entries.all()), row.pk in broken)
        for row in rows
    ]


def _counted(is_constructed: bool) -> Iterable[Intake]:
    """Returns the intakes with how many `left` each."""
    gone = Q(entries__round=None) | Q(entries__round__left_research_at__isnull=False)
    return Intake.objects.filter(is_constructed=is_constructed).annotate(left=Count("entries", filter=gone))


def _whole(is_constructed: bool) -> set[int]:
    counted = (intake for intake in _counted(is_constructed) if not intake.is_past)
    return {intake.number for intake in counted if intake.left <= intake.made_up_for}  # type: ignore[attr-defined]


def _enter(is_constructed: bool) -> None:
    """Lets the rounds enter that can, each in its intake."""
    rounds = {str(round.pk): round for round in _waiting_rounds(is_constructed)}
    left = {intake.number: intake.left for intake in _counted(is_constructed)}  # type: ignore[attr-defined]
    waiting = [_as_waiting(round) for round in rounds.values()]
    for own in intakes.place(waiting, _intakes(is_constructed)):
        intake, _ = Intake.objects.get_or_create(number=own.number, is_constructed=is_constructed)
        for pk in own.rounds:
            _enter_one(intake, rounds[pk])
        intake.made_up_for = left.get(own.number, 0)
        intake.save(update_fields=["made_up_for"])


def _enter_one(intake: Intake, round: Round) -> None:
    place = 1 + Entry.objects.filter(network=round.network_id).count()
    Entry.objects.create(intake=intake, round=round, network=round.network_id, place=place, traits=_traits_of(round))


def _entries_of_whole_intakes(is_constructed: bool) -> list[Entry]:
    own = Entry.objects.present().filter(
        intake__is_constructed=is_constructed, intake__number__in=_whole(is_constructed)
    )
    return list(own)


def _members(entries: Iterable[Entry]) -> tuple[list[Member], list[str]]:
    """Returns the rounds of a release, and the scales that any of them asked."""
    instruments: dict[str, Instrument] = {}
    members = [_member(entry, instruments) for entry in _with_results(entries)]
    return members, list(dict.fromkeys(scale for own in instruments.values() for scale in scales_of(own)))


def _tables(release: Release, entries: Iterable[Entry]) -> dict[str, Any]:
    """Returns what the release tells of its networks together, with all that earlier ones told counted in."""
    members, scales = _members(entries)
    earlier = Release.objects.filter(is_constructed=release.is_constructed).exclude(pk=release.pk)
    documents = list(earlier.values_list("tables", flat=True))
    places = {pk: (str(network), place) for pk, network, place in Entry.objects.values_list("pk", "network", "place")}
    before, sets = [told for one in documents for told in stored.from_json(one)], stored.sets_told(documents, places)
    told = tell(members, [*scales, RESPONSE], before, places, sets)
    return stored.to_json(told, reliability(members, scales, sets), comparable(members, scales, sets))


def _with_results(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yields them one by one with round and results, which are large."""
    for entry in entries:
        yield Entry.objects.select_related("round__frozen", "round__instrument_version").get(pk=entry.pk)


def _member(entry: Entry, instruments: dict[str, Instrument]) -> Member:
    round = entry.round
    if round is None:
        raise ValueError("a round that is gone is in no release")
    version = round.instrument_version_id
    if version not in instruments:
        instruments[version] = round.instrument
    results, scales = round.frozen.results, scales_of(instruments[version])
    return Member(
        entry=entry.pk,
        network=str(entry.network),
        place=entry.place,
        instrument=version,
        traits={name: tuple(values) for name, values in entry.traits.items()},
        figures=means_of(results, scales),
        alphas={scale: own.alpha for scale, own in results.reliability.items()},
        moments=moments_of(results, scales),
    )
