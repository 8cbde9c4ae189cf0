"""What follows from a score is what the studies say; each case names the passage that it was written from.

The expectations were written down from the studies before the rules were changed. Where a passage is about one town,
the case says no more than that.
"""

import re
from itertools import product

import pytest

from factors.instrument import LEVELS, PLAIN
from tests.published_words import INSTRUMENT, advices, first, offered, rules_of

RULES = {rule.key: rule for rule in INSTRUMENT.rules}
PROCESS = [factor.key for factor in INSTRUMENT.in_phase("samenwerkingsproces")]
PAPERS = {"regels_ondertekende_afspraak", "regels_wie_doet_wat", "regels_werkafspraken_samen_maken"}
FAMILY = {
    "principiele_betrokkenheid_begin_bij_gezin",
    "gedeeld_begrip_een_plan",
    "communicatie_warme_overdracht",
    "communicatie_samen_met_ouders",
}
STRONG = "elke_factor sterk"
LONGEST = 20  # words in a sentence; a word that a report fills in counts as one


def numbered(keys, source="verstappen2021"):
    """Returns the numbers of a study's recommendations among advices."""
    given = [INSTRUMENT.advice_by_key[key].recommendation for key in keys]
    return {one.number for one in given if one and one.source == source}


# Voorgeschiedenis: Verstappen 2021, §5.3, §6.2 and recommendations 1 and 6 of §6.3


def test_low_voorgeschiedenis_is_named_first_and_silences_nothing():
    """§6.3: attention stays with communicatie, vertrouwen, toewijding and gedeeld begrip, because of the past."""
    for process, level in product(PROCESS, LEVELS):
        parts = ", ".join(f"{dimension.key} zorg" for dimension in INSTRUMENT.factor[process].dimensions)
        words = f"{STRONG}, {process} zorg, {parts}"
        with_past = f"{words}, voorgeschiedenis zorg"
        assert first(level, **{level: with_past})[0].rule.startswith("voorgeschiedenis")
        assert offered(level, **{level: words}) - PAPERS <= offered(level, **{level: with_past})
        assert any(INSTRUMENT.advice_by_key[key].factor == process for key in advices(level, **{level: with_past}))


def test_low_voorgeschiedenis_with_a_low_design_or_start_says_what_the_past_does_to_it():
    """§6.2: here the past also works on the institutional design, the incentives and principled engagement."""
    for factor in ("regels", "leiderschap", "prikkels", "principiele_betrokkenheid"):
        alone = rules_of("management", management=f"{STRONG}, {factor} zorg") | rules_of(
            "management", management=f"{STRONG}, voorgeschiedenis zorg"
        )
        both = rules_of("management", management=f"{STRONG}, {factor} zorg, voorgeschiedenis zorg")
        assert both - alone, factor


# Regels and vertrouwen: Verstappen 2021, §5.2.2 and §6.2; Sterke Schakels, §3.2.1, §3.5, §4.1 and §4.3


@pytest.mark.parametrize("level", ["uitvoerend", "management"])
def test_where_trust_is_low_papers_wait_and_roles_per_child_do_not(level):
    """§6.2: what is unclear lowers trust. Sterke Schakels, §3.5: agreeing per case works, recording roles does not."""
    words = f"{STRONG}, regels zorg, regels.rollen zorg, regels.interactieregels zorg, vertrouwen zorg"
    given = offered(level, **{level: words})
    assert "regels_rollen_per_kind" in given
    assert not given & PAPERS


def test_where_the_relation_stands_less_is_written_down():
    """Sterke Schakels, §4.1: where the relation was built up, the emphasis on recording agreements became less."""
    for level in LEVELS:
        rule = RULES["regels_met_vertrouwen"]
        assert rule.key in rules_of(level, **{level: f"{STRONG}, regels zorg"})
    assert not set(RULES["regels_met_vertrouwen"].advice) & PAPERS


# The family: Sterke Schakels, recommendation 1 of §4.3; one plan, warm hand-over, together with parents: four studies


@pytest.mark.parametrize(
    "low",
    [
        "effectiviteit zorg",
        "effectiviteit zorg, kennis zorg, communicatie zorg",
        "regels.rollen zorg",
        "communicatie.manier zorg",
        "gedeeld_begrip zorg",
        "gedeeld_begrip.gedeeld zorg",
        "gedeeld_begrip.wederzijds zorg",
    ],
)
def test_the_family_is_among_the_ten(low):
    for level in LEVELS:
        assert FAMILY & set(advices(level, **{level: f"{STRONG}, {low}"})), level
    assert FAMILY & set(advices(None, **dict.fromkeys(LEVELS, f"{STRONG}, {low}")))


# The numbered recommendations: Verstappen 2021, §6.3; Sterke Schakels, §4.3


def test_six_and_five_recommendations_carry_their_study_and_number():
    by_source = {}
    for advice in INSTRUMENT.advice:
        if advice.recommendation:
            by_source.setdefault(advice.recommendation.source, []).append(advice.recommendation.number)
    assert {source: sorted(found) for source, found in by_source.items()} == {
        "verstappen2021": [1, 2, 3, 4, 5, 6],
        "sterksteschakels": [1, 2, 3, 4, 5],
    }


# Which of the six is among the advices where only this factor is low; each is addressed to the gemeente, at bestuur.
RECOMMENDED = {
    "voorgeschiedenis": 1,
    "prikkels": 4,
    "principiele_betrokkenheid": 2,
    "regels": 4,
    "middelen": 4,
    "kennis": 5,
    "communicatie": 6,
    "vertrouwen": 6,
    "toewijding": 6,
    "gedeeld_begrip": 2,
}


def test_a_low_factor_brings_its_recommendation_to_bestuur_and_to_the_network(subtests):
    for factor, number in RECOMMENDED.items():
        with subtests.test(factor):
            words = f"{STRONG}, {factor} zorg"
            assert number in numbered(advices("bestuur", bestuur=words))
            assert number in numbered(advices(None, **dict.fromkeys(LEVELS, words)))


def test_a_project_leader_is_for_vague_goals_not_for_leadership_in_between():
    """§6.1.3 and recommendation 3: vision, goals and expectations were not concrete; leadership did not hinder."""
    assert 3 not in numbered(offered("bestuur", bestuur=f"{STRONG}, leiderschap bespreken"))
    vague = f"{STRONG}, principiele_betrokkenheid zorg, principiele_betrokkenheid.definitie zorg"
    assert 3 in numbered(advices("bestuur", bestuur=vague))


def test_in_the_network_a_low_mutual_understanding_alone_calls_for_no_project_leader():
    """Smeets and Van Veen §4.1, §4.4: there was one vision, and school and care were two cultures."""
    words = f"{STRONG}, gedeeld_begrip zorg, gedeeld_begrip.gedeeld bespreken, gedeeld_begrip.wederzijds zorg"
    assert 3 not in numbered(offered(None, **dict.fromkeys(LEVELS, words)))
    vague = f"{STRONG}, gedeeld_begrip zorg, gedeeld_begrip.gedeeld zorg, gedeeld_begrip.wederzijds bespreken"
    unknown = f"{STRONG}, gedeeld_begrip zorg"
    for words in (vague, unknown):
        assert 3 in numbered(offered(None, **dict.fromkeys(LEVELS, words)))


def test_trust_that_is_split_is_no_relation_that_stands():
    words = f"{STRONG}, regels zorg, vertrouwen verdeeld"
    assert "regels_met_vertrouwen" not in rules_of("uitvoerend", uitvoerend=words)


# What §5.2, §5.3 and §6.1.3 name as hindering or not, as bands. Bestuur had three respondents: no dimensions.
NIJMEGEN = {
    "uitvoerend": "voorgeschiedenis zorg, prikkels bespreken, prikkels.juridisch zorg, prikkels.kennis sterk, "
    "prikkels.financieel sterk, principiele_betrokkenheid zorg, principiele_betrokkenheid.definitie zorg, "
    "principiele_betrokkenheid.deliberatie zorg, leiderschap bespreken, regels zorg, regels.rollen zorg, "
    "middelen zorg, middelen.financien zorg, middelen.informatie zorg, kennis bespreken, kennis.delen zorg, "
    "kennis.lerend_vermogen zorg, communicatie zorg, communicatie.manier zorg, communicatie.frequentie zorg, "
    "communicatie.continuiteit 1.8, vertrouwen zorg, vertrouwen.persoon zorg, toewijding sterk, gedeeld_begrip zorg, "
    "gedeeld_begrip.gedeeld zorg, gedeeld_begrip.wederzijds bespreken",
    "management": "voorgeschiedenis zorg, prikkels bespreken, prikkels.juridisch zorg, prikkels.kennis sterk, "
    "prikkels.financieel sterk, principiele_betrokkenheid zorg, principiele_betrokkenheid.definitie zorg, "
    "leiderschap bespreken, regels zorg, regels.rollen zorg, middelen bespreken, middelen.financien zorg, "
    "kennis bespreken, kennis.delen zorg, kennis.lerend_vermogen zorg, communicatie bespreken, "
    "communicatie.manier bespreken, communicatie.frequentie bespreken, communicatie.continuiteit zorg, "
    "vertrouwen bespreken, toewijding sterk, gedeeld_begrip zorg, gedeeld_begrip.gedeeld zorg",
    "bestuur": "voorgeschiedenis zorg, prikkels sterk, principiele_betrokkenheid zorg, leiderschap bespreken, "
    "regels zorg, middelen sterk, kennis zorg, communicatie bespreken, vertrouwen sterk, toewijding sterk, "
    "gedeeld_begrip zorg",
}


@pytest.mark.parametrize("level", ["bestuur", None])
def test_in_nijmegen_bestuur_and_the_network_read_all_six(level):
    assert numbered(advices(level, **NIJMEGEN)) == {1, 2, 3, 4, 5, 6}


def test_in_nijmegen_the_past_comes_first_everywhere():
    for level in (None, *LEVELS):
        assert first(level, **NIJMEGEN)[0].advice == "voorgeschiedenis_kennismaken_en_terugkijken"


def test_in_nijmegen_sharing_information_is_advised():
    """§6.1.3 names the law on privacy as the fourth hindrance, at the uitvoerend level and in the network."""
    privacy = {a.key for a in INSTRUMENT.advice if a.dimension == "middelen.informatie"}
    assert privacy & set(advices("uitvoerend", **NIJMEGEN))
    assert privacy & set(advices(None, **NIJMEGEN))


# Why an advice is given


RECOMMENDS = re.compile(
    r"(?i)\braa?dt? .*\baan\b|\baan te raden\b|(?:^|[.?!] )"
    r"(?:begin|praat|maak|zoek|leg|bespreek|spreek|vraag|kijk|werk|geef|houd|laat|ga|kies|zorg|vier|vertel|neem|investeer)\b"
)


def test_what_was_found_recommends_nothing(subtests):
    """It stands above every advice of the rule, so it can't be the reason for one of them."""
    for rule in INSTRUMENT.rules:
        with subtests.test(rule.key):
            assert not RECOMMENDS.search(rule.finding)


def test_a_reason_stands_with_an_advice_of_its_own_rule():
    assert [rule.key for rule in INSTRUMENT.rules if set(rule.because) - set(rule.advice)] == []


def test_a_low_score_is_told_as_what_people_think():
    told = [text for rule in RULES.values() for text in re.findall(r"een lage score: ([^.]+)", rule.finding)]
    assert told
    assert [text for text in told if not re.match(r"mensen|volgens de deelnemers|partners zien", text)] == []


THINKS = re.compile(r"(?i)\b(mensen|partners|deelnemers) (vinden|denken|zeggen|zien|missen|zijn|horen)\b")


def test_of_several_things_at_once_it_is_not_told_what_people_think_of_one():
    """Which of them is low is not known where the rule holds for any, nor which statement of the outcome."""
    several = [
        rule for rule in INSTRUMENT.rules if len(rule.when[0].items) > 1 or "effectiviteit" in rule.when[0].items
    ]
    assert several
    told = [text for rule in several for text in re.split(r"(?<=[.?!])\s+", rule.finding) if THINKS.search(text)]
    assert several
    assert [text for text in told if not re.search("stud|literatuur", text)] == []


def test_where_a_rule_of_the_network_is_low_is_said_of_one_thing_only():
    """One may be low in the whole network, and the other for those who do the work."""
    told = [rule for rule in INSTRUMENT.rules if rule.scope == "network" and "{waar}" in rule.finding]
    assert told
    assert [rule.key for rule in told if " ook." in rule.finding] == []


def test_a_rule_is_short_and_plain(subtests):
    """A rule has at most five advices, and a reason four sentences of twenty words."""
    for rule in INSTRUMENT.rules:
        with subtests.test(rule.key):
            assert 1 <= len(rule.advice) <= 5
            for advice in rule.advice:
                sentences = re.split(r"(?<=[.?!])\s+", rule.why(advice, dict.fromkeys(PLAIN, "hier")))
                assert len(sentences) <= 4
                assert max(len(sentence.split()) for sentence in sentences) <= LONGEST
            assert not re.search(r"uitvoerend|management|bestuur", rule.finding)
