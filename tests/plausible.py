"""Draws what is published of plausible networks: scores go together, levels differ, and some groups are hidden."""

from decimal import Decimal
from itertools import combinations
from random import Random

from assessments.disclosure.published import Difference, Figure, Hidden, Published, PublishedGroup
from assessments.scores.groups import NETWORK, level_group
from assessments.scores.readings import LIMITS, band, gap_label
from factors.instrument import CONTEXT, LEVELS
from tests.instrument import INSTRUMENT

# Standard deviations in points: of networks, of levels in a network, of factors in a level, of dimensions in a factor.
NETWORKS, BETWEEN_LEVELS, BETWEEN_FACTORS, BETWEEN_DIMENSIONS = 0.45, 0.3, 0.45, 0.4
CENTRE, RISE = 3.2, 0.25  # points; in the studies each level above the first is more content than the one below it
IS_HIDDEN, HAS_NO_DIMENSIONS, LACKS_A_FIGURE, IS_SPLIT = 0.15, 0.25, 0.08, 0.1


def plausible(random: Random) -> tuple[Published, dict[str, str]]:
    """Returns what is published of one network, and what it said of itself."""
    centre = random.gauss(CENTRE, NETWORKS)
    liked = {factor.key: random.gauss(0, BETWEEN_FACTORS) for factor in INSTRUMENT.factors}
    shown = {
        level: _figures(random, centre + place * RISE + random.gauss(0, BETWEEN_LEVELS), liked)
        for place, level in enumerate(LEVELS)
        if random.random() > IS_HIDDEN
    }
    said = {word: random.choice(answers) for word, answers in CONTEXT.items() if random.random() < 0.8}
    return _published(shown), said


def _figures(random, centre, liked):
    has_dimensions = random.random() > HAS_NO_DIMENSIONS
    found = {}
    for factor in INSTRUMENT.factors:
        mean = centre + liked[factor.key] + random.gauss(0, BETWEEN_FACTORS / 2)
        found[factor.key] = _figure(mean, random.random() < IS_SPLIT)
        for dimension in factor.dimensions if has_dimensions else ():
            found[dimension.key] = _figure(mean + random.gauss(0, BETWEEN_DIMENSIONS), False)
    found[INSTRUMENT.outcome.key] = _figure(centre + random.gauss(0, BETWEEN_FACTORS), False)
    return {item: figure for item, figure in found.items() if random.random() > LACKS_A_FIGURE}


def _figure(points, split):
    mean = Decimal(str(round(min(max(points, 1), 5), 1)))
    if LIMITS["low"] < mean < LIMITS["high"]:
        return Figure(12, band(mean), mean, split=split and band(mean) == "bespreken")
    limit = "low" if mean <= LIMITS["low"] else "high"
    return Figure(12, band(mean), limit=limit)


def _published(shown):
    groups = [PublishedGroup(level_group(level), 12, None, figures) for level, figures in shown.items()]
    network = {}
    for item in shown.get(LEVELS[0], {}) if len(shown) == len(LEVELS) else ():
        own = [figures.get(item) for figures in shown.values()]
        if item not in INSTRUMENT.dimensions and all(figure and figure.mean for figure in own):
            mean = round(sum(figure.mean for figure in own) / 3, 1)
            network[item] = Figure(36, band(mean), mean)
    if network:
        groups.append(PublishedGroup(NETWORK, 36, None, network))
    hidden = [level_group(level) for level in LEVELS if level not in shown]
    differences = [
        Difference(factor.key, (a, b), first.value - second.value, gap_label(first.value - second.value))
        for factor in INSTRUMENT.factors
        for a, b in combinations(shown, 2)
        for first, second in [(shown[a].get(factor.key), shown[b].get(factor.key))]
        if first and second
    ]
    return Published(5, tuple(groups), tuple(differences), tuple(Hidden(group, None, "small") for group in hidden))
