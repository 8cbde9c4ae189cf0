"""Makes the published figures of what may be shown, rounded, and the differences between levels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import combinations

from assessments.disclosure.decisions import Decisions
from assessments.disclosure.population import Population
from assessments.disclosure.published import Difference, Figure
from assessments.scores.groups import NETWORK, Group, level_group
from assessments.scores.intervals import Interval, mean_interval, network_interval
from assessments.scores.readings import LIMITS, band, gap_label, half_up, is_split, least_spread, spread
from factors.instrument import LEVELS


@dataclass(frozen=True)
class Figures:
    """Makes the figures of a population that `decisions` allow."""

    population: Population
    decisions: Decisions

    @cached_property
    def by_group(self) -> dict[Group, dict[str, Figure]]:
        """Returns the published figures of every group by scale, in print order; empty where the group is hidden."""
        own = {
            group: {item: self._figure(group, item) for item in self.decisions.items(group)}
            for group in self.population.groups
            if group != NETWORK
        }
        return {group: own[group] if group in own else self._of_network(own) for group in self.population.groups}

    def of_level(self, level: str, item: str) -> Figure | None:
        """Returns the figure that a level shows on a scale, or None."""
        return self.by_group.get(level_group(level), {}).get(item)

    def differences(self) -> tuple[Difference, ...]:
        """Returns the differences between two levels that both show a factor, factor by factor."""
        return tuple(
            _difference(factor.key, (a, b), first, second)
            for factor in self.population.instrument.factors
            for a, b in combinations(LEVELS, 2)
            if (first := self.of_level(a, factor.key)) and (second := self.of_level(b, factor.key))
        )

    def _figure(self, group: Group, item: str) -> Figure:
        moments = self.population.moments(item)[group]
        scale = self.population.instrument.scales[item]
        limit = self.decisions.limits.of(group, item)
        if limit:
            return Figure(moments.n, band(LIMITS[limit]), limit=limit)
        mean = half_up(moments.mean)
        if not self.decisions.may_be_full(group, scale):
            return Figure(moments.n, band(mean), mean)
        interval = mean_interval(moments, self.population.invited_of(group), least_spread(len(scale.places)))
        return Figure(
            moments.n,
            band(mean),
            mean,
            interval=_rounded(interval),
            split=is_split(moments),
            unknown=half_up(self.population.everybody.unknown[item][group]),
            sd=spread(moments.variance) if scale.kind == "factor" else None,
        )

    def _of_network(self, figures: Mapping[Group, Mapping[str, Figure]]) -> dict[str, Figure]:
        """Returns the network's figures on the scales of which all three levels show a mean (rule 4)."""
        levels = [level_group(level) for level in LEVELS]
        own = [figures.get(level, {}) for level in levels]
        items = [item for item in own[0] if all(f.get(item) and f[item].mean is not None for f in own)]
        return {item: self._network_figure(item, levels, [f[item] for f in own]) for item in items}

    def _network_figure(self, item: str, levels: list[Group], own: list[Figure]) -> Figure:
        """Returns the plain mean of the three levels: every level weighs the same, however many people it has."""
        moments = [self.population.moments(item)[level] for level in levels]
        mean = half_up(sum((m.mean for m in moments), Fraction()) / len(levels))
        people = sum(m.n for m in moments)
        if any(figure.split is None for figure in own):
            return Figure(people, band(mean), mean)
        parts = [(m, self.population.invited_of(level)) for m, level in zip(moments, levels, strict=True)]
        interval = network_interval(parts, least_spread(len(self.population.instrument.scales[item].places)))
        shares = self.population.everybody.unknown[item]
        unknown = half_up(sum((shares[level] for level in levels), Fraction()) / len(levels))
        return Figure(people, band(mean), mean, interval=_rounded(interval), unknown=unknown)


def _rounded(interval: Interval | None) -> tuple[Decimal, Decimal] | None:
    return (half_up(interval.low), half_up(interval.high)) if interval else None


def _difference(factor: str, levels: tuple[str, str], first: Figure, second: Figure) -> Difference:
    size = first.value - second.value
    exact = first.limit is None and second.limit is None
    return Difference(factor, levels, size if exact else None, gap_label(size))
