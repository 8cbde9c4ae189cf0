"""Tells how well factors hold together over the networks of a whole release: alpha, and ICC of levels and of networks.

Over a whole release only, and where the networks that have such figures are apart from those of earlier releases: see
`assessments.national.quartiles`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from assessments.national.quartiles import Place, Quartiles, SetsTold, Thing, quartiles
from assessments.national.tables import Member, latest
from assessments.scores.icc import Icc, Summary, icc, together
from assessments.scores.readings import half_up

PLACES = 2
ALPHA, SPREAD = "alpha", "icc"

Json = dict[str, Any]


@dataclass(frozen=True)
class OfGroups:
    """Holds ICC(1) and ICC(2), two decimals, of so many groups of n0 people in the mean; see `assessments.scores.icc`.

    `icc2` is None where it has no value.
    """

    icc1: Decimal
    icc2: Decimal | None
    groups: int
    n0: Decimal


@dataclass(frozen=True)
class Reliability:
    """Holds what is known of a factor: the quartiles of networks' alphas, and ICC of levels and networks.

    `with_alpha` and `with_spread` are the rounds behind these; empty where nothing is told.
    """

    scale: str
    alpha: Quartiles | None
    levels: OfGroups | None
    between_networks: OfGroups | None
    with_alpha: tuple[Place, ...] = ()
    with_spread: tuple[Place, ...] = ()

    @property
    def networks(self) -> int:
        return len(self.with_alpha)

    @property
    def sets(self) -> Iterator[tuple[Thing, tuple[Place, ...]]]:
        """Yields the sets of rounds of which something is told, for releases to come."""
        yield (ALPHA, self.scale), self.with_alpha
        yield (SPREAD, self.scale), self.with_spread


def reliability(members: Iterable[Member], scales: Sequence[str], sets: SetsTold) -> list[Reliability]:
    """Returns what can be told of each factor, over the last round of each network."""
    last = latest(members)
    found = (_of_scale(last, scale, sets) for scale in scales)
    return [own for own in found if own.alpha or own.levels or own.between_networks]


def _of_scale(members: Sequence[Member], scale: str, sets: SetsTold) -> Reliability:
    alphas = {member.at: member.alphas[scale] for member in members if scale in member.alphas}
    known = {member.at: own for member in members if (own := _levels(member, scale))}
    alphas = alphas if sets.admits((ALPHA, scale), alphas) else {}
    known = known if sets.admits((SPREAD, scale), known) else {}
    return Reliability(
        scale,
        quartiles(alphas.values(), places=PLACES) if alphas else None,
        _rounded(icc([level for levels in known.values() for level in levels])),
        _rounded(icc([together(levels) for levels in known.values()])),
        tuple(alphas),
        tuple(known),
    )


def _levels(member: Member, scale: str) -> list[Summary]:
    """Returns n, mean and variance of the levels of a network that publish a spread; none of fewer than two."""
    found = [summary for (own, _), summary in member.moments.items() if own == scale]
    return found if len(found) > 1 else []


def _rounded(found: Icc | None) -> OfGroups | None:
    if found is None:
        return None
    second = None if found.icc2 is None else half_up(found.icc2, places=PLACES)
    return OfGroups(half_up(found.icc1, places=PLACES), second, found.groups, half_up(found.n0))


def to_json(found: Iterable[Reliability]) -> list[Json]:
    """Returns it as JSON values. `from_json` gives the same back."""
    return [
        {
            "scale": own.scale,
            "alpha": own.alpha and [str(cut) for cut in own.alpha],
            "levels": own.levels and _groups_json(own.levels),
            "between_networks": own.between_networks and _groups_json(own.between_networks),
            "with_alpha": own.with_alpha,
            "with_spread": own.with_spread,
        }
        for own in found
    ]


def from_json(rows: Iterable[Mapping[str, Any]]) -> Iterator[Reliability]:
    for row in rows:
        low, middle, high = map(Decimal, row["alpha"] or (0, 0, 0))
        yield Reliability(
            row["scale"],
            (low, middle, high) if row["alpha"] else None,
            _groups(row["levels"]),
            _groups(row["between_networks"]),
            tuple((network, place) for network, place in row["with_alpha"]),
            tuple((network, place) for network, place in row["with_spread"]),
        )


def _groups_json(own: OfGroups) -> Json:
    second = None if own.icc2 is None else str(own.icc2)
    return {"icc1": str(own.icc1), "icc2": second, "groups": own.groups, "n0": str(own.n0)}


def _groups(row: Mapping[str, Any] | None) -> OfGroups | None:
    if row is None:
        return None
    second = None if row["icc2"] is None else Decimal(row["icc2"])
    return OfGroups(Decimal(row["icc1"]), second, row["groups"], Decimal(row["n0"]))
