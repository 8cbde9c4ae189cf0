"""Which levels and partners may be shown on one scale: small groups hide first, then partners, levels last."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from assessments.disclosure.combinations import Cell, People, alone, smallest_combination
from assessments.disclosure.extremes import Population, partners_to_an_end
from assessments.scores.groups import Group, level_group, partner_group
from assessments.scores.readings import Limit

Why = Literal["small", "complementary"]


@dataclass(frozen=True)
class Shown:
    """The decision on one scale: the groups whose mean is shown, and why the others are not."""

    groups: frozenset[Group]
    hidden: Mapping[Group, Why]


def totals(people: People) -> dict[Group, int]:
    """The number of people in each level and each partner; "" is no partner."""
    sums: dict[Group, int] = {}
    for (partner, level), count in people.items():
        for group in (level_group(level), partner_group(partner)):
            if group != partner_group(""):
                sums[group] = sums.get(group, 0) + count
    return sums


def large_enough(people: People, minimum: int) -> frozenset[Group]:
    """The groups of at least `minimum` people: the first half of the rule, and not enough by itself."""
    return frozenset(group for group, count in totals(people).items() if count >= minimum)


def decide(
    people: People,
    minimum: int,
    *,
    populations: Collection[Population] = (),
    limits: Mapping[Group, Limit] = MappingProxyType({}),
    disputed: Collection[Group] = (),
    unvouched: Collection[Cell] = (),
) -> Shown:
    """Which groups may be shown on a scale with `people` by (partner, level).

    First the groups under `minimum` hide, and those whose limit is `disputed`. Then, as long as a combination of shown
    sums rests on fewer people than the minimum, or lies too near an end of the scale, its smallest partner hides as
    well. Levels alone can do neither, since nobody is at two levels. `limits` are published instead of means. What
    lies near an end is judged of all `populations`: of everybody who has a score, and of `people` where these are
    fewer, for whoever has an open link may know the others' answers. `unvouched` are cells in which only people
    without a personal link answered: nothing may rest on those alone. Deterministic: ties are broken by key.
    """
    sums = totals(people)
    small = frozenset(sums) - large_enough(people, minimum)
    shown = frozenset(sums) - small - set(disputed)
    while partner := _next_to_hide(people, shown, minimum, populations, limits, unvouched):
        shown -= {partner}
    return Shown(shown, {group: "small" if group in small else "complementary" for group in set(sums) - shown})


def _next_to_hide(
    people: People,
    shown: frozenset[Group],
    minimum: int,
    populations: Collection[Population],
    limits: Mapping[Group, Limit],
    unvouched: Collection[Cell],
) -> Group | None:
    """The partner that must hide for the first rule that `shown` breaks; None where it breaks none."""
    weights, too_heavy = alone(people, unvouched)
    near = (partners_to_an_end(own, people, shown, limits, minimum) for own in populations)
    return (
        _combines(people, shown, minimum)
        or _combines(weights, shown, too_heavy)
        or _smallest(people, map(partner_group, next(filter(None, near), ())))
    )


def _combines(people: People, shown: Collection[Group], minimum: int) -> Group | None:
    """The partner to hide where shown sums combine to one that rests on fewer people than the minimum."""
    combination = smallest_combination(people, *_keys(shown), minimum)
    return _smallest(people, map(partner_group, combination.partners)) if combination else None


def _keys(groups: Collection[Group]) -> tuple[set[str], set[str]]:
    """The levels among `groups`, and the partners."""
    return {g.key for g in groups if g.kind == "level"}, {g.key for g in groups if g.kind == "partner"}


def _smallest(people: People, partners: Iterable[Group]) -> Group | None:
    sums = totals(people)
    return min(partners, key=lambda group: (sums[group], group.key), default=None)
