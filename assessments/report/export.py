"""Writes the published figures of rounds as data files with a codebook. Knows no person's row and computes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from assessments import dutch
from assessments.disclosure.published import Figure, Hidden, PublishedGroup
from assessments.models.networks import CollaborationForm, Inhabitants, Network, Scope, TeamTargetGroup
from assessments.results.document import Results
from assessments.scores.readings import STRONG
from factors.export import table
from factors.instrument import Instrument

Row = dict[str, object]


@dataclass(frozen=True)
class PublishedRound:
    """Holds a round as research may see it: what it is called, and its disclosed results."""

    id: str
    name: str
    network: str
    is_constructed: bool
    closed_on: date | None
    results: Results
    instrument: Instrument
    context: Mapping[str, str] = field(default_factory=dict)  # of CONTEXT, what is known and shared for research


@dataclass(frozen=True)
class Column:
    """Describes one column of the file: what it holds, and what its values mean where they are words.

    In SPSS the words become numbers, from 1 on, in the order given here.
    """

    name: str
    label: str
    kind: Literal["text", "number", "date", "choice"]
    values: Mapping[str, str] | None = None


BANDS = {
    "zorg": f"zorg: {dutch.BANDS['zorg']}",
    "bespreken": f"bespreken: {dutch.BANDS['bespreken']}",
    "sterk": f"sterk: {dutch.number(STRONG)} of hoger",
}
WHY = {
    "small": "te weinig mensen",
    "complementary": "anders zijn antwoorden van anderen uit te rekenen",
}
YES_NO = {"no": "nee", "yes": "ja"}

# What makes networks comparable, by column. Inhabitants are in classes: the network's name, which is in the file too,
# tells more about which network it is than any of these.
CONTEXT = (
    Column("scope", "Omvang van het netwerk", "choice", dict(Scope.choices)),
    Column("inhabitants", "Aantal inwoners, in klassen", "choice", dict(Inhabitants.choices)),
    Column("team_target_group", "Voor wie het wijkteam werkt", "choice", dict(TeamTargetGroup.choices)),
    Column("jgz_in_team", "Jeugdgezondheidszorg is deel van het wijkteam", "choice", YES_NO),
    Column("collaboration_form", "Vorm van samenwerking", "choice", dict(CollaborationForm.choices)),
)

COLUMNS = (
    Column("network", "Naam van het netwerk", "text"),
    Column("round", "Naam van de ronde", "text"),
    Column("round_id", "Vaste code van de ronde", "text"),
    Column("closed_on", "Dag waarop de ronde sloot", "date"),
    Column("constructed", "De antwoorden zijn bedacht, niet verzameld", "choice", YES_NO),
    *CONTEXT,
    Column("instrument", "Versie van de vragenlijst", "text"),
    Column("rules", "Versie van de regels die adviezen kiezen", "text"),
    Column("minimum", "Kleinste aantal mensen waarvan een score te zien is", "number"),
    Column("group_kind", "Soort groep", "choice", dutch.GROUP_KINDS),
    Column("group_key", "Sleutel van de groep: het niveau, of de sleutel van de partner of sector", "text"),
    Column("group_n", "Mensen in de groep met een score op minstens één factor", "number"),
    Column("group_invited", "Mensen in de groep die zijn uitgenodigd", "number"),
    Column("item_kind", "Soort onderdeel; leeg als de hele groep verborgen is", "choice", dutch.ITEM_KINDS),
    Column("item", "Sleutel van het onderdeel, zoals in het instrument", "text"),
    Column("n", "Mensen met een score op dit onderdeel", "number"),
    Column("mean", "Gemiddelde score, van 1 tot 5, op één decimaal", "number"),
    Column("limit", "Grens die in de plaats van het gemiddelde staat", "choice", dutch.LIMITS),
    Column("low", "Ondergrens van het interval van 95 procent", "number"),
    Column("high", "Bovengrens van het interval van 95 procent", "number"),
    Column("split", "De groep is verdeeld", "choice", YES_NO),
    Column("unknown", "Aandeel ‘weet ik niet’ onder de gegeven antwoorden, van 0 tot 1", "number"),
    Column("band", "Woord bij de score", "choice", BANDS),
    Column("hidden", "Waarom er geen cijfer staat", "choice", WHY),
)

CODEBOOK_COLUMNS = ("column", "label", "kind", "value", "value_label", "spss_value")


def context_of(network: Network) -> dict[str, str]:
    """Returns by column what the coördinator said of the network; only what she said."""
    has_jgz = network.has_jgz_in_team
    words = {
        "scope": network.scope,
        "inhabitants": network.inhabitants,
        "team_target_group": network.team_target_group,
        "jgz_in_team": "" if has_jgz is None else _yes_no(has_jgz),
        "collaboration_form": network.collaboration_form,
    }
    return {name: word for name, word in words.items() if word}


def _yes_no(value: bool) -> str:
    return "yes" if value else "no"


def rows(rounds: Iterable[PublishedRound]) -> Iterator[Row]:
    """Yields a row for each group × item that is published, and one for each that is hidden, with why.

    None, or a key that is absent, means that there is no value.
    """
    for round in rounds:
        about = _about(round)
        for group in round.results.published.groups:
            for row in _group_rows(group, round.instrument):
                yield about | row
        for hidden in round.results.published.hidden:
            yield about | _hidden_row(hidden, round)


def as_csv(rounds: Iterable[PublishedRound]) -> str:
    """Returns the rows as CSV: UTF-8, commas, a point in numbers; text that would be a formula is neutralised."""
    names = [column.name for column in COLUMNS]
    return table(names, ([row.get(name) for name in names] for row in rows(rounds)))


def codebook_csv() -> str:
    """Returns the codebook as CSV: a row for each column, or for each of its values where it has words."""
    lines: list[list[object]] = []
    for column in COLUMNS:
        about = [column.name, column.label, column.kind]
        values = enumerate((column.values or {}).items(), start=1)
        lines += [[*about, value, label, number] for number, (value, label) in values] or [[*about, None, None, None]]
    return table(CODEBOOK_COLUMNS, lines)


def as_sav(rounds: Iterable[PublishedRound]) -> bytes:
    """Returns the same rows as an SPSS file with labels; words are numbers, what is absent is system-missing."""
    import pandas as pd
    import pyreadstat

    found = list(rows(rounds))
    frame = pd.DataFrame({column.name: _sav_values(column, found) for column in COLUMNS})
    with TemporaryDirectory() as folder:
        path = Path(folder) / "figures.sav"
        pyreadstat.write_sav(
            frame,
            path,
            row_compress=True,
            file_label="Gepubliceerde cijfers over samenwerking",
            column_labels=[column.label for column in COLUMNS],
            variable_value_labels={c.name: dict(enumerate(c.values.values(), start=1)) for c in COLUMNS if c.values},
        )
        return path.read_bytes()


def _about(round: PublishedRound) -> Row:
    return {
        "network": round.network,
        "round": round.name,
        "round_id": round.id,
        "closed_on": round.closed_on.isoformat() if round.closed_on else None,
        "constructed": _yes_no(round.is_constructed),
        **round.context,
        "instrument": round.results.instrument,
        "rules": round.results.rules,
        "minimum": round.results.published.minimum,
    }


def _group_rows(group: PublishedGroup, instrument: Instrument) -> Iterator[Row]:
    about = {
        "group_kind": group.group.kind,
        "group_key": group.group.key,
        "group_n": group.n,
        "group_invited": group.invited,
    }
    for item, figure in group.figures.items():
        yield about | {"item_kind": instrument.scales[item].kind, "item": item} | _figure(figure)


def _figure(figure: Figure) -> Row:
    low, high = figure.interval or (None, None)
    return {
        "n": figure.n,
        "mean": _number(figure.mean),
        "limit": figure.limit,
        "low": _number(low),
        "high": _number(high),
        "split": None if figure.split is None else _yes_no(figure.split),
        "unknown": _number(figure.unknown),
        "band": figure.band,
    }


def _hidden_row(hidden: Hidden, round: PublishedRound) -> Row:
    scale = round.instrument.scales.get(hidden.item or "")
    return {
        "group_kind": hidden.group.kind,
        "group_key": hidden.group.key,
        "item_kind": scale.kind if scale else None,
        "item": hidden.item,
        "hidden": hidden.why,
    }


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))


def _sav_values(column: Column, found: list[Row]) -> object:
    import pandas as pd

    values = [row.get(column.name) for row in found]
    if column.kind in ("text", "date"):
        return pd.Series(["" if value is None else value for value in values], dtype="object")
    if column.values:
        numbers = {word: number for number, word in enumerate(column.values, start=1)}
        values = [None if value is None else numbers[str(value)] for value in values]
    return pd.Series(values, dtype="float64")
