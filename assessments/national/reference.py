"""Tells where comparable networks of a release lie: the quartiles of their scores, without the reader's own network.

No lowest and no highest value, and never of fewer than ten others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from assessments.national.tables import NETWORK, Member, Quartiles, latest, quartiles
from factors.instrument import LEVELS

LEAST_OTHERS = 10
# What makes networks comparable: first all of these, then the first alone, then nothing.
COMPARABLE: tuple[tuple[str, ...], ...] = (("scope", "inhabitants"), ("scope",), ())

Json = dict[str, Any]


@dataclass(frozen=True)
class Reference:
    """Holds quartiles by (scale, level or NETWORK), of `networks` others that are alike in the traits `by`."""

    release: str
    by: tuple[str, ...]
    networks: int
    quartiles: Mapping[tuple[str, str], Quartiles]


def reference(
    members: Iterable[Member], network: str, traits: Mapping[str, Sequence[str]], scales: Sequence[str], release: str
) -> Reference | None:
    """Returns what a network can be laid beside in a release; None where there are too few others."""
    others = [member for member in latest(members) if member.network != network]
    for by in COMPARABLE:
        alike = [member for member in others if all(member.traits.get(t) == tuple(traits.get(t, ())) for t in by)]
        known = all(traits.get(trait) for trait in by)
        if known and len(alike) >= LEAST_OTHERS and (found := _quartiles(alike, scales)):
            return Reference(release, by, len(alike), found)
    return None


def _quartiles(members: Sequence[Member], scales: Sequence[str]) -> dict[tuple[str, str], Quartiles]:
    found = {}
    for scale in scales:
        for group in (*LEVELS, NETWORK):
            values = [member.figures[scale, group] for member in members if (scale, group) in member.figures]
            if cuts := quartiles(values, least=LEAST_OTHERS):
                found[scale, group] = cuts
    return found


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
