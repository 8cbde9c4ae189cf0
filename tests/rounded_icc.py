"""How far rounding moves an ICC(1) from published figures: means and sd with one decimal, sd of 0.3 at least.

Groups of 10 to 60 people are drawn as a normal distribution has them: a mean, and a sample variance. No person is
drawn, for nothing but these moments is published. `python -m tests.rounded_icc` makes the table of docs/reliability.md.
"""

from fractions import Fraction
from random import Random
from statistics import quantiles

from assessments.scores import readings
from assessments.scores.icc import Summary, icc

GROUPS, SPREADS, TRUE = (3, 15, 45, 150), (0.5, 0.7, 0.9), (0.0, 0.1, 0.4)
FEWEST, MOST = 10, 60

# By groups, spread within them and true ICC(1): how far 95 of 100 draws move at most.
SHOWN = {(3, 0.7, 0.1): 0.036, (3, 0.5, 0.4): 0.052, (15, 0.5, 0.4): 0.026}


def moved(groups, *, spread, icc1, draws, seed):
    """Returns how much higher ICC(1) comes out of rounded figures, draw by draw."""
    chance = Random(seed)
    found = []
    for _ in range(draws):
        exact = [_drawn(chance, spread, icc1) for _ in range(groups)]
        found.append(float(icc([_rounded(group) for group in exact]).icc1 - icc(exact).icc1))
    return found


def _drawn(chance, spread, icc1):
    n = chance.randint(FEWEST, MOST)
    apart = spread * (icc1 / (1 - icc1)) ** 0.5
    mean = 3.4 + chance.gauss(0, apart) + chance.gauss(0, spread / n**0.5)
    variance = spread**2 * chance.gammavariate((n - 1) / 2, 2) / (n - 1)  # chi-squared with n − 1 degrees of freedom
    return Summary(n, Fraction(round(mean * 10**6), 10**6), Fraction(round(variance * 10**6), 10**6))


def _rounded(group):
    mean, spread = readings.half_up(group.mean), readings.spread(group.variance)
    return Summary(group.n, Fraction(mean), Fraction(spread) ** 2)


def _table(draws):
    yield "| groups | sd within | ICC(1) 0 | ICC(1) .1 | ICC(1) .4 |"
    yield "|---|---|---|---|---|"
    for groups in GROUPS:
        for spread in SPREADS:
            cells = [moved(groups, spread=spread, icc1=icc1, draws=draws, seed=1) for icc1 in TRUE]
            yield f"| {groups} | {spread} | {' | '.join(f'{most_of(found):.3f}' for found in cells)} |"


def most_of(found):
    """Returns how far 95 of 100 draws move at most."""
    return quantiles(map(abs, found), n=20)[-1]


if __name__ == "__main__":
    for line in _table(draws=500):
        print(line)
