"""This reader bounds the answers by linear programming on all published means, written apart from the rule it tests.

The reader knows who took part and which statements everybody answered, takes every mean as what was rounded to the
published decimal, or as exact, and every limit as a bound, and knows that answers are 1 to 5. The unknown are the sums
of the answers that people of one partner, level and mask gave to one dimension: within such a sum all answers are
alike to her. Whoever's answers were all at an end, and of whom the sum misses less than one answer point to that end
at every solution, gave those answers with certainty.
"""

from collections import Counter, defaultdict
from fractions import Fraction

from scipy.optimize import linprog

from tests.people import INSTRUMENT, Person, statements_of

Unknown = tuple[str, str, tuple[bool, ...], str]  # partner, level, mask, dimension (or block)


HALF = 0.05  # how far a mean can be from its published decimal


def certain_answers(people: list[Person], document: dict, block: str, half: float = HALF) -> list[tuple[Unknown, int]]:
    """Returns the unknown sums of which every answer follows, with the end that it is at.

    `half` is 0 for a reader who knows each mean exactly.
    """
    sums, answers = _unknown_sums(people, block)
    places = {unknown: place for place, unknown in enumerate(sorted(sums))}
    bounded = []
    for group in document["groups"]:
        for item, figure in {**group["factors"], **group["dimensions"], **group["outcome"]}.items():
            scale = INSTRUMENT.scales[item]
            if scale.block == block and group["kind"] in ("level", "partner"):
                row = _row(places, answers, group, scale)
                total = float(sum(weight * sums[unknown] for unknown, weight in row.items()))
                n = figure["n"]
                if "mean" in figure:
                    said = n * float(figure["mean"]) if half else total
                    bounded += [(row, said + n * half), (_negative(row), n * half - said)]
                elif figure["limit"] == "low":
                    bounded.append((row, n * 1.5))
                else:
                    bounded.append((_negative(row), n * -4.5))
    return [
        (unknown, end)
        for unknown in places
        for end in (1, 5)
        if sums[unknown] == end * answers[unknown] and _furthest(unknown, end, places, answers, bounded) < 1 - 1e-6
    ]


def _unknown_sums(people, block) -> tuple[dict[Unknown, int], Counter[Unknown]]:
    keys = [statement.key for statement in INSTRUMENT.blocks[block]]
    parts = [scale for scale in INSTRUMENT.scales.values() if scale.block == block and scale.kind == "dimension"]
    sums, answers = defaultdict(int), Counter()
    for person in people:
        mask = tuple(person.answers.get(key, "?") != "?" for key in keys)
        for part in parts or [INSTRUMENT.scales[block]]:
            for key in statements_of(part):
                if person.answers.get(key, "?") != "?":
                    unknown = (person.partner, person.level, mask, part.key)
                    sums[unknown] += int(person.answers[key])
                    answers[unknown] += 1
    return sums, answers


def _row(places, answers, group, scale) -> dict[Unknown, Fraction]:
    """Returns a group's sum of scores on a scale, over the unknown sums."""
    row = {}
    for unknown in places:
        partner, level, mask, part = unknown
        own = sum(mask[place] for place in scale.places)
        is_of = set(INSTRUMENT.scales[part].places) <= set(scale.places)
        if group["key"] == (level if group["kind"] == "level" else partner) and is_of and 2 * own >= len(scale.places):
            row[unknown] = Fraction(1, own)
    return row


def _negative(row: dict[Unknown, Fraction]) -> dict[Unknown, Fraction]:
    return {unknown: -weight for unknown, weight in row.items()}


def _furthest(unknown, end, places, answers, bounded) -> float:
    """Returns how many answer points an unknown sum can be from an end."""
    sign = 1 if end == 5 else -1
    found = linprog(
        [sign * (place == places[unknown]) for place in range(len(places))],
        A_ub=_matrix(bounded, places),
        b_ub=[float(total) for _, total in bounded] or None,
        bounds=[(answers[own], 5 * answers[own]) for own in sorted(places)],
        method="highs",
    )
    assert found.status == 0, found.message
    return abs(end * answers[unknown] - sign * found.fun)


def _matrix(rows, places):
    return [[float(row.get(own, 0)) for own in sorted(places)] for row, _ in rows] or None
