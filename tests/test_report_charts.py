"""The drawings: whole XML, text as text, hidden groups drawn as hidden, and legible without colour."""

import re
from xml.etree import ElementTree

import pytest

from assessments.report.builder import build_report
from assessments.report.charts.svg import MARKS, spread
from tests.report_cases import INSTRUMENT, B, M, U, facts, nijmegen, results, scores

NAMESPACE = "{http://www.w3.org/2000/svg}"
CASES = {
    "three levels": nijmegen(),
    "a level is hidden": results({U: scores(3.0), M: scores(4.0)}, hidden=[B]),
    "all the same": results({U: scores(3.0), M: scores(3.0), B: scores(3.0)}),
    "limits": results({U: scores("low"), M: scores("high"), B: scores(3.0)}),
    "at the ends": results({U: scores(1.0), M: scores(5.0), B: scores(5.0)}),
    "with a partner": nijmegen(partners={"school": scores(3.9)}),
}


def charts(found, key="netwerk"):
    report = build_report(found, INSTRUMENT, facts(), key)
    return [chart for section in report.sections for chart in section.charts]


@pytest.fixture(params=list(CASES))
def found(request):
    return CASES[request.param]


def test_a_chart_is_whole_xml_whose_title_comes_first(found):
    for chart in charts(found):
        root = ElementTree.fromstring(chart.svg)
        assert root[0].tag == f"{NAMESPACE}title"
        assert root[0].text == chart.alt
        assert root.get("aria-labelledby") == root[0].get("id")


def test_a_chart_carries_no_style_or_script_that_the_policy_refuses(found):
    for chart in charts(found):
        assert not re.search(r"<style|<script| style=| on\w+=", chart.svg)


def test_no_dutch_number_stands_in_an_attribute(found):
    for chart in charts(found):
        for element in ElementTree.fromstring(chart.svg).iter():
            for name, value in element.attrib.items():
                if name not in ("points", "font-family"):
                    assert not re.search(r"\d,\d", value), (name, value)


def test_everything_lies_within_the_drawing(found):
    for chart in charts(found):
        root = ElementTree.fromstring(chart.svg)
        _, _, width, height = map(float, root.get("viewBox").split())
        for element in root.iter():
            for name, most in (
                ("x", width),
                ("cx", width),
                ("x1", width),
                ("x2", width),
                ("y", height),
                ("cy", height),
            ):
                if element.get(name):
                    assert 0 <= float(element.get(name)) <= most


def test_each_level_has_its_own_shape_shade_and_letter():
    marks = [MARKS[level] for level in (U, M, B)]
    for part in ("shape", "fill", "letter"):
        assert len({getattr(mark, part) for mark in marks}) == 3


def test_the_names_stand_at_the_marks():
    profile = charts(nijmegen())[0]
    words = [element.text for element in ElementTree.fromstring(profile.svg).iter(f"{NAMESPACE}text")]
    for name in ("uitvoerend", "management", "bestuur", "zorg", "bespreken", "sterk", "Startcondities"):
        assert words.count(name) == 1


def test_a_hidden_level_is_drawn_as_hidden_in_every_row():
    profile = charts(CASES["a level is hidden"])[0]
    assert profile.svg.count("stroke-dasharray") == 11
    assert "niet getoond" in profile.svg
    assert "stroke-dasharray" not in charts(nijmegen())[0].svg


def test_the_alternative_text_says_what_is_to_be_seen():
    assert charts(nijmegen())[0].alt == (
        "Profiel van elf factoren in drie fasen, op een schaal van 1 tot 5. "
        "Uitvoerend loopt van 2,2 (regels) tot 4,4 (toewijding). "
        "Management loopt van 2,6 (regels) tot 4,3 (toewijding). "
        "Bestuur loopt van 3,1 (regels) tot 4,3 (toewijding). "
        "Het verschil is het grootst bij communicatie en vertrouwen (1,3 punt). "
        "Communicatie: het uitvoerend niveau komt uit op 2,5, het bestuur op 3,8."
    )


@pytest.mark.parametrize(
    ("wanted", "placed"),
    [([50, 150], [50, 150]), ([100, 100], [100, 140]), ([390, 395], [340, 380]), ([0, 5, 10], [20, 60, 100])],
)
def test_names_are_kept_apart_and_inside(wanted, placed):
    assert spread(wanted, [40] * len(wanted), 0, 400) == placed
