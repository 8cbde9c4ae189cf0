"""What is left of a level's factor less its dimensions, and how near an end of the scale that lies.

The reader may take away as much of each dimension as she likes. What is missing then to all fives where an answer's
weight is positive, and to all ones where it is negative, is the *slack* of the rest. It adds up over the dimensions,
for a factor's answers to a dimension and the dimension's score weigh on those answers alone; and for each it is least
where somebody's answers drop out altogether. So the least slack of all is found dimension by dimension, exactly.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessments.disclosure.mixes import Masks
from assessments.scores.moments import Moments
from assessments.scores.readings import LIMITS, Limit, is_at_an_end
from factors.instrument import Scale


@dataclass(frozen=True)
class Remainders:
    """The people of a level as the statements of `factor` that they answered, and their sums by scale."""

    factor: Scale
    dimensions: Sequence[Scale]
    masks: Masks
    moments: Mapping[str, Moments]

    def are_off_the_ends(self, shown: Collection[str], limits: Mapping[str, Limit]) -> bool:
        """Whether nothing that is left of the factor less dimensions `shown` is five answer points from an end.

        A dimension with a limit counts at that limit, and only where this is a bound.
        """
        return not any(self._reaches(end, shown, limits) for end in ("low", "high"))

    def _reaches(self, end: str, shown: Collection[str], limits: Mapping[str, Limit]) -> bool:
        known = {key: self._sum(key, end, limits.get(key)) for key in shown if limits.get(key) != end}
        least = [self._least_slack(d, known.get(d.key)) for d in self.dimensions]
        slack = sum((own for own, _ in least), Fraction()) - self._sum(self.factor.key, end, None)
        return any(touches for _, touches in least) and is_at_an_end(slack, len(self.factor.places))

    def _sum(self, key: str, end: str, limit: Limit | None) -> Fraction:
        """The sum of a scale's scores with the scale turned so that `end` is the high one."""
        moments = self.moments[key]
        if limit:
            return moments.n * Fraction(LIMITS["low"])
        points = Fraction(moments.total, moments.unit)
        return points if end == "high" else 6 * moments.n - points

    def _least_slack(self, dimension: Scale, known: Fraction | None) -> tuple[Fraction, bool]:
        """The most that answers to a dimension can add, with what is taken away best, and whether any are left."""
        own = [part for mask, people in self.masks.items() if (part := self._part(mask, people, dimension))]
        shares = {share for share, is_scored, _ in own if share and is_scored} if known is not None else set()
        slacks = []
        for taken in sorted({Fraction(), *shares}):
            weights = [(share - taken * is_scored, people) for share, is_scored, people in own]
            most = sum((people * (5 * w if w > 0 else w) for w, people in weights), Fraction())
            slacks.append((most + taken * (known or 0), any(w for w, _ in weights)))
        return min(slacks)

    def _part(self, mask: str, people: int, dimension: Scale) -> tuple[Fraction, bool, int] | None:
        """Which part of the factor's score the answers to a dimension are, and whether they make a score of it."""
        answers, own = mask.count("1"), sum(mask[place] == "1" for place in dimension.places)
        share = Fraction(own, answers) if own and answers >= self.factor.needed else Fraction()
        return (share, own >= dimension.needed, people) if own else None
