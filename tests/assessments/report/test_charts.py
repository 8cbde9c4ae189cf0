"""The drawings are whole XML, keep text as text, draw hidden groups as hidden, and are legible without colour."""

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from assessments.report.builder import build_report
from assessments.report.charts.svg import MARKS, SHADES, text_width
from tests.report_cases import INSTRUMENT, B, M, U, facts, nijmegen, results, scores

NAMESPACE = "{http://www.w3.org/2000/svg}"
CASES = {
    "three levels": nijmegen(),
    "a level is hidden": results({U: scores(3.0), M: scores(4.0)}, hidden=[B]),
    "all the same": results({U: scores(3.0), M: scores(3.0), B: scores(3.0)}),
    "limits": results({U: scores("low"), M: scores("high"), B: scores(3.0)}),
    "at the ends": results({U: scores(1.0), M: scores(5.0), B: scores(5.0)}),
    "with a partner": nijmegen(partners={"school": scores(3.9)}),
    "four marks in one place": results(
        {U: scores(4.4), M: scores(4.5), B: scores(4.6)}, partners={"school": scores(4.4)}
    ),
    "a cluster of three and one apart": results(
        {U: scores(3.0), M: scores(3.1), B: scores(3.5)}, partners={"school": scores(3.1)}
    ),
}
CHARTS = [
    *((case, "netwerk") for case in CASES),
    *((case, "partner:school") for case in ("with a partner", *list(CASES)[-2:])),
]


def charts(found, key="netwerk"):
    report = build_report(found, INSTRUMENT, facts(), key)
    return [chart for section in report.sections for chart in section.charts]


@pytest.fixture(params=CHARTS, ids=" of ".join)
def drawn(request):
    case, key = request.param
    return charts(CASES[case], key)


@pytest.fixture
def drawings(drawn):
    """Returns each chart as it is drawn for a page and for a phone."""
    return [svg for chart in drawn for svg in (chart.svg, chart.narrow)]


def test_the_profile_leaves_room_on_its_page_for_what_is_said_of_it():
    alike = results({U: scores(3.0), M: scores(3.0), B: scores(3.0)})  # four marks above each other in each row
    height = float(re.search(r'viewBox="0 0 \S+ (\S+)"', charts(alike)[0].svg)[1])
    assert height * 176 / 640 < 185  # of the 261 mm of a page


def test_a_chart_is_whole_xml_whose_title_comes_first(drawn):
    for chart in drawn:
        roots = [ElementTree.fromstring(svg) for svg in (chart.svg, chart.narrow)]
        for root in roots:
            assert root[0].tag == f"{NAMESPACE}title"
            assert root[0].text == chart.alt
            assert root.get("aria-labelledby") == root[0].get("id")
        assert len({root[0].get("id") for root in roots}) == 2  # both stand on one page


def test_a_chart_carries_no_style_or_script_that_the_policy_refuses(drawings):
    for svg in drawings:
        assert not re.search(r"<style|<script| style=| on\w+=", svg)


def test_no_dutch_number_stands_in_an_attribute(drawings):
    for svg in drawings:
        for element in ElementTree.fromstring(svg).iter():
            for name, value in element.attrib.items():
                if name not in ("points", "font-family"):
                    assert not re.search(r"\d,\d", value), (name, value)


def test_a_drawing_for_a_phone_is_as_narrow_and_tells_the_same(drawn):
    for chart in drawn:
        wide, narrow = (ElementTree.fromstring(svg) for svg in (chart.svg, chart.narrow))
        assert float(narrow.get("width")) <= 344
        assert not Counter(words_of(wide)) - Counter(words_of(narrow))
        for text in narrow.iter(f"{NAMESPACE}text"):
            length, x = text_width(text.text, float(text.get("font-size"))), float(text.get("x"))
            left = x - length * {"middle": 0.5, "end": 1, None: 0}[text.get("text-anchor")]
            assert left > -8, text.text
            assert left + length < 352, text.text


def words_of(root):
    """Returns the words of a drawing, in whatever lines these stand."""
    return " ".join(text.text for text in root.iter(f"{NAMESPACE}text")).replace(":", "").split()


def test_everything_lies_within_the_drawing(drawings):
    for svg in drawings:
        root = ElementTree.fromstring(svg)
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


def test_a_factor_that_a_level_hides_has_an_empty_mark_and_a_level_that_is_hidden_none():
    profile = charts(results({U: scores(3.0), M: scores(4.0, regels=None)}))[0]
    assert profile.svg.count("stroke-dasharray") == 1
    assert "niet getoond" in profile.svg
    for found in (CASES["a level is hidden"], nijmegen()):
        assert "stroke-dasharray" not in charts(found)[0].svg


def test_no_line_joins_marks_that_may_be_the_same():
    def lines(levels):
        return charts(results(levels))[0].svg.count('stroke-width="2.4"')

    assert lines({U: scores(5.0), B: scores("high")}) == 0
    assert lines({U: scores(4.4), B: scores("high")}) == 11


def test_the_alternative_text_says_what_is_to_be_seen():
    assert charts(nijmegen())[0].alt == (
        "Profiel van elf factoren in drie fasen, op een schaal van 1 tot 5. "
        "Uitvoerend loopt van 2,3 (principiële betrokkenheid) tot 4,4 (toewijding). "
        "Management loopt van 2,6 (regels) tot 4,3 (toewijding). "
        "Bestuur loopt van 2,7 (kennis) tot 4,4 (toewijding). "
        "Netwerk loopt van 2,7 (regels) tot 4,4 (toewijding). "
        "Het verschil is het grootst bij communicatie en vertrouwen (1,2 punt). "
        "Communicatie: het uitvoerend niveau komt uit op 2,5, het bestuur op 3,7."
    )


def model_of(found, key="netwerk"):
    return charts(found, key)[-1]


def said_in(chart):
    return [element.text for element in ElementTree.fromstring(chart.svg).iter(f"{NAMESPACE}text")]


def test_of_scores_that_are_all_equal_the_alternative_text_says_so_once():
    agreeing = results({U: scores(3.4), M: scores("high"), B: scores(3.4, regels=None)})
    said = charts(agreeing)[0].alt
    assert "Uitvoerend geeft elke factor 3,4. Management geeft elke factor 4,5 of hoger." in said
    assert "Bestuur geeft elke factor die is getoond 3,4." in said


def test_the_model_has_the_scores_of_the_network_and_shades_as_in_the_profile():
    drawn = model_of(results({level: scores(4.2, regels=2.2, voorgeschiedenis=3.1) for level in (U, M, B)}))
    words = said_in(drawn)
    assert (words.count("2,2"), words.count("3,1"), words.count("4,2")) == (1, 1, 9)
    assert words.count("niet getoond") == 1  # the outcome
    boxes = [r for r in ElementTree.fromstring(drawn.svg).iter(f"{NAMESPACE}rect") if r.get("rx")]
    shades = [SHADES.get(band) for band in ("zorg", "bespreken", "sterk")]
    assert [sum(box.get("fill") == shade for box in boxes) for shade in shades] == [1, 1, 9]


def test_the_model_says_a_limit_and_a_hidden_score_as_such():
    drawn = model_of(results({U: scores(3.4, voorgeschiedenis="low", kennis=None), M: scores(3.0)}), U)
    assert said_in(drawn).count("1,5 of lager") == 1
    assert said_in(drawn).count("niet getoond") == 2  # kennis and the outcome
    assert drawn.svg.count("stroke-dasharray") == 2


def test_where_the_network_has_no_score_the_model_has_those_of_each_level():
    drawn = model_of(results({U: scores(2.8), M: scores(3.6)}, hidden=[B]))
    assert drawn.table.head == ("Factor", "Uitvoerend", "Management")
    assert (said_in(drawn).count("2,8"), said_in(drawn).count("3,6")) == (11, 11)
    assert {"uitvoerend", "management"} <= set(said_in(drawn))


def test_the_model_says_whose_scores_it_has():
    for found, key, whose in (
        (nijmegen(), "netwerk", "netwerk"),
        (nijmegen(), B, "bestuur"),
        (results({U: scores(2.8)}, hidden=[M, B]), "netwerk", "uitvoerend"),
    ):
        assert f"scores: {whose}" in said_in(model_of(found, key))
    nothing = said_in(model_of(results({}, hidden=[U, M, B])))
    assert nothing.count("niet getoond") == 12


def test_an_arrow_leads_to_each_phase_one_of_them_thick_and_to_the_step_to_the_outcome():
    arrows = re.findall(r'<polyline [^>]*stroke-width="([\d.]+)"', model_of(nijmegen()).svg)
    assert sorted(arrows) == sorted(["1.4", "1.4", "4.2", "1.4", "1.4", "4.2", "1.4"])  # with the legend's two


def test_the_letters_of_the_model_are_9_points_when_printed():
    sizes = re.findall(r'font-size="([\d.]+)"', model_of(nijmegen()).svg)
    assert min(map(float, sizes)) * 176 / 640 / 25.4 * 72 >= 9


def test_an_instrument_that_does_not_say_what_may_colour_what_has_no_model():
    factors = tuple(replace(factor, touches=(), model=None) for factor in INSTRUMENT.factors)
    report = build_report(nijmegen(), replace(INSTRUMENT, factors=factors), facts(), "netwerk")
    assert "model" not in [section.key for section in report.sections]


def marks(svg):
    """Returns (x, y, radius) of the marks that are circles or hexagons, in the order in which they are drawn."""
    for element in ElementTree.fromstring(svg):
        if element.tag == f"{NAMESPACE}circle":
            yield tuple(float(element.get(name)) for name in ("cx", "cy", "r"))
        elif element.tag == f"{NAMESPACE}polygon":
            ys = [float(point.split(",")[1]) for point in element.get("points").split()]
            xs = [float(point.split(",")[0]) for point in element.get("points").split()]
            yield (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2, (max(ys) - min(ys)) / 2


def test_no_mark_covers_another_however_many_come_out_alike():
    for case, key in CHARTS:
        found = sorted(marks(charts(CASES[case], key)[0].svg), key=lambda mark: mark[1])
        for (x, y, _), (other, below, _) in pairwise(found):
            assert abs(x - other) > 12 or below - y > 10, (case, key)


def test_all_marks_of_a_crowd_are_small_and_one_apart_is_large():
    profile = charts(CASES["a cluster of three and one apart"])[0]
    drawn = [radius for _, y, radius in marks(profile.svg) if y > 20]  # below the legend
    assert all(radius < 6.4 or radius > 10 for radius in drawn)  # a diamond has long ends


def test_the_legend_names_each_group_once_and_its_names_stay_apart():
    for case, key in CHARTS:
        root = ElementTree.fromstring(charts(CASES[case], key)[0].svg)
        legend = [text for text in root.iter(f"{NAMESPACE}text") if float(text.get("y")) < 20]
        names = [text.text for text in legend]
        assert len(names) == len(set(names)) >= 1, (case, key)
        ends = [float(text.get("x")) + text_width(text.text, 12.5) for text in legend]
        assert all(end + 17 < float(other.get("x")) for end, other in zip(ends, legend[1:], strict=False)), (case, key)
        assert ends[-1] < float(root.get("width")), (case, key)


def test_a_letter_is_as_high_as_a_capital_of_nine_points_or_there_is_none():
    for case, key in CHARTS:
        for chart in charts(CASES[case], key):
            heights = {
                round(max(ys) - min(ys), 1)
                for line in ElementTree.fromstring(chart.svg).iter(f"{NAMESPACE}polyline")
                if line.get("stroke-width") == "1.7"
                for ys in [[float(point.split(",")[1]) for point in line.get("points").split()]]
            }
            # A page has 499 points of width for the 640 units of a drawing; a capital is 0.66 em high.
            assert heights or chart.key != "profiel-figuur", (case, key)
            assert all(height * 499 / 640 > 9 * 0.66 for height in heights), (case, key, heights)


def test_the_sentence_of_the_profile_calls_nothing_lowest_that_a_limit_may_be_below():
    mixed = scores(3.0, regels=1.2, kennis="low", toewijding=4.6, vertrouwen="high")
    assert (
        "Uitvoerend loopt van 1,5 of lager (regels) tot 4,5 of hoger (vertrouwen)."
        in charts(results({U: mixed}))[0].alt
    )
    ends = charts(results({U: scores("low", regels=1.2)}))[0].alt
    assert "Uitvoerend geeft elke factor 1,5 of lager." in ends
