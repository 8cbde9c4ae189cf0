"""Tells how near an end the sums lie that follow from a factor's figures and its dimensions. Knows counts and sums.

`extremes` does this for the factor alone, with some levels less some partners. Here the dimensions of a level that is
added may be taken away too, and those of a level that is not added may be added. So for those who answered everything
the columns of the table are dimensions of levels; whoever skipped statements weighs as their scores say. Slack is
counted in answer points, where the answers of somebody who answered everything weigh 1. All choices for the levels are
tried at once, in whole numbers. Given these, each partner is taken away or not, whichever gives the least slack; no
partner's choice bears on another's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np

from assessments.disclosure.mixes import Masks
from assessments.scores.groups import Cell, Group, level_group, partner_group
from assessments.scores.moments import Moments
from assessments.scores.readings import LIMITS, POINTS_NEAR_AN_END, Limit
from factors.instrument import Scale

NEVER = 2**60  # more than any slack
SIGNS = (-1, 0, 1)
Signs = tuple[int, ...]  # of a level's factor, then of its dimensions: added, left out or taken away


@dataclass(frozen=True)
class Remainders:
    """Holds one set of people on one factor: who answered which statements, and sums and limits by scale and group.

    Sums are of groups that may be shown; a figure with a limit counts at that limit, where this is a bound.
    """

    factor: Scale
    dimensions: Sequence[Scale]
    masks: Mapping[Cell, Masks]
    sums: Mapping[str, Mapping[Group, Moments]]
    limits: Mapping[str, Mapping[Group, Limit]]
    unit: int

    def are_off_the_ends(self, shown: Mapping[str, Sequence[str]]) -> bool:
        """Tells whether all that follows is more than five answer points off the ends where levels show `shown`."""
        return not any(self._is_near(end, shown) for end in ("low", "high"))

    def _is_near(self, end: str, shown: Mapping[str, Sequence[str]]) -> bool:
        """Tells whether some choice touches anybody and leaves little slack.

        `kept` and `taken` have a row a choice for the levels and a column a partner: what the answers that are left can
        add up to at most, where the partner is kept or taken away. `value` has what the levels' figures do add up to,
        by choice. Whether anybody is touched is looked at only for the few choices with little slack.
        """
        kept = taken = np.zeros((1, len(self._partners)), np.int64)
        value, weights = np.zeros(1, np.int64), []
        for level in self._levels:
            choices = list(self._choices(level, end, shown.get(level, ())))
            most, weight = self._answers(level, [signs for signs, _ in choices])
            kept, taken = _crossed(kept, most[:, :, 0]), _crossed(taken, most[:, :, 1])
            value = _crossed(value, np.array([total for _, total in choices]))
            weights.append(weight)
        sums = [self._sum(self.factor, partner_group(partner), end, -1) for partner in self._partners]
        taken += [NEVER if total is None else -total for total in sums]
        slack = np.minimum(kept, taken).sum(axis=1) - value
        near = np.flatnonzero(slack <= POINTS_NEAR_AN_END * self.unit)
        places = np.unravel_index(near, [len(weight) for weight in weights])
        left = sum(weight[place] for weight, place in zip(weights, places, strict=True))
        is_best = np.stack([kept[near] <= taken[near], taken[near] <= kept[near]], axis=2)
        return bool((is_best & (left != 0)).any())

    def _choices(self, level: str, end: str, shown: Sequence[str]) -> Iterator[tuple[Signs, int]]:
        """Yields the signs that a level's factor and dimensions can have, with what these figures add up to."""
        group = level_group(level)
        for added in (0, 1):
            options = [(0, -1 if added else 1) if d.key in shown else (0,) for d in self.dimensions]
            for signs in product((added,), *options):
                scales = zip((self.factor, *self.dimensions), signs, strict=True)
                totals = [self._sum(scale, group, end, sign) for scale, sign in scales if sign]
                if None not in totals:
                    yield signs, sum(total for total in totals if total is not None)

    def _sum(self, scale: Scale, group: Group, end: str, sign: int) -> int | None:
        """Returns the answer points of a shown sum times its sign, the scale turned so that `end` is the high one.

        Returns None where it is not known: a limit is a bound in one direction alone. The limit of a dimension by
        itself says no more than was meant, though it may be of ten answers.
        """
        moments, limit = self.sums[scale.key].get(group), self.limits[scale.key].get(group)
        if moments is None or (limit and ((limit == end) == (sign < 0) or (sign > 0 and scale.kind == "dimension"))):
            return None
        total = moments.total if end == "high" else 6 * moments.n * self.unit - moments.total
        if limit:
            total = int(2 * LIMITS["high" if limit == end else "low"]) * moments.n * self.unit // 2
        return sign * len(scale.places) * total

    def _answers(self, level: str, choices: Sequence[Signs]) -> np.ndarray:
        """Returns the most that a level's answers add up to, and their weight: by choice, partner and taken or not."""
        weights = np.tensordot(self._people(level), self._weights, 1)
        parts = [
            [sum(weights[:, place, signs[0] - taken, sign] for place, sign in enumerate(signs[1:])) for taken in (0, 1)]
            for signs in choices
        ]
        return np.array(parts).transpose(3, 0, 2, 1)

    def _people(self, level: str) -> np.ndarray:
        """Counts how many of a level answered what, by partner and mask."""
        cells = [self.masks.get((partner, level), {}) for partner in self._partners]
        return np.array([[cell.get(mask, 0) for mask in self._known] for cell in cells], np.int64)

    @cached_property
    def _weights(self) -> np.ndarray:
        """Returns, by mask, dimension and both signs, the most that answers add up to, and their weight.

        A sign of −1 is the last of its three places.
        """
        found = np.zeros((len(self._known), len(self.dimensions), len(SIGNS), len(SIGNS), 2), np.int64)
        for (row, mask), (place, d) in product(enumerate(self._known), enumerate(self.dimensions)):
            own, answers = sum(mask[at] == "1" for at in d.places), mask.count("1")
            for added, sign in product(SIGNS, SIGNS) if own else ():
                weight = added * len(self.factor.places) * self.unit // answers if answers >= self.factor.needed else 0
                weight += sign * len(d.places) * self.unit // own if own >= d.needed else 0
                found[row, place, added, sign] = own * weight * (5 if weight > 0 else 1), own * abs(weight)
        return found

    @cached_property
    def _known(self) -> list[str]:
        return sorted({mask for masks in self.masks.values() for mask in masks})

    @cached_property
    def _partners(self) -> list[str]:
        return sorted({partner for partner, _ in self.masks})

    @cached_property
    def _levels(self) -> list[str]:
        return sorted({level for _, level in self.masks})


def _crossed(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Adds each row of `first` to each row of `second`."""
    crossed: np.ndarray = first[:, None] + second[None, :]
    return crossed.reshape(-1, *second.shape[1:])
