"""The rules of fixtures/instrument/rules.yaml are tried: when each speaks, what it gives and what it silences.

No database is needed.
"""

import re
from dataclasses import replace
from itertools import product

import pytest

from assessments.disclosure.published import Hidden, Published
from assessments.results.advice import pick
from assessments.scores.groups import NETWORK
from factors.instrument import EVERY, EVERY_LEVEL, HIDDEN, LEVELS, SOME, SOME_LEVEL, SPLIT
from tests.rule_cases import (
    BANDS,
    FACTORS,
    INSTRUMENT,
    RULES,
    TABLE,
    advice_of,
    figures,
    first,
    picks,
    published,
)


def test_a_case_a_rule(subtests):
    for rule, situation, expected in TABLE:
        with subtests.test(rule):
            assert advice_of(rule, picks(**situation)) == expected


def test_every_rule_has_its_case():
    assert [rule for rule, _, _ in TABLE] == list(RULES)


def test_every_advice_can_be_reached():
    """Each case is tried for each level that it could be about: what any of its levels is given counts as reached."""
    reached = set()
    for rule, situation, _ in TABLE:
        alike = [situation]
        if RULES[rule].scope == "level":
            alike = [dict.fromkeys([level], *situation.values()) for level in RULES[rule].levels or LEVELS]
        reached |= {advice for one in alike for advice in advice_of(rule, picks(**one))}
    assert set(INSTRUMENT.advice_by_key) - reached == set()


def test_the_first_advice_of_a_rule_that_fits_the_level_is_the_one_up_front(subtests):
    for rule, situation, _ in TABLE:
        with subtests.test(rule):
            level = next(iter(situation)) if RULES[rule].scope == "level" else None
            own = [(key, INSTRUMENT.advice_by_key[key].levels) for key in RULES[rule].advice]
            given = advice_of(rule, picks(**situation))
            fitting = [key for key, levels in own if key in given and (level is None or level in levels)]
            assert given[0] == fitting[0]


# ---------------------------------------------------------------- what rules silence

# On a level where all else is strong and dimensions are hidden, exactly these rules speak. Where a factor is low,
# verbeterpunten_kiezen speaks too; above uitvoerend also leiderschap_sterk, unless all is strong. A rule is not heard
# if earlier rules gave all its advice already.
SPEAK = [
    ("uitvoerend", "", {"alles_sterk", "sterk_houden_bij_vertrek"}),
    ("uitvoerend", "regels zorg, vertrouwen zorg", {"relatie_voor_regels", "vertrouwen_zorg"}),
    ("uitvoerend", "regels zorg, vertrouwen bespreken", {"regels_met_vertrouwen", "vertrouwen_bespreken"}),
    ("uitvoerend", "regels zorg", {"regels_met_vertrouwen"}),
    (
        "bestuur",
        "regels zorg, vertrouwen zorg, regels.rollen zorg, regels.interactieregels zorg, regels.transparantie zorg",
        {"relatie_voor_regels", "regels_transparantie_zorg", "vertrouwen_zorg"},
    ),
    ("bestuur", "regels zorg, regels.rollen zorg", {"regels_met_vertrouwen", "regels_rollen_zorg"}),
    ("uitvoerend", "voorgeschiedenis zorg", {"voorgeschiedenis_zorg"}),
    ("uitvoerend", "communicatie zorg", {"communicatie_zorg"}),
    (
        "uitvoerend",
        "voorgeschiedenis zorg, communicatie zorg, communicatie.manier zorg",
        {"voorgeschiedenis_voor_communicatie", "voorgeschiedenis_zorg"},
    ),
    (
        "uitvoerend",
        "voorgeschiedenis zorg, vertrouwen zorg, vertrouwen.persoon zorg",
        {"voorgeschiedenis_voor_vertrouwen", "voorgeschiedenis_zorg"},
    ),
    (
        "management",
        "voorgeschiedenis zorg, toewijding zorg, toewijding.persoonlijk zorg",
        {"voorgeschiedenis_voor_toewijding", "voorgeschiedenis_zorg"},
    ),
    (
        "bestuur",
        "voorgeschiedenis zorg, gedeeld_begrip zorg, gedeeld_begrip.gedeeld zorg, toewijding bespreken",
        {"voorgeschiedenis_voor_gedeeld_begrip", "voorgeschiedenis_zorg", "toewijding_bespreken"},
    ),
    ("bestuur", "prikkels zorg", {"kader_onbekend", "prikkels_zorg"}),
    ("bestuur", "prikkels zorg, prikkels.kennis zorg, prikkels.juridisch sterk", {"prikkels_kennis_zorg"}),
    ("bestuur", "middelen zorg", {"middelen_zorg"}),
    ("bestuur", "prikkels zorg, middelen zorg", {"prikkels_en_middelen", "kader_onbekend"}),
    ("uitvoerend", "prikkels zorg, middelen zorg", {"prikkels_en_middelen_uitvoerend"}),
    ("uitvoerend", "kennis zorg", {"kennis_leren_onbekend", "kennis_zorg"}),
    ("uitvoerend", "kennis zorg, kennis.lerend_vermogen zorg", {"kennis_lerend_vermogen_zorg"}),
    ("uitvoerend", "communicatie bespreken, communicatie.continuiteit zorg", {"communicatie_continuiteit_zorg"}),
    (
        "uitvoerend",
        "communicatie 3.9, communicatie.continuiteit zorg, communicatie.manier sterk, communicatie.frequentie sterk",
        {"communicatie_alleen_continuiteit"},
    ),
    (
        "bestuur",
        "principiele_betrokkenheid zorg, gedeeld_begrip zorg",
        {"doel_en_begrip", "projectleider_voor_doel_onbekend", "principiele_betrokkenheid_zorg"},
    ),
    ("uitvoerend", "leiderschap zorg, effectiviteit zorg", {"leiderschap_zorg", "resultaat_laag"}),
    ("uitvoerend", "regels verdeeld", {"verdeeld_regels"}),
    ("uitvoerend", "effectiviteit zorg", {"gezin_eerst", "resultaat_achter"}),
]


def test_exactly_these_rules_speak(subtests):
    for level, words, rules in SPEAK:
        with subtests.test(words or "all strong", level=level):
            found = {p.rule for p in picks(**{level: f"elke_factor sterk, {words}"}) if p.level == level}
            low = any(figures(words)[factor].band == "zorg" for factor in FACTORS if factor in figures(words))
            keeps = words and level != "uitvoerend"
            more = {rule for rule, holds in (("verbeterpunten_kiezen", low), ("leiderschap_sterk", keeps)) if holds}
            assert found == rules | more


@pytest.mark.parametrize("level", LEVELS)
def test_low_regels_with_low_vertrouwen_call_for_the_relation_and_for_no_more_rules(level):
    found = picks(**{level: "regels zorg, regels.rollen zorg, regels.interactieregels zorg, vertrouwen zorg"})
    of_regels = [p.advice for p in found if INSTRUMENT.advice_by_key[p.advice].factor == "regels"]
    assert (of_regels, found[0].rule) == ([], "relatie_voor_regels")


def test_low_regels_without_a_figure_for_vertrouwen_ask_first_how_well_people_know_each_other():
    hidden = picks(management="regels zorg")
    assert advice_of("regels_zorg", hidden)[:2] == ["regels_helder_kader", "regels_wat_past_hier"]
    for known in ("zorg", "bespreken", "sterk"):
        assert advice_of("regels_zorg", picks(management=f"regels zorg, vertrouwen {known}")) == []


PROCESS = [factor.key for factor in INSTRUMENT.in_phase("samenwerkingsproces")]


def test_low_voorgeschiedenis_comes_first_and_shortens_the_process_list(subtests):
    for process, level in product(PROCESS, LEVELS):
        with subtests.test(process, level=level):
            alone = advice_of(f"{process}_zorg", picks(**{level: f"{process} zorg"}))
            low = {level: f"{process} zorg, voorgeschiedenis zorg"}
            assert first(level, **low)[0].rule == "voorgeschiedenis_zorg"
            assert advice_of(f"{process}_zorg", picks(**low)) == []
            assert 0 < len(advice_of(f"voorgeschiedenis_voor_{process}", picks(**low))) < len(alone)


def test_where_voorgeschiedenis_is_hidden_the_process_factor_speaks_for_itself(subtests):
    for process in PROCESS:
        with subtests.test(process):
            assert advice_of(f"{process}_zorg", picks(uitvoerend=f"elke_factor sterk, {process} zorg")) != []
            assert advice_of(f"{process}_zorg", picks(uitvoerend=f"{process} zorg")) != []


def test_where_a_factor_is_in_between_nothing_is_advised_on_what_is_strong():
    assert advice_of("kennis_bespreken", picks(uitvoerend="kennis bespreken, kennis.lerend_vermogen sterk")) == []
    assert advice_of("kennis_bespreken", picks(uitvoerend="kennis bespreken, kennis.lerend_vermogen zorg")) == []
    given = advice_of("kennis_bespreken", picks(uitvoerend="kennis bespreken, kennis.lerend_vermogen bespreken"))
    assert given == ["kennis_doelen_per_half_jaar"]


# ---------------------------------------------------------------- the six recommendations

# Which of the six of verstappen2021 §6.3 is up front for a level where only this factor is low.
RECOMMENDED = {
    "voorgeschiedenis": {"uitvoerend": 1, "management": 1},
    "prikkels": {"management": 4, "bestuur": 4},
    "principiele_betrokkenheid": {"uitvoerend": 2, "management": 2, "bestuur": 3},
    "leiderschap": {"management": 3, "bestuur": 3},
    "regels": {"management": 4, "bestuur": 4},
    "middelen": {"management": 4, "bestuur": 4},
    "kennis": {"uitvoerend": 5, "management": 5},
    "communicatie": {"uitvoerend": 6, "management": 6, "bestuur": 6},
    "vertrouwen": {"uitvoerend": 1, "management": 1, "bestuur": 6},
    "toewijding": {"uitvoerend": 6, "management": 6, "bestuur": 6},
    "gedeeld_begrip": {"uitvoerend": 2, "management": 2, "bestuur": 3},
}


def test_a_low_factor_brings_its_recommendation_up_front(subtests):
    for factor, level in product(FACTORS, LEVELS):
        with subtests.test(factor, level=level):
            found = first(level, **{level: f"elke_factor sterk, {factor} zorg"})
            numbers = [INSTRUMENT.advice_by_key[p.advice].recommendation for p in found]
            expected = RECOMMENDED[factor].get(level)
            assert expected in numbers if expected else not any(numbers)


# What §5.2, §5.3 and §6.1.3 name as hindering or not, as bands. Bestuur had three respondents: no dimensions.
NIJMEGEN = {
    "uitvoerend": "voorgeschiedenis zorg, prikkels bespreken, prikkels.juridisch zorg, prikkels.kennis sterk, "
    "prikkels.financieel sterk, principiele_betrokkenheid zorg, principiele_betrokkenheid.definitie zorg, "
    "principiele_betrokkenheid.deliberatie sterk, leiderschap bespreken, regels zorg, regels.rollen zorg, "
    "middelen zorg, middelen.financien zorg, middelen.informatie zorg, kennis bespreken, kennis.delen sterk, "
    "kennis.lerend_vermogen zorg, communicatie zorg, communicatie.manier zorg, communicatie.frequentie zorg, "
    "communicatie.continuiteit zorg, vertrouwen zorg, vertrouwen.persoon zorg, toewijding sterk, gedeeld_begrip zorg, "
    "gedeeld_begrip.gedeeld zorg, gedeeld_begrip.wederzijds bespreken",
    "management": "voorgeschiedenis zorg, prikkels bespreken, prikkels.juridisch zorg, prikkels.kennis sterk, "
    "prikkels.financieel sterk, principiele_betrokkenheid zorg, principiele_betrokkenheid.definitie zorg, "
    "leiderschap bespreken, regels zorg, regels.rollen zorg, middelen bespreken, middelen.financien zorg, "
    "kennis bespreken, kennis.delen sterk, kennis.lerend_vermogen zorg, communicatie bespreken, "
    "communicatie.manier bespreken, communicatie.frequentie bespreken, communicatie.continuiteit zorg, "
    "vertrouwen bespreken, toewijding sterk, gedeeld_begrip zorg, gedeeld_begrip.gedeeld zorg",
    "bestuur": "voorgeschiedenis zorg, prikkels sterk, principiele_betrokkenheid zorg, leiderschap bespreken, "
    "regels zorg, middelen sterk, kennis bespreken, communicatie bespreken, vertrouwen sterk, toewijding sterk, "
    "gedeeld_begrip zorg",
}


def test_the_findings_in_nijmegen_call_for_the_six_recommendations():
    found = {
        (advice.recommendation, p.level)
        for p in picks(**NIJMEGEN)
        for advice in [INSTRUMENT.advice_by_key[p.advice]]
        if advice.recommendation and p.level
    }
    assert found == {
        (advice.recommendation, level)
        for advice in INSTRUMENT.advice
        for level in advice.levels
        if advice.recommendation
    }


def test_in_nijmegen_the_two_levels_that_differ_translate_to_the_work_floor():
    pairs = {(p.rule, p.pair) for p in picks(**NIJMEGEN) if p.pair}
    assert {rule for rule, _ in pairs} == {
        "niveaus_in_gesprek",
        "werkvloer_prikkels",
        "werkvloer_middelen",
        "werkvloer_communicatie",
        "werkvloer_vertrouwen",
    }


# ---------------------------------------------------------------- what is hidden

BLIND = [case for case in TABLE if not any(HIDDEN in condition.readings for condition in RULES[case[0]].when)]


def without(shown, items):
    """Returns what is published without these items, which are hidden on every level."""
    groups = tuple(
        replace(group, figures={item: figure for item, figure in group.figures.items() if item not in items})
        for group in shown.groups
    )
    differences = tuple(difference for difference in shown.differences if difference.factor not in items)
    return replace(shown, groups=groups, differences=differences, hidden=(Hidden(NETWORK, None, "small"),))


def test_a_rule_is_silent_where_its_figures_are_hidden(subtests):
    """Each item that the rule names is hidden in turn, on every level; every factor, if it names no single one."""
    for rule, situation, _ in BLIND:
        for condition in RULES[rule].when:
            named = FACTORS if condition.item in (EVERY, SOME) else [condition.item]
            with subtests.test(rule, hidden=condition.item):
                rest = without(published(**situation), named)
                assert advice_of(rule, pick(rest, INSTRUMENT)) == []


def test_nothing_is_said_of_a_level_that_is_hidden():
    found = picks(uitvoerend="elke_factor zorg", bestuur="")
    assert {p.level for p in found} == {"uitvoerend", None}
    assert {p.rule for p in found if p.level is None} == {"netwerk_zonder_beeld"}


def test_too_few_answers_to_show_anything_asks_for_more_answers_and_nothing_else():
    found = picks(uitvoerend="", management="", bestuur="")
    assert [(p.advice, p.level) for p in found] == [("algemeen_meer_mensen_bereiken", None)]


def test_no_answers_no_advice():
    assert pick(Published(minimum=5, groups=(), differences=(), hidden=()), INSTRUMENT) == ()


def test_a_difference_under_a_half_is_no_difference():
    assert not [p for p in picks(uitvoerend="regels 3.4", bestuur="regels 3.8") if p.pair]


# ---------------------------------------------------------------- order and wording


def test_the_order_is_that_of_the_phases_however_the_figures_come():
    shown = published(**NIJMEGEN)
    upside_down = replace(
        shown,
        groups=tuple(replace(g, figures=dict(reversed(g.figures.items()))) for g in reversed(shown.groups)),
        differences=tuple(reversed(shown.differences)),
    )
    found = pick(shown, INSTRUMENT)
    assert pick(upside_down, INSTRUMENT) == found
    for level in LEVELS:
        given = [INSTRUMENT.advice_by_key[p.advice].factor for p in found if p.level == level]
        places = [FACTORS.index(factor) for factor in given if factor]
        assert places == sorted(places)


def test_no_advice_comes_twice_for_a_level():
    given = [(p.advice, p.level, p.pair) for p in picks(**NIJMEGEN)]
    assert len(given) == len(set(given))


def test_a_rule_names_only_what_exists(subtests):
    items = {*FACTORS, *INSTRUMENT.dimensions, INSTRUMENT.outcome.key, EVERY, SOME, EVERY_LEVEL, SOME_LEVEL}
    readings = {"level": BANDS | {SPLIT, HIDDEN}, "network": BANDS | {HIDDEN}, "pair": {"verschil", "groot_verschil"}}
    for rule in INSTRUMENT.rules:
        with subtests.test(rule.key):
            assert {condition.item for condition in rule.when} <= items
            assert {reading for condition in rule.when for reading in condition.readings} <= readings[rule.scope]
            assert set(rule.advice) <= set(INSTRUMENT.advice_by_key)
            assert set(rule.unless) <= {key for key, other in RULES.items() if other.scope == rule.scope}
            assert rule.sources


def test_a_rule_is_short_and_plain(subtests):
    """A rule has at most five advices, two where a factor is in between, and three sentences of twenty words."""
    for rule in INSTRUMENT.rules:
        with subtests.test(rule.key):
            sentences = re.split(r"(?<=[.?!])\s+", rule.sentence)
            assert 1 <= len(rule.advice) <= (2 if rule.key.endswith("_bespreken") else 5)
            assert len(sentences) <= 3
            assert max(len(sentence.split()) for sentence in sentences) <= 20
            assert not re.search(r"\d|uitvoerend|management|bestuur", rule.sentence)


def test_a_low_score_is_told_as_what_people_think():
    told = [text for rule in RULES.values() for text in re.findall(r"een lage score: ([^.]+)", rule.sentence)]
    assert told
    assert [text for text in told if not re.match(r"mensen|volgens de deelnemers|partners zien", text)] == []


def test_keys_are_unique():
    assert len(RULES) == len(INSTRUMENT.rules)
