"""Fills the tables of published figures: long, a row for each group and item, and wide, a row for each group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from assessments import dutch
from assessments.dataset.groups import GROUP, KEY, WHY, group_columns, group_rows
from assessments.dataset.names import full_name, wide_names
from assessments.dataset.published import KEYS, YES_NO, KindOfPartner, PublishedRound, Rounds, each, number, yes_no
from assessments.dataset.tables import LONGEST_LABEL, Column, Row, Table, Value
from assessments.disclosure.published import Figure, Hidden
from factors.instrument import Instrument

ALL = "_all"  # the item of a row that says that a whole group is hidden: a key has no empty value

# A dimension of a partner or sector is never published: that says nothing of its answers, as 'complementary' may.
LEVELS_ONLY = "levels_only"

BANDS = {band: f"{dutch.BANDS[band]} ({band})" for band in ("zorg", "bespreken", "sterk")}
_WHY_A_FIGURE = {**WHY, LEVELS_ONLY: "dimensies zijn er alleen van niveaus en het netwerk"}
_INTERVAL = (
    "Leeg als iedereen meedeed (n is het aantal uitgenodigden) en bij kleine groepen; van een netwerk ook als dat op "
    "één niveau zo is."
)
_SD = "Alleen van factoren van een niveau of partner, waar ook een interval mag staan. 0,3 staat voor 0,3 of minder."

FIGURE = (
    Column("item_kind", "Soort onderdeel; leeg als de hele groep verborgen is", "choice", dutch.ITEM_KINDS),
    Column("item", "Sleutel van het onderdeel, zoals in het instrument", "text", note=f"{ALL}: de hele groep."),
    Column("n", "Mensen met een score op dit onderdeel", "count"),
    Column("mean", "Gemiddelde score, van 1 tot 5, op één decimaal", "decimal", decimals=1),
    Column("limit", "Grens die in de plaats van het gemiddelde staat", "choice", dutch.LIMITS, is_ordered=True),
    Column("low", "Ondergrens van het interval van 95 procent", "decimal", decimals=1, note=_INTERVAL),
    Column("high", "Bovengrens van het interval van 95 procent", "decimal", decimals=1, note=_INTERVAL),
    Column("split", "De groep is verdeeld", "choice", YES_NO),
    Column("unknown", "Aandeel ‘weet ik niet’ onder de gegeven antwoorden, van 0 tot 1", "decimal", decimals=1),
    Column("sd", "Standaarddeviatie van de scores", "decimal", decimals=1, note=_SD),
    Column("band", "Woord bij de score", "choice", BANDS, is_ordered=True),
    Column("hidden", "Waarom er geen cijfer staat", "choice", _WHY_A_FIGURE),
)


def figures_table(rounds: Rounds) -> Table:
    return Table(
        "figures",
        "Cijfers, lang",
        "Elke rij is één onderdeel van de vragenlijst voor één groep in één ronde, ook als het verborgen blijft.",
        (*KEYS, *GROUP, *FIGURE),
        (*KEY, "item"),
        each(rounds, figure_rows),
    )


def figure_rows(round: PublishedRound) -> Iterator[Row]:
    """Yields a row for each group × item that is published, and one for each that is hidden, with why."""
    scales, published = round.instrument.scales, round.results.published
    for own in published.groups:
        group: Row = {"group_kind": own.group.kind, "group_key": own.group.key}
        for item, figure in own.figures.items():
            yield {**group, "item_kind": scales[item].kind, "item": item, **_figure(figure)}
    for hidden in published.hidden:
        yield {
            "group_kind": hidden.group.kind,
            "group_key": hidden.group.key,
            "item_kind": scales[hidden.item].kind if hidden.item else None,
            "item": hidden.item or ALL,
            "hidden": LEVELS_ONLY if _is_never_shown(hidden, round.instrument) else hidden.why,
        }


def _is_never_shown(hidden: Hidden, instrument: Instrument) -> bool:
    is_a_dimension = hidden.item is not None and instrument.scales[hidden.item].kind == "dimension"
    return is_a_dimension and hidden.group.kind in ("partner", "sector")


def _figure(figure: Figure) -> Row:
    low, high = figure.interval or (None, None)
    return {
        "n": figure.n,
        "mean": number(figure.mean),
        "limit": figure.limit,
        "low": number(low),
        "high": number(high),
        "split": yes_no(figure.split),
        "unknown": number(figure.unknown),
        "sd": number(figure.sd),
        "band": figure.band,
    }


def wide_table(rounds: Rounds, kinds: Sequence[KindOfPartner], instruments: Sequence[Instrument]) -> Table:
    """Returns the table with a row for each group; its columns are the items of all these instruments together."""
    names = wide_names(instruments)
    sectors = {kind.key: kind.sector for kind in kinds}

    def rows(round: PublishedRound) -> Iterator[Row]:
        groups = {(str(own.group.kind), own.group.key): own.figures for own in round.results.published.groups}
        for row in group_rows(round, sectors):
            own = groups.get((str(row["group_kind"]), str(row["group_key"])), {})
            yield {**row, **_in_columns(own, names)}

    return Table(
        "figures_wide",
        "Cijfers, breed",
        "Elke rij is een groep in een ronde, met van elk onderdeel een paar kolommen. De tabel items zegt welke.",
        (*KEYS, *group_columns(kinds), *_wide_columns(instruments, names)),
        KEY,
        each(rounds, rows),
    )


def _in_columns(figures: Mapping[str, Figure], names: Mapping[str, str]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for item, figure in figures.items():
        name = names[item]
        found |= {name: number(figure.mean), f"{name}_n": figure.n, f"{name}_limit": figure.limit}
        found |= {f"{name}_sd": number(figure.sd)}
    return found


def _wide_columns(instruments: Sequence[Instrument], names: Mapping[str, str]) -> Iterator[Column]:
    for item, name in names.items():
        instrument = next(one for one in instruments if item in one.scales)
        for column in _of_item(name, full_name(item, instrument), has_sd=instrument.scales[item].kind == "factor"):
            yield replace(column, item=item)


def _of_item(name: str, title: str, *, has_sd: bool) -> Iterable[Column]:
    yield Column(name, _label(title, "gemiddelde"), "decimal", decimals=1)
    yield Column(f"{name}_n", _label(title, "aantal mensen"), "count")
    yield Column(f"{name}_limit", _label(title, "grens"), "choice", dutch.LIMITS, is_ordered=True)
    if has_sd:
        yield Column(f"{name}_sd", _label(title, "standaarddeviatie"), "decimal", decimals=1, note=_SD)


def _label(title: str, what: str) -> str:
    """Returns a label that fits, however long an item is called."""
    room = LONGEST_LABEL - len(f"… {what}:".encode())
    cut = title.encode()[:room].decode(errors="ignore")
    return f"{title if cut == title else f'{cut}…'}: {what}"
