"""Puts rounds that wait for a release into intakes: groups of rounds of several networks that stay together for good.

A release is a union of whole intakes, so two releases differ by whole intakes. Where somebody left research, her intake
is left out of later releases until LEAST_NETWORKS new networks have joined it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assessments.rules.releases import LEAST_NETWORKS


@dataclass(frozen=True)
class Waiting:
    """Is a round that is in no intake yet; those that are alike in their `traits` go together where that can be."""

    round: str
    network: str
    traits: tuple[str, ...] = ()


@dataclass(frozen=True)
class Intake:
    """Is an intake as it stands: who is in it, and whether somebody left and was not made up for yet."""

    number: int
    networks: frozenset[str]
    is_broken: bool = False


@dataclass(frozen=True)
class Placed:
    """Is a set of rounds that enter together, in the intake of this number: a new one, or one that they make whole."""

    number: int
    rounds: tuple[str, ...]


def place(waiting: Sequence[Waiting], intakes: Sequence[Intake]) -> list[Placed]:
    """Returns which of the waiting rounds enter now, and where; the others wait for the next release.

    First they make broken intakes whole, the oldest first; the rest forms new intakes. In each of these LEAST_NETWORKS
    networks or more enter together, with one round each: of several rounds of one network the first one comes first.
    """
    found, left = [], list(waiting)
    number = max((intake.number for intake in intakes), default=0)
    for intake in sorted((i for i in intakes if i.is_broken), key=lambda intake: intake.number):
        entering = [one for one in _first_of_each(left) if one.network not in intake.networks][:LEAST_NETWORKS]
        if len(entering) == LEAST_NETWORKS:
            found.append(Placed(intake.number, _rounds(entering)))
            left = [one for one in left if one not in entering]
    while groups := _groups(_first_of_each(left)):
        for group in groups:
            number += 1
            found.append(Placed(number, _rounds(group)))
        entered = {one for group in groups for one in group}
        left = [one for one in left if one not in entered]
    return found


def _first_of_each(waiting: Iterable[Waiting]) -> list[Waiting]:
    """Returns one round of each network, the first that waits, in the order of traits."""
    first: dict[str, Waiting] = {}
    for one in waiting:
        first.setdefault(one.network, one)
    return sorted(first.values(), key=lambda one: one.traits)  # stable: alike ones stay in the order they came in


def _groups(entering: Sequence[Waiting]) -> list[Sequence[Waiting]]:
    """Cuts them into groups of LEAST_NETWORKS, the last one with whoever is left; into none where there are too few."""
    count = len(entering) // LEAST_NETWORKS
    cuts = [LEAST_NETWORKS * place for place in range(count)]
    return [entering[cut : cut + LEAST_NETWORKS] if cut != cuts[-1] else entering[cut:] for cut in cuts]


def _rounds(entering: Iterable[Waiting]) -> tuple[str, ...]:
    return tuple(one.round for one in entering)
