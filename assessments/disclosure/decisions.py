"""Decides on every scale which groups show it, and which figures are more than n and a mean.

`dimensions` decides on dimensions.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from assessments.disclosure.combinations import alone, smallest_combination
from assessments.disclosure.extremes import Scored
from assessments.disclosure.groups import Shown, decide
from assessments.disclosure.limits import Limits
from assessments.disclosure.population import Population
from assessments.disclosure.presence import telling_partners
from assessments.scores.groups import NETWORK, OUDERS_GROUP, Group
from factors.instrument import Scale


def decide_scales(population: Population, limits: Limits) -> dict[str, Shown]:
    """Decides on every factor, the outcome and the perspective (rules 1 to 3, 7 and 8)."""
    scales, telling = population.instrument.scales.values(), telling_partners(population)
    return {scale.key: _decide(population, limits, scale, telling) for scale in scales if scale.kind != "dimension"}


def _decide(population: Population, limits: Limits, scale: Scale, telling: Collection[Group]) -> Shown:
    is_ouders = scale.kind == "perspective"  # they have no personal links: everybody is judged (rule 8)
    everybody = population.everybody.scored.get(scale.key, {})
    judged = everybody if is_ouders else population.judged.scored.get(scale.key, {})
    moments, statements = population.moments(scale.key), len(scale.places)
    sets = [Scored(everybody, moments, statements)]
    if judged is not everybody:
        sets.append(Scored(judged, population.judged_moments(scale.key), statements))
    return decide(
        judged,
        population.minimum_of(OUDERS_GROUP if is_ouders else NETWORK),
        sets=sets,
        limits=limits.of_all(moments, scale.key),
        never={*telling, *(group for group in moments if limits.is_disputed(group, scale.key))},
        only_guests=everybody.keys() - judged.keys(),
    )


def decide_full(population: Population, shown: Mapping[str, Shown]) -> dict[str, frozenset[Group]]:
    """Returns, by scale, those of the groups `shown` whose figure may be more than n and a mean (rule 5)."""
    return {item: _full(population, population.instrument.scales[item], own.groups) for item, own in shown.items()}


def _full(population: Population, scale: Scale, shown: Collection[Group]) -> frozenset[Group]:
    """Returns the groups of 2m people, without the partners where groups combine to fewer (rules 5a and 5b).

    There are none on a dimension of one statement: its mean, interval and verdeeld would tell how often each value was
    given.
    """
    if scale.kind == "dimension" and len(scale.places) == 1:
        return frozenset()
    large = frozenset(group for group in shown if population.is_twice(group, scale.key))
    partners = {group for group in large if group.kind == "partner"}
    if partners and not _combine_well(population, scale.key, large - partners, partners):
        return large - partners
    return large


def _combine_well(population: Population, item: str, levels: Collection[Group], partners: Collection[Group]) -> bool:
    """Tells whether all groups that follow from levels and partners are large enough for a full figure.

    That is 2m for the spread, and m for 'weet ik niet', which rests on all who gave an answer.
    """
    scored, given = population.judged.scored.get(item, {}), population.judged.given.get(item, {})
    only_guests = population.everybody.given.get(item, {}).keys() - given.keys()
    minimum, sums = population.minimum, ([own.key for own in levels], [own.key for own in partners])
    counts = [(scored, 2 * minimum), (given, minimum), alone(given, only_guests)]
    return not any(smallest_combination(people, *sums, least) for people, least in counts)
