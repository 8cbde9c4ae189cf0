"""Tells whether a factor less a mix of its dimensions rests on enough people at one level. Knows no answers.

It goes by which statements people answered. A factor's score is a mix of its dimensions' scores, and not everybody's is
the same mix: it depends on what somebody skipped. The unknowns are the single answers. A combination gives the level's
dimension j a weight d(j) and the factor's score of the people of partner p a weight c(p): the level's own, and the
partner's where it is shown (those of all hidden partners share one). An answer to dimension j of somebody who answered
the statements M then weighs

    c(p) / |M|, if they have a factor score,  +  d(j) / |M in j|, if they have a score on j,

and a person is untouched where that is 0 for each of their answers. For given d each partner's c(p) can be chosen on
its own. So it is enough to look at few d. Take a combination that touches as few people as can be. Where the weights
of two dimensions are not tied to each other by people who are untouched, one of the two can be set to 0 without
touching anybody else. So all d(j) that are not 0 are tied: by somebody who answered both, or by two people of one
partner. Either fixes their ratio. `_weights` lists all d that can be built with such ratios.

Of one level this is exact. Partners' weights touch people elsewhere too. These are left out, so the number is never too
high.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import Literal

import numpy as np

from factors.instrument import Scale

Masks = Mapping[str, int]  # which statements were answered, '1' or '0' each, to the number of people
Weights = Mapping[str, Fraction]  # of dimensions
Free = Literal["any", "none"]  # whether any weight of the factor leaves somebody untouched, or none does


@dataclass(frozen=True)
class Mixes:
    """Holds a level's people by partner (hidden ones together), as the statements of `factor` that they answered.

    `people` are the judged. `guests`, partner by partner in the same order, don't count, but no combination may touch
    them alone (rule 7b).
    """

    factor: Scale
    dimensions: Sequence[Scale]
    people: Sequence[Masks]
    guests: Sequence[Masks]

    def rest_on_enough(self, shown: Collection[str], minimum: int) -> bool:
        """Tells whether each combination of the factor and dimensions `shown` rests on `minimum` people, or nobody.

        Where it rests on nobody, the factor follows from its dimensions: that may be so of all people
        of the level together, never of some partners alone.
        """
        return all(self._rests_on_enough(weights, minimum) for weights in self._weights(shown))

    def _rests_on_enough(self, weights: Weights, minimum: int) -> bool:
        wanted = [self._untouched_at(mask, weights) for mask in self._masks]
        values: Sequence[Fraction | None] = sorted({own for own in wanted if isinstance(own, Fraction)}) or [None]
        # By partner, how many people each weight of the factor leaves untouched; each partner has its own best one.
        untouched = self._counted @ np.array([[own in (value, "any") for value in values] for own in wanted], np.int64)
        touched = int((self._counted.sum(axis=1) - untouched.max(axis=1)).sum())
        return touched >= minimum if touched else self._is_one_mix(wanted)

    def _is_one_mix(self, wanted: Sequence[Fraction | Free]) -> bool:
        """Tells whether one weight of the factor leaves everybody untouched, guests too: then nothing new is told."""
        at = dict(zip(self._masks, wanted, strict=True))
        asked = {at[mask] for masks in (*self.people, *self.guests) for mask in masks} - {"any"}
        return len(asked) == 1 and "none" not in asked

    def _untouched_at(self, mask: str, weights: Weights) -> Fraction | Free:
        """Returns the factor's weight, with its sign turned, that leaves somebody who answered `mask` untouched."""
        told, answers = self._answered[mask], mask.count("1")
        own = {
            weights.get(d.key, Fraction()) * answers / told[d.key] if told[d.key] >= d.needed else Fraction()
            for d in self.dimensions
            if told[d.key]
        }
        if answers < self.factor.needed:
            return "none" if any(own) else "any"
        return own.pop() if len(own) == 1 else "none"

    @cached_property
    def _masks(self) -> list[str]:
        return sorted({mask for masks in (*self.people, *self.guests) for mask in masks})

    @cached_property
    def _counted(self) -> np.ndarray:
        """Counts how many people answered what: a row a partner, a column a mask."""
        rows = [[masks.get(mask, 0) for mask in self._masks] for masks in self.people]
        return np.array(rows, np.int64).reshape(len(rows), len(self._masks))

    @cached_property
    def _answered(self) -> dict[str, dict[str, int]]:
        """Counts, by mask and dimension, how many statements were answered."""
        return {
            mask: {d.key: sum(mask[place] == "1" for place in d.places) for d in self.dimensions}
            for mask in self._masks
        }

    def _weights(self, shown: Collection[str]) -> Iterator[Weights]:
        """Yields all weights of dimensions that untouched people can tie together, up to a common factor."""
        ties = self._ties(shown)
        keys = [d.key for d in self.dimensions if d.key in shown]
        waiting: list[Weights] = [{key: Fraction(1)} for key in keys]
        found = set()
        while waiting:
            weights = waiting.pop()
            first = next(weights[key] for key in keys if key in weights)
            name = tuple(weights[key] / first if key in weights else None for key in keys)
            if name not in found:
                found.add(name)
                yield weights
                for (tied, key), ratios in ties.items():
                    if tied in weights and key not in weights:
                        waiting += [{**weights, key: weights[tied] * ratio} for ratio in ratios]

    def _ties(self, shown: Collection[str]) -> dict[tuple[str, str], set[Fraction]]:
        """Returns the ratios of two dimensions' weights that leave somebody untouched, or two people of one partner."""
        ties: dict[tuple[str, str], set[Fraction]] = {}
        for first, second in self._pairs:
            if (first.keys() | second.keys()) <= set(shown):
                for (one, a), (other, b) in product(first.items(), second.items()):
                    if one != other:
                        ties.setdefault((one, other), set()).add(b / a)
        return ties

    @cached_property
    def _pairs(self) -> list[tuple[Weights, Weights]]:
        """Returns the parts of one person, and those of two people of a partner with no answered dimension in common.

        Two people with one in common tie its weight to the others' in the same way, or can't both be untouched.
        """
        pairs = {pair for masks in self.people for pair in product(masks, masks)}
        parts = [(self._parts[a], self._parts[b], a == b) for a, b in pairs if a in self._parts and b in self._parts]
        return [(a, b) for a, b, is_one in parts if is_one or not a.keys() & b.keys()]

    @cached_property
    def _parts(self) -> dict[str, dict[str, Fraction]]:
        """Returns which part of a factor score each answered dimension is, by mask of those who have one."""
        return {
            mask: {key: Fraction(count, mask.count("1")) for key, count in told.items() if count}
            for mask, told in self._answered.items()
            if mask.count("1") >= self.factor.needed
        }
