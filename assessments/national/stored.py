"""Takes the tables of a release to JSON and back; sets of rounds, which many figures share, stand in it once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from assessments.national import reliability
from assessments.national.quartiles import Place, SetsTold, Thing
from assessments.national.reference import Comparable, classes_from_json, classes_to_json
from assessments.national.reliability import Reliability
from assessments.national.tables import Told

Json = dict[str, Any]


def to_json(told: Iterable[Told], holding: Iterable[Reliability] = (), classes: Iterable[Comparable] = ()) -> Json:
    """Returns the figures as JSON values. `from_json`, `reliability_of` and `classes_of` give the same back."""
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
    return {
        "sets": sets,
        "figures": figures,
        "reliability": reliability.to_json(holding),
        "classes": classes_to_json(classes),
    }


def from_json(document: Json) -> list[Told]:
    sets = [tuple(entries) for entries in document["sets"]]
    return [_told(row, sets[row["rounds"]]) for row in document["figures"]]


def reliability_of(document: Json) -> list[Reliability]:
    return list(reliability.from_json(document["reliability"]))


def classes_of(document: Json) -> list[Comparable]:
    return classes_from_json(document["classes"])


def sets_told(documents: Iterable[Json], places: Mapping[int, Place]) -> SetsTold:
    """Returns the sets of rounds of which these releases told quartiles, alpha or ICC."""
    return SetsTold(own for document in documents for own in _sets(document, places))


def _sets(document: Json, places: Mapping[int, Place]) -> Iterator[tuple[Thing, Iterable[Place]]]:
    for told in from_json(document):
        if told.quartiles:
            yield (told.scale, told.quantity), [places[entry] for entry in told.entries]
    for holding in reliability_of(document):
        yield from holding.sets
    for own in classes_of(document):
        yield from own.sets


def _told(row: Json, entries: tuple[int, ...]) -> Told:
    cuts = row["quartiles"] and tuple(map(Decimal, row["quartiles"]))
    return Told(row["filter"], row["value"], row["scale"], row["quantity"], entries, Decimal(row["mean"]), cuts)
