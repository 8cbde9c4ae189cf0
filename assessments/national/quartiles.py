"""Gives quartiles of several networks, where no set of networks that has them is nearly another set that has them too.

A quartile is no sum, so the rule for means says nothing of it. Of two sets that differ by one network, the quartiles
together can fix what that network publishes. So a set is told of only if it differs by nobody, or by LEAST_NETWORKS or
more, from every other set of which the same thing was told, in this release or an earlier one.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from statistics import quantiles

from assessments.rules.releases import LEAST_FOR_QUARTILES, LEAST_NETWORKS
from assessments.scores.readings import half_up

Quartiles = tuple[Decimal, Decimal, Decimal]
Thing = tuple[str, str]  # what is told, such as (scale, level)
Place = tuple[str, int]  # a network, and which of its rounds


class SetsTold:
    """Remembers the sets of rounds of which something was told, and says whether one more may be."""

    def __init__(self, told: Iterable[tuple[Thing, Iterable[Place]]] = ()) -> None:
        self._sets: dict[Thing, set[frozenset[Place]]] = {}
        for thing, places in told:
            self._sets.setdefault(thing, set()).add(frozenset(places))

    def admits(self, thing: Thing, places: Iterable[Place]) -> bool:
        """Tells whether a set is large enough and unlike the others; if so, it is one of them from now on."""
        own, others = frozenset(places), self._sets.setdefault(thing, set())
        if len(own) < LEAST_FOR_QUARTILES or not all(_are_apart(own, other) for other in others):
            return False
        others.add(own)
        return True


def _are_apart(first: frozenset[Place], second: frozenset[Place]) -> bool:
    networks = {network for network, _ in first ^ second}
    return not networks or len(networks) >= LEAST_NETWORKS


def quartiles(values: Iterable[Decimal], places: int = 1) -> Quartiles:
    """Returns the quartiles to one decimal or more, as R's default computes them (Hyndman and Fan 1996, definition 7).

    There are two values at least.
    """
    cuts = quantiles(map(Fraction, sorted(values)), n=4, method="inclusive")
    low, middle, high = (half_up(Fraction(cut), places) for cut in cuts)
    return low, middle, high
