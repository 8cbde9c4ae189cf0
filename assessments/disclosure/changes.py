"""Tells what changed between two rounds, with its interval, from published figures alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from assessments.disclosure.published import Figure, Published
from assessments.scores.groups import NETWORK, Group, level_group
from assessments.scores.intervals import change_interval
from assessments.scores.readings import half_up
from factors.instrument import LEVELS

# Why there is no change, and, for the last one, why a change has no interval.
Obstacle = Literal[
    "wording",
    "partners",
    "absent_before",
    "hidden_both",
    "hidden_before",
    "hidden_now",
    "limit_before",
    "limit_now",
    "small",
]


@dataclass(frozen=True)
class Change:
    """Holds a group's published scores on a factor in two rounds; `size` is now minus before, in points.

    `interval` are the bounds of the 95 % interval of the change. Where `size` or `interval` is None, `obstacle` says
    why.
    """

    group: Group
    factor: str
    before: Figure | None
    now: Figure | None
    size: Decimal | None = None
    interval: tuple[Decimal, Decimal] | None = None
    obstacle: Obstacle | None = None

    @property
    def is_beyond_chance(self) -> bool:
        """Tells whether zero is outside the interval, as published."""
        return self.interval is not None and not self.interval[0] <= 0 <= self.interval[1]


@dataclass(frozen=True)
class _Spread:
    """Is a published standard deviation, as a sample."""

    n: int
    variance: Fraction


def changes(
    before: Published, now: Published, groups: Iterable[Group], factors: Sequence[str], comparable: Collection[str]
) -> tuple[Change, ...]:
    """Returns changes of `groups` by `factors` in order; `comparable` are those whose statements kept their wording."""
    return tuple(_change(before, now, group, factor, factor in comparable) for group in groups for factor in factors)


def of_other_partners(change: Change) -> Change:
    """Returns a change of a sector that had other partners before: what differs may be who they are."""
    return replace(change, size=None, interval=None, obstacle="partners")


def _change(before: Published, now: Published, group: Group, factor: str, is_comparable: bool) -> Change:
    then, current = before.figure(group, factor), now.figure(group, factor)
    size = current.mean - then.mean if then and current and then.mean is not None and current.mean is not None else None
    if not is_comparable or size is None:
        why = _not_compared(before, group, then, current) if is_comparable else "wording"
        return Change(group, factor, then, current, obstacle=why)
    parts = [_parts(published, group, factor) for published in (now, before)]
    spreads = [[_Spread(f.n, Fraction(f.sd) ** 2) for f in own if f.sd is not None] for own in parts]
    found = change_interval(Fraction(size), *spreads) if list(map(len, spreads)) == list(map(len, parts)) else None
    if found is None:
        return Change(group, factor, then, current, size, obstacle="small")
    return Change(group, factor, then, current, size, (half_up(found.low), half_up(found.high)))


def _parts(published: Published, group: Group, factor: str) -> list[Figure]:
    """Returns the figures that a group's mean is made of: its own, and for the network those of the three levels."""
    groups = [level_group(level) for level in LEVELS] if group == NETWORK else [group]
    return [figure for own in groups if (figure := published.figure(own, factor))]


def _not_compared(before: Published, group: Group, then: Figure | None, current: Figure | None) -> Obstacle:
    if then and current:
        return "limit_now" if current.mean is None else "limit_before"
    if current is None:
        return "hidden_both" if then is None else "hidden_now"
    return "hidden_before" if group in before.took_part else "absent_before"
