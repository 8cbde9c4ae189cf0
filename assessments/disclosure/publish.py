"""From scores to published figures: decides per scale and group, rounds what is shown, says what is hidden and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

from assessments.disclosure.combinations import Cell, alone, smallest_combination
from assessments.disclosure.dimensions import Level, dimensions_to_show, least_people
from assessments.disclosure.extremes import Population, ends_near
from assessments.disclosure.groups import Shown, Why, decide
from assessments.disclosure.published import Difference, Figure, Hidden, Published, PublishedGroup
from assessments.disclosure.remainders import Remainders
from assessments.rules.minimum import DEFAULT_MINIMUM, LEAST_MINIMUM
from assessments.scores.groups import NETWORK, OUDERS_GROUP, Group, level_group, partner_group
from assessments.scores.intervals import Interval, mean_interval, network_interval
from assessments.scores.moments import Moments
from assessments.scores.readings import LIMITS, Limit, band, gap_label, half_up, is_split, least_spread, spread
from factors.instrument import LEVELS, OUDERS, Factor, Instrument, Scale

if TYPE_CHECKING:
    from assessments.scores.scoring import Scores

COMPLEMENTARY: Why = "complementary"

Invited = Mapping[Cell, int | None]  # None: an open link was spread there, nobody knows among how many


def publish(
    scores: Scores, instrument: Instrument, *, minimum: int = DEFAULT_MINIMUM, invited: Invited | None = None
) -> Published:
    """What may be shown of `scores` at a minimum group size of `minimum`.

    `invited` is the number of people invited by (partner, level), None where nobody knows. Raises ValueError for a
    minimum under 3 and where a group has more scores than people invited.
    """
    if minimum < LEAST_MINIMUM:
        raise ValueError(f"the minimum group size is {LEAST_MINIMUM} at the least")
    return _Publisher(scores, instrument, minimum, invited).published()


@dataclass(frozen=True)
class _Publisher:
    scores: Scores
    instrument: Instrument
    minimum: int
    invited: Invited | None

    def published(self) -> Published:
        shown = tuple(
            PublishedGroup(group, self._respondents[group], self._invited(group), figures)
            for group, figures in self._figures.items()
            if figures
        )
        hidden = tuple(entry for group in self._figures for entry in self._hidden(group))
        return Published(self.minimum, shown, self._differences(), hidden)

    # Which groups there are, and how many people.

    @cached_property
    def _groups(self) -> list[Group]:
        """Every group of the round, shown or not, in print order; none where nobody answered."""
        if not self.scores.respondents:
            return []
        cells = set(self.scores.respondents) | set(self.invited or {})
        groups = {group for cell in cells for group in _groups_of(cell)}
        if any(group.kind == "level" for group in groups):
            groups.add(NETWORK)
        return sorted(groups, key=lambda group: group.order)

    @cached_property
    def _respondents(self) -> Counter[Group]:
        return _by_group(self.scores.respondents)

    @cached_property
    def _invited_by_group(self) -> Mapping[Group, int | None]:
        invited = self.invited or {}
        known = _by_group({cell: number for cell, number in invited.items() if number is not None})
        unknown = _by_group({cell: 1 for cell, number in invited.items() if number is None})
        return {group: None if unknown[group] else known[group] for group in self._groups}

    def _invited(self, group: Group) -> int | None:
        return None if self.invited is None or group == OUDERS_GROUP else self._invited_by_group[group]

    def _minimum(self, group: Group) -> int:
        return max(self.minimum, self.instrument.ouders.minimum) if group == OUDERS_GROUP else self.minimum

    # What may be shown.

    @cached_property
    def _shown(self) -> dict[str, Shown]:
        """The decision on every factor, the outcome and the perspective; dimensions follow from their factor's."""
        return {
            scale.key: self._decide(scale) for scale in self.instrument.scales.values() if scale.kind != "dimension"
        }

    def _decide(self, scale: Scale) -> Shown:
        is_ouders = scale.kind == "perspective"  # they have no personal links: all of them count
        everybody = self.scores.scored.get(scale.key, {})
        people = everybody if is_ouders else self._judged.scored.get(scale.key, {})
        ends = {group: own for group in self._moments(scale.key) if (own := self._ends(group, scale.key))}
        populations = [Population(everybody, self._moments(scale.key), len(scale.places))]
        if people is not everybody:
            vouched = self._judged.moments.get(scale.key, {})
            populations.append(Population(people, vouched, len(scale.places)))
        return decide(
            people,
            self._minimum(OUDERS_GROUP if is_ouders else NETWORK),
            populations=populations,
            limits={group: limit for group in ends if (limit := self._limit(group, scale.key))},
            disputed=[group for group, own in ends.items() if len(own) > 1],
            unvouched=everybody.keys() - people.keys(),
        )

    @property
    def _judged(self) -> Scores:
        """Of whom the minimum is asked: those with a personal link, where some answered by an open one."""
        return self.scores.vouched or self.scores

    def _is_twice(self, group: Group, item: str) -> bool:
        """Whether a figure rests on at least twice the minimum, and so may be more than a mean."""
        moments = self._judged.moments.get(item, {}).get(group)
        return moments is not None and moments.n >= 2 * self._minimum(group)

    def _moments(self, item: str) -> Mapping[Group, Moments]:
        return self.scores.moments.get(item, {})

    def _limit(self, group: Group, item: str) -> Limit | None:
        """Which limit stands in for the mean of a group, if it is near an end."""
        ends = self._ends(group, item)
        return next(iter(ends)) if len(ends) == 1 else None

    def _ends(self, group: Group, item: str) -> frozenset[Limit | None]:
        """Near which ends a group lies: none, one, or what those by a personal and by an open link disagree on."""
        return self._ends_by_scale[item][group]

    @cached_property
    def _ends_by_scale(self) -> dict[str, dict[Group, frozenset[Limit | None]]]:
        return {
            item: {
                group: ends_near(
                    everybody,
                    self._judged.moments.get(item, {}).get(group, everybody),
                    is_small=not self._is_twice(group, item),
                    statements=len(self.instrument.scales[item].places),
                )
                for group, everybody in groups.items()
            }
            for item, groups in self.scores.moments.items()
        }

    @cached_property
    def _figures(self) -> dict[Group, dict[str, Figure]]:
        """The published figures of every group, in print order; empty where the group is hidden."""
        own = {group: self._own_figures(group) for group in self._groups if group != NETWORK}
        return {group: own[group] if group in own else self._network_figures(own) for group in self._groups}

    def _own_figures(self, group: Group) -> dict[str, Figure]:
        """The figures of a level, a partner or the perspective, in the order of the instrument."""
        items = [item for item, shown in self._shown.items() if group in shown.groups]
        if group.kind == "level":
            items += [dimension for factor in items for dimension in self._dimensions.get((group, factor), ())]
        return {item: self._figure(group, item) for item in self.instrument.scales if item in items}

    @cached_property
    def _dimensions(self) -> dict[tuple[Group, str], tuple[str, ...]]:
        """By level and factor the dimensions that are shown beside it."""
        return {
            (level_group(level), factor.key): dimensions
            for factor in self.instrument.factors
            for level, dimensions in self._dimensions_of(factor).items()
        }

    def _dimensions_of(self, factor: Factor) -> dict[str, tuple[str, ...]]:
        scales = [self.instrument.scales[key] for key in (factor.key, *(d.key for d in factor.dimensions))]
        exact = [level for level in LEVELS if self._has_dimensions(level_group(level), factor.key)]
        return dimensions_to_show(
            {level: self._level(level_group(level), scales) for level in exact},
            scales[0],
            scales[1:],
            [self._remainders(own, scales) for own in self._populations],
            self.minimum,
        )

    def _has_dimensions(self, level: Group, factor: str) -> bool:
        is_shown = level in self._shown[factor].groups
        return is_shown and self._is_twice(level, factor) and not self._ends(level, factor)

    def _is_large(self, level: Group, dimension: Scale) -> bool:
        moments = self._judged.moments.get(dimension.key, {}).get(level)
        return moments is not None and moments.n >= least_people(dimension, self.minimum)

    def _level(self, level: Group, scales: Sequence[Scale]) -> Level:
        factor, *dimensions = scales
        cells = [cell for cell in self.scores.masks[factor.key] if cell[1] == level.key]
        parts = list(self._by_shown_partner(cells, factor.key).values())
        masks, vouched = self.scores.masks[factor.key], self._judged.masks.get(factor.key, {})
        given = {d.key: self._judged.given.get(d.key, {}) for d in dimensions}
        return Level(
            people=[_added(vouched, part) for part in parts],
            guests=[_added(masks, part) - _added(vouched, part) for part in parts],
            given=[{key: sum(own.get(cell, 0) for cell in part) for key, own in given.items()} for part in parts],
            large={
                d.key: self._judged.moments[d.key][level].n
                for d in dimensions
                if self._is_large(level, d) and len(self._ends(level, d.key)) < 2
            },
        )

    def _by_shown_partner(self, cells: Iterable[Cell], factor: str) -> dict[str, list[Cell]]:
        """The cells of each partner whose score on a factor is shown, and of all others together as ""."""
        parts: dict[str, list[Cell]] = {}
        for cell in cells:
            is_shown = partner_group(cell[0]) in self._shown[factor].groups
            parts.setdefault(cell[0] if is_shown else "", []).append(cell)
        return parts

    def _remainders(self, population: Scores, scales: Sequence[Scale]) -> Remainders:
        factor, *dimensions = scales
        masks = population.masks.get(factor.key, {})
        sums = {scale.key: population.moments.get(scale.key, {}) for scale in scales}
        shown = self._shown[factor.key].groups
        limits = {key: {g: limit for g in own if (limit := self._limit(g, key))} for key, own in sums.items()}
        return Remainders(
            factor,
            dimensions,
            {
                (partner, level): _added(masks, [cell for cell in part if cell[1] == level])
                for partner, part in self._by_shown_partner(masks, factor.key).items()
                for level in sorted({cell[1] for cell in part})
            },
            {key: {group: moments for group, moments in own.items() if group in shown} for key, own in sums.items()},
            limits,
            next(moments.unit for moments in sums[factor.key].values()) if sums[factor.key] else 1,
        )

    @property
    def _populations(self) -> list[Scores]:
        """All who answered, and those with a personal link where some came by an open one."""
        return [self.scores, self.scores.vouched] if self.scores.vouched else [self.scores]

    # What is published of it.

    def _figure(self, group: Group, item: str) -> Figure:
        moments = self._moments(item)[group]
        scale = self.instrument.scales[item]
        limit = self._limit(group, item)
        if limit:
            return Figure(moments.n, band(LIMITS[limit]), limit=limit)
        mean = half_up(moments.mean)
        if not self._may_be_full(group, scale):
            return Figure(moments.n, band(mean), mean)
        return Figure(
            moments.n,
            band(mean),
            mean,
            interval=_rounded(mean_interval(moments, self._invited(group), least_spread(len(scale.places)))),
            split=is_split(moments),
            unknown=half_up(self.scores.unknown[item][group]),
            sd=spread(moments.variance) if scale.kind == "factor" else None,
        )

    def _may_be_full(self, group: Group, scale: Scale) -> bool:
        """Whether a figure may be more than n and a mean.

        Never that of a dimension of one statement: its mean, interval and verdeeld would tell how often each value
        was given.
        """
        if scale.kind == "dimension" and len(scale.places) == 1:
            return False
        is_in_full = group.kind != "partner" or scale.key in self._partners_in_full
        return is_in_full and self._is_twice(group, scale.key)

    @cached_property
    def _partners_in_full(self) -> frozenset[str]:
        """The scales on which partners may have more than a mean.

        A group that follows from the levels' and partners' sums must be large enough for it too: from twice the
        minimum for the spread, and from the minimum for 'weet ik niet', which rests on all who gave an answer.
        """
        return frozenset(item for item, shown in self._shown.items() if self._partners_combine_well(item, shown))

    def _partners_combine_well(self, item: str, shown: Shown) -> bool:
        large = [group for group in shown.groups if self._is_twice(group, item)]
        levels = [group.key for group in large if group.kind == "level"]
        partners = [group.key for group in large if group.kind == "partner"]
        scored, given = self._judged.scored.get(item, {}), self._judged.given.get(item, {})
        guests = self.scores.given.get(item, {}).keys() - given.keys()
        counts = [(scored, 2 * self.minimum), (given, self.minimum), alone(given, guests)]
        return not any(smallest_combination(people, levels, partners, least) for people, least in counts)

    def _network_figures(self, figures: Mapping[Group, Mapping[str, Figure]]) -> dict[str, Figure]:
        levels = [level_group(level) for level in LEVELS]
        own = [figures.get(level, {}) for level in levels]
        items = [item for item in own[0] if all(f.get(item) and f[item].mean is not None for f in own)]
        return {item: self._network_figure(item, levels, [f[item] for f in own]) for item in items}

    def _network_figure(self, item: str, levels: list[Group], own: list[Figure]) -> Figure:
        """The plain mean of the three levels: every level weighs the same, however many people it has."""
        moments = [self._moments(item)[level] for level in levels]
        mean = half_up(sum((m.mean for m in moments), Fraction()) / len(levels))
        if any(figure.split is None for figure in own):
            return Figure(sum(m.n for m in moments), band(mean), mean)
        parts = [(m, self._invited(level)) for m, level in zip(moments, levels, strict=True)]
        interval = network_interval(parts, least_spread(len(self.instrument.scales[item].places)))
        unknown = sum((self.scores.unknown[item][level] for level in levels), Fraction()) / len(levels)
        return Figure(
            sum(m.n for m in moments), band(mean), mean, interval=_rounded(interval), unknown=half_up(unknown)
        )

    # What is said of it.

    def _differences(self) -> tuple[Difference, ...]:
        return tuple(
            _difference(factor.key, (a, b), first, second)
            for factor in self.instrument.factors
            for a, b in combinations(LEVELS, 2)
            if (first := self._level_figure(a, factor.key)) and (second := self._level_figure(b, factor.key))
        )

    def _level_figure(self, level: str, item: str) -> Figure | None:
        return self._figures.get(level_group(level), {}).get(item)

    def _hidden(self, group: Group) -> list[Hidden]:
        items = [scale for scale in self.instrument.scales.values() if _asked(group, scale)]
        missing = [scale for scale in items if scale.key not in self._figures[group]]
        if self._figures[group]:
            return [Hidden(group, scale.key, self._why(group, scale)) for scale in missing]
        reasons = {self._why(group, scale) for scale in missing if scale.kind != "dimension"}
        return [Hidden(group, None, COMPLEMENTARY if reasons == {COMPLEMENTARY} else "small")]

    def _why(self, group: Group, scale: Scale) -> Why:
        """Why a group's figure is not shown: too few people, or enough of them to let others' answers be computed."""
        if group == NETWORK:
            levels = [level for level in LEVELS if not self._level_figure(level, scale.key)]
            return (
                "small" if any(self._why(level_group(level), scale) == "small" for level in levels) else COMPLEMENTARY
            )
        if scale.kind != "dimension":
            return self._shown[scale.key].hidden.get(group, "small")
        return COMPLEMENTARY if self._is_twice(group, scale.block) and self._is_large(group, scale) else "small"


def _groups_of(cell: Cell) -> list[Group]:
    partner, level = cell
    partners = [partner_group(partner)] if partner and level != OUDERS else []
    return [level_group(level), *partners]


def _by_group(people: Mapping[Cell, int]) -> Counter[Group]:
    sums: Counter[Group] = Counter()
    for cell, count in people.items():
        networks = [NETWORK] if cell[1] in LEVELS else []
        sums.update(dict.fromkeys([*_groups_of(cell), *networks], count))
    return sums


def _added(masks: Mapping[Cell, Mapping[str, int]], cells: Iterable[Cell]) -> Counter[str]:
    """The masks of some cells together."""
    return sum((Counter(masks.get(cell, {})) for cell in cells), Counter())


def _asked(group: Group, scale: Scale) -> bool:
    return (scale.kind == "perspective") == (group == OUDERS_GROUP)


def _rounded(interval: Interval | None) -> tuple[Decimal, Decimal] | None:
    return (half_up(interval.low), half_up(interval.high)) if interval else None


def _difference(factor: str, levels: tuple[str, str], first: Figure, second: Figure) -> Difference:
    size = first.value - second.value
    exact = first.limit is None and second.limit is None
    return Difference(factor, levels, size if exact else None, gap_label(size))
