"""Decides which dimensions of a factor a level may show beside the factor itself.

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
from assessments.rules.minimum import LEAST_OF_ONE_STATEMENT
from factors.instrument import Scale


@dataclass(frozen=True)
class Level:
    """Holds what is known of a level's people on one factor.

    `judged` and `guests` are by partner, with those of hidden partners together. `given` has, by partner and dimension,
    the number of the judged who gave any answer; `large` the dimensions with enough scores, and how many.
    """

    judged: Sequence[Masks]
    guests: Sequence[Masks]
    given: Sequence[Mapping[str, int]]
    large: Mapping[str, int]


def least_people(dimension: Scale, minimum: int) -> int:
    """Returns the number of people a dimension must rest on (rule 6a): 2m, and more where it is one statement."""
    return max(2 * minimum, LEAST_OF_ONE_STATEMENT) if len(dimension.places) == 1 else 2 * minimum


def dimensions_to_show(
    levels: Mapping[str, Level],
    factor: Scale,
    dimensions: Sequence[Scale],
    sets: Sequence[Remainders],
    minimum: int,
) -> dict[str, tuple[str, ...]]:
    """Returns the keys of `dimensions` that each of `levels` may show beside `factor`, level after level (rule 6).

    Among choices of as many dimensions it takes the one with the most scores, then the first in the order of the
    instrument. `sets` are everybody and, where these are fewer, the judged.
    """
    shown: dict[str, tuple[str, ...]] = {}
    for key, level in levels.items():
        mixes = Mixes(factor, dimensions, level.judged, level.guests)
        for own in _choices(level.large):
            if (
                mixes.rest_on_enough(own, minimum)
                and _shares_rest_on_enough(level.given, dimensions, own, minimum)
                and all(people.are_off_the_ends(shown | {key: own}) for people in sets)
            ):
                shown[key] = own
                break
    return shown


def _choices(large: Mapping[str, int]) -> Iterator[tuple[str, ...]]:
    """Yields all choices of one dimension or more, the best first."""
    for size in range(len(large), 0, -1):
        yield from sorted(combinations(large, size), key=lambda chosen: -sum(large[key] for key in chosen))


def _shares_rest_on_enough(
    given: Sequence[Mapping[str, int]], dimensions: Sequence[Scale], shown: Collection[str], minimum: int
) -> bool:
    """Tells whether the factor's share of 'weet ik niet' less those of dimensions rests on enough people.

    In such a share everybody's answers weigh the same. So in each partner it touches those who gave an answer to the
    dimensions taken away, or those who gave one to the others.
    """
    keys = {d.key for d in dimensions}
    for size in range(1, len(shown) + 1):
        for taken in combinations(sorted(shown), size):
            rest = keys - set(taken)
            if rest and sum(min(_most(own, taken), _most(own, rest)) for own in given) < minimum:
                return False
    return True


def _most(given: Mapping[str, int], keys: Collection[str]) -> int:
    """Returns the least number of people who can have given an answer to one of the dimensions `keys`."""
    return max(given.get(key, 0) for key in keys)
