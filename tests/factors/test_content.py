"""The instrument is whole, its parts are known to each other, and they rest on what they cite."""

import re
from collections import Counter
from itertools import product

import pytest

from factors.instrument import (
    CONTEXT,
    EVERY,
    EVERY_LEVEL,
    HIDDEN,
    LEVELS,
    RESPONSE,
    RESPONSES,
    SOME,
    SOME_LEVEL,
    SPLIT,
)
from tests.instrument import DOCUMENT
from tests.plain_dutch import sentences

# The dimensions by factor with their number of statements, in the order of the framework.
FRAMEWORK = {
    "startcondities": {
        "voorgeschiedenis": {"bekendheid": 2, "relatie": 2},
        "prikkels": {"financieel": 2, "juridisch": 1, "kennis": 2},
        "principiele_betrokkenheid": {"ontdekking": 1, "definitie": 1, "deliberatie": 1, "determinatie": 1},
    },
    "institutioneel_ontwerp": {
        "leiderschap": {"faciliterend": 2, "gedeeld": 2},
        "regels": {"interactieregels": 1, "rollen": 2, "transparantie": 1},
        "middelen": {"macht": 1, "financien": 1, "informatie": 1, "evenwicht": 1},
        "kennis": {"delen": 2, "lerend_vermogen": 2},
    },
    "samenwerkingsproces": {
        "communicatie": {"manier": 2, "frequentie": 1, "continuiteit": 1},
        "vertrouwen": {"persoon": 2, "organisatie": 1, "prestaties": 1},
        "toewijding": {"persoonlijk": 2, "wederzijds_voordeel": 2},
        "gedeeld_begrip": {"gedeeld": 2, "wederzijds": 2},
    },
}
PREFIXES = {
    "voorgeschiedenis": "VG",
    "prikkels": "PR",
    "principiele_betrokkenheid": "PB",
    "leiderschap": "LE",
    "regels": "RG",
    "middelen": "MI",
    "kennis": "KE",
    "communicatie": "CO",
    "vertrouwen": "VE",
    "toewijding": "TO",
    "gedeeld_begrip": "GB",
    "effectiviteit": "EF",
    "ouders": "OU",
}
SOURCES = ["verstappen2021", "nji2014", "sterksteschakels", "nro2022", "smeets2018"]
PARTNERS = {"school", "schoolbestuur", "samenwerkingsverband", "wijkteam", "jeugdhulp", "jgz", "gemeente", "ouders"}

# The lists of other studies by key: whose study has them, and how many elements that names.
ELEMENTS = {
    "ansell_gash": ("verstappen2021", 10),
    "dos_en_donts": ("nji2014", 17),
    "emerson": ("verstappen2021", 13),
    "kanter": ("nji2014", 8),
    "kernelementen": ("nro2022", 7),
    "succesfactoren": ("smeets2018", 8),
    "vier_lijsten": ("smeets2018", 36),
    "vijf_niveaus": ("nro2022", 21),
    "voorwaarden": ("nji2014", 17),
    "werkzame_elementen": ("sterksteschakels", 15),
}


@pytest.fixture(scope="module")
def document():
    return DOCUMENT


def citations_in(part):
    if isinstance(part, dict):
        if "section" in part:
            yield part
        for value in part.values():
            yield from citations_in(value)
    elif isinstance(part, list):
        for value in part:
            yield from citations_in(value)


# --- Whole


def test_phases_factors_dimensions_and_statements_are_those_of_the_framework(instrument):
    found = {
        phase.key: {
            factor.key: {d.key.removeprefix(f"{factor.key}."): len(d.statements) for d in factor.dimensions}
            for factor in instrument.in_phase(phase.key)
        }
        for phase in instrument.phases
    }
    assert found == FRAMEWORK
    assert [list(factors) for factors in found.values()] == [list(factors) for factors in FRAMEWORK.values()]


def test_the_numbers_are_those_of_the_questionnaire(instrument):
    statements = sum(len(factor.statements) for factor in instrument.factors)
    assert (len(instrument.phases), len(instrument.factors), len(instrument.dimensions), statements) == (3, 11, 30, 45)
    assert (len(instrument.outcome.statements), len(instrument.open_questions)) == (4, 4)
    assert 6 <= len(instrument.ouders.statements) <= 8


def test_statements_are_numbered_in_their_order(instrument):
    for block, statements in instrument.blocks.items():
        assert [s.key for s in statements] == [f"{PREFIXES[block]}{n}" for n in range(1, len(statements) + 1)]


def test_there_is_an_open_question_for_each_phase_and_one_to_close(instrument):
    asked = [(question.key, question.phase) for question in instrument.open_questions]
    assert asked == [*((f"open_{phase}", phase) for phase in FRAMEWORK), ("open_slot", None)]
    assert all("namen" in question.help for question in instrument.open_questions)


def test_a_factor_has_its_whole_page(instrument):
    for factor in instrument.factors:
        assert 2 <= len(sentences(factor.why)) <= 5, factor.key
        assert 3 <= len(factor.findings) <= 6, factor.key
        assert factor.touches, factor.key
        assert 2 <= len(instrument.conversation["factors"][factor.key]) <= 3, factor.key


def test_a_study_says_how_it_was_done_and_what_it_cannot_say(instrument):
    assert [source.key for source in instrument.sources] == SOURCES
    for source in instrument.sources:
        assert all([source.title, source.authors, source.year, source.method, source.respondents, source.limits])
        assert set(source.catalogue) <= {"title", "authors", "year", "publisher"}


def test_every_factor_has_five_advices_and_every_level_can_do_something_about_it(instrument):
    per_factor = Counter(advice.factor for advice in instrument.advice)
    assert {factor.key for factor in instrument.factors if per_factor[factor.key] < 5} == set()
    covered = {(advice.factor, level) for advice in instrument.advice for level in advice.levels}
    assert {(factor.key, level) for factor, level in product(instrument.factors, LEVELS)} <= covered


def test_the_numbered_recommendations_of_two_studies_are_all_there_once(instrument):
    sections = {"verstappen2021": ("§6.3 ", [1, 2, 3, 4, 5, 6]), "sterksteschakels": ("§4.3 ", [1, 2, 3, 4, 5])}
    for source, (section, numbers) in sections.items():
        given = [a for a in instrument.advice if a.recommendation and a.recommendation.source == source]
        assert sorted(advice.recommendation.number for advice in given) == numbers
        for advice in given:
            assert any((c.source, c.section[:5]) == (source, section) for c in advice.sources), advice.key


def test_the_closing_questions_and_the_working_form_are_whole(instrument):
    guide = instrument.conversation
    assert len(guide["closing"]) == 3
    assert sum(step["minutes"] for step in guide["working_form"]["steps"]) == guide["working_form"]["minutes"] == 45


# What each of the 38 numbered questions of the interview guide is about; the last is asked at the end.
GUIDE = {
    "voorgeschiedenis": range(1, 3),
    "prikkels": range(3, 5),
    "principiele_betrokkenheid": range(5, 9),
    "leiderschap": range(9, 12),
    "regels": range(12, 17),
    "middelen": range(17, 20),
    "kennis": range(20, 24),
    "communicatie": range(24, 30),
    "vertrouwen": range(30, 33),
    "toewijding": range(33, 36),
    "gedeeld_begrip": range(36, 38),
    None: range(38, 39),
}
# The topics of the list for those who do the work, for management and bestuur, and for ouders.
TOPICS = {
    "§7.3.1 Topiclist professionals": {
        "Startvragen",
        "Randvoorwaarden",
        "Visie en gezamenlijke doelen",
        "Leiderschap en management",
        "Vertrouwen en respect",
        "Rollen en verantwoordelijkheden",
        "Planning, structuren en procedures",
        "Effectieve communicatie",
        "Richtlijnen voor het delen van informatie",
        "Betrokkenheid professionals en zorggebruikers",
        "Vaardigheden en attitudes professionals",
        "Samenwerken in een proces & Zicht krijgen op effect",
        "Huisvesting",
        "Slotvraag",
    },
    "§7.3.2 Topiclist ‘strategisch niveau’": {
        "Startvragen",
        "Randvoorwaarden",
        "Gezamenlijke visie en doelen",
        "Leiderschap en management",
        "Vertrouwen en respect",
        "Rollen en verantwoordelijkheden",
        "Planning, structuren en procedures",
        "Effectieve communicatie",
        "Richtlijnen voor het delen van informatie",
        "Betrokkenheid professionals en zorggebruikers",
        "Vaardigheden en attitudes professionals",
        "Samenwerken is een proces",
        "Zicht krijgen op het effect",
        "Huisvesting",
        "Slotvraag",
    },
    "§7.3.3 Topiclist cliënten": {
        "Startvragen",
        "Rollen en verantwoordelijkheden (en verwachtingen)",
        "Planning, structuren en procedures",
        "Effectieve communicatie",
        "Richtlijnen voor het delen van informatie",
        "Betrokkenheid professionals en zorggebruikers",
        "Vaardigheden en attitudes professionals",
        "Zicht krijgen op het effect",
        "Huisvesting",
    },
}
ASKED_OF = dict(zip(TOPICS, ({"uitvoerend"}, {"management", "bestuur"}, {"ouders"}), strict=True))


def test_the_interview_questions_of_a_study_are_all_there_with_their_factor(instrument):
    found = {(q.item, o.number) for q in instrument.interview for o in q.origins if o.number}
    assert found == {(item, number) for item, numbers in GUIDE.items() for number in numbers}
    assert {number for _, number in found} == set(range(1, 39))


def test_a_numbered_interview_question_is_put_to_every_level(instrument):
    put = {(o.number, level) for q in instrument.interview for o in q.origins if o.number for level in q.levels}
    assert put == set(product(range(1, 39), LEVELS))


def test_each_topic_of_a_study_is_put_to_whom_it_was_for(instrument):
    put = {}
    for question, level in ((q, level) for q in instrument.interview for level in q.levels):
        for origin in question.origins:
            if origin.topic:
                put.setdefault(origin.section, {}).setdefault(level, set()).add(origin.topic)
    for section, levels in ASKED_OF.items():
        assert {level: put[section][level] for level in levels} == dict.fromkeys(levels, TOPICS[section])


def test_every_level_is_asked_some_questions_of_every_factor(instrument):
    asked = Counter((q.item, level) for q in instrument.interview for level in q.levels)
    for item, level in product([*instrument.factor, instrument.outcome.key], LEVELS):
        assert 3 <= asked[item, level] <= 8, (item, level)
    assert [item for item, level in asked if level == "ouders"] == ["ouders"]
    assert len({q.text for q in instrument.interview}) == len(instrument.interview)


# --- Known to each other


def test_every_key_is_used_once(instrument):
    keys = [
        *(advice.key for advice in instrument.advice),
        *(rule.key for rule in instrument.rules),
        *(element["key"] for lens in instrument.lenses for element in lens["elements"]),
    ]
    assert [key for key, count in Counter(keys).items() if count > 1] == []
    assert all(re.fullmatch(r"[a-z0-9_.]+", key) for key in keys)


def test_an_advice_names_what_exists(instrument):
    for advice in instrument.advice:
        assert advice.factor is None or advice.factor in instrument.factor, advice.key
        assert advice.dimension is None or advice.dimension.split(".")[0] == advice.factor, advice.key
        assert advice.dimension is None or advice.dimension in instrument.dimensions, advice.key
        assert advice.key.startswith(advice.factor or "algemeen"), advice.key
        assert advice.levels, advice.key
        assert set(advice.levels) <= set(LEVELS), advice.key
        assert set(advice.partners) <= PARTNERS, advice.key
        assert advice.kind in ("literatuur", "praktijk", "afgeleid"), advice.key


def test_a_rule_names_what_exists(instrument):
    known, answers = {rule.key for rule in instrument.rules}, {**CONTEXT, RESPONSE: RESPONSES}
    items = {*instrument.scales, *answers}
    items |= {EVERY, SOME, EVERY_LEVEL, SOME_LEVEL}
    readings = {"sterk", "bespreken", "zorg", SPLIT, HIDDEN, "geen", "verschil", "groot_verschil"}
    for rule in instrument.rules:
        assert set(rule.advice) <= set(instrument.advice_by_key), rule.key
        assert set(rule.unless) <= known - {rule.key}, rule.key
        assert set(rule.levels) <= set(LEVELS), rule.key
        for condition in rule.when:
            asked = {answer for item in condition.items for answer in answers.get(item, readings)}
            assert set(condition.items) <= items, rule.key
            assert set(condition.readings) <= asked, rule.key


def test_a_lens_maps_to_what_exists_and_says_what_is_not_asked(instrument):
    known = {*instrument.factor, *instrument.dimensions}
    for lens in instrument.lenses:
        assert lens["source"] in instrument.source_by_key
        for element in lens["elements"]:
            assert element["key"].startswith(f"{lens['key']}."), element["key"]
            assert {*element["primary"], *element["secondary"]} <= known, element["key"]
            assert not set(element["primary"]) & set(element["secondary"]), element["key"]
            assert bool(element["primary"]) == element["asked"], element["key"]
            assert element["asked"] or "vragenlijst vraagt" in element["text"], element["key"]


def test_each_list_of_a_study_is_whole(instrument):
    """A list that is here has every element that its study names, and its study is the one that has it."""
    found = {lens["key"]: (lens["source"], len(lens["elements"])) for lens in instrument.lenses}
    assert found == ELEMENTS


def test_each_of_the_four_lists_inside_one_study_is_whole_and_stands_in_its_section(instrument):
    """Smeets and Van Veen (2018): §2.2 has five criteria, §2.3 thirteen factors, six recommendations, figure 2-1."""
    elements = next(lens["elements"] for lens in instrument.lenses if lens["key"] == "vier_lijsten")
    made_by = [element["name"].partition(":")[0] for element in elements]
    assert Counter(made_by) == {
        "Van der Wolf": 5,
        "Sloper": 13,
        "Bryson": 6,
        "Widmark, verantwoordelijkheid": 4,
        "Widmark, vertrouwen": 4,
        "Widmark, professionele confrontatie": 4,
    }
    for who, element in zip(made_by, elements, strict=True):
        sections = [cited["section"].partition(" ")[0] for cited in element["sources"]]
        assert sections == ["§2.2" if who == "Van der Wolf" else "§2.3"], element["key"]


def test_a_factor_touches_other_factors(instrument):
    for factor in instrument.factors:
        touched = [touch.factor for touch in factor.touches]
        assert set(touched) <= set(instrument.factor) - {factor.key}, factor.key
        assert len(touched) == len(set(touched)), factor.key


def test_one_factor_may_colour_all_others_and_most_of_all_those_of_figure_7(instrument):
    """Verstappen (2021): figure 7 in §5.3 has the samenwerkingsproces, §6.2 the other two phases too."""
    assert [factor.key for factor in instrument.factors if factor.colours] == ["voorgeschiedenis"]
    colours = instrument.colouring.colours
    assert list(colours) == [key for key, how in colours.items() if how == "vooral"] + [
        key for key, how in colours.items() if how == "ook"
    ]
    assert {key for key, how in colours.items() if how == "vooral"} == set(FRAMEWORK["samenwerkingsproces"])
    assert set(colours) == set(instrument.factor) - {"voorgeschiedenis"}


# --- Resting on what they cite


def test_everything_rests_on_a_section(instrument, document):
    for factor in instrument.factors:
        parts = [factor, *factor.dimensions, *factor.statements, *factor.findings]
        parts += [touch for touch in factor.touches if touch.colours]
        assert all(part.sources for part in parts), factor.key
    batteries = [*instrument.outcome.statements, *instrument.ouders.statements]
    others = [*instrument.phases, *instrument.advice, *instrument.open_questions, *instrument.interview, *batteries]
    assert [part for part in others if not part.sources] == []
    speaking = [rule for rule in instrument.rules if re.search("studie|literatuur|onderzoek", rule.finding)]
    assert [rule.key for rule in speaking if not rule.sources] == []
    for lens in instrument.lenses:
        assert all(list(citations_in(element)) for element in lens["elements"]), lens["key"]


def test_only_known_studies_are_cited(document):
    assert {citation["source"] for citation in citations_in(document)} == set(SOURCES)


def test_a_section_is_spelled_in_one_way(document):
    """All that rests on a section then comes together on the page of its study."""
    spelled = {}
    for citation in citations_in(document):
        section = citation["section"]
        number = re.match(r"§[\d.]+|Bijlage \d+|Bron \d+", section)
        plain = number[0] if number else re.sub(r"\W+", " ", section).lower().strip()
        spelled.setdefault((citation["source"], plain), set()).add(section)
    assert {place: names for place, names in spelled.items() if len(names) > 1} == {}


def test_a_section_is_its_heading_and_not_a_line(document):
    sections = {citation["section"] for citation in citations_in(document)}
    assert [s for s in sections if re.search(r"\br\. ?\d|\bregels? \d|\bline", s) or s != s.strip()] == []
    assert [s for s in sections if re.fullmatch(r"§[\d.]+", s)] == []
