"""Tells where comparable networks of a release lie: the quartiles of their scores, without the reader's own network.

A release keeps, once for all, which classes of networks can be laid beside: those of one scope and size, of one scope,
and all. So no choice and no change of a reader's gives another set. In a class there are only scores whose sets of
networks are apart from all others: see `assessments.national.quartiles`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from assessments.national.quartiles import Place, Quartiles, SetsTold, Thing, quartiles
from assessments.national.tables import NETWORK, Member, latest
from factors.instrument import LEVELS

LEAST_OTHERS = 10
# What makes networks comparable, the widest first: that is the order in which they are decided.
COMPARABLE: tuple[tuple[str, ...], ...] = ((), ("scope",), ("scope", "inhabitants"))

Json = dict[str, Any]


@dataclass(frozen=True)
class Comparable:
    """Is a class of networks that have the `values` of the traits `by`, with their figures by (scale, group)."""

    by: tuple[str, ...]
    values: tuple[str, ...]
    figures: Mapping[Thing, Mapping[Place, Decimal]]

    @property
    def sets(self) -> Iterator[tuple[Thing, Iterable[Place]]]:
        """Yields the sets of rounds of which quartiles can be told, for releases to come."""
        yield from self.figures.items()


@dataclass(frozen=True)
class Reference:
    """Holds quartiles by (scale, level or NETWORK), of `networks` others at most that are alike in the traits `by`."""

    release: str
    by: tuple[str, ...]
    networks: int
    quartiles: Mapping[Thing, Quartiles]


def comparable(members: Iterable[Member], scales: Sequence[str], sets: SetsTold) -> list[Comparable]:
    """Returns the classes of a release that a network can be laid beside."""
    last, found = latest(members), []
    for by in COMPARABLE:
        for values in sorted({own for member in last if (own := _values(member.traits, by)) is not None}):
            alike = [member for member in last if _values(member.traits, by) == values]
            if figures := _figures(alike, scales, sets):
                found.append(Comparable(by, values, figures))
    return found


def _values(traits: Mapping[str, Sequence[str]], by: Iterable[str]) -> tuple[str, ...] | None:
    """Returns what a network has of these traits; None where it says nothing of one."""
    values = tuple("".join(traits.get(trait, ())) for trait in by)
    return values if all(values) else None


def _figures(members: Sequence[Member], scales: Sequence[str], sets: SetsTold) -> dict[Thing, dict[Place, Decimal]]:
    things = [(scale, group) for scale in scales for group in (*LEVELS, NETWORK)]
    found = {thing: {own.at: own.figures[thing] for own in members if thing in own.figures} for thing in things}
    return {thing: figures for thing, figures in found.items() if sets.admits(thing, figures)}


def reference(
    classes: Sequence[Comparable], network: str, traits: Mapping[str, Sequence[str]], release: str
) -> Reference | None:
    """Returns what a network with these traits is laid beside: the narrowest class; None where there is none."""
    own = [one for one in classes if _values(traits, one.by) == one.values]
    if not own:
        return None
    narrowest = max(own, key=lambda one: len(one.by))
    others = {
        thing: [figure for (whose, _), figure in figures.items() if whose != network]
        for thing, figures in narrowest.figures.items()
    }
    found = {thing: quartiles(figures) for thing, figures in others.items()}
    return Reference(release, narrowest.by, max(map(len, others.values())), found)


def classes_to_json(classes: Iterable[Comparable]) -> list[Json]:
    """Returns the classes as JSON values. `classes_from_json` gives them back."""
    return [
        {
            "by": own.by,
            "values": own.values,
            "figures": [
                [*thing, [[*place, str(figure)] for place, figure in figures.items()]]
                for thing, figures in own.figures.items()
            ],
        }
        for own in classes
    ]


def classes_from_json(rows: Iterable[Mapping[str, Any]]) -> list[Comparable]:
    return [Comparable(tuple(row["by"]), tuple(row["values"]), _read_figures(row["figures"])) for row in rows]


def _read_figures(rows: Iterable[Sequence[Any]]) -> dict[Thing, dict[Place, Decimal]]:
    return {
        (scale, group): {(network, place): Decimal(figure) for network, place, figure in figures}
        for scale, group, figures in rows
    }


def to_json(found: Reference) -> Json:
    """Returns the reference as JSON values. `from_json` gives it back."""
    rows = [[*key, *map(str, cuts)] for key, cuts in found.quartiles.items()]
    return {"release": found.release, "by": list(found.by), "networks": found.networks, "quartiles": rows}


def from_json(document: Json) -> Reference | None:
    """Returns the reference; None of an empty document, which says that there is none."""
    if not document:
        return None
    rows = {(scale, group): _cuts(cuts) for scale, group, *cuts in document["quartiles"]}
    return Reference(document["release"], tuple(document["by"]), document["networks"], rows)


def _cuts(cuts: Sequence[str]) -> Quartiles:
    low, middle, high = map(Decimal, cuts)
    return low, middle, high
