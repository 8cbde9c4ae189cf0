"""Says in Dutch what a release is: of whom, asked how, and under which conditions. All its files say the same.

English words are for catalogues in other languages.
"""

from __future__ import annotations

import re
import uuid

from assessments import dutch
from assessments.dataset.municipalities import source
from assessments.dataset.names import full_name
from assessments.dataset.tables import Dataset
from factors.instrument import Instrument

LICENCE = "CC-BY-4.0"  # as SPDX writes it
LICENCE_TITLE = "Creative Commons Naamsvermelding 4.0 Internationaal"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"

CONSTRUCTED = (
    "Let op: deze antwoorden zijn bedacht om te laten zien hoe een uitgave eruitziet. Trek er geen conclusies uit."
)
UNIVERSE = (
    "Mensen die in een netwerk rond kind en gezin werken, op het uitvoerend niveau, in het management of in het "
    "bestuur, bij de organisaties die het netwerk als partner heeft. Waar een netwerk dat vraagt ook ouders, en "
    "jongeren vanaf 16 jaar. Alleen rondes waarvan het netwerk vóór het openen koos om aan onderzoek mee te doen."
)
SAMPLING_NETWORKS = (
    "Netwerken doen mee omdat zij dat zelf willen. Er is geen steekproef van netwerken of gemeenten getrokken: wat "
    "voor deze netwerken geldt, hoeft niet voor andere te gelden."
)
SAMPLING_PEOPLE = (
    "De coördinator van een netwerk maakt een lijst van mensen, per partner en per niveau. Iedereen op die lijst "
    "krijgt een uitnodiging met een eigen link; er wordt niet geloot. Wie er op de lijst hoort, bepaalt het netwerk."
)
SAMPLING_LINKS = (
    "Voor een team zonder mailadressen, en voor ouders en jongeren, kan de coördinator een open link verspreiden. Wie "
    "zo’n link heeft, kan meedoen, ook vaker dan één keer. Hoeveel mensen de link zagen, is niet bekend."
)
COLLECTION = (
    "Vragenlijst op internet die mensen zelf invullen, op een telefoon of een computer. Wie nog niet klaar is, kan een "
    "herinnering krijgen. Alleen vragenlijsten die zijn verstuurd, tellen mee."
)
NO_ROWS = (
    "Er zijn geen rijen van personen. Zodra een ronde sluit, worden de antwoorden opgeteld en gewist; niemand kan ze "
    "nog geven, ook niet voor onderzoek."
)
DISCLOSURE = (
    "Een cijfer staat er alleen als er genoeg mensen achter zitten en als er met andere cijfers niet is uit te rekenen "
    "wat een kleine groep antwoordde. Waarom een cijfer ontbreekt, staat erbij."
)
WEIGHT = (
    "Er zijn geen gewichten. Een score van een niveau of een partner is het gemiddelde van de mensen met die score. "
    "Die van een netwerk is het gemiddelde van de drie niveaus: elk niveau telt even zwaar, hoeveel mensen het ook "
    "heeft."
)
RESPONSE = (
    "Gebruik de tabel groups: group_invited is het aantal genodigden van een groep, group_n het aantal mensen met een "
    "score. Hoeveel mensen de vragenlijst verstuurden, ontbreekt bij veel niveaus (group_answered, en answered_… in "
    "rounds): naast de aantallen van partners zou het zeggen wie er niet meededen. Van een hele ronde staan de "
    "aantallen in rounds, als zij bij het sluiten zijn bewaard."
)
LICENSED = (
    "De licentie geldt voor de cijfers, hun beschrijving en de eigen teksten van de vragenlijst. Titels van "
    "aangehaalde studies, en wat daaruit is geciteerd, zijn van hun makers."
)
KEYWORDS = ("samenwerking", "jeugdhulp", "onderwijs", "gemeenten", "netwerken", "jeugdbeleid")
KEYWORDS_ENGLISH = ("interorganisational collaboration", "youth care", "education", "local government")


def abstract(dataset: Dataset) -> str:
    """Returns in a few sentences what the data are, and that they are constructed where they are."""
    return f"{CONSTRUCTED} {about(dataset)}" if dataset.is_constructed else about(dataset)


def about(dataset: Dataset) -> str:
    return (
        f"Gepubliceerde uitkomsten van een vragenlijst over samenwerking rond kind en gezin: {counted(dataset)}. "
        "Mensen van de organisaties die er samenwerken, zoals scholen, wijkteams en gemeenten, scoorden "
        f"{_statements(dataset)} stellingen, bij elf factoren in drie fasen en over wat de samenwerking oplevert. Elk "
        "cijfer is van een groep: een niveau (uitvoerend, management of bestuur), een partner, een sector of een heel "
        "netwerk."
    )


def _statements(dataset: Dataset) -> int:
    own = newest(dataset)
    return len(own.statements) - len(own.ouders.statements)


def by_age(dataset: Dataset) -> list[Instrument]:
    """Returns the versions of the questionnaire, the newest last."""
    return sorted(dataset.instruments, key=lambda own: [int(part) for part in re.findall(r"\d+", own.version)])


def newest(dataset: Dataset) -> Instrument:
    return by_age(dataset)[-1]


def counted(dataset: Dataset) -> str:
    """Returns how many rounds of how many networks it has, and of which days."""
    rounds = f"{dataset.rounds} ronde{'' if dataset.rounds == 1 else 's'}"
    networks = f"{dataset.networks} netwerk{'' if dataset.networks == 1 else 'en'}"
    return f"{rounds} van {networks}, van {dutch.day(dataset.first_day)} tot en met {dutch.day(dataset.last_day)}"


def titled(dataset: Dataset) -> str:
    return f"{dataset.title}, uitgave {dataset.number}"


def english_title(dataset: Dataset) -> str:
    return f"Collaboration around children and families in the Netherlands: published figures, release {dataset.number}"


def front(dataset: Dataset) -> list[str]:
    """Returns what a workbook opens with, for it may be all of the release that somebody has."""
    lines = [titled(dataset), CONSTRUCTED if dataset.is_constructed else "", about(dataset), disclaimer(dataset)]
    lines += [f"Noem deze uitgave: {cited(dataset)}", f"Licentie: {LICENCE_TITLE}, {LICENCE_URL}", NO_ROWS, DISCLOSURE]
    return [line for line in lines if line]


def cited(dataset: Dataset) -> str:
    """Returns how a publication names the data."""
    return citation(dataset.publisher, dataset.made_on.year, titled(dataset), dataset.address)


def citation(publisher: str, year: int, title: str, address: str) -> str:
    return f"{publisher} ({year}). {title} [Dataset]. {address}"


def identifier(dataset: Dataset) -> str:
    """Returns a name that no other data have, the same each time; it says nothing of where they are."""
    return uuid.uuid5(uuid.NAMESPACE_URL, dataset.address).urn


def slug(dataset: Dataset) -> str:
    return f"samenwerking-{dataset.number}"


def access(dataset: Dataset) -> str:
    return (
        f"Downloaden met een account bij {dataset.publisher}, daarna vrij te delen onder {LICENCE_TITLE} "
        f"({LICENCE_URL}). De uitgave staat op {dataset.address}. Een account vragen kan via {dataset.contact}."
    )


def interviews(dataset: Dataset) -> str:
    return (
        f"Wilt u mensen spreken? Vraag {dataset.contact} om uw vraag voor te leggen aan de coördinator van een "
        "netwerk. Die beslist of uw vraag wordt doorgegeven, en mensen beslissen daarna zelf."
    )


def places() -> str:
    return (
        f"Gemeenten staan in de tabel rounds, met hun code ({source()}). Waar een naam niet zeker die van één gemeente "
        "is, ontbreekt de code."
    )


def disclaimer(dataset: Dataset) -> str:
    """Returns what the instrument says of itself, that of the newest version."""
    return newest(dataset).note


def reworded(dataset: Dataset) -> str:
    """Returns which statements a level reads in words of its own, by version; '' where there is none."""
    found: dict[str, list[str]] = {}
    for instrument in by_age(dataset):
        if keys := [statement.key for statement in instrument.reworded]:
            found.setdefault(dutch.listing(keys), []).append(instrument.version)
    return "; ".join(f"{keys} (versie {dutch.listing(versions)})" for keys, versions in found.items())


def versions(dataset: Dataset) -> str:
    names = [instrument.version for instrument in by_age(dataset)]
    return f"versie{'' if len(names) == 1 else 's'} {dutch.listing(names)}"


def item_name(item: str, dataset: Dataset) -> str:
    return full_name(item, next(own for own in reversed(by_age(dataset)) if item in own.scales))


def instrument_title(instrument: Instrument) -> str:
    return f"{instrument.title}, versie {instrument.version}"
