"""Other lists stand beside published scores only: the dimension's own, or else the factor's, level by level."""

import pytest

from assessments import dutch
from assessments.report.lenses import build_lenses
from assessments.report.subjects import NoSuchReport
from assessments.scores.groups import level_group
from tests.report_cases import INSTRUMENT, B, M, U, facts, figure, nijmegen, results, scores

MAPPED = [element for lens in INSTRUMENT.lenses for element in lens["elements"]]


def lenses(found=None, key="netwerk"):
    return build_lenses(found or nijmegen(), INSTRUMENT, facts(), key)


def elements(page):
    return {element.key: element for lens in page.lenses for element in lens.elements}


def test_every_element_of_every_list_stands_beside_what_it_is_read_from():
    page = lenses()
    assert [lens.key for lens in page.lenses] == [lens["key"] for lens in INSTRUMENT.lenses]
    found = elements(page)
    assert list(found) == [element["key"] for element in MAPPED]
    for element in MAPPED:
        assert len(found[element["key"]].rows) == len(element["primary"]), element["key"]
        assert bool(found[element["key"]].rows) == element["asked"], element["key"]


def test_a_dimension_has_its_own_score_and_a_factor_its_own():
    """Contact at all places is read from one dimension, which can be lower than the factor that it is a part of."""
    found = results(
        {
            level: scores(3.9) | {"communicatie.continuiteit": figure(low)}
            for level, low in ((U, 1.8), (M, 2.7), (B, 3.6))
        }
    )
    integration = elements(lenses(found))["kanter.integratie"]
    assert [row.name for row in integration.rows] == ["Communicatie: Continuïteit"]
    assert [cell.text for cell in integration.rows[0].cells] == ["1,8", "2,7", "3,6"]
    information = elements(lenses(found))["kanter.informatie"]
    assert [row.name for row in information.rows] == ["Communicatie", "Middelen: Informatie"]
    assert [cell.text for cell in information.rows[0].cells] == ["3,9"] * 3


def test_every_figure_is_a_published_one_and_what_is_hidden_is_not_shown():
    found = results({U: scores(3.2) | {"regels.rollen": figure(2.4)}, M: scores(3.6)}, hidden=[B])
    page = lenses(found)
    assert page.heads == ("Uitvoerend", "Management", "Bestuur")
    published = {
        (item, level): dutch.score(shown) if (shown := found.published.figure(level_group(level), item)) else None
        for item in (*INSTRUMENT.factor, *INSTRUMENT.dimensions)
        for level in (U, M, B)
    }
    for element in MAPPED:
        for item, row in zip(element["primary"], elements(page)[element["key"]].rows, strict=True):
            for level, cell in zip((U, M, B), row.cells, strict=True):
                assert cell.text == (published[item, level] or dutch.HIDDEN), (element["key"], level)
    rollen = elements(page)["kanter.institutionalisering"].rows[0]
    assert [cell.text for cell in rollen.cells] == ["2,4", dutch.HIDDEN, dutch.HIDDEN]
    assert "minstens tien mensen" in page.why_hidden


def test_a_level_that_took_no_part_has_no_column():
    assert lenses(results({U: scores(3), M: scores(4)})).heads == ("Uitvoerend", "Management")


@pytest.mark.parametrize("key", [U, "samenvatting", "partner:school", "elders"])
def test_there_is_one_page_a_round(key):
    with pytest.raises(NoSuchReport):
        lenses(nijmegen(partners={"school": scores(3.9)}), key)
