"""A 0/1 program puts rows of people back in their places, by what was published of the places.

A row over twelve scales is a fingerprint: of all ways to divide the rows over partners, seldom more than one gives the
published means. This is why no row of a person is kept once a round is closed.
"""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from assessments.disclosure.naming import may_be_named
from tests.people import INSTRUMENT, Person, personal_score

SCALES = [key for key, scale in INSTRUMENT.scales.items() if scale.kind in ("factor", "outcome")]
HALF = 0.05 + 1e-9  # what rounding to one decimal hides


@dataclass(frozen=True)
class Row:
    """Holds what was kept of somebody: answers, and the partner where enough answered for them ('' where not)."""

    person: Person
    partner: str


def blanked(people: list[Person], minimum: int) -> list[Row]:
    """Returns rows as they were kept before: without the partner if fewer than the minimum answered at that place."""
    by_level: dict[str, Counter[str]] = {}
    for person in people:
        by_level.setdefault(person.level, Counter())[person.partner] += 1
    named = {level: may_be_named(partners, minimum) for level, partners in by_level.items()}
    return [Row(p, p.partner if p.partner in named[p.level] else "") for p in people]


def put_back(rows: list[Row], document: dict) -> dict[int, str]:
    """Returns the partner of each blanked row for which only one is possible, by its place in `rows`."""
    groups = {group["key"]: group for group in document["groups"] if group["kind"] in ("partner", "sector")}
    partners = [*sorted(groups), None]  # None: a partner of which nothing is shown
    blank = [number for number, row in enumerate(rows) if not row.partner]
    found = {}
    for number in blank:
        possible = [p for p in partners if _is_possible(rows, blank, partners, groups, fixed=(number, p))]
        if len(possible) == 1 and possible[0]:
            found[number] = possible[0]
    return found


def _is_possible(rows, blank, partners, groups, fixed) -> bool:
    """Returns whether the blanked rows can be divided so that every published mean and number comes out."""
    size = len(blank) * len(partners)
    place = {(number, p): i * len(partners) + j for i, number in enumerate(blank) for j, p in enumerate(partners)}
    constraints = [LinearConstraint(np.kron(np.eye(len(blank)), np.ones(len(partners))), 1, 1)]
    for partner, group in groups.items():
        for scale in SCALES:
            figure = (group["factors"] | group["outcome"]).get(scale)
            if figure:
                constraints += _gives(figure, scale, partner, rows, blank, place, size)
    lower = np.zeros(size)
    lower[place[fixed]] = 1
    solved = milp(
        np.zeros(size), constraints=constraints, bounds=Bounds(lower, 1), integrality=1, options={"time_limit": 20}
    )
    return solved.status != 2  # 2: infeasible


def _gives(figure, scale, partner, rows, blank, place, size):
    """Returns the constraints that the number of people with a score, and their sum, are as published."""
    counts, sums = np.zeros(size), np.zeros(size)
    for number in blank:
        score = _score(rows[number].person, scale)
        if score is not None:
            counts[place[number, partner]], sums[place[number, partner]] = 1, float(score)
    known = [s for row in rows if row.partner == partner and (s := _score(row.person, scale)) is not None]
    n, total = figure["n"], float(sum(known))
    low, high = _bounds(figure)
    return [
        LinearConstraint(counts, n - len(known), n - len(known)),
        LinearConstraint(sums, n * low - total, n * high - total),
    ]


def _bounds(figure) -> tuple[float, float]:
    if "limit" in figure:
        return (1, 1.5 + HALF) if figure["limit"] == "low" else (4.5 - HALF, 5)
    return figure["mean"] - HALF, figure["mean"] + HALF


def _score(person: Person, scale: str) -> Fraction | None:
    return personal_score(person, INSTRUMENT.scales[scale])
