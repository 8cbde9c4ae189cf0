"""Intervals as R has them: the figures were made once, with the script that stands beside them."""

import csv
import re
from pathlib import Path

import pytest

from assessments.scores.intervals import change_interval, mean_interval
from tests.test_scores import moments

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
    least, most = (-4, 4) if second else (1, 5)
    expected = (max(float(figure["low"]), least), min(float(figure["high"]), most))
    assert (float(found.low), float(found.high)) == pytest.approx(expected)
