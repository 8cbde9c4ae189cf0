"""The guide for a second conversation follows the report's order and figures, and its PDF is accessible."""

from xml.etree import ElementTree

import page
import pytest

from assessments import dutch
from assessments.report.facts import CONSTRUCTED
from assessments.report.interview import build_interview, has_interview
from assessments.report.interview_pdf import interview_html_of, interview_pdf_of
from assessments.report.subjects import NoSuchReport
from factors.instrument import LEVELS
from tests.report_cases import FACTORS, INSTRUMENT, B, M, U, facts, figure, nijmegen, results, scores

HIGH = {level: scores(4.2) for level in LEVELS}


def guide(found, key="netwerk", **more):
    return build_interview(found, INSTRUMENT, facts(**more), key)


def part(interview, key):
    return next(part for part in interview.parts if part.key == key)


@pytest.mark.parametrize(
    ("found", "key", "first"),
    [
        # A low past comes first, then the largest difference, then what is low, the lowest first.
        (results({**HIGH, U: scores(4.2, voorgeschiedenis=2.9, regels=2.0, kennis=2.8)}), U,
         ["voorgeschiedenis", "regels", "kennis"]),
        (results({U: scores(4.2, kennis=2.8, regels=2.5), M: scores(4.2), B: scores(4.2, vertrouwen=2.0)}), B,
         ["vertrouwen", "regels", "kennis"]),
        # Nothing asks for attention: the lowest first.
        (results({level: scores(4.2, toewijding=3.4, middelen=3.9) for level in LEVELS}), "netwerk",
         ["toewijding", "middelen", "voorgeschiedenis"]),
        # The network has no figures where a level is hidden: its lowest level counts.
        (results({U: scores(4.2, toewijding=4.0), M: scores(4.2, regels=4.1)}, hidden=[B]), "netwerk",
         ["toewijding", "regels", "voorgeschiedenis"]),
        # What is not shown comes last.
        (results({level: scores(3.5, voorgeschiedenis=None) for level in LEVELS}), M, ["prikkels"]),
    ],
)  # fmt: skip
def test_factors_come_in_the_order_of_the_report_and_then_the_lowest_first(found, key, first):
    items = [part.key for part in guide(found, key).parts]
    assert items[: len(first)] == first
    assert sorted(items[:11]) == sorted(FACTORS)
    assert items[11:] == ["effectiviteit"]


def test_what_is_not_shown_comes_after_all_factors_that_are():
    found = results({level: scores(3.5, voorgeschiedenis=None) for level in LEVELS})
    items = [part.key for part in guide(found, M).parts]
    assert items[10] == "voorgeschiedenis"
    assert part(guide(found, M), "voorgeschiedenis").own.text == dutch.HIDDEN


def test_the_scores_beside_a_factor_are_the_published_ones():
    regels = part(guide(nijmegen(), U), "regels")
    assert (regels.own.name, regels.own.text) == ("uitvoerend", "2,4")
    assert [(score.name, score.text) for score in regels.others] == [("management", "2,6"), ("bestuur", "3,2")]
    whole = part(guide(nijmegen()), "regels")
    assert (whole.own.name, whole.own.text, len(whole.others)) == ("netwerk", "2,7", 3)


@pytest.mark.parametrize(("ouders", "said"), [(figure(2.9, 14), "2,9"), ("hidden", dutch.HIDDEN)])
def test_ouders_who_took_part_are_asked_their_own_in_the_guide_of_the_network(ouders, said):
    last = guide(nijmegen(ouders=ouders)).parts[-1]
    assert (last.key, last.own.text, last.others) == ("ouders", said, ())
    assert [q.text for q in last.questions] == [q.text for q in INSTRUMENT.interview if q.item == "ouders"]
    assert guide(nijmegen(ouders=ouders), U).parts[-1].key == "effectiviteit"
    assert guide(nijmegen()).parts[-1].key == "effectiviteit"


def test_a_level_is_asked_what_suits_it_and_the_network_says_whom():
    for level in LEVELS:
        for found in guide(nijmegen(), level).parts:
            about = [q for q in INSTRUMENT.interview if q.item == found.key]
            assert [q.text for q in found.questions] == [q.text for q in about if level in q.levels]
            assert not any(q.whom for q in found.questions)
    whom = [q.whom for q in part(guide(nijmegen()), "communicatie").questions]
    assert whom == ["", "", "", "", "", "Voor het uitvoerend niveau en het management", "Voor het bestuur", ""]


def test_the_network_is_not_asked_for_a_level_that_took_no_part():
    found = guide(results({U: scores(3.0), M: scores(3.2)}))
    assert "Hoe vertelt u anderen welk besluit u nam, en waarom?" not in {
        q.text for part in found.parts for q in part.questions
    }
    assert "Voor het management" in {q.whom for part in found.parts for q in part.questions}


@pytest.mark.parametrize("key", ["partner:school", "samenvatting", "ouders", "bestuurr"])
def test_there_is_no_guide_beside_other_reports(key):
    assert not has_interview(key)
    with pytest.raises(NoSuchReport):
        guide(nijmegen(partners={"school": scores(3.9)}), key)


def test_a_hidden_level_has_no_guide():
    with pytest.raises(NoSuchReport):
        guide(results({U: scores(3.0)}, hidden=[M, B]), M)


@pytest.mark.parametrize(
    ("found", "key", "more"),
    [
        (nijmegen(ouders=figure(2.9, 14)), "netwerk", {"is_constructed": True}),
        (nijmegen(), U, {"network": "Samenwerkingsverband <voor> & jeugd " * 5}),
        (results({U: scores(3.0)}, hidden=[M, B]), U, {}),
    ],
)
def test_the_pdf_is_accessible_and_archivable(found, key, more):
    interview = guide(found, key, **more)
    assert interview.constructed == (CONSTRUCTED if more.get("is_constructed") else "")
    assert ElementTree.fromstring(interview_html_of(interview)).tag == "html"
    pdf = interview_pdf_of(interview)
    for profile in ("ua1", "3a"):
        validated = page.validate_pdf_bytes(pdf, profile=profile)
        assert [(failure.rule_id, failure.message) for failure in validated.failures] == []
        assert validated.is_compliant
    assert interview_pdf_of(interview) == pdf
