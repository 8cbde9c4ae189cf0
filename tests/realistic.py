"""Random networks are like those of municipalities: many people at uitvoerend, few at bestuur, skipped statements."""

from random import Random

from factors.instrument import LEVELS, OUDERS
from tests.people import INSTRUMENT, Person

SHARES = {"uitvoerend": 0.68, "management": 0.21, "bestuur": 0.11}
OPINION = {"uitvoerend": 3.1, "management": 3.5, "bestuur": 3.9}


def network(random: Random, *, unknown: float, clustered: bool) -> list[Person]:
    """Returns 20 to 150 people of 4 to 10 partners who said 'weet ik niet' to a share `unknown` of the statements.

    By chance everybody says so equally often. With `clustered`, a third of the people say it two and a half times as
    often and the others a quarter of that.
    """
    partners = [f"p{number}" for number in range(random.randint(4, 10))]
    sizes = {partner: random.choice([1, 1, 2, 2, 3, 4, 6]) for partner in partners}
    opinion = {(partner, block): random.gauss(0, 0.4) for partner in partners for block in INSTRUMENT.blocks}
    people = []
    for _ in range(random.randint(20, 150)):
        partner = random.choices(partners, [sizes[own] for own in partners])[0]
        level = random.choices(LEVELS, [SHARES[own] for own in LEVELS])[0]
        skipped = unknown * (random.choice([2.5, 0.25, 0.25]) if clustered else 1)
        people.append(_person(random, partner, level, skipped, opinion))
    return people


def _person(random, partner, level, skipped, opinion) -> Person:
    own, answers = random.gauss(0, 0.4), {}
    for key, block in INSTRUMENT.blocks.items():
        for statement in block if key != OUDERS else ():
            value = round(random.gauss(OPINION[level] + opinion[partner, key] + own, 0.8))
            answers[statement.key] = "?" if random.random() < skipped else str(min(5, max(1, value)))
    return Person(partner, level, answers)
