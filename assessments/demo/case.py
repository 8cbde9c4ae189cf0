"""Constructs a network after the Nijmegen case: the source's partners and job titles, and answers that match it.

Nobody gave these answers. They are chosen so that what the source reports comes out (Verstappen 2021, §5.2, §5.3 and
§6.1.3): which factors hinder, toewijding high at every level, bestuur trusting more than uitvoerend, communication
good between bestuur and management and poor with the uitvoerend level.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from statistics import NormalDist

from assessments.models import Level
from assessments.scores.answers import Value
from factors.instrument import LEVELS, Instrument


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

# The mean that the answers to a dimension's statements are constructed around, by level; or those to one statement,
# where the source tells them apart: people know each other, and what they did together went less well (§5.2.1).
#                                        uitvoerend  management  bestuur
MEANS: dict[str, tuple[float, float, float]] = {
    "VG1": (4.2, 3.7, 4.2),
    "VG2": (2.0, 2.3, 2.4),
    "voorgeschiedenis.relatie": (2.2, 2.4, 3.3),
    "prikkels.financieel": (4.0, 4.1, 4.3),
    "prikkels.juridisch": (2.0, 2.2, 2.6),
    "prikkels.kennis": (4.4, 4.4, 4.5),
    "principiele_betrokkenheid.ontdekking": (2.5, 2.8, 3.4),
    "principiele_betrokkenheid.definitie": (2.1, 2.6, 3.2),
    "principiele_betrokkenheid.deliberatie": (2.5, 3.0, 3.6),
    "principiele_betrokkenheid.determinatie": (2.2, 2.9, 3.6),
    "leiderschap.faciliterend": (3.2, 3.6, 3.7),
    "leiderschap.gedeeld": (3.0, 3.5, 3.6),
    "regels.interactieregels": (2.2, 2.5, 2.9),
    "regels.rollen": (2.2, 2.7, 3.1),
    "regels.transparantie": (2.1, 2.6, 3.5),
    "middelen.macht": (2.9, 3.2, 3.9),
    "middelen.financien": (2.7, 2.9, 4.0),
    "middelen.informatie": (2.3, 2.6, 3.5),
    "middelen.evenwicht": (2.9, 3.1, 3.8),
    "kennis.delen": (3.1, 3.3, 3.4),
    "kennis.lerend_vermogen": (2.1, 2.4, 2.7),
    "communicatie.manier": (2.9, 3.4, 4.0),
    "communicatie.frequentie": (2.4, 3.5, 4.1),
    "communicatie.continuiteit": (1.8, 2.6, 3.4),
    "vertrouwen.persoon": (3.0, 3.1, 4.0),
    "vertrouwen.organisatie": (2.3, 2.6, 4.0),
    "vertrouwen.prestaties": (2.7, 2.9, 4.2),
    "toewijding.persoonlijk": (4.6, 4.5, 4.4),
    "toewijding.wederzijds_voordeel": (4.2, 4.1, 4.3),
    "gedeeld_begrip.gedeeld": (2.2, 2.7, 3.3),
    "gedeeld_begrip.wederzijds": (3.4, 3.2, 2.7),
    "effectiviteit": (2.7, 3.0, 3.7),
}

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
class Person:
    """Is somebody in a constructed network, with what they answer."""

    partner: str
    level: str
    job_title: str
    answers: dict[str, Value]
    texts: dict[str, str]


def people(instrument: Instrument, *, respondents: int, seed: int) -> Iterator[Person]:
    """Yields `respondents` constructed people, divided over the seats as in the case; the same ones each time."""
    random = Random(seed)  # noqa: S311 (constructs a demo, keeps no secret)
    seats = _seats(respondents)
    for level in LEVELS:
        own = [seat for seat in seats if seat.level == level]
        answers = _answers(instrument, level, len(own), random)
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


def _answers(instrument: Instrument, level: str, people: int, random: Random) -> list[dict[str, Value]]:
    """Returns the answers of each person: to a statement they are spread around the mean of its dimension."""
    answers: list[dict[str, Value]] = [{} for _ in range(people)]
    for statement in instrument.statements.values():
        if means := MEANS.get(statement.key) or MEANS.get(statement.scale):
            values = spread(means[LEVELS.index(level)], people, random)
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
