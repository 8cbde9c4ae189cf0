"""Takes the tables of a release to JSON and back; sets of rounds, which many figures share, stand in it once."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from assessments.national import reliability
from assessments.national.reliability import Reliability
from assessments.national.tables import Told

Json = dict[str, Any]


def to_json(told: Iterable[Told], holding: Iterable[Reliability] = ()) -> Json:
    """Returns the figures as JSON values. `from_json` and `reliability_of` give the same back."""
    numbers: dict[tuple[int, ...], int] = {}
    figures = [
        {
            "filter": own.filter,
            "value": own.value,
            "scale": own.scale,
            "quantity": own.quantity,
            "rounds": numbers.setdefault(own.entries, len(numbers)),
            "mean": str(own.mean),
            "quartiles": own.quartiles and [str(cut) for cut in own.quartiles],
        }
        for own in told
    ]
    sets = [list(entries) for entries in numbers]
    return {"sets": sets, "figures": figures, "reliability": reliability.to_json(holding)}


def from_json(document: Json) -> list[Told]:
    sets = [tuple(entries) for entries in document["sets"]]
    return [_told(row, sets[row["rounds"]]) for row in document["figures"]]


def reliability_of(document: Json) -> list[Reliability]:
    return list(reliability.from_json(document["reliability"]))


def _told(row: Json, entries: tuple[int, ...]) -> Told:
    cuts = row["quartiles"] and tuple(map(Decimal, row["quartiles"]))
    return Told(row["filter"], row["value"], row["scale"], row["quantity"], entries, Decimal(row["mean"]), cuts)
