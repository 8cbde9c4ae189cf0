"""The limits by which figures are read are numbers in one module, and every text takes them from there."""

import ast
import re
from decimal import Decimal
from pathlib import Path

from assessments import dutch
from assessments.dataset.figures import BANDS
from assessments.report.charts import svg
from assessments.scores import readings
from assessments.scores.readings import band, gap_label

ROOT = Path(__file__).parents[3]
READINGS = ROOT / "assessments" / "scores" / "readings.py"
A_LICENCE = r"(?<!CC[ -]BY[ -])(?<!Naamsvermelding )(?<!by/)"  # CC BY 4.0 is none
LIMIT = re.compile(rf"(?<![\d.,§:]){A_LICENCE}(?:[0134][,.]5|[0134][,.]0|3[,.]9|[23][,.]95)(?![\d,]|\.\d)")
NO_LIMITS = re.compile(
    r'<span data-figure="[^"]+">[^<]*</span>'  # a test works these limits out
    r"|<p>\s*Stel dat wij de partner Buurtteams.*?</ul>"  # this one too: a sum with scores
    r'|style="[^"]*"',
    re.DOTALL,
)


def texts_of(path: Path) -> list[str]:
    """Returns the texts in a module, without docstrings."""
    tree = ast.parse(path.read_text())
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said
    ]


def test_no_limit_stands_as_text_in_code():
    modules = [path for app in ("assessments", "factors") for path in (ROOT / app).rglob("*.py")]
    found = [
        (str(path.relative_to(ROOT)), text)
        for path in modules
        if path != READINGS and "demo" not in path.parts and "migrations" not in path.parts
        for text in texts_of(path)
        if LIMIT.search(text)
    ]
    assert found == []


def test_no_limit_stands_as_text_in_a_template():
    found = [
        (path.name, line.strip())
        for path in (ROOT / "templates").rglob("*.html")
        for line in NO_LIMITS.sub("", path.read_text()).splitlines()
        if LIMIT.search(line)
    ]
    assert found == []


def test_the_words_have_the_numbers_that_count():
    assert dutch.BANDS == {"sterk": "4,0 en hoger", "bespreken": "3,0 tot en met 3,9", "zorg": "lager dan 3,0"}
    assert BANDS == {
        "zorg": "lager dan 3,0 (zorg)",
        "bespreken": "3,0 tot en met 3,9 (bespreken)",
        "sterk": "4,0 en hoger (sterk)",
    }
    assert dutch.LIMITS == {"low": "1,5 of lager", "high": "4,5 of hoger"}
    assert [band(Decimal(mean)) for mean in ("2.9", "3.0", "3.9", "4.0")] == ["zorg", "bespreken", "bespreken", "sterk"]
    assert [gap_label(Decimal(size)) for size in ("0.4", "-0.5", "0.9", "-1.0")] == [
        "geen",
        "verschil",
        "verschil",
        "groot_verschil",
    ]


def test_the_edges_that_are_drawn_lie_between_the_bands():
    for name, (low, high) in svg.EDGES.items():
        inside = [Decimal(tenth) / 10 for tenth in range(10, 51) if low <= tenth / 10 <= high]
        assert {band(mean) for mean in inside} == {name}


def test_a_limit_is_as_far_from_its_end_at_both_ends_and_in_halves_of_a_point():
    """The whole-number computations with limits (in `extremes` and `remainders`) rest on this."""
    low, high = readings.LIMITS["low"], readings.LIMITS["high"]
    assert low - 1 == 5 - high
    assert (2 * low, 2 * high) == (int(2 * low), int(2 * high))
