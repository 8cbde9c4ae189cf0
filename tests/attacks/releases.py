"""Makes families of releases at random, and plays a reader of all who knows up to four networks' own reports."""

import random
from decimal import Decimal

import numpy as np

from assessments.national.intakes import Intake, Waiting, place
from assessments.national.quartiles import SetsTold
from assessments.national.tables import QUANTITIES, Member, tell
from assessments.rules.releases import KNOWN_NETWORKS
from factors.instrument import LEVELS

SCALE = "vertrouwen"
TRAITS = {
    "scope": ("wijk", "gemeente", "regio"),
    "inhabitants": ("klein", "groot"),
    "kind": ("school", "jgz", "politie"),
}
SHOWN = 0.8  # of a level's figures
LEAVES = 0.04  # a round, between two releases


def releases(seed, count=4, networks=30):
    """Returns what each of `count` releases tells of one scale, and the (network, place) of each round.

    Networks come, go, hide figures, and come back with a second round.
    """
    dice = random.Random(seed)
    places, members, gone, intakes, told, entered = {}, {}, set(), {}, [], {}
    for number in range(count):
        waiting = _arrivals(dice, number, networks // count, places, members)
        for own in place(waiting, [_state(key, rounds, gone, members) for key, rounds in intakes.items()]):
            made_up = {entry for entry in intakes.get(own.number, ()) if entry in gone}
            entered.setdefault(own.number, set()).update(made_up)
            intakes.setdefault(own.number, []).extend(map(int, own.rounds))
        whole = [rounds for key, rounds in intakes.items() if {*rounds} & gone <= entered.get(key, set())]
        present = [members[entry] for rounds in whole for entry in rounds if entry not in gone]
        told.append(tell(present, [SCALE], [line for lines in told for line in lines], places, SetsTold()))
        gone |= {entry for entry in members if dice.random() < LEAVES}
    return told, places


def _arrivals(dice, number, count, places, members):
    """Returns the rounds that wait: of new networks, and second ones of some that were there before."""
    again = [network for network in sorted({network for network, _ in places.values()}) if dice.random() < 0.4]
    waiting = []
    for network in [*(f"{number}-{new}" for new in range(count + dice.randrange(6))), *again]:
        entry, nth = len(members) + 1, 1 + sum(network == own for own, _ in places.values())
        traits = {name: (dice.choice(values),) for name, values in TRAITS.items()}
        figures = {(SCALE, level): Decimal(dice.randrange(10, 51)) / 10 for level in LEVELS if dice.random() < SHOWN}
        if len(figures) == len(LEVELS):
            figures[SCALE, "network"] = sum(figures.values()) / len(LEVELS)
        places[entry] = (network, nth)
        members[entry] = Member(entry, network, nth, "1.0", traits, figures)
        waiting.append(Waiting(str(entry), network, (traits["scope"][0],)))
    return waiting


def _state(key, rounds, gone, members):
    return Intake(key, frozenset(members[entry].network for entry in rounds), is_broken=bool({*rounds} & gone))


def matrix(told, places):
    """Returns the figures told as rows over columns, and whose column each is."""
    return array_of([QUANTITIES[line.quantity].row(places[entry] for entry in line.entries) for line in told])


def array_of(rows):
    unknowns = sorted({unknown for row in rows for unknown in row})
    found = np.array([[row.get(unknown, 0) for unknown in unknowns] for row in rows], dtype=float)
    return found.reshape(len(rows), len(unknowns)), [network for network, _ in unknowns]


def finds_one(told, places, seed, tries=12):
    """Tells whether the reader works out something of one network, knowing four others at most."""
    return finds_few(*matrix(told, places), seed, tries)


def finds_few(rows, owners, seed, tries=12):
    """Tells whether the reader finds a combination of five networks or fewer.

    Gaussian elimination in a random order of networks gives combinations that vanish on as many networks as can be.
    """
    dice = random.Random(seed)
    for _ in range(tries):
        networks = sorted(set(owners))
        dice.shuffle(networks)
        order = sorted(range(len(owners)), key=lambda column: networks.index(owners[column]))
        for row in reduced(rows[:, order]):
            touched = {owners[order[column]] for column in np.flatnonzero(abs(row) > 1e-7)}
            if 0 < len(touched) <= KNOWN_NETWORKS + 1:
                return True
    return False


def reduced(rows):
    """Returns the reduced row echelon form, without rows of nought."""
    left, pivot = rows.copy(), 0
    for column in range(left.shape[1]):
        if pivot == len(left):
            break
        best = pivot + int(np.argmax(abs(left[pivot:, column])))
        if abs(left[best, column]) < 1e-9:
            continue
        left[[pivot, best]] = left[[best, pivot]]
        left[pivot] /= left[pivot, column]
        others = np.arange(len(left)) != pivot
        left[others] -= np.outer(left[others, column], left[pivot])
        pivot += 1
    return left[:pivot]
