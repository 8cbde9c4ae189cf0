"""Tells which figures of a round are a limit and no mean ('1,5 of lager', '4,5 of hoger'): those too near an end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from assessments.disclosure.extremes import ends_near
from assessments.disclosure.population import Population
from assessments.scores.groups import Group
from assessments.scores.readings import Limit


@dataclass(frozen=True)
class Limits:
    """Knows the limits of a population's figures (rule 3a), and where they are in dispute (rule 7c)."""

    population: Population

    def of(self, group: Group, item: str) -> Limit | None:
        """Returns the limit that stands in for a group's mean; None where the mean may stand, or no limit holds."""
        ends = self._ends[item][group]
        return next(iter(ends)) if len(ends) == 1 else None

    def of_all(self, groups: Iterable[Group], item: str) -> dict[Group, Limit]:
        """Returns the limits of those of `groups` that have one."""
        return {group: limit for group in groups if (limit := self.of(group, item))}

    def is_near_an_end(self, group: Group, item: str) -> bool:
        """Tells whether a group's exact mean may not be shown: a limit stands in for it, or nothing does."""
        return bool(self._ends[item][group])

    def is_disputed(self, group: Group, item: str) -> bool:
        """Tells whether no limit holds of everybody, of the judged and of the guests alike: then there is no figure."""
        return len(self._ends[item][group]) > 1

    @cached_property
    def _ends(self) -> dict[str, dict[Group, frozenset[Limit | None]]]:
        """Tells near which ends each group lies: none, one, or what its sets of people disagree on."""
        return {
            item: {
                group: ends_near(
                    everybody,
                    self.population.judged_moments(item).get(group, everybody),
                    is_small=not self.population.is_twice(group, item),
                    statements=len(self.population.instrument.scales[item].places),
                )
                for group, everybody in groups.items()
            }
            for item, groups in self.population.everybody.moments.items()
        }
