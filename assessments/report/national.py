"""Lays out what a release tells of networks together: a table at a time as a report, and all of them for Excel.

Computes nothing: its figures are those that `assessments.national` let through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from assessments import dutch
from assessments.disclosure.published import Figure
from assessments.models.networks import CollaborationForm, Inhabitants, Scope
from assessments.national.reliability import OfGroups, Reliability
from assessments.national.tables import ALL, FILTERS, NETWORK, OF_A_CELL, OF_ALL, RESPONSE, Told
from assessments.report.blocks import RUNNING, Block, Cell, Chart, Report, Row, Section, Table, Text
from assessments.report.charts.profile import COMPACT_ROW, NARROW, Profile, ProfileRow, Series, draw
from assessments.report.facts import CONSTRUCTED
from assessments.report.workbook import COUNT, SCORE, Column, Sheet, Value, Workbook
from assessments.rules.releases import LEAST_FOR_QUARTILES, LEAST_NETWORKS
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
INTRO = (
    f"Elk cijfer gaat over minstens {LEAST_NETWORKS} netwerken, die elk even zwaar tellen. Tussen haakjes staat over"
    " hoeveel. Het is geen norm: de netwerken kozen zelf om mee te doen. Waar een netwerk alleen een grens publiceert,"
    f" zoals ‘{dutch.LIMITS['high']}’, telt het niet mee: gemiddelden liggen dus iets te veel naar het midden."
)
LEFT_OUT = (
    "Een streepje betekent: te weinig netwerken, of er zou uit te rekenen zijn wat één netwerk publiceert, ook samen"
    " met andere tabellen en uitgaven."
)
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

HOLDING = (
    "Alpha zegt hoe goed de stellingen van een factor bij elkaar horen: een kwart van de netwerken ligt onder het"
    " eerste getal, de helft onder het tweede, een kwart boven het derde.",
    "ICC(1) is het deel van de spreiding tussen mensen dat tussen groepen ligt, ICC(2) hoe goed de gemiddelden van"
    " groepen zijn te onderscheiden. Berekend uit gepubliceerde aantallen, gemiddelden en standaardafwijkingen op één"
    " decimaal; n0 is de gemiddelde groepsgrootte waarmee is gerekend. Niet bij minder dan elf netwerken.",
)
HOLDING_HEAD = ("Factor", "Alpha", "ICC(1) van niveaus", "ICC(2)", "ICC(1) van netwerken", "ICC(2)")

Own = Mapping[tuple[str, str], Told]  # by (scale, quantity)


@dataclass(frozen=True)
class About:
    """Says which release a table is of."""

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


def national_report(
    told: Iterable[Told], holding: Iterable[Reliability], choice: Choice, instrument: Instrument, about: About
) -> Report:
    """Returns what is told of the networks of one choice, with the factors in the instrument's order.

    How well factors hold together, `holding`, is told of all networks only.
    """
    own = {(one.scale, one.quantity): one for one in told if (one.filter, one.value) == (choice.filter, choice.value)}
    most = max((one.networks for one in own.values()), default=0)
    title = "Netwerken samen"
    return Report(
        subject="netwerken",
        title=title,
        subtitle="Zelfevaluatie van de samenwerking rond kind en gezin",
        network=choice.name,
        round=f"Uitgave {about.number}",
        facts=(f"Over ten hoogste {most} netwerken",),
        description=f"{title}: {choice.name}, uitgave {about.number}",
        organisation=about.organisation,
        constructed=CONSTRUCTED if about.is_constructed else "",
        concept="",
        made_at=about.made_at,
        sections=(*_sections(own, instrument, choice), *(() if choice.filter else _reliability(holding, instrument))),
        running=(dutch.cut(choice.name, RUNNING), dutch.cut(f"{title}, uitgave {about.number}", RUNNING)),
    )


@dataclass(frozen=True)
class _Kind:
    """Is a kind of table: what it says of itself, its quantities, and how it writes a figure."""

    key: str
    title: str
    about: str
    quantities: tuple[str, ...]
    text: Callable[[Told], str]


def _middle_half(told: Told) -> str:
    if told.quartiles is None:
        return NONE
    low, middle, high = map(dutch.number, told.quartiles)
    return f"{low} – {middle} – {high}"


_GROUPS = tuple(quantity.key for quantity in OF_A_CELL)
SCORES = _Kind(
    "scores",
    "Scores",
    "Het gemiddelde van de gepubliceerde scores van netwerken, van 1 tot 5.",
    _GROUPS,
    lambda told: dutch.number(told.mean),
)
GAPS = _Kind(
    "verschillen",
    "Verschillen en verandering",
    "Het gemiddelde over netwerken die van beide niveaus, of in beide rondes, een score publiceren.",
    tuple(quantity.key for quantity in OF_ALL[len(OF_A_CELL) :]),
    lambda told: dutch.signed(told.mean),
)
SPREAD = _Kind(
    "spreiding",
    "Spreiding",
    "Een kwart van de netwerken ligt onder het eerste getal, de helft onder het tweede, een kwart boven het derde."
    f" Niet bij minder dan {LEAST_FOR_QUARTILES} netwerken.",
    _GROUPS,
    _middle_half,
)
ANSWERED = _Kind(
    "respons",
    "Respons",
    "Het gemiddelde over netwerken van het deel dat invulde.",
    tuple(LEVELS),
    lambda told: f"{dutch.number(told.mean)} %",
)


def _sections(own: Own, instrument: Instrument, choice: Choice) -> Iterator[Section]:
    factors = {factor.key: factor.name for factor in instrument.factors}
    scales = factors | {instrument.outcome.key: instrument.outcome.name}
    scores = _table(SCORES, scales, own)
    drawn = _profile(own, instrument, choice)
    chart = Chart(drawn.key, draw(drawn), draw(drawn, NARROW), drawn.alt, SCORES.title, scores)
    yield Section("scores", SCORES.title, (Text(INTRO), chart, scores, Text(LEFT_OUT, "note")))
    for kind in () if choice.filter else (GAPS, SPREAD):
        yield from _section(kind, scales, own)
    yield from _section(ANSWERED, {RESPONSE: "Respons"}, own)


def _reliability(holding: Iterable[Reliability], instrument: Instrument) -> Iterator[Section]:
    known = [own for own in holding if own.scale in instrument.scales]
    rows = tuple(Row(instrument.name(own.scale), _reliability_cells(own)) for own in known)
    if rows:
        blocks: tuple[Block, ...] = (*map(Text, HOLDING), Table("Betrouwbaarheid", HOLDING_HEAD, rows))
        yield Section("betrouwbaarheid", "Betrouwbaarheid", blocks)


def _reliability_cells(own: Reliability) -> tuple[Cell, ...]:
    alpha = " – ".join(map(dutch.number, own.alpha)) + f" ({own.networks})" if own.alpha else NONE
    return tuple(Cell(text, is_number=True) for text in (alpha, *_icc(own.levels), *_icc(own.between_networks)))


def _icc(own: OfGroups | None) -> tuple[str, str]:
    if own is None:
        return NONE, NONE
    size = f"{own.groups} groepen, n0 {dutch.number(own.n0)}"
    second = NONE if own.icc2 is None else dutch.number(own.icc2)
    return f"{dutch.number(own.icc1)} ({size})", second


def _section(kind: _Kind, scales: Mapping[str, str], own: Own) -> Iterator[Section]:
    table = _table(kind, scales, own)
    if len(table.head) > 1:
        blocks: tuple[Block, ...] = (Text(kind.about), table)
        yield Section(kind.key, kind.title, blocks)


def _table(kind: _Kind, scales: Mapping[str, str], own: Own) -> Table:
    columns = [key for key in kind.quantities if any((scale, key) in own for scale in scales)]
    rows = tuple(
        Row(name, tuple(Cell(_cell(kind, own.get((scale, key))), is_number=True) for key in columns))
        for scale, name in scales.items()
    )
    return Table(kind.title, ("Onderdeel", *map(_heading, columns)), rows)


def _cell(kind: _Kind, told: Told | None) -> str:
    text = kind.text(told) if told else NONE
    return f"{text} ({told.networks})" if told and text != NONE else NONE


def _heading(quantity: str) -> str:
    return dutch.capital(NAMES.get(quantity) or " min ".join(NAMES[level] for level in quantity.split("-")))


def _profile(own: Own, instrument: Instrument, choice: Choice) -> Profile:
    groups = [group for group in _GROUPS if any(told == group for _, told in own)]
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


def workbook_of(tables: Iterable[Told], names: Mapping[str, str], kinds: Mapping[str, str], about: About) -> Workbook:
    """Returns all tables of a release as one sheet, a row a figure; `names` has those of the scales."""
    rows = tuple(_sheet_row(told, names, kinds) for told in tables)
    notes = (
        ("Uitgave", about.number),
        ("Wat erin staat", "Gemiddelden over netwerken van wat zij publiceren. Elk netwerk telt even zwaar."),
        ("Wat er niet in staat", "Cijfers waaruit de uitkomst van één netwerk is uit te rekenen."),
        *((("Let op", CONSTRUCTED),) if about.is_constructed else ()),
    )
    title, sheets = f"Uitgave {about.number}", (Sheet("Cijfers", SHEET, rows),)
    return Workbook(title, "netwerken samen", about.organisation, about.made_at, notes, sheets)


def _sheet_row(told: Told, names: Mapping[str, str], kinds: Mapping[str, str]) -> tuple[Value, ...]:
    cuts = told.quartiles or (None, None, None)
    what = "respons" if told.scale == RESPONSE else names.get(told.scale, told.scale)
    return (_name(told.filter, told.value, kinds), what, _heading(told.quantity), told.networks, told.mean, *cuts)
