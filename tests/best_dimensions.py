"""`python -m tests.best_dimensions` counts the dimensions shown of those that could be, for the table of the docs.

What could be shown is worked out by a program of the attacker's, written apart from the rule: exact linear algebra on
people with the same partner, level and answered statements. For a level it takes, beside the factor's figures of levels
and partners that are shown, the largest set of dimensions with which nothing that can be computed rests on fewer people
than the minimum. No other level has dimensions meanwhile, so this is the most that anything could show.
"""

from collections import Counter, defaultdict
from itertools import combinations, product
from random import Random
from time import process_time

from assessments.disclosure.publish import publish
from assessments.scores.groups import NETWORK, Group, level_group
from assessments.scores.scoring import score
from factors.instrument import LEVELS
from tests.attacker import PRIME, independent
from tests.people import INSTRUMENT, Person, counts, personal_score, statements_of
from tests.realistic import network

NETWORKS = 200
Column = tuple[int, ...]  # the weight of an answer in each sum, or in each remaining combination
Class = tuple[list[Column], int]  # the answers of people who have equal weights, and the number of these people
Sum = tuple[Group, str]


def allows(people: list[Person], shown: list[Sum], minimum: int) -> bool:
    """Returns whether no combination of the sums in `shown` rests on some people, and on fewer than `minimum`."""
    alike = _alike(people, shown)
    rows = independent([list(row) for row in zip(*(column for columns in alike for column in columns), strict=True)])
    columns = iter(zip(*rows, strict=True))
    classes = [([next(columns) for _ in own], count) for own, count in alike.items()]
    return not _is_broken(sorted(classes, key=lambda own: -own[1]), len(rows), minimum - 1)


def _is_broken(classes: list[Class], size: int, budget: int) -> bool:
    """Returns whether some combination of `size` independent ones touches at most `budget` people of `classes`.

    Either one of them touches the largest class that any of them touches, or none does and fewer combinations are left.
    """
    touched = [(columns, count) for columns, count in classes if any(map(any, columns))]
    if size == 1 or not touched:
        return size > 0 and sum(count for _, count in touched) <= budget
    (columns, count), rest = touched[0], touched[1:]
    if count <= budget and _is_broken(rest, size, budget - count):
        return True
    while size and (column := next(filter(any, columns), None)):
        columns, *others = (_without(column, own) for own in (columns, *(own for own, _ in rest)))
        rest = [(own, people) for own, (_, people) in zip(others, rest, strict=True)]
        size -= 1
    return _is_broken(rest, size, budget)


def _without(column: Column, columns: list[Column]) -> list[Column]:
    """Returns the columns as those combinations have them that don't touch `column`."""
    pivot = next(place for place, weight in enumerate(column) if weight)
    factor = [weight * pow(column[pivot], -1, PRIME) for weight in column]
    return [
        tuple((own - factor[place] * other[pivot]) % PRIME for place, own in enumerate(other) if place != pivot)
        for other in columns
    ]


def _alike(people: list[Person], shown: list[Sum]) -> Counter[tuple[Column, ...]]:
    """Counts the people who have the same answers, as far as these have a weight in the sums.

    Answers are the same whose weights are multiples of each other.
    """
    alike = Counter()
    for person in people:
        answers = defaultdict(lambda: [0] * len(shown))
        for place, (group, item) in enumerate(shown):
            if group in person.groups:
                for statement, weight in _weights(person, item).items():
                    answers[statement][place] = weight
        if answers:
            alike[tuple(sorted({_scaled(own) for own in answers.values()}))] += 1
    return alike


def _weights(person: Person, item: str) -> dict[str, int]:
    scale = INSTRUMENT.scales[item]
    if personal_score(person, scale) is None:
        return {}
    own = [key for key in statements_of(scale) if person.answers.get(key, "?") != "?"]
    return {key: pow(len(own), -1, PRIME) for key in own}


def _scaled(weights: list[int]) -> Column:
    inverse = pow(next(filter(None, weights)), -1, PRIME)
    return tuple(weight * inverse % PRIME for weight in weights)


def most_dimensions(people: list[Person], shown: list[Sum], level: Group, large: list[str], minimum: int) -> int:
    """Returns the most of the dimensions `large` that a level can show beside the factor's sums in `shown`."""
    for size in range(len(large), 0, -1):
        for chosen in combinations(large, size):
            if allows(people, [*shown, *((level, key) for key in chosen)], minimum):
                return size
    return 0


def compare(unknown: float, clustered: bool, minimum: int, networks: int = NETWORKS) -> Counter[str]:
    """Counts over `networks` networks the dimensions that are large enough, could be shown and are, with milliseconds.

    Where all that are large enough are shown, no more could be.
    """
    found = Counter()
    for seed in range(networks):
        people = network(Random(seed), unknown=unknown, clustered=clustered)
        scores = score(counts(people), INSTRUMENT)
        start = process_time()
        published = publish(scores, INSTRUMENT, minimum=minimum)
        found["ms"] += round(1000 * (process_time() - start))
        for own in published.groups:
            found[own.group.kind] += sum(INSTRUMENT.scales[item].kind != "dimension" for item in own.figures)
        for factor, level in product(INSTRUMENT.factors, map(level_group, LEVELS)):
            figure = published.figure(level, factor.key)
            if figure and figure.mean is not None and figure.n >= 2 * minimum:
                large = _large(scores.moments, level, factor, minimum)
                shown = sum(published.figure(level, dimension.key) is not None for dimension in factor.dimensions)
                sums = [(own.group, factor.key) for own in published.groups if factor.key in own.figures]
                sums = [(group, key) for group, key in sums if group != NETWORK]
                best = shown if shown == len(large) else most_dimensions(people, sums, level, large, minimum)
                found.update(large=len(large), best=best, shown=shown)
    return found


def _large(moments, level: Group, factor, minimum: int) -> list[str]:
    """Returns the dimensions with enough people for their number of statements."""
    least = {1: max(2 * minimum, 10)}
    return [
        dimension.key
        for dimension in factor.dimensions
        if level in moments[dimension.key]
        and moments[dimension.key][level].n >= least.get(len(dimension.statements), 2 * minimum)
    ]


COLUMNS = ("'weet ik niet'", "minimum", "large enough", "shown at best", "shown by the rule", "of the best")
COLUMNS += ("levels' figures", "partners' figures", "ms a network")

if __name__ == "__main__":
    print("|", *(f"{value} |" for value in COLUMNS))
    print("|", *("--- |" for _ in COLUMNS))
    for clustered in (False, True):
        for unknown in (0.05, 0.11, 0.17):
            for minimum in (3, 5):
                found = compare(unknown, clustered, minimum)
                row = [f"{100 * unknown:.0f} %{', clustered' if clustered else ''}", minimum]
                row += [found["large"], found["best"], found["shown"], f"{100 * found['shown'] / found['best']:.1f} %"]
                row += [found["level"], found["partner"], round(found["ms"] / NETWORKS)]
                print("|", *(f"{value} |" for value in row), flush=True)
