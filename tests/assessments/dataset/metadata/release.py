"""A small constructed release, with a column of every kind, that all tests of its descriptions share."""

from dataclasses import replace
from datetime import date

from assessments.dataset.tables import Column, Dataset, Table
from tests.instrument import INSTRUMENT

NETWORK = Column("network", "Vaste code van het netwerk", "text", note="Een code, geen getal: reken er niet mee.")
ROUND = Column("round", "De hoeveelste ronde van dit netwerk", "count")
ROUND_ID = Column("round_id", "Vaste code van de ronde", "text")
KEYS = (NETWORK, ROUND, ROUND_ID)
GROUP_KIND = Column("group_kind", "Soort groep", "choice", {"level": "niveau", "partner": "partner"})
GROUP_KEY = Column("group_key", "Sleutel van de groep", "text")
KINDS = {"school": "scholen & besturen", "wijkteam": "wijkteams <of> buurtteams", "jeugdhulp": "“jeugdhulp”"}
LIMITS = {"low": "1,5 of lager", "high": "4,5 of hoger"}

ROUNDS = Table(
    "rounds",
    "Rondes",
    "Elke rij is een ronde van een netwerk.",
    (
        *KEYS,
        Column("network_name", "Naam van het netwerk", "text"),
        Column("closed_on", "Dag waarop de ronde sloot", "date"),
        Column("minimum", "Kleinste aantal mensen", "count", note="Vastgelegd bij het openen."),
    ),
    ("network", "round"),
    lambda: iter(
        [
            {"network": "n-1", "round": 1, "round_id": "r-1", "network_name": 'Netwerk, "Oost"\nen West', "minimum": 5},
            {"network": "n-1", "round": 2, "round_id": "r-2", "closed_on": date(2027, 3, 1), "minimum": 5},
            {"network": "n-2", "round": 1, "round_id": "r-3", "network_name": "3,5", "closed_on": date(2027, 2, 28)},
        ]
    ),
)
GROUPS = Table(
    "groups",
    "Groepen",
    "Elke rij is een groep in een ronde.",
    (*KEYS, GROUP_KIND, GROUP_KEY, Column("partner_kind", "Soort partner", "choice", KINDS)),
    ("round_id", "group_kind", "group_key"),
    lambda: iter(
        [
            {"network": "n-1", "round": 1, "round_id": "r-1", "group_kind": "level", "group_key": "management"},
            {"network": "n-1", "round": 2, "round_id": "r-2", "group_kind": "partner", "group_key": "de-eik",
             "partner_kind": "school"},
        ]
    ),
)  # fmt: skip
WIDE = Table(
    "figures_wide",
    "Cijfers, breed",
    "Elke rij is een groep in een ronde.",
    (
        *KEYS,
        GROUP_KIND,
        GROUP_KEY,
        Column("regels", "Regels: gemiddelde", "decimal", decimals=1, item="regels"),
        Column("regels_n", "Regels: mensen met een score", "count", item="regels"),
        Column("regels_limit", "Regels: grens", "choice", LIMITS, is_ordered=True, item="regels"),
        Column("pr_financieel", "Prikkels, financieel: gemiddelde", "decimal", decimals=1, item="prikkels.financieel"),
        Column("ouders", "Ouders en jongeren: gemiddelde", "decimal", decimals=1, item="ouders"),
    ),
    ("round_id", "group_kind", "group_key"),
    lambda: iter(
        [
            {"network": "n-1", "round": 1, "round_id": "r-1", "group_kind": "level", "group_key": "management",
             "regels": 3.5, "regels_n": 12},
            {"network": "n-1", "round": 2, "round_id": "r-2", "group_kind": "partner", "group_key": "de-eik",
             "regels_n": 6, "regels_limit": "low"},
        ]
    ),
)  # fmt: skip
TABLES = (ROUNDS, GROUPS, WIDE)
PATHS = {table.name: f"csv/{table.name}.csv" for table in TABLES}

# The first version had other words for one statement of the rules.
EARLIER = replace(
    INSTRUMENT,
    version="0.9",
    factors=tuple(
        replace(
            factor,
            dimensions=tuple(
                replace(
                    own,
                    statements=tuple(
                        replace(s, text=f"Vroeger: {s.text}") if s.key == "RG1" else s for s in own.statements
                    ),
                )
                for own in factor.dimensions
            ),
        )
        for factor in INSTRUMENT.factors
    ),
)

DATASET = Dataset(
    number="2027-04",
    title="Samenwerking rond kind en gezin",
    made_on=date(2027, 4, 12),
    publisher="Gemeente Voorbeeld & partners",
    contact="onderzoek@voorbeeld.example",
    address="https://samenwerking.example/onderzoek/uitgaven/2027-04/",
    is_constructed=True,
    networks=2,
    rounds=3,
    first_day=date(2026, 9, 1),
    last_day=date(2027, 3, 1),
    municipalities=(("GM0268", "Nijmegen"), ("", "Oostdorp")),
    instruments=(INSTRUMENT, EARLIER),  # as they were met, not by age
    tables=TABLES,
)
