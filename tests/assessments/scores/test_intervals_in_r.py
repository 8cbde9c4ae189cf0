"""Intervals are as in R, apart from two choices: a spread of at least 0.3, and 0.1 for the rounding of a change.

The figures were made once, with the script that stands beside them.
"""

import csv
import re
from fractions import Fraction
from pathlib import Path

import pytest

from assessments.scores.intervals import change_interval, mean_interval
from tests.assessments.scores.test_scoring import moments

FOLDER = Path(__file__).parent / "r"
FIGURES = list(csv.DictReader(row for row in (FOLDER / "intervals.csv").read_text().splitlines() if row[0] != "#"))
SAMPLES = {
    name: [value.strip() for value in values.split(",")]
    for name, values in re.findall(r"^  (\w) = c\((.*?)\)", (FOLDER / "intervals.R").read_text(), re.MULTILINE)
}


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: "-".join(list(figure.values())[:3]))
def test_r_has_the_same_interval(figure):
    first, second = (moments(*SAMPLES[name]) if name else None for name in (figure["first"], figure["second"]))
    found = change_interval(first.mean - second.mean, [first], [second]) if second else mean_interval(first)
    least, most, rounding = (-4, 4, 0.1) if second else (1, 5, 0)
    expected = (max(float(figure["low"]) - rounding, least), min(float(figure["high"]) + rounding, most))
    assert (float(found.low), float(found.high)) == pytest.approx(expected)


@pytest.mark.parametrize("figure", [figure for figure in FIGURES if not figure["second"]], ids=lambda f: f["first"])
def test_under_a_spread_of_three_tenths_r_has_the_interval_of_that_spread(figure):
    """Scores ten times nearer to their mean have an interval a tenth as wide; ours is that of a spread of 0.3."""
    own = moments(*SAMPLES[figure["first"]])
    scores = [own.mean + (Fraction(value) - own.mean) / 10 for value in SAMPLES[figure["first"]]]
    found = mean_interval(moments(*scores, unit=16800))
    half = (float(figure["high"]) - float(figure["low"])) / 2 * 0.3 / float(own.variance) ** 0.5
    assert float(own.variance) ** 0.5 / 10 < 0.3
    assert (float(found.low), float(found.high)) == pytest.approx((float(own.mean) - half, float(own.mean) + half))
