"""Tests of data sets find rounds here as research sees them, made by hand: with partners, with sectors, and a next."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from assessments.dataset.composing import dataset_of
from assessments.dataset.published import KindOfPartner, PartnerOfRound, PublishedRound
from assessments.disclosure.published import Hidden, Published, PublishedGroup
from assessments.results.document import Results
from assessments.scores.groups import NETWORK, OUDERS_GROUP, Group, level_group
from assessments.scores.reliability import Alpha
from tests.instrument import INSTRUMENT
from tests.report_cases import figure

U, M, B = map(level_group, ("uitvoerend", "management", "bestuur"))
KINDS = (
    KindOfPartner("school", "scholen", "onderwijs"),
    KindOfPartner("wijkteam", "wijk- of ‘buurt’teams, ook à la carte", "zorg"),
    KindOfPartner("gemeente", 'gemeente "$x" `y', "gemeente"),
)
FACTORS = [factor.key for factor in INSTRUMENT.factors]
DIMENSIONS = [*INSTRUMENT.dimensions]


def whole(mean, n=16):
    """Returns a figure with all that a figure can have."""
    low, high = Decimal(str(mean)) - Decimal("0.3"), Decimal(str(mean)) + Decimal("0.4")
    return figure(mean, n, interval=(low, high), split=mean < 3, unknown=Decimal("0.1"), sd=Decimal("0.8"))


def published(shift="0.0", part="partner"):
    """Returns figures of three levels, the network and a part; bestuur is hidden but for one factor at a limit."""
    means = [Decimal(str(2 + place % 20 / 10)) + Decimal(shift) for place, _ in enumerate(FACTORS)]
    own = {key: whole(mean) for key, mean in zip(FACTORS, means, strict=True)}
    finer = {key: figure("3.1", 16) for key in DIMENSIONS[:3]}
    key, other = ("school", "x") if part == "partner" else ("onderwijs", "zorg")
    groups = (
        PublishedGroup(U, 16, 20, {**own, **finer, "effectiviteit": replace(whole(3.4), sd=None)}),
        PublishedGroup(M, 6, None, {"regels": figure("low", 6), "kennis": figure("4.1", 5)}),
        PublishedGroup(NETWORK, 24, 31, {"regels": figure("3.2", 24)}),
        PublishedGroup(OUDERS_GROUP, 7, None, {"ouders": figure("2.8", 7)}),
        PublishedGroup(Group(part, key), 9, 12, {"regels": figure("3.9", 9, sd=Decimal("0.3"))}),
    )
    hidden = (
        Hidden(M, "vertrouwen", "complementary"),
        Hidden(B, None, "small"),
        Hidden(Group(part, other), None, "small"),
        Hidden(Group(part, key), DIMENSIONS[0], "complementary"),
    )
    return Published(5, groups, (), hidden)


def results(**more):
    alphas = {"regels": Alpha(Decimal("0.83"), 6, 41), "kennis": Alpha(Decimal("-0.12"), 4, 30)}
    return Results(published(**more), (), INSTRUMENT.version, INSTRUMENT.rules_version, alphas)


FIRST = PublishedRound(
    id="0b1f2c3d-0000-4000-8000-000000000001",
    name="Voorjaar, “2026”",
    network_id="9a000000-0000-4000-8000-00000000000a",
    network="Netwerk Oost",
    is_constructed=True,
    results=results(),
    instrument=INSTRUMENT,
    opened_on=date(2026, 2, 28),
    closed_on=date(2026, 4, 1),
    municipalities=(("GM0001", "Oostdorp"), ("", "Berg en Dal")),
    context={"scope": "wijk", "inhabitants": "tot_50000", "jgz_in_team": "yes"},
    partners=(
        PartnerOfRound("school", "school", 12, 9),
        PartnerOfRound("x", "wijkteam"),
        PartnerOfRound("y", "school", 0, 0),
    ),
    process={"invited": 31, "invitations_sent": 30, "reminders_sent": 17, "undelivered": 1, "opted_out": 2},
    response={"uitvoerend": (20, 16), "bestuur": (5, 4)},
    agreements={("regels", "gedaan"): 2, ("", ""): 1},
)
SECOND = replace(
    FIRST,
    id="0b1f2c3d-0000-4000-8000-000000000002",
    name="=1+1",
    number=2,
    results=results(shift="0.4"),
    opened_on=date(2027, 2, 28),
    closed_on=date(2027, 3, 28),
    previous=FIRST.id,
    process={},
    response={},
    agreements={},
)
BY_SECTOR = replace(
    FIRST,
    id="0b1f2c3d-0000-4000-8000-000000000003",
    name="Najaar",
    network_id="9a000000-0000-4000-8000-00000000000b",
    network="Netwerk Île-d’Óst",
    is_constructed=False,
    results=results(part="sector"),
    shown_by="sector",
    context={},
    municipalities=(),
    sectors={"onderwijs": ("school",), "zorg": ("x",)},
)
ROUNDS = (FIRST, SECOND, BY_SECTOR)


def dataset(*rounds):
    return dataset_of(
        lambda: rounds or ROUNDS,
        KINDS,
        number="2027-04",
        title="Samenwerking rond kinderen en gezinnen",
        made_on=date(2027, 4, 6),
        publisher="Samenwerking",
        contact="onderzoek@example.org",
        address="https://samenwerking.example.org/onderzoek/uitgaven/2027-04/",
    )
