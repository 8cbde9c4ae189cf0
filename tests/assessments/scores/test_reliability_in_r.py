"""R's psych and multilevel find the same alpha, Feldt's bounds, ICC(1) and ICC(2), and so does a file that is public.

That file, lq2002, comes with multilevel: P.D. Bliese, R.R. Halverson & C.A. Schriesheim, Benchmarking multilevel
methods, The Leadership Quarterly 13 (2002) 3-14.
"""

import csv
import subprocess
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random
from statistics import variance

import numpy as np
import pytest

from assessments.scores.icc import Summary, icc
from assessments.scores.readings import half_up
from assessments.scores.reliability import Alpha, exact_alpha

pytestmark = pytest.mark.files

SCRIPT = Path(__file__).parent / "r" / "reliability.R"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Returns a folder with answers of which some were skipped and one column is constant, and unequal groups."""
    folder, chance = tmp_path_factory.mktemp("r"), Random(19)
    answers = []
    for _ in range(120):
        mood = chance.gauss(3, 1)
        given = [str(min(5, max(1, round(chance.gauss(mood, 1))))) for _ in range(5)]
        answers.append(["" if chance.random() < 0.05 else value for value in given] + ["4"])
    _write(folder / "answers.csv", [f"s{place}" for place in range(6)], answers)
    groups = []
    for group, size in enumerate((2, 3, 5, 8, 13, 21, 34)):
        middle = chance.gauss(3, 0.5)
        groups += [[f"g{group}", chance.gauss(middle, 0.7)] for _ in range(size)]
    _write(folder / "groups.csv", ["group", "score"], groups)
    return folder


@pytest.fixture(scope="module")
def r(folder):
    """Returns what R says, by name."""
    told = subprocess.run(["Rscript", SCRIPT, folder], capture_output=True, text=True, check=True).stdout
    return {name: float(value) for name, value in csv.reader(told.splitlines())}


def _write(path, head, rows):
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([head, *rows])


def _read(path):
    return list(csv.DictReader(path.open()))


def alpha_of(rows):
    return float(exact_alpha(np.array(rows), np.ones(len(rows), dtype="int64")))


def icc_of(scores):
    """Returns the ICC of scores by group, from n, mean and variance of each group."""
    return icc([Summary(len(own), Fraction(sum(own), len(own)), variance(own)) for own in scores.values()])


def test_alpha_of_skipped_and_constant_statements_is_that_of_multilevel(r, folder):
    """So it counts who answered all, and a constant one with variance 0; psych, given the same file, does neither."""
    whole = [[int(value) for value in row.values()] for row in _read(folder / "answers.csv") if all(row.values())]
    assert 60 < len(whole) < 110
    assert alpha_of(whole) == pytest.approx(r["multilevel_alpha"], abs=1e-9)
    assert alpha_of([row[:-1] for row in whole]) == pytest.approx(r["psych_alpha_of_whole_and_varied"], abs=1e-9)
    assert abs(alpha_of(whole) - r["psych_alpha_as_given"]) > 0.01


def test_feldts_bounds_are_those_of_psych(r):
    cases = [name.split("_")[1:4] for name in r if name.startswith("feldt") and name.endswith("low")]
    assert len(cases) == 5
    for alpha, k, n in cases:
        told = [r[f"feldt_{alpha}_{k}_{n}_{end}"] for end in ("low", "high")]
        assert Alpha(Decimal(alpha), int(k), int(n)).interval == tuple(half_up(Fraction(bound), 2) for bound in told)


def test_icc_of_unequal_groups_is_that_of_multilevel_with_its_own_group_size(r, folder):
    scores = defaultdict(list)
    for row in _read(folder / "groups.csv"):
        scores[row["group"]].append(Fraction(row["score"]))
    found = icc_of(scores)
    plain = Fraction(found.people, found.groups)
    assert float(found.icc1_with(plain)) == pytest.approx(r["groups_icc1"], abs=1e-9)
    assert float(found.icc2) == pytest.approx(r["groups_icc2"], abs=1e-9)
    assert found.icc1 - found.icc1_with(plain) > Fraction(1, 100)


def test_lq2002_has_the_values_that_are_known_of_it(r, folder):
    """Alpha .9022, ICC(1) .0880 with the plain mean group size, ICC(2) .8008: 2,042 people in 49 companies."""
    scores, rows = defaultdict(list), []
    for row in _read(folder / "lq2002.csv"):
        group = row.pop("group")
        rows.append([int(value) for value in row.values()])
        scores[group].append(Fraction(sum(rows[-1]), 11))
    found = icc_of(scores)
    assert (found.people, found.groups) == (2042, 49)
    own = (alpha_of(rows), float(found.icc1_with(Fraction(2042, 49))), float(found.icc2))
    assert own == pytest.approx((0.9022, 0.0880, 0.8008), abs=1e-4)
    assert own == pytest.approx((r["lq2002_alpha"], r["lq2002_icc1"], r["lq2002_icc2"]), abs=1e-9)
    assert float(found.icc1) == pytest.approx(0.0887, abs=1e-4)
