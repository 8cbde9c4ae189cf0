"""Holds the worked examples of the page 'Zo rekenen wij': what goes in and what comes out, written down.

It computes nothing, for the instrument knows no scores. The tests work every number out with the real code.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """Holds answers to the four statements about regels, '?' for 'weet ik niet', and the score that follows."""

    answers: str
    score: str


PEOPLE = (
    Person("2232", "2,25"),
    Person("4444", "4,00"),
    Person("34?4", "3,67"),
    Person("2321", "2,00"),
    Person("4544", "4,25"),
    Person("3334", "3,25"),
    Person("2??3", "2,50"),
    Person("5444", "4,25"),
    Person("3232", "2,50"),
    Person("4343", "3,50"),
    Person("???4", "geen"),
)

SHOWN = "Laten zien"
SMALL = "Verbergen: te klein"
COMPLEMENTARY = "Verbergen: anders zijn antwoorden van een kleine groep uit te rekenen"


@dataclass(frozen=True)
class Row:
    """Is a partner of the small network, with its people at the three levels and what is done with it."""

    key: str
    name: str
    counts: tuple[int, int, int]
    verdict: str

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True)
class SmallNetwork:
    levels: tuple[str, ...]
    rows: tuple[Row, ...]
    minimum: int

    @property
    def total(self) -> int:
        return sum(row.total for row in self.rows)


NETWORK = SmallNetwork(
    levels=("uitvoerend", "management", "bestuur"),
    rows=(
        Row("scholen", "Scholen", (5, 4, 0), SHOWN),
        Row("buurtteams", "Buurtteams", (3, 1, 0), COMPLEMENTARY),
        Row("samenwerkingsverband", "Samenwerkingsverband", (0, 1, 1), SMALL),
        Row("gemeente", "Gemeente", (0, 0, 2), SMALL),
    ),
    minimum=3,
)


@dataclass(frozen=True)
class Cost:
    """Says what the simple rule costs: the partners of constructed networks, with the rule and with the best choice."""

    networks: int
    partners: int
    large: int
    shown: int
    best: int
    worse: int


COST = Cost(networks=300, partners=1199, large=1044, shown=894, best=898, worse=4)
