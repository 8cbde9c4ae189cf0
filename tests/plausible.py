"""Draws what is published of plausible networks: scores go together, levels differ, and some groups are hidden."""

from decimal import Decimal
from random import Random

from assessments.disclosure.figures import make_differences
from assessments.disclosure.published import Figure, Hidden, Published, PublishedGroup
from assessments.scores.groups import NETWORK, level_group
from assessments.scores.readings import LIMITS, band
from factors.instrument import CONTEXT, LEVELS
from tests.instrument import INSTRUMENT

# Standard deviations in points: of networks, of levels in a network, of factors in a level, of dimensions in a factor.
NETWORKS, BETWEEN_LEVELS, BETWEEN_FACTORS, BETWEEN_DIMENSIONS = 0.45, 0.3, 0.45, 0.4
CENTRE, RISE = 3.2, 0.25  # points; in the studies each level above the first is more content than the one below it
IS_HIDDEN, HAS_NO_DIMENSIONS, LACKS_A_FIGURE, IS_SPLIT = 0.15, 0.25, 0.08, 0.1
EVERYBODY_ANSWERED = 0.1


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
    return _published(shown, 12 if random.random() < EVERYBODY_ANSWERED else 30), said


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


def _figure(points, split, is_large=False):
    mean = Decimal(str(round(min(max(points, 1.0), 5.0), 1)))
    if is_large or LIMITS["low"] < mean < LIMITS["high"]:
        return Figure(12, band(mean), mean, split=split and band(mean) == "bespreken")
    limit = "low" if mean <= LIMITS["low"] else "high"
    return Figure(12, band(mean), limit=limit)


def odd(random: Random) -> Published:
    """Returns what is published of a network such as few are, in which a sentence may say what is not so.

    All scores alike, or near an end; groups large enough for a mean beyond a limit; levels, or most factors, hidden;
    and any response.
    """
    centre = random.choice([1.0, 1.4, 2.0, 2.9, 3.0, 3.9, 4.0, 4.4, 4.6, 5.0])
    spread, lacks = random.choice([0, 0, 0.05, 0.2, 0.6]), random.choice([0, 0, 0.1, 0.5, 0.95])
    between, has_dimensions = random.choice([0, 0, 0.1, 0.5, 1.5]), random.random() < 0.5
    shown = {}
    for level in random.choice([LEVELS, LEVELS, LEVELS[:2], LEVELS[::2], LEVELS[2:], ()]):
        middle, is_large = centre + random.gauss(0, between), random.random() < 0.4
        scales = [*(factor.key for factor in INSTRUMENT.factors), INSTRUMENT.outcome.key]
        scales += INSTRUMENT.dimensions if has_dimensions else []
        found = {key: _figure(random.gauss(middle, spread), random.random() < IS_SPLIT, is_large) for key in scales}
        shown[level] = {key: figure for key, figure in found.items() if random.random() >= lacks}
    return _published(shown, random.choice([None, 12, 13, 24, 25, 60]), random.choice(["small", "complementary"]))


def _published(shown, invited=None, why="small"):
    groups = [PublishedGroup(level_group(level), 12, invited, figures) for level, figures in shown.items()]
    network = {}
    for item in shown.get(LEVELS[0], {}) if len(shown) == len(LEVELS) else ():
        own = [figures.get(item) for figures in shown.values()]
        if item not in INSTRUMENT.dimensions and all(figure and figure.mean for figure in own):
            mean = round(sum(figure.mean for figure in own) / 3, 1)
            network[item] = Figure(36, band(mean), mean)
    if network:
        groups.append(PublishedGroup(NETWORK, 36, invited and 3 * invited, network))
    hidden = [level_group(level) for level in LEVELS if level not in shown]
    differences = make_differences(INSTRUMENT, {level_group(level): figures for level, figures in shown.items()})
    return Published(5, tuple(groups), differences, tuple(Hidden(group, None, why) for group in hidden))
