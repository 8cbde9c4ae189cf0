"""Holds the disclosed figures, which are the only source of figures for reports, pages and exports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from assessments.disclosure.groups import Why
from assessments.scores.groups import Group, level_group
from assessments.scores.readings import LIMITS, Band, GapLabel, Limit
from factors.instrument import LEVELS

LOWEST, HIGHEST = Decimal(1), Decimal(5)  # points: the ends of the scale


@dataclass(frozen=True)
class Figure:
    """Is a published score: one decimal, points 1 to 5, over `n` people.

    Either `mean` or, near an end of the scale, `limit`: 'low' is '1,5 of lager', 'high' is '4,5 of hoger'. `interval`
    are the bounds of the 95 % interval; `split` whether the group is in two minds; `unknown` the share (0 to 1) of
    'weet ik niet' among the answers given. `sd` is the standard deviation of a level's or partner's factor, for the
    interval of a change and for researchers; 0.3 stands for 0.3 or less. What may not be shown is None.
    """

    n: int
    band: Band
    mean: Decimal | None = None
    limit: Limit | None = None
    interval: tuple[Decimal, Decimal] | None = None
    split: bool | None = None
    unknown: Decimal | None = None
    sd: Decimal | None = None

    @property
    def value(self) -> Decimal:
        """Returns the mean, or the limit that stands in for it."""
        if self.mean is not None:
            return self.mean
        return LIMITS["low" if self.limit == "low" else "high"]

    @property
    def bounds(self) -> tuple[Decimal, Decimal]:
        """Returns the lowest and the highest value that it can have: the mean twice, or from a limit to the end."""
        if self.mean is not None:
            return self.mean, self.mean
        return (LOWEST, self.value) if self.limit == "low" else (self.value, HIGHEST)


def is_higher(first: Figure, second: Figure) -> bool:
    """Tells whether the first is surely higher than the second: a limit is only where all that it can be is."""
    return first.bounds[0] > second.bounds[1]


@dataclass(frozen=True)
class PublishedGroup:
    """Is a group that is shown: `n` respondents with any factor score, `invited` where known, figures by scale."""

    group: Group
    n: int
    invited: int | None
    figures: Mapping[str, Figure]


@dataclass(frozen=True)
class Difference:
    """Is the first level's published mean less the second's; it has no `size` where one of the two is a limit."""

    factor: str
    levels: tuple[str, str]
    size: Decimal | None
    label: GapLabel


@dataclass(frozen=True)
class Hidden:
    """Says what is not shown, and why; `item` None is the whole group."""

    group: Group
    item: str | None
    why: Why


@dataclass(frozen=True)
class Published:
    """Holds all that may be seen of a round's scores, in the order in which reports print it."""

    minimum: int
    groups: tuple[PublishedGroup, ...]
    differences: tuple[Difference, ...]
    hidden: tuple[Hidden, ...]

    @cached_property
    def took_part(self) -> frozenset[Group]:
        """Returns every group of the round, shown or hidden: somebody of it answered, or was invited."""
        return frozenset(shown.group for shown in self.groups) | {hidden.group for hidden in self.hidden}

    @property
    def hidden_groups(self) -> tuple[Group, ...]:
        """Returns the groups of which nothing is shown, in print order."""
        return tuple(hidden.group for hidden in self.hidden if hidden.item is None)

    @property
    def levels(self) -> tuple[str, ...]:
        """Returns the levels that took part, shown or hidden."""
        return tuple(level for level in LEVELS if level_group(level) in self.took_part)

    @property
    def shown_levels(self) -> tuple[str, ...]:
        return tuple(level for level in self.levels if self.group(level_group(level)))

    @property
    def hidden_levels(self) -> tuple[str, ...]:
        """Returns the levels that took part and of which nothing is shown."""
        return tuple(level for level in self.levels if not self.group(level_group(level)))

    @property
    def absent_levels(self) -> tuple[str, ...]:
        return tuple(level for level in LEVELS if level not in self.levels)

    @property
    def shown_parts(self) -> tuple[Group, ...]:
        """Returns the partners, or the sectors, that are shown, in print order."""
        return tuple(shown.group for shown in self.groups if shown.group.is_part)

    def by_sector(self) -> Published:
        """Returns the same of a round in which each sector was counted, and cut down, as if it were a partner."""
        groups = tuple(replace(shown, group=_as_sector(shown.group)) for shown in self.groups)
        hidden = tuple(replace(hidden, group=_as_sector(hidden.group)) for hidden in self.hidden)
        return replace(self, groups=groups, hidden=hidden)

    def group(self, group: Group) -> PublishedGroup | None:
        return self._by_group.get(group)

    @cached_property
    def _by_group(self) -> dict[Group, PublishedGroup]:
        return {shown.group: shown for shown in self.groups}

    def figure(self, group: Group, item: str) -> Figure | None:
        shown = self.group(group)
        return shown.figures.get(item) if shown else None

    def both(self, difference: Difference) -> tuple[Figure, Figure]:
        """Returns the figures of the two levels of a difference; both are shown, or there would be none."""
        first, second = (self._by_group[level_group(level)].figures[difference.factor] for level in difference.levels)
        return first, second


def _as_sector(group: Group) -> Group:
    return Group("sector", group.key) if group.kind == "partner" else group
