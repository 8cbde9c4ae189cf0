"""Constructs a network after the Nijmegen case: the source's partners and job titles, and answers that match it.

Nobody gave these answers. They are chosen so that what the source reports comes out: fixtures/demo/nijmegen.yaml says
level by level what that is, where it stands, and which mean was made of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from statistics import NormalDist

import yaml
from django.conf import settings

from assessments.models import Level
from assessments.scores.answers import Value
from factors.instrument import LEVELS, Instrument, Statement


@dataclass(frozen=True)
class Seat:
    """Is `number` people of one job title, at one level of one partner."""

    partner: str
    level: str
    job_title: str
    number: int


PARTNERS = {
    "primair-onderwijs": ("Primair onderwijs", "school"),
    "buurtteams": ("Buurtteams jeugd en gezin", "wijkteam"),
    "samenwerkingsverband": ("Samenwerkingsverband passend onderwijs", "samenwerkingsverband"),
    "gemeente": ("Gemeente", "gemeente"),
}

# §5.2: eight people at uitvoerend level, six at management, three at bestuur.
SEATS = (
    Seat("primair-onderwijs", Level.UITVOEREND, "intern begeleider", 3),
    Seat("samenwerkingsverband", Level.UITVOEREND, "onderwijsondersteuner", 2),
    Seat("buurtteams", Level.UITVOEREND, "gezinswerker", 3),
    Seat("primair-onderwijs", Level.MANAGEMENT, "schooldirecteur", 4),
    Seat("samenwerkingsverband", Level.MANAGEMENT, "coördinator primair onderwijs", 1),
    Seat("buurtteams", Level.MANAGEMENT, "directeur buurtteams", 1),
    Seat("samenwerkingsverband", Level.BESTUUR, "bestuurder", 1),
    Seat("gemeente", Level.BESTUUR, "beleidsadviseur", 2),
)

MOST_SHIFT = 0.7  # points
READING = Path(settings.BASE_DIR) / "fixtures" / "demo" / "nijmegen.yaml"

TEXTS: dict[str, dict[str, tuple[str, ...]]] = {
    Level.UITVOEREND: {
        "open_startcondities": (
            "Wij hebben al vaker een nieuwe samenwerking zien komen en gaan. Dat neem ik mee, of ik wil of niet.",
            "Het doel klinkt mooi, maar wat het voor mijn werk van maandag betekent weet ik nog niet.",
            "Preventief werken betekent op school iets anders dan bij de gezinswerkers. Daar praten we te weinig over.",
        ),
        "open_institutioneel_ontwerp": (
            "Wie bel ik als het dringend is? Dat is nu per school anders.",
            "Ik wil ruimte om te doen wat nodig is, en toch weten wat er is afgesproken.",
            "We kijken nooit samen terug op wat werkte.",
        ),
        "open_samenwerkingsproces": (
            "Besluiten hoor ik via via, of niet.",
            "De vaste gezinswerker op school kent iedereen. Ik hoop dat dat zo blijft.",
            "Onderling gaat het goed, met de lagen erboven is er weinig contact.",
        ),
        "open_slot": ("Minder nieuwe plannen, meer afmaken wat we begonnen.",),
    },
    Level.MANAGEMENT: {
        "open_startcondities": (
            "Wettelijk is niet duidelijk waar de school ophoudt en de hulp begint.",
            "We hebben elkaar echt nodig, dat voelt iedereen.",
            "De visie is er. De vertaling naar de scholen nog niet.",
        ),
        "open_samenwerkingsproces": (
            "Met de gemeente heb ik goed contact. Naar mijn team toe kan het beter, dat ligt ook aan mij.",
            "Vertrouwen moet nog groeien na eerdere teleurstellingen.",
            "Iedereen is betrokken, soms wel te veel.",
        ),
    },
    Level.BESTUUR: {
        "open_slot": ("We zijn het bestuurlijk snel eens. De vraag is wat daarvan op school aankomt.",),
    },
}


@dataclass(frozen=True)
class Cell:
    """Is what the source says of one level, where it says so, and the mean that people there answer around."""

    mean: float
    at: str
    says: str


@cache
def reading() -> dict[str, dict[str, Cell]]:
    """Returns what the source says of each statement, dimension or outcome, by level."""
    rows = yaml.safe_load(READING.read_text("utf-8"))
    return {row["about"]: {level: Cell(**row[level]) for level in LEVELS} for row in rows}


def cells_of(statement: Statement) -> Mapping[str, Cell]:
    """Returns what the source says of a statement itself, or else of its dimension; nothing of those of ouders."""
    return reading().get(statement.key) or reading().get(statement.scale, {})


@dataclass(frozen=True)
class Person:
    """Is somebody in a constructed network, with what they answer."""

    partner: str
    level: str
    job_title: str
    answers: dict[str, Value]
    texts: dict[str, str]


def people(instrument: Instrument, *, respondents: int, seed: int, varied: bool = False) -> Iterator[Person]:
    """Yields `respondents` constructed people, divided over the seats as in the case; the same ones each time.

    Where they are `varied`, each factor is higher or lower than in the case, by up to MOST_SHIFT points.
    """
    random = Random(seed)  # noqa: S311 (constructs a demo, keeps no secret)
    scales = {statement.scale.split(".")[0] for statement in instrument.statements.values()} if varied else set()
    shifts = {scale: random.uniform(-MOST_SHIFT, MOST_SHIFT) for scale in sorted(scales)}
    seats = _seats(respondents)
    for level in LEVELS:
        own = [seat for seat in seats if seat.level == level]
        answers = _answers(instrument, level, len(own), random, shifts)
        texts = _texts(level, len(own), random)
        yield from (
            Person(seat.partner, level, seat.job_title, given, written)
            for seat, given, written in zip(own, answers, texts, strict=True)
        )


def _seats(respondents: int) -> list[Seat]:
    """Returns the seats of the case, again and again until there are enough: small networks too have every level."""
    one_each = [seat for seat in SEATS for _ in range(seat.number)]
    order = sorted(range(len(one_each)), key=lambda place: (place * 7) % len(one_each))
    return [one_each[order[place % len(order)]] for place in range(respondents)]


def _answers(
    instrument: Instrument, level: str, people: int, random: Random, shifts: Mapping[str, float]
) -> list[dict[str, Value]]:
    """Returns the answers of each person: to a statement they are spread around the mean of its cell."""
    answers: list[dict[str, Value]] = [{} for _ in range(people)]
    for statement in instrument.statements.values():
        if cells := cells_of(statement):
            shift = shifts.get(statement.scale.split(".")[0], 0)
            values = spread(
                min(4.6, max(1.4, cells[level].mean + shift)) if shift else cells[level].mean, people, random
            )
            random.shuffle(values)
            for given, value in zip(answers, values, strict=True):
                given[statement.key] = value
    return answers


def spread(mean: float, people: int, random: Random) -> list[Value]:
    """Returns whole numbers from 1 to 5, one a person, whose mean is `mean`, as near as whole numbers come."""
    around = NormalDist(mean, 0.75)
    values = [min(5, max(1, round(around.inv_cdf((place + 0.5) / people)))) for place in range(people)]
    while sum(values) != round(mean * people):
        step = 1 if sum(values) < mean * people else -1
        place = random.choice([p for p, value in enumerate(values) if 1 <= value + step <= 5])
        values[place] += step
    return list(values)


def _texts(level: str, people: int, random: Random) -> list[dict[str, str]]:
    texts: list[dict[str, str]] = [{} for _ in range(people)]
    for question, written in TEXTS.get(level, {}).items():
        for person, text in zip(random.sample(range(people), min(people, len(written))), written, strict=False):
            texts[person][question] = text
    return texts
