"""Which dimensions of a factor a level may show beside the factor itself.

Dimensions are shown for levels only, never for partners: levels have no people in common, so nothing but the factor's
own sums, which partners do share, can be combined with them. The largest set of dimensions is shown that keeps three
things: what is left of the factor less dimensions rests on enough people (`mixes`), it lies near no end of the scale
(`remainders`), and the shares of 'weet ik niet', of which the same sums can be made, rest on enough people.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from assessments.disclosure.mixes import Masks, Mixes
from assessments.disclosure.remainders import Remainders
from assessments.scores.moments import Moments
from assessments.scores.readings import Limit
from factors.instrument import Scale

LEAST_OF_ONE_STATEMENT = 10  # people of whom the answers to one statement may be told by their mean


@dataclass(frozen=True)
class Level:
    """What is known of a level's people on one factor.

    `people` and `guests` (who came by an open link) by partner, those of hidden partners together; `given` by partner
    and dimension how many of `people` gave any answer; `populations` the masks and the sums by scale of everybody, and
    of `people` where these are fewer; `limits` by dimension.
    """

    people: Sequence[Masks]
    guests: Sequence[Masks]
    given: Sequence[Mapping[str, int]]
    populations: Sequence[tuple[Masks, Mapping[str, Moments]]]
    limits: Mapping[str, Limit]


def least_people(dimension: Scale, minimum: int) -> int:
    """How many people a dimension must rest on: as many as anything but a mean, and more if it is one statement."""
    return max(2 * minimum, LEAST_OF_ONE_STATEMENT) if len(dimension.places) == 1 else 2 * minimum


def dimensions_to_show(
    level: Level, factor: Scale, dimensions: Sequence[Scale], large: Collection[str], minimum: int
) -> tuple[str, ...]:
    """The keys of `dimensions` that a level may show beside `factor`, of those that are `large` enough.

    Of sets as large the one with the most scores, then the first in the order of the instrument.
    """
    mixes = Mixes(factor, dimensions, level.people, level.guests)
    remainders = [Remainders(factor, dimensions, *own) for own in level.populations]
    for shown in _sets([d.key for d in dimensions if d.key in large], level):
        if (
            mixes.rest_on_enough(shown, minimum)
            and all(own.are_off_the_ends(shown, level.limits) for own in remainders)
            and _shares_rest_on_enough(level.given, dimensions, shown, minimum)
        ):
            return shown
    return ()


def _sets(keys: Sequence[str], level: Level) -> Iterator[tuple[str, ...]]:
    """All sets of `keys` but none at all, the best first."""
    _, moments = level.populations[-1]
    for size in range(len(keys), 0, -1):
        yield from sorted(combinations(keys, size), key=lambda chosen: -sum(moments[key].n for key in chosen))


def _shares_rest_on_enough(
    given: Sequence[Mapping[str, int]], dimensions: Sequence[Scale], shown: Collection[str], minimum: int
) -> bool:
    """Whether the factor's share of 'weet ik niet' less those of dimensions rests on enough people.

    There everybody's answers weigh the same, so in each partner those who told something of the dimensions taken away
    are touched, or those who told something of the others.
    """
    keys = {d.key for d in dimensions}
    for size in range(1, len(shown) + 1):
        for taken in combinations(sorted(shown), size):
            rest = keys - set(taken)
            if rest and sum(min(_most(own, taken), _most(own, rest)) for own in given) < minimum:
                return False
    return True


def _most(given: Mapping[str, int], keys: Collection[str]) -> int:
    """How many people at least told something of one of the dimensions `keys`."""
    return max(given.get(key, 0) for key in keys)
