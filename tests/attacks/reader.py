"""A reader knows of a block of statements who answered which of them, and every figure that is published.

Answers are a table of whole numbers, a row a person and a column a statement, 0 where a statement was not answered.
This is written apart from the code that publishes: `fits` says whether other answers would have been published in the
same way.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import floor, sqrt

import numpy as np
from scipy.special import stdtrit

from factors.instrument import LEVELS
from tests.people import INSTRUMENT, UNIT, Person, is_asked, personal_score

LEAST_SPREAD = 0.3
POINTS = 5
TINY = 1e-9


@dataclass(frozen=True)
class Rule:
    """Holds what everybody knows of the rule by which figures are published: how a figure is read."""

    least_spread: float = LEAST_SPREAD
    points: int | None = POINTS  # so many answers from an end a figure is a limit; None where there was no such rule

    def spread_on(self, statements: int) -> float:
        """Returns the least standard deviation that an interval is computed with: at least a step between scores."""
        return max(self.least_spread, 1 / statements) if self.least_spread else 0


@dataclass(frozen=True)
class Part:
    """Is a group's people on a scale: their rows, the columns of the scale, and what each answer weighs in a score."""

    rows: np.ndarray
    columns: np.ndarray
    weights: np.ndarray  # for each row: UNIT over the number of its answers
    invited: int | None

    @property
    def n(self) -> int:
        return len(self.rows)

    def totals(self, answers: np.ndarray) -> np.ndarray:
        """Returns the people's scores, times UNIT."""
        return answers[np.ix_(self.rows, self.columns)].sum(axis=1) * self.weights

    def half_width(self, variance: float, rule: Rule) -> float:
        return float(stdtrit(self.n - 1, 0.975)) * sqrt(self.squared_error(variance, rule))

    def squared_error(self, variance: float, rule: Rule) -> float:
        correction = 1 if self.invited is None else 1 - self.n / self.invited
        least = rule.spread_on(len(self.columns)) if rule.least_spread else 0
        return max(variance, least**2) / self.n * correction


@dataclass(frozen=True)
class Figure:
    """Is one published figure; that of the network has three parts, whose means weigh the same."""

    parts: tuple[Part, ...]
    figure: Mapping
    statements: int
    minimum: int
    rule: Rule
    counts: Mapping[int, tuple[int, ...]]  # by column how often each value was given, where that is published

    @cached_property
    def touched(self) -> frozenset[int]:
        return frozenset(int(row) for part in self.parts for row in part.rows)

    @cached_property
    def bounds(self) -> tuple[int, int]:
        """Returns the least and the most that the sum of the scores of the only part can be, times UNIT."""
        unit = UNIT * self.parts[0].n
        low, high = unit, 5 * unit
        limit, is_small = self.figure.get("limit"), self.parts[0].n < 2 * self.minimum
        slack = self.rule.points and self.rule.points * UNIT // self.statements
        if "mean" in self.figure:
            tenths = round(10 * self.figure["mean"])
            low, high = max(low, -(-unit * (2 * tenths - 1) // 20)), min(high, -(-unit * (2 * tenths + 1) // 20) - 1)
            if is_small:
                low, high = max(low, -(-3 * unit // 2)), min(high, 9 * unit // 2)
            if slack is not None:
                low, high = max(low, unit + slack + 1), min(high, 5 * unit - slack - 1)
        elif is_small:
            within = -(-3 * unit // 2) - 1 - unit
            low, high = (low, unit + within) if limit == "low" else (5 * unit - within, high)
        else:
            low, high = (low, unit + slack) if limit == "low" else (5 * unit - slack, high)
        return low, high

    def fits(self, answers: np.ndarray) -> bool:
        if len(self.parts) > 1:
            return self._network_fits(answers)
        part, (low, high) = self.parts[0], self.bounds
        totals = part.totals(answers)
        if not low <= totals.sum() <= high:
            return False
        return self._interval_fits(totals) and self._split_fits(totals) and self._counts_fit(answers)

    def _interval_fits(self, totals: np.ndarray) -> bool:
        if "low" not in self.figure:
            return True
        mean, variance = totals.mean() / UNIT, totals.var(ddof=1) / UNIT**2
        return self._is_around(mean, self.parts[0].half_width(variance, self.rule))

    def _is_around(self, mean: float, half: float) -> bool:
        bounds = half_up(max(mean - half, 1)), half_up(min(mean + half, 5))
        return bounds == (round(10 * self.figure["low"]), round(10 * self.figure["high"]))

    def _split_fits(self, totals: np.ndarray) -> bool:
        if "split" not in self.figure:
            return True
        quarters = 4 * (totals < 3 * UNIT).sum(), 4 * (totals >= 4 * UNIT).sum()
        return self.figure["split"] == (min(quarters) >= len(totals))

    def _counts_fit(self, answers: np.ndarray) -> bool:
        return all(
            tuple(int((answers[self.parts[0].rows, column] == value).sum()) for value in range(1, 6)) == own
            for column, own in self.counts.items()
        )

    def _network_fits(self, answers: np.ndarray) -> bool:
        totals = [part.totals(answers) for part in self.parts]
        mean = sum(float(own.mean()) for own in totals) / len(totals) / UNIT
        if half_up(mean) != round(10 * self.figure["mean"]):
            return False
        if "low" not in self.figure:
            return True
        errors = [
            (part.squared_error(own.var(ddof=1) / UNIT**2, self.rule), part.n - 1)
            for part, own in zip(self.parts, totals, strict=True)
        ]
        error = sum(e for e, _ in errors)
        spread = sum(e**2 / freedom for e, freedom in errors)
        freedom = error**2 / spread if spread else 1.0
        return self._is_around(mean, float(stdtrit(freedom, 0.975)) * sqrt(error) / len(errors))


@dataclass(frozen=True)
class Block:
    """Holds all that is known of a factor, or of the outcome, with its dimensions; `truth` is what was answered."""

    truth: np.ndarray
    cells: tuple[tuple[str, str], ...]
    figures: tuple[Figure, ...]

    @cached_property
    def by_row(self) -> list[list[Figure]]:
        return [[figure for figure in self.figures if row in figure.touched] for row in range(len(self.truth))]

    def fits(self, answers: np.ndarray, rows: set[int] | None = None) -> bool:
        """Returns whether all that is published would be the same; only `rows`, if given, differ from the truth."""
        if rows is None:
            return all(figure.fits(answers) for figure in self.figures)
        figures = {id(figure): figure for row in rows for figure in self.by_row[row]}
        return all(figure.fits(answers) for figure in figures.values())


def half_up(value: float) -> int:
    return floor(10 * value + 0.5 + TINY)


def block_of(people: list[Person], document: dict, block: str, minimum: int, invited: Mapping, rule: Rule) -> Block:
    """Returns what a reader of `document` knows of a block, only of people who answered any of it."""
    keys = [statement.key for statement in INSTRUMENT.blocks[block]]
    scales = [scale for scale in INSTRUMENT.scales.values() if scale.block == block]
    own = [person for person in people if any(person.answers.get(key, "?") != "?" for key in keys)]
    own = [person for person in own if is_asked(person, scales[0])]
    truth = np.array([[int(p.answers.get(key, "?").replace("?", "0")) for key in keys] for p in own]).reshape(
        -1, len(keys)
    )
    figures = []
    for group in document["groups"]:
        told = {**group["factors"], **group["dimensions"], **group["outcome"]}
        for scale in scales:
            if scale.key in told:
                kinds = (
                    [("level", level) for level in LEVELS]
                    if group["kind"] == "network"
                    else [(group["kind"], group["key"])]
                )
                parts = tuple(_part(own, kind, scale, truth, invited) for kind in kinds)
                counted = {keys.index(key): tuple(c) for key, c in group.get("statements", {}).items() if key in keys}
                counts = counted if scale.key == block else {}
                figures.append(Figure(parts, told[scale.key], len(scale.places), minimum, rule, counts))
    return Block(truth, tuple((person.partner, person.level) for person in own), tuple(figures))


def _part(people, group, scale, truth, invited) -> Part:
    kind, key = group
    rows = [
        row
        for row, person in enumerate(people)
        if (person.level if kind == "level" else person.partner) == key and personal_score(person, scale) is not None
    ]
    columns = np.array(scale.places)
    answered = (truth[np.ix_(rows, columns)] > 0).sum(axis=1)
    invitees = [
        number for (partner, level), number in invited.items() if (level if kind == "level" else partner) == key
    ]
    return Part(np.array(rows), columns, UNIT // np.maximum(answered, 1), sum(invitees))
