"""Knows who answered a round and how many were invited, in two sets: everybody, and the judged among them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from assessments.scores.groups import NETWORK, OUDERS_GROUP, Cell, Group, level_group, partner_group
from assessments.scores.moments import Moments
from factors.instrument import LEVELS, OUDERS, Instrument

if TYPE_CHECKING:
    from assessments.scores.scoring import Scores

Invited = Mapping[Cell, int | None]  # None: an open link was spread there, nobody knows among how many


@dataclass(frozen=True)
class Population:
    """Holds the people of one round: the scores of `everybody`, and how many were `invited` by (partner, level)."""

    everybody: Scores
    instrument: Instrument
    minimum: int
    invited: Invited | None

    @property
    def judged(self) -> Scores:
        """Returns the scores of those with a personal link where some came by an open one, else everybody's (7a)."""
        return self.everybody.judged or self.everybody

    @property
    def sets(self) -> list[Scores]:
        """Returns everybody's scores, and those of the judged where these are fewer."""
        return [self.everybody, self.everybody.judged] if self.everybody.judged else [self.everybody]

    def moments(self, item: str) -> Mapping[Group, Moments]:
        """Returns what everybody's scores on a scale add up to, by group."""
        return self.everybody.moments.get(item, {})

    def judged_moments(self, item: str) -> Mapping[Group, Moments]:
        """Returns what the scores of the judged on a scale add up to, by group."""
        return self.judged.moments.get(item, {})

    def has_judged(self, least: int, group: Group, item: str) -> bool:
        """Tells whether `least` of the judged in a group have a score on a scale."""
        moments = self.judged_moments(item).get(group)
        return moments is not None and moments.n >= least

    def minimum_of(self, group: Group) -> int:
        """Returns the m that is asked of a group: the round's, and of ouders their own where that is more (rule 8)."""
        return self.instrument.ouders.minimum_in(self.minimum) if group == OUDERS_GROUP else self.minimum

    def is_twice(self, group: Group, item: str) -> bool:
        """Tells whether a figure rests on 2m of the judged, and so may be more than a mean (rule 5)."""
        return self.has_judged(2 * self.minimum_of(group), group, item)

    @cached_property
    def groups(self) -> list[Group]:
        """Lists every group of the round, shown or not, in print order; none where nobody answered."""
        if not self.everybody.respondents:
            return []
        cells = set(self.everybody.respondents) | set(self.invited or {})
        groups = {group for cell in cells for group in _groups_of(cell)}
        if any(group.kind == "level" for group in groups):
            groups.add(NETWORK)
        return sorted(groups, key=lambda group: group.order)

    @cached_property
    def respondents(self) -> Counter[Group]:
        """Counts how many people of each group have any factor score."""
        return _by_group(self.everybody.respondents)

    def check_invited(self) -> None:
        """Raises ValueError where a group has more scores than people invited."""
        for group in self.groups:
            invited = self.invited_of(group)
            most = max((own[group].n for own in self.everybody.moments.values() if group in own), default=0)
            if invited is not None and most > invited:
                raise ValueError(f"{most} scores of {invited} invited")

    def invited_of(self, group: Group) -> int | None:
        """Returns how many people of a group were invited; None where nobody knows, as with ouders."""
        return None if self.invited is None or group == OUDERS_GROUP else self._invited_by_group[group]

    @cached_property
    def _invited_by_group(self) -> Mapping[Group, int | None]:
        invited = self.invited or {}
        known = _by_group({cell: number for cell, number in invited.items() if number is not None})
        unknown = _by_group({cell: 1 for cell, number in invited.items() if number is None})
        return {group: None if unknown[group] else known[group] for group in self.groups}


def _groups_of(cell: Cell) -> list[Group]:
    partner, level = cell
    partners = [partner_group(partner)] if partner and level != OUDERS else []
    return [level_group(level), *partners]


def _by_group(people: Mapping[Cell, int]) -> Counter[Group]:
    """Returns the sums of `people` by level, by partner, and of the three levels together as the network."""
    sums: Counter[Group] = Counter()
    for cell, count in people.items():
        networks = [NETWORK] if cell[1] in LEVELS else []
        sums.update(dict.fromkeys([*_groups_of(cell), *networks], count))
    return sums
