"""What the instrument says is in plain Dutch, and claims no more than it knows."""

import re
from collections import Counter
from pathlib import Path

import pytest

from factors.instrument import LEVELS
from tests.instrument import DOCUMENT
from tests.plain_dutch import (
    CLAIMS_PROOF,
    MISLEADING,
    NAMES,
    OFFICIAL_PHRASES,
    OFFICIALESE,
    POINTS_BACK,
    STRENGTHENING,
    THEORY,
    sentences,
)

LONGEST_SENTENCE, LONGEST_STATEMENT, LONGEST_TITLE = 20, 14, 10

LONGEST_FOR_OUDERS, MOST_REWORDED = 12, 12

# Said in other words altogether, and argued so in docs/statements.md.
SAID_OTHERWISE = {"MI2"}
WORDINGS = (Path(__file__).parents[2] / "docs" / "statements.md").read_text()

CAPITALISED = {"OOGO", "Rijk"}  # a term that its sentence explains, and the state
KEYS_NOT_READ = {
    *("key", "source", "section", "sources", "kind", "factor", "factors", "dimension", "phase", "levels", "partners"),
    *("item", "primary", "secondary", "catalogue", "url", "authors", "publisher", "scope", "when", "advice"),
    *("unless", "version", "colours"),
}


@pytest.fixture(scope="module")
def document():
    return DOCUMENT


def words_of(part, place):
    """Yields every text that a user reads, with where it stands; keys and citations are left out."""
    if isinstance(part, dict):
        place = f"{place}/{part['key']}" if "key" in part else place
        for name, value in part.items():
            if name not in KEYS_NOT_READ:
                yield from words_of(value, f"{place}.{name}")
    elif isinstance(part, list):
        for value in part:
            yield from words_of(value, place)
    elif isinstance(part, str):
        yield place, part


@pytest.fixture(scope="module")
def texts(document):
    """Returns all texts except the sources, which name who wrote them."""
    parts = {name: part for name, part in document.items() if name != "sources"}
    parts |= {
        "rules": document["rules"]["rules"],
        "conversation.factors": list(document["conversation"]["factors"].values()),
    }
    return [entry for name, part in parts.items() for entry in words_of(part, name)]


@pytest.fixture(scope="module")
def wordings(instrument):
    """Returns every wording of every statement, as somebody may read it, with its key."""
    return [
        (statement.key, text)
        for statement in instrument.statements.values()
        for text in (statement.text, *statement.texts.values())
    ]


def words_in(text):
    return set(re.findall(r"\w+", text.lower()))


def test_a_sentence_is_short(texts):
    long = [
        (place, sentence)
        for place, text in texts
        for sentence in sentences(text)
        if len(sentence.split()) > LONGEST_SENTENCE
    ]
    assert long == []


def test_what_is_said_of_a_study_is_short_too(document):
    long = [s for _, text in words_of(document["sources"], "") for s in sentences(text) if len(s.split()) > 25]
    assert [
        sentence for sentence in long if not any(sentence == source["title"] for source in document["sources"])
    ] == []


def test_a_statement_is_one_short_sentence(wordings):
    for key, text in wordings:
        assert len(text.split()) <= LONGEST_STATEMENT, key
        assert len(sentences(text)) == 1, key
        assert text.endswith("."), key


def test_a_statement_asks_one_thing(wordings):
    both = re.compile(r"\b(en|of|maar|zowel|alsook|evenals|plus)\b", re.IGNORECASE)
    assert [key for key, text in wordings if both.search(text)] == []


def test_a_statement_has_no_negation(wordings):
    negation = r"\b(niet|geen|nooit|niemand|nergens|zonder|nauwelijks|zelden|on(duidelijk|bekend|zeker|voldoende)\w*)\b"
    assert [key for key, text in wordings if re.search(negation, text, re.IGNORECASE)] == []


def test_a_statement_has_no_word_of_the_theory(wordings):
    found = [(key, re.findall(rf"\b(?:{THEORY})\b", text.lower())) for key, text in wordings]
    assert [(key, words) for key, words in found if words] == []


def test_a_statement_does_not_strengthen_its_claim(wordings):
    assert [key for key, text in wordings if re.search(rf"\b({STRENGTHENING})\b", text.lower())] == []


def test_few_statements_have_words_of_a_level_and_one_level_reads_the_plain_text(instrument):
    assert 0 < len(instrument.reworded) <= MOST_REWORDED
    for statement in instrument.reworded:
        assert set(statement.texts) < set(LEVELS), statement.key


def test_words_of_a_level_differ_in_who_or_where_only(instrument):
    """Most of what they say is what the plain text says: a difference between levels must not come from the words."""
    for statement in instrument.reworded:
        if statement.key not in SAID_OTHERWISE:
            for text in statement.texts.values():
                assert len(words_in(text) & words_in(statement.text)) >= 0.6 * len(words_in(statement.text)), text


def test_the_docs_say_of_each_wording_why_it_is_the_same_claim(instrument):
    for statement in instrument.reworded:
        for text in (statement.text, *statement.texts.values()):
            assert text in WORDINGS, text


def test_the_period_is_said_where_it_holds(instrument):
    """What was before the collaboration, or why there is one, has no period; the instruction holds for all."""
    asked = [*instrument.factors, instrument.outcome, instrument.ouders]
    said = {block.key for block in asked if "afgelopen half jaar" in block.explanation}
    assert said == {block.key for block in asked} - {factor.key for factor in instrument.in_phase("startcondities")}
    assert "half jaar" not in instrument.instruction


def test_a_heading_says_in_plain_words_what_is_asked(instrument):
    """The name of the theory stands behind it."""
    for block in (*instrument.phases, *instrument.factors, instrument.outcome, instrument.ouders):
        assert not re.search(rf"\b({THEORY}|{OFFICIALESE})\b", block.heading, re.IGNORECASE), block.heading
        assert not block.heading.endswith(".")
        assert len(block.heading.split()) <= 10


def test_ouders_read_the_same_five_values_in_plainer_words(instrument):
    assert list(instrument.ouders_labels) == list(instrument.labels) == [1, 2, 3, 4, 5]
    assert instrument.labels_for("ouders") == instrument.ouders_labels
    assert instrument.labels_for("bestuur") == instrument.labels
    for label in (*instrument.ouders_labels.values(), instrument.ouders_unknown_label):
        assert len(label.split()) <= 4, label
        assert not re.search("eens|toepassing|/", label), label


def test_a_statement_for_ouders_is_shorter_still(instrument):
    assert [s.key for s in instrument.ouders.statements if len(s.text.split()) > LONGEST_FOR_OUDERS] == []


def test_no_two_statements_are_the_same(wordings):
    counted = Counter(text.lower() for _, text in wordings)
    assert [text for text, count in counted.items() if count > 1] == []


def test_an_advice_is_short_enough_to_read(instrument):
    for advice in instrument.advice:
        assert len(advice.title.split()) <= LONGEST_TITLE, advice.key
        assert 2 <= len(sentences(advice.how)) <= 5, advice.key
        assert len(sentences(advice.first_step)) == 1, advice.key
        assert advice.first_step[-1] in ".?", advice.key
        assert not re.search(POINTS_BACK, advice.first_step), advice.key


def test_no_word_misleads(texts):
    assert [place for place, text in texts if re.search(rf"\b({MISLEADING})\b", text)] == []


def test_there_is_no_officialese(texts):
    found = [
        (place, word)
        for place, text in texts
        for word in re.findall(rf"\b(?:{OFFICIALESE})\b|{OFFICIAL_PHRASES}", text.lower())
    ]
    assert found == []


def test_an_abbreviation_is_explained_where_it_first_stands(texts):
    unexplained = [
        (place, short)
        for place, text in texts
        for short in {
            *re.findall(r"\b[A-Z]{2,}\b", text),
            *re.findall(r"\b(?:mbo|vo|po|vso|sbo|avg|jgz|ib|swv)\b", text),
        }
        if f"({short})" not in text
    ]
    assert unexplained == []
    shortened = r"\b(bijv|o\.a|d\.w\.z|m\.b\.t|t\.a\.v|z\.s\.m|i\.v\.m|evt|etc|nl)\."
    assert [place for place, text in texts if re.search(shortened, text)] == []


def test_no_person_or_organisation_is_named(texts):
    listed = re.compile(rf"\b(?:{NAMES})\b")
    assert [(place, listed.findall(text)) for place, text in texts if listed.search(text)] == []


def test_no_word_in_a_sentence_has_a_capital_of_its_own(texts):
    """A name would have a capital; the lenses are called after those who made them."""
    found = set()
    for place, text in texts:
        if not place.startswith("lenses"):
            for sentence in re.split(r"(?<=[.?!:])['’”\"]?\s+|['‘“\"]", text):
                found |= {word.strip(".,;:?!()") for word in sentence.split()[1:] if word[:1].isupper()}
    assert found <= CAPITALISED


def test_nobody_claims_that_an_advice_is_proven(texts):
    assert [(place, claim) for place, text in texts for claim in CLAIMS_PROOF if claim in text.lower()] == []


def test_the_reader_is_addressed_with_u(texts):
    informal = re.compile(r"\b(je|jij|jou|jouw|jullie)\b", re.IGNORECASE)
    assert [place for place, text in texts if informal.search(text)] == []
