"""Gathers what the rule on dimensions must know, one factor at a time, and applies it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assessments.disclosure.dimensions import Level, dimensions_to_show, least_people
from assessments.disclosure.groups import Shown
from assessments.disclosure.limits import Limits
from assessments.disclosure.population import Population
from assessments.disclosure.remainders import Remainders
from assessments.scores.groups import Cell, Group, level_group, partner_group
from factors.instrument import LEVELS, Scale

if TYPE_CHECKING:
    from assessments.scores.scoring import Scores


def decide_dimensions(population: Population, limits: Limits, shown: Mapping[str, Shown]) -> dict[str, Shown]:
    """Decides which levels show each dimension; `shown` has the decision on its factor. Partners never show one."""
    scales = population.instrument.scales
    decided: dict[str, Shown] = {}
    for factor in population.instrument.factors:
        dimensions = [scales[dimension.key] for dimension in factor.dimensions]
        chosen = _Beside(population, limits, shown[factor.key], scales[factor.key], dimensions).dimensions_to_show()
        for dimension in dimensions:
            levels = frozenset(level_group(level) for level, keys in chosen.items() if dimension.key in keys)
            decided[dimension.key] = _decision(population, dimension, levels)
    return decided


def _decision(population: Population, dimension: Scale, levels: frozenset[Group]) -> Shown:
    others = population.moments(dimension.key).keys() - levels
    enough = {
        group
        for group in others
        if population.is_twice(group, dimension.block) and _is_large(population, group, dimension)
    }
    return Shown(levels, {group: "complementary" if group in enough else "small" for group in others})


def _is_large(population: Population, group: Group, dimension: Scale) -> bool:
    """Tells whether enough of the judged in a group have a score on a dimension to show it (rule 6a)."""
    return population.has_judged(least_people(dimension, population.minimum), group, dimension.key)


@dataclass(frozen=True)
class _Beside:
    """Holds a factor with its dimensions; partners that don't show the factor are put together as ""."""

    population: Population
    limits: Limits
    shown: Shown
    factor: Scale
    dimensions: list[Scale]

    def dimensions_to_show(self) -> dict[str, tuple[str, ...]]:
        exact = [level for level in LEVELS if self._has_exact_mean(level_group(level))]
        return dimensions_to_show(
            {level: self._level(level_group(level)) for level in exact},
            self.factor,
            self.dimensions,
            [self._remainders(own) for own in self.population.sets],
            self.population.minimum,
        )

    def _has_exact_mean(self, level: Group) -> bool:
        is_twice = level in self.shown.groups and self.population.is_twice(level, self.factor.key)
        return is_twice and not self.limits.is_near_an_end(level, self.factor.key)

    def _level(self, level: Group) -> Level:
        masks, judged = self.population.everybody.masks[self.factor.key], self._masks(self.population.judged)
        given = {d.key: self.population.judged.given.get(d.key, {}) for d in self.dimensions}
        parts = list(self._by_shown_partner(cell for cell in masks if cell[1] == level.key).values())
        return Level(
            judged=[_added(judged, part) for part in parts],
            guests=[_added(masks, part) - _added(judged, part) for part in parts],
            given=[{key: sum(own.get(cell, 0) for cell in part) for key, own in given.items()} for part in parts],
            large={
                d.key: self.population.judged_moments(d.key)[level].n
                for d in self.dimensions
                if _is_large(self.population, level, d) and not self.limits.is_disputed(level, d.key)
            },
        )

    def _remainders(self, scores: Scores) -> Remainders:
        masks = self._masks(scores)
        sums = {scale.key: scores.moments.get(scale.key, {}) for scale in (self.factor, *self.dimensions)}
        return Remainders(
            self.factor,
            self.dimensions,
            {
                (partner, level): _added(masks, [cell for cell in part if cell[1] == level])
                for partner, part in self._by_shown_partner(masks).items()
                for level in sorted({cell[1] for cell in part})
            },
            {key: {group: own[group] for group in own if group in self.shown.groups} for key, own in sums.items()},
            {key: self.limits.of_all(own, key) for key, own in sums.items()},
            next((moments.unit for moments in sums[self.factor.key].values()), 1),
        )

    def _masks(self, scores: Scores) -> Mapping[Cell, Mapping[str, int]]:
        return scores.masks.get(self.factor.key, {})

    def _by_shown_partner(self, cells: Iterable[Cell]) -> dict[str, list[Cell]]:
        parts: dict[str, list[Cell]] = {}
        for cell in cells:
            is_shown = partner_group(cell[0]) in self.shown.groups
            parts.setdefault(cell[0] if is_shown else "", []).append(cell)
        return parts


def _added(masks: Mapping[Cell, Mapping[str, int]], cells: Iterable[Cell]) -> Counter[str]:
    """Returns the masks of some cells together."""
    return sum((Counter(masks.get(cell, {})) for cell in cells), Counter())
