"""The disclosed figures: the only source of figures for report, page, export and API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from assessments.disclosure.groups import Why
from assessments.scores.groups import Group
from assessments.scores.readings import LIMITS, Band, GapLabel, Limit


@dataclass(frozen=True)
class Figure:
    """A published score: one decimal, points 1 to 5, over `n` people.

    Either `mean` or, near an end of the scale, `limit`: 'low' is '1,5 of lager', 'high' is '4,5 of hoger'. `interval`
    are the bounds of the 95 % interval; `split` whether the group is in two minds; `unknown` the share (0 to 1) of
    'weet ik niet' among the answers given. `sd` is the standard deviation of a level's or partner's factor, for the
    interval of a change only; one of 0.3 may be less. What may not be shown is None.
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
        """The mean, or the limit that stands in for it."""
        if self.mean is not None:
            return self.mean
        return LIMITS["low" if self.limit == "low" else "high"]


@dataclass(frozen=True)
class PublishedGroup:
    """A group that is shown: `n` respondents with any factor score, `invited` where known, figures by scale."""

    group: Group
    n: int
    invited: int | None
    figures: Mapping[str, Figure]


@dataclass(frozen=True)
class Difference:
    """The first level's published mean less the second's; no `size` where one of the two is a limit."""

    factor: str
    levels: tuple[str, str]
    size: Decimal | None
    label: GapLabel


@dataclass(frozen=True)
class Hidden:
    """What is not shown, and why; `item` None is the whole group."""

    group: Group
    item: str | None
    why: Why


@dataclass(frozen=True)
class Published:
    """All that may be seen of a round's scores, in the order in which reports print it."""

    minimum: int
    groups: tuple[PublishedGroup, ...]
    differences: tuple[Difference, ...]
    hidden: tuple[Hidden, ...]

    def group(self, group: Group) -> PublishedGroup | None:
        return next((shown for shown in self.groups if shown.group == group), None)

    def figure(self, group: Group, item: str) -> Figure | None:
        shown = self.group(group)
        return shown.figures.get(item) if shown else None
