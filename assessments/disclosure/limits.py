"""Tells which figures of a round are a limit and no mean ('1,5 of lager', '4,5 of hoger'): those too near an end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessments.disclosure.extremes import ends_near
from assessments.disclosure.population import Population
from assessments.scores.groups import Group
from assessments.scores.readings import Limit


def find_limits(population: Population) -> Limits:
    """Returns the limits of a population's figures (rule 3a), and where they are in dispute (rule 7c)."""
    return Limits({item: _ends(population, item) for item in population.everybody.moments})


def _ends(population: Population, item: str) -> dict[Group, frozenset[Limit | None]]:
    return {
        group: ends_near(
            everybody,
            population.judged_moments(item).get(group, everybody),
            is_small=not population.is_twice(group, item),
            statements=len(population.instrument.scales[item].places),
        )
        for group, everybody in population.moments(item).items()
    }


@dataclass(frozen=True)
class Limits:
    """Holds the ends that each group's sets of people lie near, by scale, as `ends_near` returns them."""

    ends: Mapping[str, Mapping[Group, frozenset[Limit | None]]]

    def of(self, group: Group, item: str) -> Limit | None:
        """Returns the limit that stands in for a group's mean; None where the mean may stand, or no limit holds."""
        ends = self.ends[item][group]
        return next(iter(ends)) if len(ends) == 1 else None

    def of_all(self, groups: Iterable[Group], item: str) -> dict[Group, Limit]:
        """Returns the limits of those of `groups` that have one."""
        return {group: limit for group in groups if (limit := self.of(group, item))}

    def is_near_an_end(self, group: Group, item: str) -> bool:
        """Tells whether a group's exact mean may not be shown: a limit stands in for it, or nothing does."""
        return bool(self.ends[item][group])

    def is_disputed(self, group: Group, item: str) -> bool:
        """Tells whether no limit holds of everybody, of the judged and of the guests alike: then there is no figure."""
        return len(self.ends[item][group]) > 1
