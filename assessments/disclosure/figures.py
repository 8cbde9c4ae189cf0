"""Makes the published figures of what may be shown, rounded, and the differences between levels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from assessments.disclosure.groups import Shown
from assessments.disclosure.limits import Limits
from assessments.disclosure.population import Population
from assessments.disclosure.published import Difference, Figure
from assessments.scores.groups import NETWORK, Group, level_group
from assessments.scores.intervals import Interval, mean_interval, network_interval
from assessments.scores.readings import LIMITS, Limit, band, gap_label, half_up, is_split, least_spread, spread
from factors.instrument import LEVELS, Instrument, Scale

Figures = Mapping[Group, Mapping[str, Figure]]  # by group and scale


def make_figures(
    population: Population, limits: Limits, shown: Mapping[str, Shown], full: Mapping[str, frozenset[Group]]
) -> Figures:
    """Returns the published figures of every group, in print order; none where the group is hidden.

    By scale, `shown` has the groups that show it, and `full` those whose figure may be more than n and a mean.
    """
    own = {
        group: {
            item: _figure(population, group, scale, limits.of(group, item), group in full[item])
            for item, scale in population.instrument.scales.items()
            if group in shown[item].groups
        }
        for group in population.groups
        if group != NETWORK
    }
    return {group: own[group] if group in own else _of_network(population, own) for group in population.groups}


def make_differences(instrument: Instrument, figures: Figures) -> tuple[Difference, ...]:
    """Returns the differences between two levels that both show a factor, factor by factor."""
    own = {level: figures.get(level_group(level), {}) for level in LEVELS}
    return tuple(
        _difference(factor.key, (a, b), first, second)
        for factor in instrument.factors
        for a, b in combinations(LEVELS, 2)
        if (first := own[a].get(factor.key)) and (second := own[b].get(factor.key))
    )


def _figure(population: Population, group: Group, scale: Scale, limit: Limit | None, is_full: bool) -> Figure:
    moments = population.moments(scale.key)[group]
    if limit:
        return Figure(moments.n, band(LIMITS[limit]), limit=limit)
    mean = half_up(moments.mean)
    if not is_full:
        return Figure(moments.n, band(mean), mean)
    interval = mean_interval(moments, population.invited_of(group), least_spread(len(scale.places)))
    return Figure(
        moments.n,
        band(mean),
        mean,
        interval=_rounded(interval),
        split=is_split(moments),
        unknown=half_up(population.everybody.unknown[scale.key][group]),
        sd=spread(moments.variance) if scale.kind == "factor" else None,
    )


def _of_network(population: Population, figures: Figures) -> dict[str, Figure]:
    """Returns the network's figures on the scales of which all three levels show a mean (rule 4)."""
    own = [figures.get(level_group(level), {}) for level in LEVELS]
    items = [item for item in own[0] if all(f.get(item) and f[item].mean is not None for f in own)]
    return {item: _network_figure(population, item, [f[item] for f in own]) for item in items}


def _network_figure(population: Population, item: str, own: Sequence[Figure]) -> Figure:
    """Returns the plain mean of the three levels: every level weighs the same, however many people it has."""
    levels = [level_group(level) for level in LEVELS]
    moments = [population.moments(item)[level] for level in levels]
    mean = half_up(sum((m.mean for m in moments), Fraction()) / len(levels))
    people = sum(m.n for m in moments)
    if any(figure.split is None for figure in own):
        return Figure(people, band(mean), mean)
    parts = [(m, population.invited_of(level)) for m, level in zip(moments, levels, strict=True)]
    interval = network_interval(parts, least_spread(len(population.instrument.scales[item].places)))
    shares = population.everybody.unknown[item]
    unknown = half_up(sum((shares[level] for level in levels), Fraction()) / len(levels))
    return Figure(people, band(mean), mean, interval=_rounded(interval), unknown=unknown)


def _rounded(interval: Interval | None) -> tuple[Decimal, Decimal] | None:
    return (half_up(interval.low), half_up(interval.high)) if interval else None


def _difference(factor: str, levels: tuple[str, str], first: Figure, second: Figure) -> Difference:
    size = first.value - second.value
    exact = first.limit is None and second.limit is None
    label = "geen" if _may_be_the_same(first, second) or _may_be_the_same(second, first) else gap_label(size)
    return Difference(factor, levels, size if exact else None, label)


def _may_be_the_same(limited: Figure, other: Figure) -> bool:
    """Tells whether a figure is a limit, and the other lies at that limit or beyond it."""
    if limited.limit is None:
        return False
    return other.value >= limited.value if limited.limit == "high" else other.value <= limited.value
