"""Makes of a few words what is published: 'regels zorg, vertrouwen 3.4'; and picks the advice that follows."""

from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from assessments.disclosure.published import Difference, Figure, Hidden, Published, PublishedGroup
from assessments.results.advice import pick, up_front
from assessments.results.conditions import Judge, Subject
from assessments.scores.groups import NETWORK, level_group
from assessments.scores.readings import band, gap_label, half_up
from factors.instrument import EVERY, LEVELS
from tests.instrument import INSTRUMENT

RULES = {rule.key: rule for rule in INSTRUMENT.rules}
FACTORS = [factor.key for factor in INSTRUMENT.factors]
BANDS = {"zorg", "bespreken", "sterk"}

# ---------------------------------------------------------------- from words to published figures

MEANS = {"zorg": "2.0", "bespreken": "3.5", "sterk": "4.5", "verdeeld": "3.5"}


def figures(words):
    """Returns the published figures that words such as 'regels zorg, vertrouwen 3.4' describe.

    'elke_factor sterk' is all eleven; later words win.
    """
    found = {}
    for item, reading in (entry.split() for entry in filter(None, words.split(", "))):
        mean = Decimal(MEANS.get(reading, reading))
        for key in FACTORS if item == EVERY else [item]:
            found[key] = Figure(n=12, band=band(mean), mean=mean, split=reading == "verdeeld")
    return found


def published(**levels):
    """Returns what is published where the levels have these words; an item without a word is hidden.

    The network's figures and the differences between levels follow from the levels', as in a real round.
    """
    shown = {level: figures(words) for level, words in levels.items()}
    network = {}
    for item in shown.get(LEVELS[0], {}) if set(shown) == set(LEVELS) else ():
        if all(item in own for own in shown.values()):
            mean = half_up(Fraction(sum(own[item].mean for own in shown.values())) / 3)
            network[item] = Figure(n=36, band=band(mean), mean=mean)
    groups = [(level_group(level), own) for level, own in shown.items()] + [(NETWORK, network)]
    differences = [
        Difference(item, (a, b), size, gap_label(size))
        for a, b in combinations([level for level in LEVELS if level in shown], 2)
        for item in FACTORS
        if item in shown[a] and item in shown[b]
        for size in [shown[a][item].mean - shown[b][item].mean]
    ]
    return Published(
        minimum=5,
        groups=tuple(PublishedGroup(group, 12, None, own) for group, own in groups if own),
        differences=tuple(differences),
        hidden=tuple(Hidden(group, None, "small") for group, own in groups if not own),
    )


def picks(said=None, /, **levels):
    """Returns the advice that is picked where the levels have these words.

    `said` is what the network said of itself.
    """
    return pick(published(**levels), INSTRUMENT, said)


def advices(level, said=None, /, **levels):
    """Returns the keys of the advices of a level (None: the network), in their order."""
    return [p.advice for p in picks(said, **levels) if p.level == level]


def first(level, **levels):
    """Returns what stands up front for a level where the levels have these words."""
    return up_front(picks(**levels), level)


def rules_of(level, **levels):
    """Returns the keys of the rules that hold for a level (None: the network), whatever place their advice gets."""
    judge = Judge(published(**levels), INSTRUMENT, {})
    return {rule.key for rule in judge.holding(Subject(level))}


def offered(level, said=None, /, **levels):
    """Returns the keys of all that the rules which hold for a level have to offer, more than the ten that it gets."""
    judge = Judge(published(**levels), INSTRUMENT, said or {})
    held = judge.holding(Subject(level))
    waiting = {key for rule in held for key in rule.waits}
    return {key for rule in held for key in rule.advice} - waiting
