"""These programs find whose answers follow from what is published.

An answer does not follow where another one fits all that is published. Such other answers are looked for by small
changes first, and by an integer program (HiGHS) for the few that are left. Each that is found is held to `Block.fits`;
where the program finds none there is none. It leaves out the network's intervals: where what it finds does not fit
these, not even nearest to the truth, it is undecided whether an answer follows.
"""

from collections import defaultdict
from random import Random

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from tests.attacks.reader import Block, Figure, Part
from tests.people import UNIT

Place = tuple[int, int]  # (person, statement)
TINY = 1e-6
TRIES = 60  # small changes for each answer
PATIENCE = 20  # seconds for one program; a few in a thousand take minutes


class Undecided(Exception):
    """Tells that the program found neither other answers nor that there are none: see `_another`."""


def that_follow(block: Block, random: Random, known: frozenset[int] = frozenset()) -> set[Place]:
    """Returns the answers of others that follow with certainty.

    They follow for somebody who knows the answers of `known` and all that is published.
    """
    assert block.fits(block.truth)
    open_ = {(int(row), int(column)) for row, column in np.argwhere(block.truth) if row not in known}
    walk = _Walk(block, random, known)
    while open_ and walk.tries < TRIES * len(block.truth):
        open_ -= walk.step(open_)
    while open_:
        found = _another(block, known, open_)
        if found is None:
            return open_
        open_ -= _changed(block, found)
    return set()


def _changed(block: Block, answers: np.ndarray) -> set[Place]:
    return {(int(row), int(column)) for row, column in np.argwhere(answers != block.truth)}


class _Walk:
    """Steps from what was answered to other answers that would have been published in the same way."""

    def __init__(self, block: Block, random: Random, known: frozenset[int]) -> None:
        self.block, self.random, self.tries = block, random, 0
        self.answers = block.truth.copy()
        self.places = [tuple(map(int, place)) for place in np.argwhere(block.truth) if place[0] not in known]
        self.alike = defaultdict(list)
        for row, cell in enumerate(block.cells):
            if row not in known:
                self.alike[cell, tuple(block.truth[row] > 0)].append(row)

    def step(self, wanted: set[Place]) -> set[Place]:
        """Tries one change, and returns the answers that now differ from what they were."""
        self.tries += 1
        change = self._swap(wanted) if self.random.random() < 0.2 else self._moves(wanted)
        before = {row: self.answers[row].copy() for row in change}
        for row, own in change.items():
            self.answers[row] = own
        if not self.block.fits(self.answers, set(change)):
            for row, own in before.items():
                self.answers[row] = own
            return set()
        return _changed(self.block, self.answers)

    def _swap(self, wanted: set[Place]) -> dict[int, np.ndarray]:
        """Returns rows in which somebody and a colleague who answered the same statements have each other's answers."""
        row = self._one_of(wanted)[0]
        other = self.random.choice(self.alike[self.block.cells[row], tuple(self.block.truth[row] > 0)])
        return {row: self.answers[other].copy(), other: self.answers[row].copy()}

    def _moves(self, wanted: set[Place]) -> dict[int, np.ndarray]:
        """Returns rows in which one to four answers go one up or down, in turn."""
        delta = self.random.choice([-1, 1])
        changed: dict[int, np.ndarray] = {}
        row, column = self._one_of(wanted)
        for number in range(self.random.choice([1, 2, 2, 2, 3, 4])):
            row, column = self._near(row, column) if number else (row, column)
            own = changed.setdefault(row, self.answers[row].copy())
            own[column] = min(5, max(1, own[column] + delta))
            delta = -delta
        return changed

    def _one_of(self, wanted: set[Place]) -> Place:
        return self.random.choice(sorted(wanted) if self.random.random() < 0.8 else self.places)

    def _near(self, row: int, column: int) -> Place:
        """Returns another answer: of the same person, to the same statement, or any."""
        match self.random.randrange(3):
            case 0:
                near = [place for place in self.places if place[0] == row]
            case 1:
                near = [place for place in self.places if place[1] == column]
            case _:
                near = self.places
        return self.random.choice(near)


def _another(block: Block, known: frozenset[int], wanted: set[Place]) -> np.ndarray | None:
    """Returns answers that fit all that is published and differ from the truth in one of `wanted`, or None.

    Raises Undecided where a program was cut off in time, or what it found fits all but the network's interval.
    """
    is_open = False
    for place in sorted(wanted):
        for step in (-1, 1):
            if 1 <= block.truth[place] + step <= 5:
                program = _Program(block, known)
                found = program.solve(place, step)
                if found is not None and not block.fits(found):
                    found = program.solve(place, step, is_nearest=True)
                if found is not None and block.fits(found):
                    return found
                is_open |= program.is_cut or found is not None
    if is_open:
        raise Undecided
    return None


class _Program:
    """Is the integer program over the answers of a block."""

    def __init__(self, block: Block, known: frozenset[int]) -> None:
        self.block = block
        self.low: list[float] = []
        self.high: list[float] = []
        self.rows: list[tuple[dict[int, float], float, float]] = []
        self.place = {}
        self.is_cut = False  # whether one of its runs was stopped before it came to an end
        for row, column in np.argwhere(block.truth):
            value = int(block.truth[row, column])
            bounds = (value, value) if row in known else (1, 5)
            self.place[int(row), int(column)] = self._variable(*bounds)
        for figure in block.figures:
            self._add(figure)

    def solve(self, place: Place, step: int, *, is_nearest: bool = False) -> np.ndarray | None:
        """Returns other answers with the one at `place` lower (step −1) or higher (step 1), or None.

        If `is_nearest` is set, these are the answers that differ by the fewest points.
        """
        cost = self._distance() if is_nearest else {}
        low, high = np.array(self.low), np.array(self.high)
        variable, value = self.place[place], int(self.block.truth[place])
        low[variable], high[variable] = (1, value - 1) if step < 0 else (value + 1, 5)
        if low[variable] > high[variable]:
            return None
        rows = [(n, v, w) for n, (own, _, _) in enumerate(self.rows) for v, w in own.items()]
        numbers, variables, weights = zip(*rows, strict=True)
        matrix = csr_array((weights, (numbers, variables)), shape=(len(self.rows), len(low)))
        limits = LinearConstraint(matrix, [own[1] for own in self.rows], [own[2] for own in self.rows])
        found = milp(
            [cost.get(number, 0) for number in range(len(low))],
            constraints=limits,
            bounds=Bounds(low, high),
            integrality=np.ones(len(low)),
            options={"time_limit": PATIENCE},
        )
        self.is_cut |= found.status == 1
        if found.x is None:
            return None
        answers = self.block.truth.copy()
        for own, variable in self.place.items():
            answers[own] = round(found.x[variable])
        return answers

    def _distance(self) -> dict[int, float]:
        """Adds variables for how far each answer is from the truth; returns their cost."""
        cost = {}
        for place, variable in self.place.items():
            value, distance = float(self.block.truth[place]), self._variable(0, 4)
            self._between(-value, {distance: 1.0, variable: -1.0}, np.inf)
            self._between(value, {distance: 1.0, variable: 1.0}, np.inf)
            cost[distance] = 1.0
        return cost

    def _variable(self, low: float, high: float) -> int:
        self.low.append(low)
        self.high.append(high)
        return len(self.low) - 1

    def _between(self, low: float, row: dict[int, float], high: float) -> None:
        self.rows.append((row, low, high))

    def _add(self, figure: Figure) -> None:
        if len(figure.parts) > 1:
            self._add_network(figure)
            return
        part = figure.parts[0]
        self._between(figure.bounds[0] / UNIT, self._total(part), figure.bounds[1] / UNIT)
        if "low" in figure.figure or "split" in figure.figure:
            self._add_spread(figure, part)
        for column, counts in figure.counts.items():
            self._add_counts(part, column, counts)

    def _total(self, part: Part, scale: float = 1.0) -> dict[int, float]:
        """Returns the sum of the scores in points, as a row."""
        return {
            self.place[int(row), int(column)]: scale * float(weight) / UNIT
            for row, weight in zip(part.rows, part.weights, strict=True)
            for column in part.columns
            if self.block.truth[row, column]
        }

    def _add_network(self, figure: Figure) -> None:
        """Adds the mean alone: its interval nearly follows from those of the levels, and `fits` judges it exactly."""
        row: dict[int, float] = {}
        for part in figure.parts:
            row |= self._total(part, 1 / part.n / len(figure.parts))
        mean = figure.figure["mean"]
        self._between(mean - 0.05, row, mean + 0.05 - 1e-7)

    def _add_spread(self, figure: Figure, part: Part) -> None:
        """Adds the squares of the scores: one yes or no for each score that somebody can have."""
        squares: dict[int, float] = {}
        low: dict[int, float] = {}
        high: dict[int, float] = {}
        for row, weight in zip(part.rows, part.weights, strict=True):
            own = [self.place[int(row), int(c)] for c in part.columns if self.block.truth[row, c]]
            which = {total: self._variable(0, 1) for total in range(len(own), 5 * len(own) + 1)}
            self._between(1, dict.fromkeys(which.values(), 1.0), 1)
            self._between(0, {v: float(t) for t, v in which.items()} | dict.fromkeys(own, -1.0), 0)
            for total, variable in which.items():
                score = total * int(weight) / UNIT
                squares[variable] = score**2
                low |= {variable: 1.0} if score < 3 else {}
                high |= {variable: 1.0} if score >= 4 else {}
        if "split" in figure.figure:
            self._add_split(part.n, low, high, figure.figure["split"])
        if "low" in figure.figure:
            self._add_interval(figure, part, squares)

    def _add_split(self, n: int, low: dict[int, float], high: dict[int, float], is_split: bool) -> None:
        quarter = -(-n // 4)
        if is_split:
            self._between(quarter, low, n)
            self._between(quarter, high, n)
            return
        either = self._variable(0, 1)
        self._between(-np.inf, low | {either: -float(n)}, quarter - 1)
        self._between(-np.inf, high | {either: float(n)}, n + quarter - 1)

    def _add_interval(self, figure: Figure, part: Part, squares: dict[int, float]) -> None:
        """Adds, for each sum that the scores can have, the bounds between which the sum of their squares must lie."""
        step = int(np.gcd.reduce(part.weights))
        first = -(-figure.bounds[0] // step) * step
        which = {}
        for total in range(first, figure.bounds[1] + 1, step):
            bounds = _squares_between(figure, part, total / UNIT)
            if bounds:
                which[self._variable(0, 1)] = (total / UNIT, *bounds)
        self._between(1, dict.fromkeys(which, 1.0), 1)
        self._between(0, self._total(part) | {v: -own[0] for v, own in which.items()}, 0)
        self._between(0, squares | {v: -own[1] for v, own in which.items()}, np.inf)
        self._between(-np.inf, squares | {v: -own[2] for v, own in which.items()}, 0)

    def _add_counts(self, part: Part, column: int, counts: tuple[int, ...]) -> None:
        chosen = [{}, {}, {}, {}, {}]
        for row in part.rows:
            if self.block.truth[row, column]:
                which = {value: self._variable(0, 1) for value in range(1, 6)}
                self._between(1, dict.fromkeys(which.values(), 1.0), 1)
                place = self.place[int(row), column]
                self._between(0, {v: float(value) for value, v in which.items()} | {place: -1.0}, 0)
                for value, variable in which.items():
                    chosen[value - 1][variable] = 1.0
        for own, count in zip(chosen, counts, strict=True):
            self._between(count, own, count)


def _squares_between(figure: Figure, part: Part, total: float) -> tuple[float, float] | None:
    """Returns the least and the most sum of squares with which scores of that sum have the published interval."""
    mean, low, high = total / part.n, figure.figure["low"], figure.figure["high"]
    per_spread = part.half_width(1.0, figure.rule)
    least = max(mean - low - 0.05, high - 0.05 - mean, 0) / per_spread
    most = min(mean - low + 0.05 if low > 1 else np.inf, high + 0.05 - mean if high < 5 else np.inf) / per_spread
    floor = figure.rule.spread_on(len(part.columns))
    if most < max(least, floor):
        return None
    least, most = (0 if least <= floor else least), min(most, 5)
    centre, freedom = total**2 / part.n, part.n - 1
    return centre + freedom * least**2 - TINY, centre + freedom * most**2 + TINY
