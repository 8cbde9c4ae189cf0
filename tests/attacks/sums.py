"""This reader bounds sums of scores: linear programs over the cells of a scale, from published means and limits.

It knows people, and which groups a document shows; it knows nothing of the rule that chose them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.optimize import linprog

from tests.people import INSTRUMENT, Person, personal_score

Cell = tuple[str, str]  # (partner, level)
Cells = frozenset[Cell]
Group = tuple[str, str]  # (kind, key)
POINTS = 5  # this many answer points from an end, or fewer, nearly all answers must be that end
TINY = 1e-6


@dataclass(frozen=True)
class Scale:
    """Is one scale as a reader has it: people by cell, the means that are exact (as sums) and those that are limits.

    `truth` has the sum of the scores of each cell, which nobody is told.
    """

    statements: int
    people: dict[Cell, int]
    truth: dict[Cell, float]
    sums: dict[Group, float]
    limits: dict[Group, str]


@dataclass(frozen=True)
class Found:
    """Is a sum of `plus` minus one of `minus` that is known to miss at most `slack` points to its extreme."""

    plus: Cells
    minus: Cells
    people: int
    slack: float


def scale_of(people: list[Person], document: dict, item: str) -> Scale:
    scored = [(p, s) for p in people if (s := personal_score(p, INSTRUMENT.scales[item])) is not None]
    counts, truth = {}, {}
    for person, score in scored:
        cell = (person.partner, person.level)
        counts[cell] = counts.get(cell, 0) + 1
        truth[cell] = truth.get(cell, 0) + score
    shown = {
        ("level" if group["kind"] == "level" else "partner", group["key"]): figure  # a sector is read as a partner
        for group in document["groups"]
        for part in ("factors", "outcome")
        if (figure := group[part].get(item)) and group["kind"] in ("level", "partner", "sector")
    }
    sums = {g: float(sum(truth[c] for c in _cells(counts, g))) for g, figure in shown.items() if "mean" in figure}
    limits = {g: figure["limit"] for g, figure in shown.items() if "limit" in figure}
    return Scale(
        len(INSTRUMENT.scales[item].places), counts, {cell: float(own) for cell, own in truth.items()}, sums, limits
    )


def near_an_end(scale: Scale, minimum: int) -> list[Found]:
    """Returns every cell, and every 'levels minus partners', that is known to lie too near its extreme, to the letter.

    That is: fewer than twice the minimum people within half a point each, or any number within POINTS answer points.
    """
    waiting = [(plus, minus, _people(scale, plus | minus)) for plus, minus in _sets(scale.people)]
    waiting = _still_near(scale, waiting, scale.truth, minimum)
    found = []
    while waiting:
        plus, minus, people = waiting.pop()
        sums = _farthest(scale, plus, minus)
        slack = _slack(sums, scale.people, plus, minus)
        if _is_too_near(scale, people, slack, minimum):
            found.append(Found(plus, minus, people, slack))
        waiting = _still_near(scale, waiting, sums, minimum)
    return found


def _still_near(scale: Scale, waiting: list, sums: dict[Cell, float], minimum: int) -> list:
    """Returns the sets that are too near an end by `sums` too: what fits all that is published may be the truth."""
    return [
        (plus, minus, people)
        for plus, minus, people in waiting
        if _is_too_near(scale, people, _slack(sums, scale.people, plus, minus), minimum)
    ]


def told_apart(scale: Scale, found: list[Found], minimum: int) -> Iterator[Found]:
    """Yields those sets whose known slack is not shared by twice the minimum people.

    This is a weaker claim than `near_an_end` makes. Of six people with the mean 4.6 any five miss no more than the 2.4
    points that all six do; to the letter they are too near, and nothing tells those five from the sixth.
    """
    for own in found:
        if _is_too_near(scale, _together(scale, own), own.slack, minimum):
            yield own


def _is_too_near(scale: Scale, people: int, slack: float, minimum: int) -> bool:
    return (people < 2 * minimum and slack < people / 2 - TINY) or slack * scale.statements <= POINTS + TINY


def _sets(people: dict[Cell, int]) -> Iterator[tuple[Cells, Cells]]:
    """Yields the cells that are added and those that are taken away, each pair once, and once the other way round."""
    found = {(frozenset([cell]), frozenset()) for cell in people}
    partners, levels = (_subsets({cell[place] for cell in people}) for place in (0, 1))
    for added in levels:
        for taken in partners:
            plus = frozenset(cell for cell in people if cell[1] in added and cell[0] not in taken)
            minus = frozenset(cell for cell in people if cell[0] in taken and cell[1] not in added)
            found.add((plus, minus))
    for plus, minus in found:
        if plus or minus:
            yield plus, minus
            yield minus, plus


def _subsets(keys: set[str]) -> list[set[str]]:
    return [set(chosen) for size in range(len(keys) + 1) for chosen in combinations(sorted(keys), size)]


def _farthest(scale: Scale, plus: Cells, minus: Cells) -> dict[Cell, float]:
    """Returns sums that fit all that is published, with `plus` minus `minus` as far from its extreme as can be."""
    cells = list(scale.people)
    cost = np.array([(cell in plus) - (cell in minus) for cell in cells], dtype=float)
    rows = {
        group: np.array([cell in _cells(scale.people, group) for cell in cells], dtype=float) for group in _told(scale)
    }
    over = [-row if scale.limits[g] == "high" else row for g, row in rows.items() if g in scale.limits]
    bounds = [_at_its_limit(scale, group) for group in rows if group in scale.limits]
    found = linprog(
        cost,
        A_ub=over or None,
        b_ub=bounds or None,
        A_eq=[row for group, row in rows.items() if group in scale.sums] or None,
        b_eq=list(scale.sums.values()) or None,
        bounds=[(scale.people[cell], 5 * scale.people[cell]) for cell in cells],
        method="highs",
    )
    assert found.success, found.message
    return dict(zip(cells, map(float, found.x), strict=True))


def _together(scale: Scale, found: Found) -> int:
    """Returns the number of people who together miss no more than a set does.

    Cells are added as long as nothing more is missing.
    """
    plus, minus = found.plus, found.minus
    for cell in sorted(scale.people.keys() - plus - minus):
        for added, taken in ((plus | {cell}, minus), (plus, minus | {cell})):
            if _slack(_farthest(scale, added, taken), scale.people, added, taken) < found.slack + TINY:
                plus, minus = added, taken
                break
    return _people(scale, plus | minus)


def _told(scale: Scale) -> list[Group]:
    return [*scale.sums, *scale.limits]


def _at_its_limit(scale: Scale, group: Group) -> float:
    people = _people(scale, _cells(scale.people, group))
    return -4.5 * people if scale.limits[group] == "high" else 1.5 * people


def _slack(sums: dict[Cell, float], people: dict[Cell, int], plus: Cells, minus: Cells) -> float:
    return sum(5 * people[cell] - sums[cell] for cell in plus) + sum(sums[cell] - people[cell] for cell in minus)


def _people(scale: Scale, cells: Cells) -> int:
    return sum(scale.people[cell] for cell in cells)


def _cells(people: dict[Cell, int], group: Group) -> Cells:
    return frozenset(cell for cell in people if cell[0 if group[0] == "partner" else 1] == group[1])
