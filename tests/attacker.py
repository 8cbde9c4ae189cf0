"""This attacker works out by linear algebra what follows from all published figures, apart from the rule it tests.

The reader knows who took part and which statements everybody answered, takes every figure as exact, and may add,
subtract and scale. Each figure is a row over unknowns of single people. What combination of rows leaves fewer people
than the minimum? With the people S left out, some combination vanishes on everybody else just when the rank of the
rest is lower than the rank of all. Whole numbers modulo a large prime, so nothing is rounded.

Four readings of a figure, each a matrix of its own for a factor and its dimensions together:
plain    a factor's or the outcome's figure is the sum of one unknown a person, their score
exact    a figure is the mean of scores, and these are means of a person's answers: one unknown an answer
unknown  a share of 'weet ik niet' adds up one unknown an answer or 'weet ik niet'
squares  a standard deviation, beside the mean, is the sum of the squared scores: one unknown a person

Somebody who filled in an open link again and again knows those answers, in the worst case of everybody who came by
one: these guests fall out of every row, and what is left is held to the same minimum and to the same limits.
"""

from collections import defaultdict
from fractions import Fraction
from itertools import combinations

from assessments.scores.groups import NETWORK
from factors.instrument import LEVELS
from tests.people import INSTRUMENT, UNIT, Person, is_asked, personal_score, statements_of, values

PRIME = (1 << 61) - 1
LOW, HIGH = Fraction(3, 2), Fraction(9, 2)  # a mean of few beyond these is published as a limit
KINDS = ("level", "partner")
Row = dict[tuple[int, str], int]  # weight of each unknown: (person, statement), or (person, "") in the plain reading
Shown = set[tuple[str, str, str]]  # (kind, key, item)


def shown_in(document: dict, part: str | None = None) -> Shown:
    """Returns the figures in a published document; with `part` only those that have it (mean, unknown)."""
    return {
        (group["kind"], group["key"], item)
        for group in document["groups"]
        for name in ("factors", "dimensions", "outcome")
        for item, figure in group[name].items()
        if part is None or part in figure
    }


def smallest_group(rows: list[Row], minimum: int) -> set[int] | None:
    """Returns fewer than `minimum` people on whom some combination of `rows` rests, or None where there are none."""
    alike = defaultdict(set)  # people with the same weights in every row are touched together or not at all
    columns = defaultdict(lambda: defaultdict(dict))
    for number, row in enumerate(rows):
        for (person, statement), weight in row.items():
            columns[person][statement][number] = weight
    for person, own in columns.items():
        alike[tuple(sorted((s, tuple(sorted(w.items()))) for s, w in own.items()))].add(person)
    small = [(block, people) for block, people in alike.items() if len(people) < minimum]
    large = [block for block, people in alike.items() if len(people) >= minimum]
    code = _vanishing(_dense(large, len(rows)), len(rows))
    blocks = [_times(code, _dense([block], len(rows))) for block, _ in small]
    code = independent([[value for block in blocks for value in block[number]] for number in range(len(code))])
    if not code:
        return None
    widths = [len(block[0]) for block in blocks]
    starts = [sum(widths[:number]) for number in range(len(widths))]
    places = [range(start, start + width) for start, width in zip(starts, widths, strict=True)]

    def vanishes_elsewhere(left_out: set[int]) -> bool:
        rest = [place for number, own in enumerate(places) if number not in left_out for place in own]
        return len(independent([[row[place] for place in rest] for row in code])) < len(code)

    for left_out in _largest_sets([len(people) for _, people in small], minimum):
        if vanishes_elsewhere(left_out):
            for number in sorted(left_out):
                left_out -= {number} if vanishes_elsewhere(left_out - {number}) else set()
            return set().union(*(small[number][1] for number in left_out))
    return None


def follows(row: Row, rows: list[Row]) -> bool:
    """Returns whether a figure is a combination of the others."""
    unknowns = sorted({unknown for own in [row, *rows] for unknown in own})
    dense = [[own.get(unknown, 0) for unknown in unknowns] for own in rows]
    return len(independent([*dense, [row.get(unknown, 0) for unknown in unknowns]])) == len(independent(dense))


def without(guests: set[int], rows: list[Row]) -> list[Row]:
    """Returns the rows as somebody has them who knows every answer of `guests`."""
    return [{place: weight for place, weight in row.items() if place[0] not in guests} for row in rows]


def rests_on_guests_alone(rows: list[Row], guests: set[int]) -> bool:
    """Returns whether a combination of `rows` leaves only guests, of whom somebody may know all but one."""
    unknowns = sorted({unknown for row in rows for unknown in row})
    others = [place for place, (person, _) in enumerate(unknowns) if person not in guests]
    dense = [[row.get(unknown, 0) for unknown in unknowns] for row in rows]
    return len(independent([[row[place] for place in others] for row in dense])) < len(independent(dense))


def whose_mean_follows(people: list[Person], means: Shown, item: str) -> set[frozenset[int]]:
    """Returns the sets of people whose mean follows as some levels minus some partners, or the reverse."""
    scored = [n for n, person in enumerate(people) if personal_score(person, INSTRUMENT.scales[item]) is not None]
    levels, partners = ([key for kind, key, own in sorted(means) if (kind, own) == (k, item)] for k in KINDS)
    found = set()
    for added in _subsets(levels):
        for taken in _subsets(partners):
            weights = {n: (people[n].level in added) - (people[n].partner in taken) for n in scored}
            if len(set(weights.values()) - {0}) == 1:
                found.add(frozenset(n for n, weight in weights.items() if weight))
    return found


def is_near_an_end(people: list[Person], few: set[int], item: str) -> bool:
    scores = [personal_score(people[number], INSTRUMENT.scales[item]) for number in few]
    return not LOW <= sum(scores) / len(scores) <= HIGH


def _subsets(keys: list[str]):
    return [set(chosen) for size in range(len(keys) + 1) for chosen in combinations(keys, size)]


def figure_rows(people: list[Person], shown: Shown, block: str, reading: str) -> list[Row]:
    """Returns the rows of the figures in `shown` on the scales of one block: a factor and its dimensions."""
    rows = []
    for kind, key, item in sorted(shown):
        scale = INSTRUMENT.scales[item]
        if scale.block == block and not (reading == "plain" and scale.kind == "dimension"):
            row = {}
            for weight, group in _parts(people, kind, key, scale, reading):
                for unknown, own in _group_row(people, group, scale, reading).items():
                    row[unknown] = (row.get(unknown, 0) + weight * own) % PRIME
            rows.append(row)
    return rows


def _parts(people, kind, key, scale, reading):
    """Returns the (weight, group) of which a figure consists.

    A group is itself; the network is the sum of its levels, each divided by its number of people.
    """
    if (kind, key) != (NETWORK.kind, NETWORK.key):
        return [(1, (kind, key))]
    levels = [("level", level) for level in LEVELS]
    return [(pow(_divisor(people, level, scale, reading), -1, PRIME), level) for level in levels]


def _divisor(people, group, scale, reading):
    return sum(sum(_unknowns(person, scale, reading).values()) for person in people if _is_in(person, group)) or 1


def _group_row(people, group, scale, reading):
    return {
        (number, unknown): weight
        for number, person in enumerate(people)
        if _is_in(person, group) and is_asked(person, scale)
        for unknown, weight in _unknowns(person, scale, reading).items()
    }


def _is_in(person: Person, group: tuple[str, str]) -> bool:
    return group in {(own.kind, own.key) for own in person.groups}


def _unknowns(person: Person, scale, reading: str) -> dict[str, int]:
    """Returns the weight of each unknown of a person in their score (times UNIT), or in their share."""
    told = [key for key in statements_of(scale) if key in person.answers]
    if reading == "unknown":
        return dict.fromkeys(told, 1)
    if personal_score(person, scale) is None:
        return {}
    if reading in ("plain", "squares"):
        return {"": UNIT}
    return {key: UNIT // len(values(person, scale)) for key in told if person.answers[key] != "?"}


def _largest_sets(sizes: list[int], minimum: int):
    """Yields every set of places with sizes under `minimum` together to which no other place can be added."""
    for length in range(len(sizes), 0, -1):
        for chosen in combinations(range(len(sizes)), length) if length < minimum else ():
            total = sum(sizes[number] for number in chosen)
            others = [size for number, size in enumerate(sizes) if number not in chosen]
            if total < minimum and all(total + size >= minimum for size in others):
                yield set(chosen)


def _dense(blocks, height: int) -> list[list[int]]:
    """Returns a matrix with a row for each figure and a column for each unknown; equal people are in it once."""
    columns = {column for block in blocks for _, column in block}
    dense = [[0] * len(columns) for _ in range(height)]
    for place, column in enumerate(sorted(columns)):
        for number, weight in column:
            dense[number][place] = weight
    return dense


def independent(matrix: list[list[int]]) -> list[list[int]]:
    """Returns independent rows with the same span, in echelon form."""
    basis: list[tuple[int, list[int]]] = []
    for row in matrix:
        reduced = _reduced(row, basis)
        pivot = next((place for place, value in enumerate(reduced) if value), None)
        if pivot is not None:
            inverse = pow(reduced[pivot], -1, PRIME)
            basis.append((pivot, [value * inverse % PRIME for value in reduced]))
    return [row for _, row in basis]


def _reduced(row, basis):
    for pivot, own in basis:
        if row[pivot]:
            factor = row[pivot]
            row = [(a - factor * b) % PRIME for a, b in zip(row, own, strict=True)]
    return row


def _vanishing(matrix: list[list[int]], height: int) -> list[list[int]]:
    """Returns a basis of the combinations of rows that are 0 in every column."""
    width = len(matrix[0]) if matrix else 0
    beside = [[*row, *(int(number == own) for own in range(height))] for number, row in enumerate(matrix)]
    return [row[width:] for row in independent(beside) if not any(row[:width])]


def _times(left: list[list[int]], right: list[list[int]]) -> list[list[int]]:
    columns = list(zip(*right, strict=True))
    return [[sum(a * b for a, b in zip(row, column, strict=True)) % PRIME for column in columns] for row in left]
