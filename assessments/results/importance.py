"""Puts what a report speaks of in one order of importance, which its cards, advices and conversation guide share.

A low voorgeschiedenis comes first: the main study found that it colours all that follows (Verstappen 2021, §5.3 and
§6.2). Then the largest difference between two levels, for the difference is the finding; what is low, the lowest first;
factors of which a part is low; those on which opinions are split; the other differences; what is in between; what is
strong.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from enum import IntEnum, auto
from typing import NamedTuple

from assessments.disclosure.published import Difference
from assessments.results.conditions import LOW, Judge, Subject
from assessments.scores.groups import level_group

PAST = "voorgeschiedenis"


class Rank(IntEnum):
    PAST_IS_LOW = auto()
    FURTHEST_APART = auto()
    LOW = auto()
    PARTLY_LOW = auto()
    SPLIT = auto()
    APART = auto()
    BETWEEN = auto()
    STRONG = auto()
    GENERAL = auto()


PRESSING = Rank.APART  # up to here something asks for attention


class Standing(NamedTuple):
    """Is where something stands in the order: its rank and, within it, its value (points, lowest first)."""

    rank: Rank
    value: Decimal = Decimal()


def standings(judge: Judge, subject: Subject) -> dict[str, Standing]:
    """Returns where each factor, and the outcome, stands for a level or the network, in the order of the phases.

    A factor that has no figure, and on which no two levels differ, is absent.
    """
    apart = {d.factor: standing for d, standing in differences(judge, subject).items()}
    items = [*(factor.key for factor in judge.instrument.factors), judge.instrument.outcome.key]
    found = {item: [*_of_figure(judge, subject, item), *([apart[item]] if item in apart else [])] for item in items}
    return {item: min(places) for item, places in found.items() if places}


def differences(judge: Judge, subject: Subject) -> dict[Difference, Standing]:
    """Returns the differences that a subject has part in, the largest of each factor, with where they stand.

    The largest comes first; ties are in the order of the phases.
    """
    own = [d for d in judge.published.differences if d.label != "geen" and subject.level in (None, *d.levels)]
    factors = list(judge.instrument.factor)
    largest: dict[str, Difference] = {}
    for difference in sorted(own, key=lambda d: (-distance(d, judge), factors.index(d.factor), d.levels)):
        largest.setdefault(difference.factor, difference)
    ranks = [Rank.FURTHEST_APART] + [Rank.APART] * len(largest)
    return {d: Standing(rank, -distance(d, judge)) for d, rank in zip(largest.values(), ranks, strict=False)}


def distance(difference: Difference, judge: Judge) -> Decimal:
    """Returns how far apart two levels' published values are; of a limit the limit itself."""
    values = [judge.published.figure(level_group(level), difference.factor) for level in difference.levels]
    first, second = (figure.value if figure else Decimal() for figure in values)
    return abs(first - second)


def _of_figure(judge: Judge, subject: Subject, item: str) -> Iterator[Standing]:
    figure = judge.published.figure(subject.group, item)
    readings = judge.readings(item, subject)
    if LOW in readings:
        yield Standing(Rank.PAST_IS_LOW if item == PAST else Rank.LOW, judge.lowest(item, subject))
    elif low := [part for part in _parts(judge, item) if LOW in judge.readings(part, subject)]:
        yield Standing(Rank.PARTLY_LOW, min(judge.lowest(part, subject) for part in low))
    if figure and figure.split:
        yield Standing(Rank.SPLIT, figure.value)
    if figure:
        yield Standing(Rank.STRONG if figure.band == "sterk" else Rank.BETWEEN, figure.value)


def _parts(judge: Judge, item: str) -> list[str]:
    factor = judge.instrument.factor.get(item)
    return [dimension.key for dimension in factor.dimensions] if factor else []
