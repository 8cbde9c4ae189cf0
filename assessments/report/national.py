"""Lays out what a release tells of networks together: one table at a time, with its drawing, for screen, PDF and Excel.

Computes nothing: its figures are those that `assessments.national` let through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from assessments import dutch
from assessments.disclosure.published import Figure
from assessments.models.networks import CollaborationForm, Inhabitants, Scope
from assessments.national.tables import ALL, FILTERS, NETWORK, OF_A_CELL, OF_ALL, RESPONSE, Told
from assessments.report.charts.profile import COMPACT_ROW, Profile, ProfileRow, Series, draw
from assessments.report.facts import CONSTRUCTED
from assessments.report.workbook import COUNT, SCORE, Column, Sheet, Value, Workbook
from assessments.scores.readings import band
from factors.instrument import LEVELS, Instrument

FILTER_NAMES = {
    ALL: "Alle netwerken",
    "year": "Jaar waarin de ronde sloot",
    "scope": "Omvang",
    "inhabitants": "Aantal inwoners",
    "collaboration_form": "Vorm van samenwerking",
    "kind": "Soort partner die meedoet",
}
VALUE_NAMES: Mapping[str, Mapping[str, str]] = {
    "scope": dict(Scope.choices),
    "inhabitants": dict(Inhabitants.choices),
    "collaboration_form": dict(CollaborationForm.choices),
}
NAMES = {level: dutch.SHORT[level] for level in LEVELS} | {NETWORK: "netwerk", "change": "verandering sinds de vorige"}
NONE = "–"

Own = Mapping[tuple[str, str], Told]  # by (scale, quantity)


SHEET = (
    Column("Tabel", "Over welke netwerken het gaat.", 40),
    Column("Onderdeel", "Factor, uitkomst of respons.", 30),
    Column("Wat", "Een niveau, het netwerk, een verschil tussen niveaus, of de verandering sinds de vorige ronde.", 28),
    Column("Netwerken", "Hoeveel netwerken dit cijfer hebben.", 12, COUNT),
    Column("Gemiddelde", "Over die netwerken. Van 1 tot 5; bij respons in procenten.", 12, SCORE),
    Column("Eerste kwartiel", "Een kwart van de netwerken ligt hieronder. Leeg: minder dan elf netwerken.", 16, SCORE),
    Column("Mediaan", "De helft van de netwerken ligt hieronder.", 10, SCORE),
    Column("Derde kwartiel", "Een kwart van de netwerken ligt hierboven.", 16, SCORE),
)


@dataclass(frozen=True)
class About:
    """Says which release a file is of."""

    number: str
    organisation: str
    made_at: datetime
    is_constructed: bool


@dataclass(frozen=True)
class Choice:
    """Is one table that a reader can choose; `key` is how an address names it."""

    filter: str
    value: str
    name: str

    @property
    def key(self) -> str:
        return f"{self.filter}:{self.value}" if self.filter else "alle"


@dataclass(frozen=True)
class Line:
    """Is a row of a table: its name, a text for each column, and of how many networks each is."""

    name: str
    cells: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True)
class Block:
    title: str
    about: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class NationalTable:
    """Is what is told of the networks of one choice, ready to be shown."""

    choice: Choice
    release: str
    constructed: str  # a warning, or ''
    networks: int  # the most that any of its figures is about
    svg: str
    alt: str
    blocks: tuple[Block, ...]


def choices(told: Iterable[Told], kinds: Mapping[str, str]) -> list[Choice]:
    """Returns the tables that a release has something in; `kinds` names the kinds of partners."""
    found = dict.fromkeys((own.filter, own.value) for own in told)
    ordered = sorted(found, key=lambda pair: ([ALL, *FILTERS].index(pair[0]), _place(*pair), pair[1]))
    return [Choice(name, value, _name(name, value, kinds)) for name, value in ordered]


def _place(name: str, value: str) -> int:
    values = [*VALUE_NAMES.get(name, ())]
    return values.index(value) if value in values else len(values)


def _name(name: str, value: str, kinds: Mapping[str, str]) -> str:
    if not name:
        return FILTER_NAMES[ALL]
    word = kinds.get(value, value) if name == "kind" else VALUE_NAMES.get(name, {}).get(value, value)
    return f"{FILTER_NAMES[name]}: {word}"


def national_table(
    told: Iterable[Told], choice: Choice, instrument: Instrument, *, release: str, is_constructed: bool
) -> NationalTable:
    """Returns the table of one choice, with the factors in the instrument's order."""
    own = {(one.scale, one.quantity): one for one in told if (one.filter, one.value) == (choice.filter, choice.value)}
    drawn = _profile(own, instrument, choice)
    return NationalTable(
        choice,
        release,
        CONSTRUCTED if is_constructed else "",
        max((one.networks for one in own.values()), default=0),
        draw(drawn),
        drawn.alt,
        tuple(_blocks(own, instrument, whole=not choice.filter)),
    )


def _profile(own: Own, instrument: Instrument, choice: Choice) -> Profile:
    groups = [quantity.key for quantity in OF_A_CELL if any(told == quantity.key for _, told in own)]
    phases = tuple((phase.name, _profile_rows(own, instrument, phase.key, groups)) for phase in instrument.phases)
    alt = f"Profiel van de factoren, gemiddeld over netwerken: {choice.name}. De cijfers staan in de tabel."
    series = tuple(Series(group, NAMES[group]) for group in groups)
    return Profile("landelijk-profiel", alt, series, phases, COMPACT_ROW)


def _profile_rows(own: Own, instrument: Instrument, phase: str, groups: Sequence[str]) -> tuple[ProfileRow, ...]:
    return tuple(
        ProfileRow(factor.name, tuple(_figure(own.get((factor.key, group))) for group in groups))
        for factor in instrument.in_phase(phase)
    )


def _figure(told: Told | None) -> Figure | None:
    return Figure(told.networks, band(told.mean), told.mean) if told else None


@dataclass(frozen=True)
class _Kind:
    """Is a kind of block: what it says of itself, its quantities, and how it writes a figure."""

    title: str
    about: str
    quantities: tuple[str, ...]
    text: Callable[[Told], str]


def _middle_half(told: Told) -> str:
    if told.quartiles is None:
        return NONE
    low, middle, high = told.quartiles
    return f"{dutch.number(low)} tot {dutch.number(high)}, midden {dutch.number(middle)}"


_GROUPS = tuple(quantity.key for quantity in OF_A_CELL)
SCORES = _Kind(
    "Scores",
    "Het gemiddelde van de gepubliceerde scores van netwerken, van 1 tot 5. Elk netwerk telt even zwaar.",
    _GROUPS,
    lambda told: dutch.number(told.mean),
)
GAPS = _Kind(
    "Verschillen en verandering",
    "Het gemiddelde over netwerken die van beide niveaus, of in beide rondes, een score publiceren.",
    tuple(quantity.key for quantity in OF_ALL[len(OF_A_CELL) :]),
    lambda told: dutch.signed(told.mean),
)
SPREAD = _Kind(
    "Spreiding",
    "Bij de middelste helft van de netwerken ligt de score tussen deze twee. Niet bij minder dan elf netwerken.",
    _GROUPS,
    _middle_half,
)
ANSWERED = _Kind(
    "Respons",
    "Het gemiddelde over netwerken van het percentage dat invulde.",
    tuple(LEVELS),
    lambda told: f"{dutch.number(told.mean)} %",
)


def _blocks(own: Own, instrument: Instrument, *, whole: bool) -> Iterator[Block]:
    factors = {factor.key: factor.name for factor in instrument.factors}
    scales = factors | {instrument.outcome.key: instrument.outcome.name}
    for kind in (SCORES, GAPS, SPREAD) if whole else (SCORES,):
        yield _block(kind, scales, own)
    yield _block(ANSWERED, {RESPONSE: "Respons"}, own)


def _block(kind: _Kind, scales: Mapping[str, str], own: Own) -> Block:
    columns = [key for key in kind.quantities if any((scale, key) in own for scale in scales)]
    lines = tuple(
        Line(name, tuple(_cell(kind, own.get((scale, key))) for key in columns)) for scale, name in scales.items()
    )
    return Block(kind.title, kind.about, tuple(_heading(key) for key in columns), lines if columns else ())


def _cell(kind: _Kind, told: Told | None) -> tuple[str, int | None]:
    text = kind.text(told) if told else NONE
    return (text, told.networks) if told and text != NONE else (NONE, None)


def _heading(quantity: str) -> str:
    return NAMES.get(quantity) or " min ".join(NAMES[level] for level in quantity.split("-"))


def workbook_of(tables: Sequence[Told], names: Mapping[str, str], kinds: Mapping[str, str], about: About) -> Workbook:
    """Returns all tables of a release as one sheet, a row a figure; `names` has those of the scales."""
    rows = tuple(_sheet_row(told, names, kinds) for told in tables)
    notes = (
        ("Uitgave", about.number),
        (
            "Wat erin staat",
            "Gemiddelden over netwerken, van wat elk netwerk zelf publiceert. Elk netwerk telt even zwaar.",
        ),
        ("Wat er niet in staat", "Cijfers waaruit de uitkomst van één netwerk is uit te rekenen."),
        *((("Let op", CONSTRUCTED),) if about.is_constructed else ()),
    )
    return Workbook(
        f"Uitgave {about.number}",
        "netwerken samen",
        about.organisation,
        about.made_at,
        notes,
        (Sheet("Cijfers", SHEET, rows),),
    )


def _sheet_row(told: Told, names: Mapping[str, str], kinds: Mapping[str, str]) -> tuple[Value, ...]:
    cuts = told.quartiles or (None, None, None)
    what = "respons" if told.scale == RESPONSE else names.get(told.scale, told.scale)
    return (_name(told.filter, told.value, kinds), what, _heading(told.quantity), told.networks, told.mean, *cuts)
