"""Random networks of clumsy shapes show where hiding small groups alone goes wrong."""

from random import Random

from factors.instrument import LEVELS, Instrument
from tests.people import INSTRUMENT, Person

# How somebody fills in the statements of one factor: each place of the pattern is asked once a statement.
# '#' is an answer, '?' 'weet ik niet', '.' nothing; a pattern is repeated over the statements.
HABITS = ["#", "#", "#", "?", ".", "?#", "#?", "#.", "##?", "###?", "?###", ".###", "#..."]


def network(random: Random, *, most: int = 30, instrument: Instrument = INSTRUMENT) -> list[Person]:
    """Returns up to `most` people, and at least one."""
    cells = [cell for cell, count in _shape(random).items() for _ in range(count)]
    random.shuffle(cells)
    careful = random.choice([0.5, 0.8, 0.9, 0.97, 1.0])  # the share of people who answer every statement
    habits = random.sample(HABITS, random.choice([1, 2, 4]))
    mood = {level: random.choice([1.2, 2, 3, 4, 4.8]) for level in LEVELS}
    return [_person(random, cell, careful, habits, mood[cell[1]], instrument) for cell in cells[:most]]


def _shape(random: Random) -> dict[tuple[str, str], int]:
    """Returns the number of people by (partner, level)."""
    partners = [f"p{number}" for number in range(random.choice([1, 2, 2, 3, 3, 4, 5]))]
    size = random.choice([2, 3, 4, 6, 8, 12])
    shape = {
        (partner, level): random.choice([0, 0, 1, random.randint(1, size), size])
        for partner in partners
        for level in LEVELS
    }
    match random.randrange(6):
        case 0:  # one partner is a whole level
            level = random.choice(LEVELS)
            shape |= {(partner, level): 0 for partner in partners[1:]} | {(partners[0], level): size}
        case 1:  # one person at a level
            level = random.choice(LEVELS)
            shape |= {(partner, level): 0 for partner in partners} | {(partners[-1], level): 1}
        case 2:  # equally many everywhere
            shape = dict.fromkeys(shape, random.randint(1, 5))
        case 3:  # each partner at one level only
            for place, partner in enumerate(partners):
                shape |= {(partner, level): size if LEVELS.index(level) == place % 3 else 0 for level in LEVELS}
        case 4:  # as the case before, except for one person
            for place, partner in enumerate(partners):
                shape |= {(partner, level): size if LEVELS.index(level) == place % 3 else 0 for level in LEVELS}
            shape[random.choice(partners), random.choice(LEVELS)] = 1
    return shape if any(shape.values()) else {("p0", "uitvoerend"): 3}


def _person(random, cell, careful, habits, mood, instrument) -> Person:
    answers = {}
    for key, block in instrument.blocks.items():
        habit = "#" if random.random() < careful else random.choice(habits)
        for place, statement in enumerate(block) if key != "ouders" else ():
            sign = habit[place % len(habit)]
            if sign != ".":
                answers[statement.key] = "?" if sign == "?" else str(min(5, max(1, round(random.gauss(mood, 0.7)))))
    return Person(*cell, answers)
