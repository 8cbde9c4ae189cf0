"""Writes constructed networks through the same actions as real ones; building them again changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import time, timedelta
from itertools import chain, count
from random import Random
from types import MappingProxyType
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from assessments.actions.improvements import add_improvement
from assessments.actions.rounds import close_round, open_round, publish_round
from assessments.anonymity.seal import RoundKeys
from assessments.anonymity.secrets import keys_of
from assessments.demo.case import PARTNERS, Person, people
from assessments.demo.cases import Case, case_people, cases
from assessments.models import (
    DailyCount,
    FrozenResults,
    Improvement,
    Meeting,
    Membership,
    Network,
    OpenAnswer,
    Outcome,
    Participant,
    Partner,
    Response,
    Role,
    Round,
    ShownBy,
)
from assessments.models.networks import CollaborationForm, Inhabitants, Scope
from assessments.models.rounds import RoundQuerySet
from assessments.running.pause import pause_of
from assessments.scores.answers import Filled
from factors.actions import load_instrument
from factors.instrument import Instrument
from samenwerking.accounts.models import User

DEMO = "demo"  # how commands call the round of the network with this name
NAME = "Voorbeeldnetwerk, naar de casus Nijmegen"
RESPONDENTS, SEED = 17, 2021
MINIMUM = 3
COORDINATOR, RESEARCHER = "coordinator@example.org", "onderzoeker@example.org"
PASSWORD = "samenwerking-demo"  # noqa: S105 (for a demo under DEBUG, printed on the screen)
FIRST, SECOND = "Eerste ronde", "Tweede ronde"
APART = timedelta(weeks=26)  # half a year lies between two rounds
TALKED_AFTER = timedelta(weeks=3)  # since the first round was closed
ALREADY_IN = 5  # so many have answered in the second round, so that there is a response to follow
AGREED = (  # what, who, factor, and what came of it
    ("Elke school heeft één vast gezinsteam dat zij kan bellen.", "gezinsteams", "regels",
     Outcome.DONE, "Elke school weet nu wie dat is."),
    ("Wij schrijven op wie beslist als wij het niet eens worden.", "stuurgroep", "leiderschap",
     Outcome.UNDER_WAY, "Er ligt een eerste versie."),
    ("Twee keer per jaar praten alle niveaus samen over dit rapport.", "gemeente", "communicatie", "", ""),
)  # fmt: skip


@transaction.atomic
def build_demo() -> Network:
    """Builds the network of 17 people with a published round and an open one, its coördinator and its onderzoeker.

    Whoever tried the demo may have closed the open round; then there is a next one.
    """
    network = build_network(NAME, respondents=RESPONDENTS, seed=SEED)
    for email, name, role in (
        (COORDINATOR, "Coördinator van het voorbeeld", Role.COORDINATOR),
        (RESEARCHER, "Onderzoeker van het voorbeeld", Role.RESEARCHER),
    ):
        Membership.objects.update_or_create(network=network, user=_user(email, name), defaults={"role": role})
    first = demo_round(Round.objects.published())
    if first and not Improvement.objects.filter(round__network=network).exists():
        for what, who, factor, outcome, remark in AGREED:
            told = {"outcome": outcome, "remark": remark}
            add_improvement(round_id=first.pk, fields={"what": what, "who": who, "factor": factor} | told)
    if first and not Meeting.objects.filter(round=first).exists():  # too long ago to be planned by a visitor
        day = timezone.localdate(first.closed_at) + TALKED_AFTER
        Meeting.objects.create(round=first, day=day, begins=time(14), ends=time(15, 30), place="Gemeentehuis, raadzaal")
    if not network.rounds.open().exists():
        if pause_of(network.pk):  # a visitor closed a round just now
            _move_back(network)
        following = _new_round(network, _free_name(network), previous=first)
        _invite(following, list(people(following.instrument, respondents=RESPONDENTS, seed=2022)), answered=ALREADY_IN)
    return network


def _free_name(network: Network) -> str:
    """Returns the first name that is free: visitors of the demo make rounds too, and call them what they like."""
    taken = set(network.rounds.values_list("name", flat=True))
    return next(name for name in chain([SECOND], (f"Ronde {number}" for number in count(3))) if name not in taken)


@transaction.atomic
def build_network(
    name: str, *, respondents: int, seed: int, rounds: int = 1, is_open: bool = False, varied: bool = False
) -> Network:
    """Builds a constructed network with so many published rounds and, where it `is_open`, an open one after these.

    A network of this name that is there already is left as it is. Where networks are `varied`, they differ in what they
    answer and in what they say of themselves.
    """
    network = _published(
        name,
        PARTNERS,
        lambda instrument: list(people(instrument, respondents=respondents, seed=seed, varied=varied)),
        minimum=MINIMUM,
        shown_by=ShownBy.SECTOR,
        said=_said(Random(seed)) if varied else {},  # noqa: S311 (constructs a demo, keeps no secret)
    )
    for number in range(network.rounds.count(), rounds + is_open):
        last = network.rounds.exclude(closed_at=None).first()
        following = _new_round(network, f"Ronde {number + 1}", previous=last)
        cast = list(people(following.instrument, respondents=respondents, seed=seed + number, varied=varied))
        _invite(following, cast, answered=len(cast) if number < rounds else len(cast) // 2)
        if number < rounds:
            _close_and_publish(following)
    return network


def _said(random: Random) -> dict[str, str]:
    """Returns what a constructed network says of itself."""
    columns = {"scope": Scope, "inhabitants": Inhabitants, "collaboration_form": CollaborationForm}
    return {name: random.choice(choices.values) for name, choices in columns.items()}


@transaction.atomic
def build_cases() -> list[Network]:
    """Builds the networks after the four cases, each with a published round, open to the demo's coördinator."""
    networks = [_build_case(case) for case in cases()]
    coordinator = _user(COORDINATOR, "Coördinator van het voorbeeld")
    for network in networks:
        Membership.objects.get_or_create(network=network, user=coordinator, role=Role.COORDINATOR)
    return networks


def _build_case(case: Case) -> Network:
    """Builds a case with results per partner: a few of them are large enough."""
    return _published(
        case.name,
        case.partners,
        lambda instrument: case_people(case, instrument),
        minimum=case.minimum,
        shown_by=ShownBy.PARTNER,
    )


def _published(
    name: str,
    partners: Mapping[str, tuple[str, str]],
    cast_of: Callable[[Instrument], list[Person]],
    *,
    minimum: int,
    shown_by: str,
    said: Mapping[str, str] = MappingProxyType({}),
) -> Network:
    network, is_new = Network.objects.get_or_create(
        name=name,
        defaults={
            "municipalities": "Voorbeeldgemeente",
            "is_constructed": True,
            "description": "Een voorbeeld met bedachte antwoorden, naar een casus uit de literatuur.",
            **said,
        },
    )
    if is_new:
        for key, (partner, kind) in partners.items():
            Partner.objects.create(network=network, key=key, name=partner, kind_id=kind)
        first = _new_round(network, FIRST, minimum=minimum, shown_by=shown_by)
        cast = cast_of(first.instrument)
        _invite(first, cast, answered=len(cast))
        _close_and_publish(first)
    return network


def _close_and_publish(round: Round) -> None:
    close_round(round_id=round.pk)
    OpenAnswer.objects.filter(round=round).update(is_cleared=True)
    publish_round(round_id=round.pk)
    _move_back(round.network)


def _move_back(network: Network) -> None:
    """Dates all that happened in the network half a year earlier, as if the next round had waited for that."""
    for round in network.rounds.exclude(closed_at=None):
        _date_earlier(Round.objects.filter(pk=round.pk), "created_at", "opened_at", "closes_on", "closed_at")
        _date_earlier(FrozenResults.objects.filter(round=round), "frozen_at")
        _date_earlier(round.publications.all(), "published_at")
        _date_earlier(round.daily_counts.order_by("day"), "day")


def _date_earlier(rows: QuerySet[Any], *columns: str) -> None:
    for row in rows.values("pk", *columns):
        rows.filter(pk=row.pop("pk")).update(**{name: when - APART for name, when in row.items()})


def demo_round(rounds: RoundQuerySet) -> Round | None:
    """Returns the latest of `rounds` that is the demo's, or None: it is what commands mean by DEMO."""
    return rounds.filter(network__name=NAME, network__is_constructed=True).order_by("created_at").last()


def _user(email: str, name: str) -> User:
    defaults = {"name": name, "is_researcher": email == RESEARCHER, "may_make_networks": email == COORDINATOR}
    user, is_new = User.objects.get_or_create(email=email, defaults=defaults)
    if is_new:
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
    return user


def _new_round(
    network: Network,
    name: str,
    previous: Round | None = None,
    *,
    minimum: int = MINIMUM,
    shown_by: str = ShownBy.SECTOR,
) -> Round:
    return Round.objects.create(
        network=network,
        name=name,
        instrument_version=load_instrument(),
        minimum=minimum,
        shown_by=shown_by,
        in_research=True,
        closes_on=timezone.localdate() + timedelta(days=21),
        contact_name="Coördinator van het voorbeeld",
        contact_email=COORDINATOR,
        previous=previous,
    )


def _invite(round: Round, cast: list[Person], *, answered: int) -> None:
    """Opens the round with `cast` invited, of whom the first `answered` (in no order of rank) have answered."""
    partners = {partner.key: partner for partner in round.network.partners.all()}
    participants = [
        Participant(
            round=round,
            partner=partners[person.partner],
            level=person.level,
            job_title=person.job_title,
            email=f"deelnemer{number}@example.org",
        )
        for number, person in enumerate(cast, start=1)
    ]
    Participant.objects.bulk_create(participants, batch_size=2000)
    opened = open_round(round_id=round.pk)
    keys = keys_of(opened)
    responses = [
        _response(opened, keys, participant, person)
        for participant, person in sorted(zip(participants, cast, strict=True), key=lambda pair: pair[0].pk)[:answered]
    ]
    Response.objects.bulk_create(sorted(responses, key=lambda response: response.key), batch_size=2000)
    DailyCount.objects.create(round=round, day=timezone.localdate(), submitted=answered)


def _response(round: Round, keys: RoundKeys, participant: Participant, person: Person) -> Response:
    key = keys.response_key(participant.pk)
    sealed = keys.seal(key, Filled(person.answers, person.texts))
    return Response(key=key, round=round, is_submitted=True, sealed=sealed)
