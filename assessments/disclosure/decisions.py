"""Decides which figures of which groups may be shown, and which of them may be more than n and a mean."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from assessments.disclosure.combinations import alone, smallest_combination
from assessments.disclosure.extremes import Scored
from assessments.disclosure.groups import Shown, decide
from assessments.disclosure.level_dimensions import level_dimensions
from assessments.disclosure.limits import Limits
from assessments.disclosure.population import Population
from assessments.scores.groups import NETWORK, OUDERS_GROUP, Group, level_group
from factors.instrument import Factor, Scale


@dataclass(frozen=True)
class Decisions:
    """Applies the rules of docs/disclosure.md to every scale of a population."""

    population: Population

    @cached_property
    def limits(self) -> Limits:
        return Limits(self.population)

    def items(self, group: Group) -> list[str]:
        """Returns the keys of the scales that a group other than the network shows, in the order of the instrument."""
        items = {item for item, shown in self.shown.items() if group in shown.groups}
        if group.kind == "level":
            items |= {dimension for factor in items for dimension in self._dimensions.get((group, factor), ())}
        return [item for item in self.population.instrument.scales if item in items]

    @cached_property
    def shown(self) -> dict[str, Shown]:
        """Decides on every factor, the outcome and the perspective (rules 1 to 3); dimensions follow their factor."""
        scales = self.population.instrument.scales.values()
        return {scale.key: self._decide(scale) for scale in scales if scale.kind != "dimension"}

    def _decide(self, scale: Scale) -> Shown:
        is_ouders = scale.kind == "perspective"  # they have no personal links: everybody is judged (rule 8)
        everybody = self.population.everybody.scored.get(scale.key, {})
        judged = everybody if is_ouders else self.population.judged.scored.get(scale.key, {})
        moments, statements = self.population.moments(scale.key), len(scale.places)
        sets = [Scored(everybody, moments, statements)]
        if judged is not everybody:
            sets.append(Scored(judged, self.population.judged_moments(scale.key), statements))
        return decide(
            judged,
            self.population.minimum_of(OUDERS_GROUP if is_ouders else NETWORK),
            sets=sets,
            limits=self.limits.of_all(moments, scale.key),
            disputed=[group for group in moments if self.limits.is_disputed(group, scale.key)],
            only_guests=everybody.keys() - judged.keys(),
        )

    @cached_property
    def _dimensions(self) -> dict[tuple[Group, str], tuple[str, ...]]:
        """Returns, by level and factor, the dimensions that are shown beside it (rule 6)."""
        return {
            (level_group(level), factor.key): dimensions
            for factor in self.population.instrument.factors
            for level, dimensions in self._dimensions_of(factor).items()
        }

    def _dimensions_of(self, factor: Factor) -> dict[str, tuple[str, ...]]:
        return level_dimensions(factor, self.population, self.limits, self.shown[factor.key])

    def may_be_full(self, group: Group, scale: Scale) -> bool:
        """Tells whether a figure may be more than n and a mean (rule 5a).

        That of a dimension of one statement never may: its mean, interval and verdeeld would tell how often each value
        was given.
        """
        if scale.kind == "dimension" and len(scale.places) == 1:
            return False
        is_in_full = group.kind != "partner" or scale.key in self._partners_in_full
        return is_in_full and self.population.is_twice(group, scale.key)

    @cached_property
    def _partners_in_full(self) -> frozenset[str]:
        """Returns the scales on which partners may have more than a mean (rule 5b).

        A group that follows from the levels' and partners' sums must be large enough for it too: 2m for the spread, and
        m for 'weet ik niet', which rests on all who gave an answer.
        """
        return frozenset(item for item, shown in self.shown.items() if self._partners_combine_well(item, shown))

    def _partners_combine_well(self, item: str, shown: Shown) -> bool:
        large = [group for group in shown.groups if self.population.is_twice(group, item)]
        levels = [group.key for group in large if group.kind == "level"]
        partners = [group.key for group in large if group.kind == "partner"]
        everybody, judged, minimum = self.population.everybody, self.population.judged, self.population.minimum
        scored, given = judged.scored.get(item, {}), judged.given.get(item, {})
        only_guests = everybody.given.get(item, {}).keys() - given.keys()
        counts = [(scored, 2 * minimum), (given, minimum), alone(given, only_guests)]
        return not any(smallest_combination(people, levels, partners, least) for people, least in counts)
