"""Finds the fewest people that a combination of published sums, added and subtracted, can rest on.

One scale at a time. The published sums are rows and columns of a table of people by partner and level: a level's
sum runs over its partners, a partner's over its levels. A combination gives each shown level l a weight a(l) and
each shown partner p a weight b(p), hidden ones 0, and rests on the cells where a(l) + b(p) is not 0.

It is enough to look at weights 1 for some levels A, −1 for some partners B and 0 for the rest. For let any
combination rest on a cell with people, at level l and partner p. If a(l) = v is not 0, take A all levels with
weight v and B all partners with weight −v; the new combination rests on no cell that the old one did not (there
a(l) = −b(p) would be v), and still on (p, l). Where a(l) = 0, take v = −b(p) in the same way. So the fewest
people are found among the 0/1 weights, and for a given A each partner can be chosen on its own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import combinations

from assessments.scores.groups import Cell

People = Mapping[Cell, int]


@dataclass(frozen=True)
class Combination:
    """Is the sums of `levels` less the sums of `partners`; it rests on `people` people."""

    people: int
    levels: tuple[str, ...]
    partners: tuple[str, ...]


def smallest_combination(
    people: People, levels: Collection[str], partners: Collection[str], minimum: int
) -> Combination | None:
    """Returns the combination of shown sums that rests on the fewest people, if those are fewer than `minimum`.

    `people` counts by (partner, level), `levels` and `partners` are shown. A combination that rests on nobody
    tells nothing and does not count. Exact, in 2^levels · partners · minimum steps.
    """
    found = None
    shown = sorted(levels)
    for size in range(len(shown) + 1):
        for chosen in combinations(shown, size):
            candidate = _smallest_with(people, chosen, partners, minimum)
            if candidate and (found is None or candidate.people < found.people):
                found = candidate
    return found


def alone(judged: People, only_guests: Collection[Cell]) -> tuple[People, int]:
    """Returns weights and a minimum: only a combination that touches no cells but `only_guests` weighs less (rule 7b).

    Nobody of the `judged` is in those cells: all who answered there came by an open link.
    """
    too_heavy = len(only_guests) + 1
    return dict.fromkeys(judged, too_heavy) | dict.fromkeys(only_guests, 1), too_heavy


def _smallest_with(
    people: People, levels: tuple[str, ...], partners: Collection[str], minimum: int
) -> Combination | None:
    inside, outside = split(people, levels)
    hidden = set(inside) | set(outside)
    reached: dict[int, tuple[str, ...]] = {sum(inside.get(partner, 0) for partner in hidden - set(partners)): ()}
    for partner in sorted(partners):
        step: dict[int, tuple[str, ...]] = {}
        for total, subtracted in reached.items():
            for cost, chosen in (
                (inside.get(partner, 0), subtracted),
                (outside.get(partner, 0), (*subtracted, partner)),
            ):
                if total + cost < minimum:
                    step.setdefault(total + cost, chosen)
        reached = step
    few = [total for total in reached if 0 < total < minimum]
    return Combination(min(few), levels, reached[min(few)]) if few else None


def split(people: People, levels: Collection[str]) -> tuple[dict[str, int], dict[str, int]]:
    """Returns, by partner, the people inside `levels` and those at the other levels."""
    inside: dict[str, int] = {}
    outside: dict[str, int] = {}
    for (partner, level), count in people.items():
        side = inside if level in levels else outside
        side[partner] = side.get(partner, 0) + count
    return inside, outside
