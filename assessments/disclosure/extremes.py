"""Tells whether shown sums combine to one so near an end of the scale that answers follow. Knows one scale alone.

The published sums are rows and columns of a table of people by partner and level. 'Levels A less partners B' leaves
weight 1 on the cells that are in A alone and −1 on those in B alone. Its *slack* to the high end is what the former
miss to all fives and the latter to all ones: Σ(5n − S) over A plus Σ(S − n) over B less 4n for each cell in both. To
the low end everything is mirrored. A combination tells of single answers where its slack is small.

These combinations are enough. What a reader can say of a cell's sum from shown sums and from answers of 1 to 5 is the
most or the least that a flow can bring through one arc of a network: levels and partners are its nodes (a hidden one
is joined to the ground), cells its arcs, each with room for n to 5n. By max-flow min-cut the bound is that of a cut: a
set of nodes, so weight 1 for some levels, −1 for some partners and 0 for the rest. (The table's matrix is totally
unimodular; the multipliers of a linear program on it are therefore 0 and ±1.) Bounds of several cells are sums of such.

A group that is published as a limit counts at that limit, in the direction in which it is a bound; else as hidden.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from assessments.disclosure.combinations import People, split
from assessments.scores.groups import Group, level_group, partner_group
from assessments.scores.moments import Moments
from assessments.scores.readings import LIMITS, Limit, end_of, is_at_an_end, limit_of

LEAST_SLACK = int(2 * (5 - LIMITS["high"]))  # for a person in a mean that may be shown: half a point, in half points
OTHER_END: Mapping[Limit, Limit] = {"high": "low", "low": "high"}
Step = tuple[int, int]  # how many people a choice touches, and what it costs
Choice = tuple[str, Step, Step | None]  # a partner: left out, and subtracted where it may be


@dataclass(frozen=True)
class Scored:
    """Holds who of a set of people have a score on a scale of so many `statements`, and the sums by group."""

    people: People
    moments: Mapping[Group, Moments]
    statements: int


@dataclass(frozen=True)
class _Table:
    """Holds the shown sums of a set of people; costs are in halves of a unit, so that a limit's are whole."""

    scored: Scored
    shown: Collection[Group]
    limits: Mapping[Group, Limit]
    unit: int

    def room(self, group: Group, end: Limit) -> int | None:
        """Returns twice what the sum of a shown group misses to `end`; None where nobody can tell."""
        moments = self.scored.moments.get(group)
        if moments is None or group not in self.shown or self.limits.get(group) == OTHER_END[end]:
            return None
        if group in self.limits:
            return moments.n * self.unit * LEAST_SLACK
        ends = {"high": 5 * moments.n * self.unit - moments.total, "low": moments.total - moments.n * self.unit}
        return 2 * ends[end]

    def choices(self, levels: Collection[str], end: Limit, counted: People, per_person: int) -> Iterator[Choice]:
        """Yields what each partner costs beside `levels`, less `per_person` for each person that is touched.

        People inside `levels` that are subtracted are not touched, and 4 points each come off: 8 halves of a unit's.
        """
        inside, outside = split(self.scored.people, levels)
        inside_counted, outside_counted = split(counted, levels)
        for partner in sorted(inside.keys() | outside.keys()):
            within, beyond = inside.get(partner, 0), outside.get(partner, 0)
            left_out = inside_counted.get(partner, 0), -per_person * within
            room = self.room(partner_group(partner), OTHER_END[end])
            cost = None if room is None else room - 8 * self.unit * within - per_person * beyond
            yield partner, left_out, None if cost is None else (outside_counted.get(partner, 0), cost)

    def sides(self) -> Iterator[tuple[tuple[str, ...], Limit, int]]:
        """Yields the sets of shown levels, each with the end that is looked at and the room that they have to it."""
        keys = sorted(group.key for group in self.shown if not group.is_part)
        for size in range(1, len(keys) + 1):
            for levels in combinations(keys, size):
                for end in OTHER_END:
                    rooms = [self.room(level_group(level), end) for level in levels]
                    known = [room for room in rooms if room is not None]
                    if len(known) == len(rooms):
                        yield levels, end, sum(known)


def partners_to_an_end(
    scored: Scored,
    judged: People,
    shown: Collection[Group],
    limits: Mapping[Group, Limit],
    minimum: int,
) -> tuple[str, ...]:
    """Returns the partners of a combination of shown sums that lies too near an end, or () where there is none.

    Too near is under half a point a person while it touches fewer than twice `minimum` people of `judged`, and five
    answer points or fewer however many it touches. Levels alone, and partners alone, never are: their slacks add up.
    """
    unit = next(iter(scored.moments.values())).unit if scored.moments else 1
    table = _Table(scored, shown, limits, unit)
    for levels, end, room in table.sides():
        few = _cheapest(room, table.choices(levels, end, judged, unit * LEAST_SLACK), 2 * minimum)
        for touched, (cost, partners) in few.items():
            if touched < 2 * minimum and cost < 0 and partners:
                return partners
        cost, partners = _cheapest(room, table.choices(levels, end, scored.people, 0), 1).get(1, (0, ()))
        if partners and is_at_an_end(Fraction(cost, 2 * unit), scored.statements):
            return partners
    return ()


def _cheapest(room: int, choices: Iterable[Choice], most: int) -> dict[int, tuple[int, tuple[str, ...]]]:
    """Returns the least cost and its partners, by the number of people touched: `most` stands for that many or more."""
    reached: dict[int, tuple[int, tuple[str, ...]]] = {0: (room, ())}
    for partner, left_out, subtracted in choices:
        step: dict[int, tuple[int, tuple[str, ...]]] = {}
        for touched, (cost, chosen) in reached.items():
            for own, partners in ((left_out, chosen), (subtracted, (*chosen, partner))):
                if own is not None:
                    state, total = min(touched + own[0], most), cost + own[1]
                    if state not in step or total < step[state][0]:
                        step[state] = total, partners
        reached = step
    return reached


def ends_near(everybody: Moments, judged: Moments, *, is_small: bool, statements: int) -> frozenset[Limit | None]:
    """Returns the ends that everybody, the judged and the guests lie near; nothing where neither of the first two does.

    Rules 3a and 7c. More than one value is a disagreement; None among them is no end. Where some came by an open link,
    whoever knows those answers could put the limit of everybody where they like, and so learn of the others. So a limit
    must hold for all three, or nothing is shown.
    """
    if not any((is_small and limit_of(own.mean)) or end_of(own, statements) for own in (everybody, judged)):
        return frozenset()
    means = [everybody.mean, judged.mean]
    if judged.n < everybody.n:
        means.append(Fraction(everybody.total - judged.total, (everybody.n - judged.n) * everybody.unit))
    return frozenset(_limit_that_holds(mean) for mean in means)


def _limit_that_holds(mean: Fraction) -> Limit | None:
    if mean <= Fraction(LIMITS["low"]):
        return "low"
    return "high" if mean >= Fraction(LIMITS["high"]) else None
