"""Lays the published figures out for people: Dutch headings, names, and a sheet that explains. Knows no file.

It takes the same rows as the CSV for scripts, so it has no figure that this has not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from assessments import dutch
from assessments.disclosure.changes import Change
from assessments.disclosure.published import Figure
from assessments.report.context import Context
from assessments.report.data import figures_of
from assessments.report.facts import CONSTRUCTED, Facts, printable
from assessments.report.sentences.change import change_verdict
from assessments.report.sentences.differences import is_told
from assessments.report.subjects import subject
from assessments.results.document import Results
from factors.instrument import Instrument

Value = str | int | Decimal | None
DECIMALS = 1  # of a published score
# How Excel shows numbers.
COUNT, SHARE = "0", "0%"
SCORE = f"0.{'0' * DECIMALS}"
SIZE = f"+{SCORE};-{SCORE};{SCORE}"


@dataclass(frozen=True)
class Column:
    """Is a column with what its heading means; `shown` is how Excel shows a number, '' for text."""

    name: str
    about: str
    width: int
    shown: str = ""


@dataclass(frozen=True)
class Sheet:
    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True)
class Workbook:
    """Holds the sheets with figures, and what the sheet that explains says before it explains the columns."""

    title: str
    network: str
    organisation: str
    made_at: datetime
    notes: tuple[tuple[str, str], ...]
    sheets: tuple[Sheet, ...]


KIND_OF_GROUP = Column("Soort groep", "Niveau, netwerk, partner of sector, of ouders en jongeren.", 14)
GROUP = Column("Groep", "Van wie de cijfers zijn.", 26)
FACTOR = Column("Factor", "Waar het cijfer over gaat.", 28)
LIMIT = "Staat hier iets, dan is de score leeg: van een score dicht bij 1 of 5 is alleen een grens te zien."
INTERVAL = (
    "Tussen deze twee getallen ligt het cijfer waarschijnlijk (95 %). Leeg: niet te zeggen, of iedereen deed mee."
)

FIGURES = (
    KIND_OF_GROUP,
    GROUP,
    Column("Soort onderdeel", "Factor, dimensie (deel van een factor), uitkomst, of stellingen voor ouders.", 18),
    Column("Onderdeel", "Waar het cijfer over gaat.", 34),
    Column("Hoort bij", "De factor waar een dimensie bij hoort.", 28),
    Column("Mensen", "Hoeveel mensen in de groep hierop een score hebben.", 10, COUNT),
    Column("Score", "Het gemiddelde van de groep, van 1 tot 5.", 9, SCORE),
    Column("Grens", LIMIT, 15),
    Column("Interval van", INTERVAL, 13, SCORE),
    Column("Interval tot", INTERVAL, 13, SCORE),
    Column(
        "Verdeeld",
        "Ja: minstens een kwart van de groep komt uit onder de 3 en minstens een kwart op 4 of hoger. "
        "Leeg: niet te tonen.",
        10,
    ),
    Column(
        "Weet ik niet",
        "Welk deel van de antwoorden ‘weet ik niet’ is, op tien procent afgerond. 0 % is minder dan 5 %. "
        "Leeg: niet te tonen.",
        13,
        SHARE,
    ),
    Column("Woord", "Het woord bij de score; zie hierboven.", 12),
)
DIFFERENCES = (
    FACTOR,
    Column("Eerste niveau", "Het eerste van de twee niveaus.", 16),
    Column("Tweede niveau", "Het tweede van de twee niveaus.", 16),
    Column(
        "Verschil",
        "De score van het eerste niveau min die van het tweede. Leeg: van een van beide is alleen een grens te zien.",
        10,
        SIZE,
    ),
    Column("Hoe het heet", "Geen verschil, klein verschil, verschil, groot verschil, of niet te zeggen.", 16),
)
CHANGES = (
    KIND_OF_GROUP,
    GROUP,
    FACTOR,
    Column("Mensen toen", "Hoeveel mensen een score hadden in de vorige ronde.", 13, COUNT),
    Column("Score toen", "De score in de vorige ronde.", 12, SCORE),
    Column("Grens toen", LIMIT, 15),
    Column("Mensen nu", "Hoeveel mensen een score hebben in deze ronde.", 12, COUNT),
    Column("Score nu", "De score in deze ronde.", 11, SCORE),
    Column("Grens nu", LIMIT, 15),
    Column("Verandering", "De score van nu min die van toen. Leeg: niet te berekenen.", 13, SIZE),
    Column("Interval van", INTERVAL, 13, SIZE),
    Column("Interval tot", INTERVAL, 13, SIZE),
    Column("Wat u daarvan kunt zeggen", "Of de verandering meer is dan toeval, of waarom dat niet te zeggen is.", 60),
)


def build_workbook(results: Results, instrument: Instrument, facts: Facts, key: str) -> Workbook:
    """Returns the figures of one subject's report. Raises NoSuchReport as the report does."""
    facts = printable(facts)
    ctx = Context(results, instrument, facts, subject(key, results.published, facts))
    sheets = [Sheet("Cijfers", FIGURES, tuple(_figures(ctx)))]
    if not ctx.subject.is_summary:
        sheets.append(Sheet("Verschillen", DIFFERENCES, tuple(_differences(ctx))))
        if ctx.changes:
            sheets.append(Sheet("Verandering", CHANGES, tuple(_change(ctx, change) for change in ctx.changes)))
    return Workbook(
        title=ctx.subject.title,
        network=facts.network,
        organisation=facts.organisation,
        made_at=facts.made_at,
        notes=tuple(_notes(ctx)),
        sheets=tuple(sheets),
    )


def _notes(ctx: Context) -> Iterator[tuple[str, str]]:
    """Yields what whoever opens the file must know: of whom it is, how to read a score, and what is not there."""
    yield "Rapport", ctx.subject.title
    yield "Netwerk", ctx.facts.network
    yield "Ronde", ctx.facts.round
    if ctx.facts.is_concept:
        yield "Concept", "Dit rapport is nog niet gepubliceerd."
    if ctx.facts.is_constructed:
        yield "Voorbeeld", dutch.capital(CONSTRUCTED.removeprefix("Voorbeeld: "))
    yield "Score", "Van 1 (helemaal mee oneens) tot 5 (helemaal mee eens). Scores zijn meningen, geen oordeel."
    for band, scores in dutch.BANDS.items():
        yield f"Woord: {band}", f"Een score van {scores}." if band != "zorg" else f"Een score {scores}."
    least = dutch.count(ctx.published.minimum)
    yield (
        "Verborgen",
        f"Wat niet getoond mag worden, staat niet in dit bestand: cijfers van minder dan {least} mensen, en cijfers "
        "waaruit antwoorden van een kleine groep zijn uit te rekenen. Een leeg vak is dus geen nul.",
    )
    yield "Voor scripts", "Gebruik het CSV-bestand: dezelfde cijfers, met vaste sleutels in plaats van namen."


def _figures(ctx: Context) -> Iterator[tuple[Value, ...]]:
    for group, item, figure in figures_of(ctx.results, ctx.instrument, ctx.subject):
        kind = dutch.ITEM_KINDS[ctx.instrument.scales[item].kind]
        part_of = ctx.instrument.dimensions.get(item)
        factor = ctx.instrument.name(part_of.factor) if part_of else None
        whose = (dutch.GROUP_KINDS[group.kind], dutch.capital(ctx.whole_name(group)))
        yield (*whose, kind, ctx.instrument.name(item), factor, *_of_a_round(figure), *_more(figure))


def _of_a_round(figure: Figure | None) -> tuple[Value, ...]:
    if figure is None:
        return (None, None, None)
    return (figure.n, figure.mean, dutch.LIMITS[figure.limit] if figure.limit else None)


def _more(figure: Figure) -> tuple[Value, ...]:
    split = None if figure.split is None else dutch.split(figure)
    return (*(figure.interval or (None, None)), split, figure.unknown, figure.band)


def _differences(ctx: Context) -> Iterator[tuple[Value, ...]]:
    for found in ctx.published.differences:
        levels = (dutch.SHORT[level] for level in found.levels)
        said = dutch.gap_word(found) if is_told(found, ctx.published) else dutch.UNKNOWN
        yield (ctx.instrument.name(found.factor), *levels, found.size, said)


def _change(ctx: Context, change: Change) -> tuple[Value, ...]:
    whose = (dutch.GROUP_KINDS[change.group.kind], dutch.capital(ctx.whole_name(change.group)))
    rounds = (*_of_a_round(change.before), *_of_a_round(change.now))
    said = (change.size, *(change.interval or (None, None)), change_verdict(change))
    return (*whose, ctx.instrument.name(change.factor), *rounds, *said)
