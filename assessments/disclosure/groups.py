"""Decides which levels and partners are shown on one scale: a combination hides partners, never a level."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from assessments.disclosure.combinations import People, alone, smallest_combination
from assessments.disclosure.extremes import Scored, partners_to_an_end
from assessments.scores.groups import Cell, Group, level_group, partner_group
from assessments.scores.readings import Limit

Why = Literal["small", "complementary"]


@dataclass(frozen=True)
class Shown:
    """Is the decision on one scale: the groups that show a mean or a limit, and why the others don't."""

    groups: frozenset[Group]
    hidden: Mapping[Group, Why]

    def why_not(self, group: Group) -> Why | None:
        """Returns why a group is hidden, also one of which nobody counts; None where it is shown."""
        return None if group in self.groups else self.hidden.get(group, "small")


def totals(people: People) -> dict[Group, int]:
    """Returns the number of people in each level and each partner; "" is no partner."""
    sums: dict[Group, int] = {}
    for (partner, level), count in people.items():
        for group in (level_group(level), partner_group(partner)):
            if group != partner_group(""):
                sums[group] = sums.get(group, 0) + count
    return sums


def large_enough(people: People, minimum: int) -> frozenset[Group]:
    """Returns the groups of at least `minimum` people: rule 1, and not enough by itself."""
    return frozenset(group for group, count in totals(people).items() if count >= minimum)


def decide(
    judged: People,
    minimum: int,
    *,
    sets: Collection[Scored] = (),
    limits: Mapping[Group, Limit] = MappingProxyType({}),
    never: Collection[Group] = (),
    only_guests: Collection[Cell] = (),
) -> Shown:
    """Returns which groups may be shown on one scale, by the rules of docs/disclosure.md.

    `judged` counts the judged by (partner, level). Hidden are:

    rule 1   groups of fewer than `minimum` of the judged;
    rules 2b and 7c  groups that are `never` to be shown: they tell who took part, or their limit is in dispute;
    rule 2   of a combination that rests on fewer than `minimum` of the judged, the smallest partner it subtracts;
    rule 7b  of a combination that rests on cells of `only_guests` alone, the partner with judged at the fewest levels;
    rule 3b  of a combination too near an end of the scale in one of `sets`, the smallest partner it subtracts. `sets`
             are everybody with a score and, where these are fewer, the judged; `limits` are published instead of means
             (rule 3a).

    The last three are asked again after each partner that is hidden. Levels alone break none of them, since nobody is
    at two levels. Deterministic: ties are broken by key.
    """
    sums = totals(judged)
    small = frozenset(sums) - large_enough(judged, minimum)
    shown = frozenset(sums) - small - set(never)
    while partner := _next_to_hide(judged, shown, minimum, sets, limits, only_guests):
        shown -= {partner}
    return Shown(shown, {group: "small" if group in small else "complementary" for group in set(sums) - shown})


def _next_to_hide(
    judged: People,
    shown: frozenset[Group],
    minimum: int,
    sets: Collection[Scored],
    limits: Mapping[Group, Limit],
    only_guests: Collection[Cell],
) -> Group | None:
    """Returns the partner that must hide for the first of rules 2, 7b and 3b that `shown` breaks, or None."""
    weights, too_heavy = alone(judged, only_guests)
    near = (partners_to_an_end(scored, judged, shown, limits, minimum) for scored in sets)
    return (
        _combines(judged, shown, minimum)
        or _combines(weights, shown, too_heavy)
        or _smallest(judged, map(partner_group, next(filter(None, near), ())))
    )


def _combines(people: People, shown: Collection[Group], minimum: int) -> Group | None:
    """Returns the partner to hide where shown sums combine to one that rests on fewer people than the minimum."""
    combination = smallest_combination(people, *_keys(shown), minimum)
    return _smallest(people, map(partner_group, combination.partners)) if combination else None


def _keys(groups: Collection[Group]) -> tuple[set[str], set[str]]:
    """Returns the levels among `groups`, and the partners."""
    return {g.key for g in groups if g.kind == "level"}, {g.key for g in groups if g.kind == "partner"}


def _smallest(people: People, partners: Iterable[Group]) -> Group | None:
    sums = totals(people)
    return min(partners, key=lambda group: (sums[group], group.key), default=None)
