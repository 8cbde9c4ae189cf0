"""`python -m tests.best_suppression` counts how much more the rule hides than needed, for the table of the docs.

Small random networks without limits and skipped answers have one factor. The best choice is found by trying every set
of partners that are large enough, with every level that is; it shows the most partners, and of those the most people.
"""

from collections import Counter
from itertools import combinations
from random import Random

from assessments.disclosure.combinations import smallest_combination
from assessments.disclosure.groups import decide, large_enough, totals
from factors.instrument import LEVELS

NETWORKS = 2000


def network(random: Random, partners: int) -> dict[tuple[str, str], int]:
    """Returns people by (partner, level): many at uitvoerend, few at bestuur, and not everybody everywhere."""
    most = {"uitvoerend": 12, "management": 4, "bestuur": 2}
    return {
        (f"p{number}", level): random.randint(1, most[level])
        for number in range(partners)
        for level in LEVELS
        if random.random() < 0.7
    }


def best(people: dict[tuple[str, str], int], minimum: int) -> tuple[int, int]:
    """Returns the most partners that can be shown beside every level that is large enough, and their most people."""
    groups = large_enough(people, minimum)
    levels = [group.key for group in groups if group.kind == "level"]
    partners = sorted((group for group in groups if group.kind == "partner"), key=lambda group: group.key)
    sums = totals(people)
    for size in range(len(partners), -1, -1):
        safe = [
            sum(sums[group] for group in chosen)
            for chosen in combinations(partners, size)
            if smallest_combination(people, levels, [group.key for group in chosen], minimum) is None
        ]
        if safe:
            return size, max(safe)
    raise AssertionError("the levels alone are always safe")


def compare(partners: int, minimum: int) -> Counter[str]:
    """Counts over NETWORKS networks the partner figures that are large enough, shown at best and shown by the rule."""
    random, found = Random(partners * 100 + minimum), Counter()
    for _ in range(NETWORKS):
        people = network(random, partners)
        shown = sum(group.kind == "partner" for group in decide(people, minimum).groups)
        at_best, _ = best(people, minimum)
        large = sum(group.kind == "partner" for group in large_enough(people, minimum))
        found.update(large=large, best=at_best, rule=shown, worse=int(shown < at_best))
    return found


COLUMNS = "partners", "minimum", "large enough", "shown at best", "shown by the rule", "hidden more", "networks where"

if __name__ == "__main__":
    table = [COLUMNS, ["---"] * len(COLUMNS)]
    for minimum in (3, 5):
        for partners in (3, 4, 5, 6, 8):
            found = compare(partners, minimum)
            more = 100 * (found["best"] - found["rule"]) / found["best"]
            worse = 100 * found["worse"] / NETWORKS
            counts = [partners, minimum, found["large"], found["best"], found["rule"]]
            table.append([*counts, f"{more:.1f} %", f"{worse:.1f} %"])
    for row in table:
        print("|", *(f"{value} |" for value in row))
