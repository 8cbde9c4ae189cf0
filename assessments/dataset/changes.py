"""Fills the table of changes: each group's factors now and in the round before, where both are in the data set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assessments import dutch
from assessments.dataset.groups import GROUP, KEY
from assessments.dataset.published import KEYS, PublishedRound, Rounds, number
from assessments.dataset.tables import Column, Row, Table
from assessments.disclosure.changes import Change, changes, of_other_partners
from assessments.disclosure.published import Figure
from assessments.scores.groups import Group

_INTERVAL = (
    "Beide rondes gelden als steekproef: ook waar iedereen meedeed, is er een interval. Scoring.md zegt hoe het is "
    "berekend."
)
COLUMNS = (
    *KEYS,
    Column("previous_round_id", "Vaste code van de ronde waarmee is vergeleken", "text"),
    *GROUP,
    Column("factor", "Sleutel van de factor", "text"),
    Column("n_before", "Toen: mensen met een score", "count"),
    Column("mean_before", "Toen: gemiddelde score", "decimal", decimals=1),
    Column("limit_before", "Toen: grens in de plaats van het gemiddelde", "choice", dutch.LIMITS, is_ordered=True),
    Column("n_now", "Nu: mensen met een score", "count"),
    Column("mean_now", "Nu: gemiddelde score", "decimal", decimals=1),
    Column("limit_now", "Nu: grens in de plaats van het gemiddelde", "choice", dutch.LIMITS, is_ordered=True),
    Column("change", "Verandering: nu min toen, in punten", "decimal", decimals=1),
    Column("low", "Ondergrens van het interval van 95 procent", "decimal", decimals=1, note=_INTERVAL),
    Column("high", "Bovengrens van het interval van 95 procent", "decimal", decimals=1, note=_INTERVAL),
    Column(
        "obstacle", "Waarom er geen verandering of geen interval is", "choice", dict[str, str](dutch.OBSTACLES.items())
    ),
)


def changes_table(rounds: Rounds) -> Table:
    return Table(
        "changes",
        "Veranderingen",
        "Elke rij is één factor van één groep, vergeleken met de vorige ronde die de coördinator koos.",
        COLUMNS,
        (*KEY, "factor"),
        lambda: _read(rounds),
    )


def _read(rounds: Rounds) -> Iterator[Row]:
    """Yields the rows; of the rounds, which come network by network, those of one network are remembered."""
    earlier: dict[str, PublishedRound] = {}
    network = ""
    for round in rounds():
        if round.network_id != network:
            earlier, network = {}, round.network_id
        if before := earlier.get(round.previous):
            for change in _changes(before, round):
                yield {**round.keys, "previous_round_id": before.id, **_row(change)}
        earlier[round.id] = round


def _changes(before: PublishedRound, now: PublishedRound) -> Iterator[Change]:
    """Yields the changes that the reports of this round tell: of the groups that are shown now."""
    factors = [factor.key for factor in now.instrument.factors]
    worded = before.instrument.wording, now.instrument.wording
    same = {key for key in factors if worded[0].get(key) == worded[1].get(key)}
    shown = [own.group for own in now.results.published.groups if own.group.kind != "perspective"]
    for change in changes(before.results.published, now.results.published, shown, factors, same):
        yield change if _has_the_same_partners(change.group, before, now) else of_other_partners(change)


def _has_the_same_partners(group: Group, before: PublishedRound, now: PublishedRound) -> bool:
    return group.kind != "sector" or set(before.sectors.get(group.key, ())) == set(now.sectors.get(group.key, ()))


def _row(change: Change) -> Row:
    low, high = change.interval or (None, None)
    return {
        "group_kind": change.group.kind,
        "group_key": change.group.key,
        "factor": change.factor,
        **_figure(change.before, "before"),
        **_figure(change.now, "now"),
        "change": number(change.size),
        "low": number(low),
        "high": number(high),
        "obstacle": change.obstacle,
    }


def _figure(figure: Figure | None, when: str) -> Mapping[str, float | str | int | None]:
    if figure is None:
        return {}
    return {f"n_{when}": figure.n, f"mean_{when}": number(figure.mean), f"limit_{when}": figure.limit}
