"""Decides which dimensions of a factor a level may show beside the factor itself (rule 6).

Dimensions are shown for levels only, never for partners: levels have no people in common, so nothing but the factor's
own sums, which partners do share, can be combined with them. The largest set of dimensions is shown for which three
things hold: what is left of the factor less dimensions rests on enough people (`mixes`), it lies near no end of the
scale (`remainders`), and the shares of 'weet ik niet', of which the same sums can be made, rest on enough people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from assessments.disclosure.groups import Shown, Why
from assessments.disclosure.limits import Limits
from assessments.disclosure.mixes import Masks, Mixes
from assessments.disclosure.population import Population
from assessments.disclosure.remainders import Remainders
from assessments.rules.minimum import LEAST_OF_ONE_STATEMENT
from assessments.scores.groups import Cell, Group, level_group, partner_group
from factors.instrument import LEVELS, Scale

if TYPE_CHECKING:
    from assessments.scores.scoring import Scores

Keys = tuple[str, ...]  # of dimensions


def decide_dimensions(population: Population, limits: Limits, shown: Mapping[str, Shown]) -> dict[str, Shown]:
    """Decides which levels show each dimension; `shown` has the decision on its factor. Partners never show one."""
    scales = population.instrument.scales
    decided: dict[str, Shown] = {}
    for factor in population.instrument.factors:
        dimensions = [scales[dimension.key] for dimension in factor.dimensions]
        chosen = _Factor(population, limits, shown[factor.key], scales[factor.key], dimensions).chosen()
        for dimension in dimensions:
            levels = frozenset(level_group(level) for level, keys in chosen.items() if dimension.key in keys)
            others = population.moments(dimension.key).keys() - levels
            decided[dimension.key] = Shown(levels, {own: _why_hidden(population, own, dimension) for own in others})
    return decided


def _why_hidden(population: Population, group: Group, dimension: Scale) -> Why:
    is_enough = population.is_twice(group, dimension.block) and _is_large(population, group, dimension)
    return "complementary" if is_enough else "small"


def _is_large(population: Population, group: Group, dimension: Scale) -> bool:
    """Tells whether enough of the judged in a group have a score on a dimension to show it (rule 6a)."""
    least = LEAST_OF_ONE_STATEMENT if len(dimension.places) == 1 else 0
    return population.has_judged(max(2 * population.minimum, least), group, dimension.key)


@dataclass(frozen=True)
class _Factor:
    """Holds a factor with its dimensions; partners that don't show the factor are put together as ""."""

    population: Population
    limits: Limits
    shown: Shown
    factor: Scale
    dimensions: Sequence[Scale]

    def chosen(self) -> dict[str, Keys]:
        """Returns the dimensions that each level shows (rule 6b), level after level: the next must go with the last."""
        sets = [self._remainders(own) for own in self.population.sets]
        chosen: dict[str, Keys] = {}
        for level in LEVELS:
            for keys in self._rest_on_enough(level_group(level)):
                if all(people.are_off_the_ends(chosen | {level: keys}) for people in sets):
                    chosen[level] = keys
                    break
        return chosen

    def _rest_on_enough(self, level: Group) -> Iterator[Keys]:
        """Yields, best first, the choices of dimensions with which all that follows at a level rests on enough people.

        There are none without the exact mean of the factor.
        """
        if not self._has_exact_mean(level):
            return
        masks, judged = self._masks(self.population.everybody), self._masks(self.population.judged)
        parts = list(self._by_shown_partner(cell for cell in masks if cell[1] == level.key).values())
        people = [_added(judged, part) for part in parts]
        guests = [_added(masks, part) - own for part, own in zip(parts, people, strict=True)]
        mixes = Mixes(self.factor, self.dimensions, people, guests)
        given = [self._given(part) for part in parts]
        for keys in self._choices(level):
            if mixes.rest_on_enough(keys, self.population.minimum) and self._shares_rest_on_enough(given, keys):
                yield keys

    def _has_exact_mean(self, level: Group) -> bool:
        is_twice = level in self.shown.groups and self.population.is_twice(level, self.factor.key)
        return is_twice and not self.limits.is_near_an_end(level, self.factor.key)

    def _choices(self, level: Group) -> Iterator[Keys]:
        """Yields the choices among the large dimensions of a level: the largest first, then those with most scores."""
        large = {
            d.key: self.population.judged_moments(d.key)[level].n
            for d in self.dimensions
            if _is_large(self.population, level, d) and not self.limits.is_disputed(level, d.key)
        }
        for size in range(len(large), 0, -1):
            yield from sorted(combinations(large, size), key=lambda keys: -sum(large[key] for key in keys))

    def _given(self, part: Iterable[Cell]) -> dict[str, int]:
        """Returns, by dimension, how many of the judged in some cells gave any answer."""
        given = {d.key: self.population.judged.given.get(d.key, {}) for d in self.dimensions}
        return {key: sum(own.get(cell, 0) for cell in part) for key, own in given.items()}

    def _shares_rest_on_enough(self, given: Sequence[Mapping[str, int]], shown: Keys) -> bool:
        """Tells whether the factor's share of 'weet ik niet' less those of dimensions rests on enough people.

        In such a share everybody's answers weigh the same. So in each partner it touches those who gave an answer to
        the dimensions taken away, or those who gave one to the others.
        """
        keys, sizes = {d.key for d in self.dimensions}, range(1, len(shown) + 1)
        splits = [(taken, keys.difference(taken)) for size in sizes for taken in combinations(shown, size)]
        return all(
            sum(min(_at_least(own, taken), _at_least(own, rest)) for own in given) >= self.population.minimum
            for taken, rest in splits
            if rest
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

    def _masks(self, scores: Scores) -> Mapping[Cell, Masks]:
        return scores.masks.get(self.factor.key, {})

    def _by_shown_partner(self, cells: Iterable[Cell]) -> dict[str, list[Cell]]:
        parts: dict[str, list[Cell]] = {}
        for cell in cells:
            is_shown = partner_group(cell[0]) in self.shown.groups
            parts.setdefault(cell[0] if is_shown else "", []).append(cell)
        return parts


def _added(masks: Mapping[Cell, Masks], cells: Iterable[Cell]) -> Counter[str]:
    """Returns the masks of some cells together."""
    return sum((Counter(masks.get(cell, {})) for cell in cells), Counter())


def _at_least(given: Mapping[str, int], keys: Collection[str]) -> int:
    """Returns the least number of people who can have given an answer to one of the dimensions `keys`."""
    return max(given[key] for key in keys)
