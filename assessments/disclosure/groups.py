"""Which levels and partners may be shown on one scale: small groups hide first, then partners, levels last."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from assessments.disclosure.combinations import People, connected, smallest_combination
from assessments.scores.groups import Group, level_group, partner_group

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


def decide(people: People, minimum: int, limited: Collection[Group] = ()) -> Shown:
    """Which groups may be shown on a scale with `people` by (partner, level).

    First the groups under `minimum` hide. Then, as long as a combination of shown sums rests on fewer people than
    the minimum, the smallest partner subtracted in it hides; the levels alone can never break the rule, since nobody
    is at two levels. `limited` are groups whose mean is published as a limit only: as long as such a mean (or that of a
    small group) would follow from the others, the smallest shown partner that it follows from hides as well.
    Deterministic: ties are broken by key.
    """
    sums = totals(people)
    small = frozenset(sums) - large_enough(people, minimum)
    shown = frozenset(sums) - small
    while partner := _partner_to_hide(people, shown, minimum, limited):
        shown -= {partner}
    return Shown(shown, {group: "small" if group in small else "complementary" for group in set(sums) - shown})


def _partner_to_hide(people: People, shown: frozenset[Group], minimum: int, limited: Collection[Group]) -> Group | None:
    levels = {group.key for group in shown if group.kind == "level"}
    partners = {group.key for group in shown if group.kind == "partner"}
    combination = smallest_combination(people, levels, partners, minimum)
    if combination:
        return _smallest(people, (partner_group(key) for key in combination.partners))
    return _reveals_limit(people, shown, limited)


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
