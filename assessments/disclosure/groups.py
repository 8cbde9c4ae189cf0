"""Which levels and partners may be shown on one scale: small groups hide first, then partners, levels last."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from assessments.disclosure.combinations import Cell, People, connected, remainders, smallest_combination
from assessments.scores.groups import Group, level_group, partner_group
from assessments.scores.moments import Moments
from assessments.scores.readings import limit_of

Why = Literal["small", "complementary"]
Population = tuple[People, Mapping[Group, Moments]]  # who has a score on a scale, counted and added up


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
    limited: Collection[Group] = (),
    *,
    moments: Collection[Population] = (),
    unvouched: Collection[Cell] = (),
) -> Shown:
    """Which groups may be shown on a scale with `people` by (partner, level).

    First the groups under `minimum` hide. Then, as long as a combination of shown sums rests on fewer people than
    the minimum, the smallest partner subtracted in it hides; the levels alone can never break the rule, since nobody
    is at two levels. `limited` are groups whose mean is published as a limit only: as long as such a mean (or that of
    a small group) would follow from the others, the smallest shown partner that it follows from hides as well; so it
    does where the mean of another group under twice the minimum would follow, and lies near an end of the scale
    (`moments` tell, of all who have a score and of `people`, where these are fewer: whoever has an open link may know
    the others' answers). `unvouched` are cells in which only people without a personal link answered: nothing may
    rest on those alone. Deterministic: ties are broken by key.
    """
    sums = totals(people)
    small = frozenset(sums) - large_enough(people, minimum)
    shown = frozenset(sums) - small
    while partner := _next_to_hide(people, shown, minimum, limited, moments, unvouched):
        shown -= {partner}
    return Shown(shown, {group: "small" if group in small else "complementary" for group in set(sums) - shown})


def _next_to_hide(
    people: People,
    shown: frozenset[Group],
    minimum: int,
    limited: Collection[Group],
    moments: Collection[Population],
    unvouched: Collection[Cell],
) -> Group | None:
    """The partner that must hide for the first rule that `shown` breaks; None where it breaks none."""
    # Weight 1 a cell that only open links filled, too heavy otherwise: a combination under this limit rests on such
    # cells alone.
    too_heavy = len(unvouched) + 1
    weights = dict.fromkeys(people, too_heavy) | dict.fromkeys(unvouched, 1)
    return (
        _combines(people, shown, minimum)
        or _combines(weights, shown, too_heavy)
        or _reveals_limit(people, shown, limited)
        or _reveals_end(people, shown - set(limited), minimum, moments)
    )


def _combines(people: People, shown: Collection[Group], minimum: int) -> Group | None:
    """The partner to hide where shown sums combine to one that rests on fewer people than the minimum."""
    combination = smallest_combination(people, *_keys(shown), minimum)
    return _smallest(people, map(partner_group, combination.partners)) if combination else None


def _keys(groups: Collection[Group]) -> tuple[set[str], set[str]]:
    """The levels among `groups`, and the partners."""
    return {g.key for g in groups if g.kind == "level"}, {g.key for g in groups if g.kind == "partner"}


def _reveals_end(
    people: People, exact: Collection[Group], minimum: int, populations: Collection[Population]
) -> Group | None:
    """The partner to hide where a mean near an end, of people under twice the minimum, follows from exact means."""
    sums = totals(people)
    for counts, moments in populations:
        numbers = {group: own.n for group, own in moments.items()}
        scores = {group: own.total for group, own in moments.items()}
        for left in remainders(counts, *_keys(exact)):
            added, taken = list(map(level_group, left.levels)), list(map(partner_group, left.partners))
            n = abs(_difference(numbers, added, taken))
            mean = Fraction(abs(_difference(scores, added, taken)), (n or 1) * moments[added[0]].unit)
            if n and abs(_difference(sums, added, taken)) < 2 * minimum and limit_of(mean):
                return _smallest(people, taken)
    return None


def _difference(sums: Mapping[Group, int], added: Iterable[Group], taken: Iterable[Group]) -> int:
    return sum(sums[group] for group in added) - sum(sums[group] for group in taken)


def _reveals_limit(people: People, shown: frozenset[Group], limited: Collection[Group]) -> Group | None:
    """The partner to hide where the exact mean of a limited group follows from the other shown means."""
    exact = shown - set(limited)
    for group in sorted(limited, key=lambda group: group.order):
        members = {_group(member) for member in connected(people, (group.kind, group.key))}
        if members - exact == {group}:
            return _smallest(people, (member for member in members & exact if member.kind == "partner"))
    return None


def _group(member: tuple[str, str]) -> Group:
    kind, key = member
    return level_group(key) if kind == "level" else partner_group(key)


def _smallest(people: People, partners: Iterable[Group]) -> Group | None:
    sums = totals(people)
    return min(partners, key=lambda group: (sums[group], group.key), default=None)
