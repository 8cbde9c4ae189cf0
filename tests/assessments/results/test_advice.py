"""Advice follows from the rules in one order of importance: three up front, ten a report, none from what is hidden.

No database is needed. What the studies say of each rule is in test_studies.py.
"""

from dataclasses import replace

import pytest

from assessments.disclosure.published import Hidden, Published
from assessments.results.advice import MOST, UP_FRONT, pick, up_front
from assessments.results.conditions import Judge, Subject
from assessments.scores.groups import NETWORK
from factors.instrument import LEVELS
from tests.published_words import FACTORS, INSTRUMENT, advices, first, picks, published

EVERYBODY = dict.fromkeys(LEVELS, "elke_factor sterk")
LOW = {"uitvoerend": "elke_factor zorg", "management": "elke_factor bespreken", "bestuur": "elke_factor sterk"}


def offered_by(published):
    """Returns all that the rules have to offer the network and its levels, more than the ten that each gets."""
    judge = Judge(published, INSTRUMENT, {})
    held = [rule for level in (None, *published.shown_levels) for rule in judge.holding(Subject(level))]
    return {key for rule in held for key in rule.advice}


def keys(found):
    return [p.advice for p in found]


# How many, and in what order


def test_a_report_has_ten_advices_at_most_and_each_of_them_once():
    found = picks(**LOW)
    for level in (None, *LEVELS):
        own = [p.advice for p in found if p.level == level]
        assert 1 <= len(own) <= MOST
        assert len(own) == len(set(own))
    assert len([p for p in found if p.level == "uitvoerend"]) == MOST


def test_the_first_three_stand_up_front():
    assert up_front(picks(**LOW), "uitvoerend") == tuple(p for p in picks(**LOW) if p.level == "uitvoerend")[:UP_FRONT]


def test_the_network_comes_first_and_then_the_levels():
    order = [(None, *LEVELS).index(p.level) for p in picks(**LOW)]
    assert order == sorted(order)


def test_what_is_lowest_comes_first():
    found = first("uitvoerend", uitvoerend="elke_factor sterk, regels 2.9, middelen 2.8, kennis 2.0, toewijding 1.8")
    assert [p.rule for p in found][:2] == ["toewijding_zorg", "kennis_leren_onbekend"]


def test_a_low_voorgeschiedenis_comes_before_what_is_lower():
    found = first("uitvoerend", uitvoerend="elke_factor sterk, voorgeschiedenis 2.9, kennis 1.8, toewijding 1.9")
    assert found[0].rule.startswith("voorgeschiedenis")


def test_a_factor_of_which_a_part_is_low_comes_after_what_is_low():
    words = "elke_factor sterk, middelen 3.4, middelen.informatie 1.9, kennis 2.9"
    found = first("uitvoerend", uitvoerend=words)
    assert found[0].rule.startswith("kennis")
    assert "middelen_informatie_zorg" in [p.rule for p in found]


def test_each_finding_has_its_first_advice_before_any_has_its_second():
    found = [p for p in picks(uitvoerend="elke_factor zorg") if p.level == "uitvoerend"]
    rules = {rule.key: rule for rule in INSTRUMENT.rules}
    findings = [rules[p.rule].when[0].items[0].split(".")[0] for p in found]
    assert len(set(findings)) >= MOST - 3


def test_what_is_strong_is_not_up_front_where_anything_is_low():
    words = "elke_factor sterk, communicatie 2.9"
    strong = {rule.key for rule in INSTRUMENT.rules if rule.asked == {"sterk"}}
    for level in LEVELS:
        assert not strong & {p.rule for p in first(level, **{level: words})}


def test_where_all_is_strong_the_first_advice_is_to_keep_it_so():
    found = first("management", management="elke_factor sterk")
    assert found[0].advice == "algemeen_vasthouden"


def test_where_a_factor_is_in_between_nothing_is_advised_on_what_is_strong():
    words = "elke_factor sterk, kennis bespreken, kennis.lerend_vermogen"
    for reading, is_given in (("sterk", False), ("bespreken", True)):
        given = {p.advice for p in picks(uitvoerend=f"{words} {reading}") if p.rule == "kennis_bespreken"}
        about_learning = {a.key for a in INSTRUMENT.advice if a.dimension == "kennis.lerend_vermogen"}
        assert bool(given & about_learning) == is_given


# Two levels that differ


@pytest.mark.parametrize("pair", [("uitvoerend", "management"), ("uitvoerend", "bestuur"), ("management", "bestuur")])
def test_two_levels_that_differ_are_asked_to_talk_whichever_they_are(pair):
    low, high = pair
    found = picks(**{low: "elke_factor sterk, vertrouwen 2.8", high: "elke_factor sterk, vertrouwen 4.1"})
    talk = [p for p in found if p.advice == "algemeen_gesprek_tussen_niveaus"]
    assert {p.level for p in talk} == {None, *pair}
    assert {(p.pair, p.factor) for p in talk} == {(pair, "vertrouwen")}


def test_advice_on_a_difference_speaks_of_the_two_levels_that_are_furthest_apart():
    found = picks(uitvoerend="regels 2.8", management="regels 3.4", bestuur="regels 4.4")
    pairs = {p.level: p.pair for p in found if p.advice == "algemeen_gesprek_tussen_niveaus"}
    assert pairs == {
        None: ("uitvoerend", "bestuur"),
        "uitvoerend": ("uitvoerend", "bestuur"),
        "management": ("management", "bestuur"),
        "bestuur": ("uitvoerend", "bestuur"),
    }


def test_a_difference_under_a_half_is_no_difference():
    assert not [p for p in picks(uitvoerend="regels 3.4", bestuur="regels 3.8") if p.pair]


# What is low for those who do the work is low in the network


def test_the_network_is_advised_on_what_its_mean_hides():
    words = {"uitvoerend": "kennis 2.4", "management": "kennis 3.6", "bestuur": "kennis 4.4"}
    assert published(**words).figure(NETWORK, "kennis").band == "bespreken"
    assert "netwerk_kennis" in {p.rule for p in picks(**words) if p.level is None}


def test_the_network_is_advised_where_bestuur_is_hidden():
    found = picks(uitvoerend="elke_factor sterk, vertrouwen 2.4", management="elke_factor sterk", bestuur="")
    assert {"netwerk_vertrouwen", "niveaus_in_gesprek"} <= {p.rule for p in found if p.level is None}


# What is hidden


def without(shown, items):
    """Returns what is published without these items, which are hidden on every level."""
    groups = tuple(
        replace(group, figures={item: figure for item, figure in group.figures.items() if item not in items})
        for group in shown.groups
    )
    differences = tuple(difference for difference in shown.differences if difference.factor not in items)
    return replace(shown, groups=groups, differences=differences, hidden=(Hidden(NETWORK, None, "small"),))


def test_nothing_is_advised_on_a_factor_that_is_hidden():
    """Each factor is low everywhere, and hidden in turn with its dimensions: no rule that names it speaks."""
    dimensions = {key: [d.key for d in INSTRUMENT.factor[key].dimensions] for key in FACTORS}
    low = ", ".join(f"{item} zorg" for key in FACTORS for item in (key, *dimensions[key]))
    rules = {rule.key: rule for rule in INSTRUMENT.rules}
    for key in FACTORS:
        found = pick(without(published(**dict.fromkeys(LEVELS, low)), [key, *dimensions[key]]), INSTRUMENT)
        hidden = {key, *dimensions[key]}
        assert [p for p in found if any(hidden.issuperset(c.items) for c in rules[p.rule].when)] == []


def test_nothing_is_said_of_a_level_that_is_hidden():
    assert {p.level for p in picks(uitvoerend="elke_factor zorg", bestuur="")} == {"uitvoerend", None}


def test_too_few_answers_to_show_anything_asks_for_more_answers_and_nothing_else():
    found = picks(uitvoerend="", management="", bestuur="")
    assert [(p.advice, p.level) for p in found] == [("algemeen_meer_mensen_bereiken", None)]


@pytest.mark.parametrize("hidden", [{"bestuur": ""}, {"bestuur": "regels zorg"}])
def test_where_all_who_were_invited_answered_nobody_asks_for_more_people(hidden):
    """Nine of nine: a level, or a factor, is hidden, and whoever could answer did."""
    shown = published(uitvoerend="elke_factor zorg", **hidden)
    everybody = replace(shown, groups=tuple(replace(group, invited=group.n) for group in shown.groups))
    one_stayed_away = replace(shown, groups=tuple(replace(group, invited=group.n + 1) for group in shown.groups))
    assert "algemeen_meer_mensen_bereiken" not in offered_by(everybody)
    assert "algemeen_meer_mensen_bereiken" in offered_by(one_stayed_away)


def test_no_answers_no_advice():
    assert pick(Published(minimum=5, groups=(), differences=(), hidden=()), INSTRUMENT) == ()


def test_the_order_of_what_is_published_makes_no_difference():
    shown = published(**LOW)
    upside_down = replace(
        shown,
        groups=tuple(replace(g, figures=dict(reversed(g.figures.items()))) for g in reversed(shown.groups)),
        differences=tuple(reversed(shown.differences)),
    )
    assert pick(upside_down, INSTRUMENT) == pick(shown, INSTRUMENT)


# What the network said of itself


def test_a_rule_on_the_network_itself_holds_only_where_the_network_said_so():
    asking = [r for r in INSTRUMENT.rules if any(i.startswith("netwerk.") for c in r.when for i in c.items)]
    assert asking
    silent = {p.rule for p in picks(**LOW)} | {p.rule for p in picks(**EVERYBODY)}
    assert not silent & {rule.key for rule in asking}


def test_the_advices_of_a_level_are_those_that_it_can_act_on():
    for level in LEVELS:
        given = advices(level, **LOW)
        assert all(level in INSTRUMENT.advice_by_key[key].levels for key in given)
