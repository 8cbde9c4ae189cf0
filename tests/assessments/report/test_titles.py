"""The title of an advice on a difference has the levels and figures that a reader may see, and no others."""

import re
from dataclasses import replace
from random import Random

import pytest

from assessments.dutch import LEVEL, score
from assessments.report.blocks import AdviceGroup, Advices, Text
from assessments.report.builder import build_report
from assessments.report.context import Context
from assessments.report.sections.advice import FOR_PART
from assessments.results.advice import Pick, pick
from assessments.results.document import Results
from assessments.scores.groups import level_group
from factors.instrument import LEVELS
from tests.plausible import plausible
from tests.report_cases import INSTRUMENT, facts, results, scores

PAIR_RULES = {rule.key: rule for rule in INSTRUMENT.rules if rule.scope == "pair"}
U, M, B = LEVELS
SCORES = re.compile(r"\d,\d(?: of (?:lager|hoger))?")


def titles(found, level):
    """Returns the titles of a level's advices, or of the network's (None), by key."""
    ctx = Context(found, INSTRUMENT, facts(), None)
    return {p.advice: ctx.title(p) for p in found.advice if p.level == level}


def section(report, key):
    return next(found for found in report.sections if found.key == key)


def titles_of(report):
    """Returns the titles of the advices that stand up front and behind."""
    groups = [block for block in section(report, "advies").blocks if isinstance(block, Advices | AdviceGroup)]
    return {card.title for group in groups for card in group.items}


# Trust differs between uitvoerend and bestuur; management is in between.
TRUST = {U: scores(3.5, vertrouwen=2.8), M: scores(3.5), B: scores(3.5, vertrouwen=4.1)}


@pytest.mark.parametrize(
    ("level", "advice", "title"),
    [
        (None, "algemeen_gesprek_tussen_niveaus", "Praat met elkaar over vertrouwen: uitvoerend 2,8, bestuur 4,1"),
        (B, "algemeen_gesprek_tussen_niveaus", "Praat met het uitvoerend niveau over vertrouwen: u 4,1, zij 2,8"),
        (U, "algemeen_gesprek_tussen_niveaus", "Praat met het bestuur over vertrouwen: u 2,8, zij 4,1"),
        (
            B,
            "vertrouwen_twijfel_bespreken",
            "Bespreek met het uitvoerend niveau de twijfel over het resultaat (vertrouwen: u 4,1, zij 2,8)",
        ),
    ],
)
def test_a_title_speaks_to_its_own_level(level, advice, title):
    assert titles(results(TRUST), level)[advice] == title


def test_a_limit_stays_a_limit():
    found = titles(results(TRUST | {B: scores(3.5, vertrouwen="high")}), U)
    assert found["algemeen_gesprek_tussen_niveaus"] == "Praat met het bestuur over vertrouwen: u 2,8, zij 4,5 of hoger"


def test_an_advice_that_follows_from_no_difference_keeps_its_plain_title():
    low = results({level: scores(4.5, voorgeschiedenis=2.0) for level in LEVELS})
    for level in LEVELS:
        assert (
            titles(low, level)["voorgeschiedenis_kennismaken_en_terugkijken"]
            == "Leer elkaar kennen en kijk samen terug"
        )


def test_where_no_two_levels_differ_the_first_step_speaks_of_no_other_level():
    ctx = Context(results(TRUST), INSTRUMENT, facts(), None)
    plain = Pick("vertrouwen_spreek_elkaar_aan", U, "verdeeld_vertrouwen", factor="vertrouwen")
    of_two = replace(plain, rule="werkvloer_vertrouwen", pair=(U, B))
    assert ctx.title(plain) == "Maak het gewoon om elkaar aan te spreken"
    assert "het andere niveau" in ctx.first_step(of_two)
    assert "het andere niveau" not in ctx.first_step(plain)


def test_the_first_advice_on_each_difference_is_filled_in_for_each_level(subtests):
    for rule in PAIR_RULES.values():
        for level in LEVELS:
            own = [
                INSTRUMENT.advice_by_key[key] for key in rule.advice if level in INSTRUMENT.advice_by_key[key].levels
            ]
            with subtests.test(rule.key, level=level):
                assert not own or "{cijfers}" in own[0].filled["title"]


def test_a_partner_reads_of_the_networks_ten_those_that_speak_to_its_kind_and_is_told_so():
    found = results({level: scores(2.5) for level in LEVELS}, partners={"school": scores(1.5)})
    report = build_report(found, INSTRUMENT, facts(), "partner:school")
    network = {p.advice: INSTRUMENT.advice_by_key[p.advice] for p in found.advice if p.level is None}
    speaks = [advice.title for advice in network.values() if not advice.partners or "school" in advice.partners]
    assert titles_of(report) == set(speaks[:3])
    told = [block.text for block in section(report, "advies").blocks if isinstance(block, Text)]
    assert FOR_PART.format(yours="uw organisatie") in told


def test_page_1_of_a_partner_has_the_advices_that_its_report_explains_and_says_whose_they_are():
    found = results({v: scores(3.5, regels=2.2) for v in LEVELS}, partners={"school": scores(1.5)})
    report = build_report(found, INSTRUMENT, facts(), "partner:school")
    heading, listed = section(report, "kern").blocks[2:4]
    assert heading.text == "Adviezen voor het hele netwerk, om mee te beginnen:"
    assert {f"{title}." for title in titles_of(report)} == set(listed.items)
    assert "Geef een helder kader, laat de invulling vrij" not in titles_of(report)  # that speaks to the gemeente


def test_only_figures_of_the_two_levels_that_are_shown_stand_in_a_title():
    random = Random(8)
    filled = 0
    for published, said in (plausible(random) for _ in range(150)):
        found = Results(published, pick(published, INSTRUMENT, said), "1.0", "1.0")
        ctx = Context(found, INSTRUMENT, facts(), None)
        for p in found.advice:
            title = ctx.title(p)
            shown = {score(published.figure(level_group(level), p.factor)) for level in p.pair or ()}
            assert set(SCORES.findall(title)) <= shown
            named = {level for level in LEVELS if LEVEL[level] in title}
            assert named <= set(p.pair or ()) - {p.level}
            assert "{" not in title
            filled += bool(shown and SCORES.search(title))
    assert filled > 100
