"""Fills two small tables of rounds: agreements, counted by factor and what came of them, and reliability."""

from __future__ import annotations

from collections.abc import Iterator

from assessments.dataset.published import KEYS, PublishedRound, Rounds, each, number
from assessments.dataset.tables import Column, Row, Table
from assessments.models.improvements import Outcome

NO_FACTOR, UNTOLD = "_none", "open"  # a key has no empty value

_WHO_IS_IN_ALPHA = (
    "Alleen mensen met een eigen link die alle stellingen van de factor beantwoordden; ‘weet ik niet’ telt niet. "
    "Een stelling waarop allen hetzelfde kozen, telt mee met variantie 0. Bij minder dan dertig mensen is er geen alfa."
)
_INTERVAL = "Uit de afgeronde alfa en de aantallen k en n, zoals Feldt (1965) het berekent."

AGREEMENTS = (
    *KEYS,
    Column("factor", "Sleutel van de factor waar de afspraken bij horen", "text", note=f"{NO_FACTOR}: geen factor."),
    Column("outcome", "Wat ervan kwam", "choice", {**dict(Outcome.choices), UNTOLD: "nog niet verteld"}),
    Column("agreements", "Aantal afspraken", "count"),
)
RELIABILITY = (
    *KEYS,
    Column("factor", "Sleutel van de factor", "text"),
    Column("alpha", "Cronbachs alfa, alle niveaus samen", "decimal", decimals=2, note=_WHO_IS_IN_ALPHA),
    Column("low", "Ondergrens van het interval van 95 procent (Feldt)", "decimal", decimals=2, note=_INTERVAL),
    Column("high", "Bovengrens van het interval van 95 procent (Feldt)", "decimal", decimals=2, note=_INTERVAL),
    Column("k", "Stellingen", "count"),
    Column("n", "Mensen die alle stellingen beantwoordden", "count"),
)


def agreements_table(rounds: Rounds) -> Table:
    return Table(
        "agreements",
        "Afspraken",
        "Elke rij telt de afspraken na een ronde, per factor en uitkomst; de teksten staan er niet in.",
        AGREEMENTS,
        ("round_id", "factor", "outcome"),
        each(rounds, _agreements),
    )


def reliability_table(rounds: Rounds) -> Table:
    return Table(
        "reliability",
        "Betrouwbaarheid",
        "Elke rij is Cronbachs alfa van een factor in een ronde, zoals berekend bij het sluiten.",
        RELIABILITY,
        ("round_id", "factor"),
        each(rounds, _reliability),
    )


def _agreements(round: PublishedRound) -> Iterator[Row]:
    for (factor, outcome), count in sorted(round.agreements.items()):
        yield {"factor": factor or NO_FACTOR, "outcome": outcome or UNTOLD, "agreements": count}


def _reliability(round: PublishedRound) -> Iterator[Row]:
    for factor, found in round.results.reliability.items():
        low, high = map(number, found.interval)
        yield {"factor": factor, "alpha": number(found.alpha), "low": low, "high": high, "k": found.k, "n": found.n}
