"""Who has only the bundle reads in it who was asked, how, what follows from it, and how to cite it."""

import re
from dataclasses import replace

import pytest

from assessments.dataset.metadata import words
from assessments.dataset.metadata.documents import licence, readme, rules_in_words
from tests.assessments.dataset.metadata.release import DATASET, PATHS
from tests.plain_dutch import OFFICIAL_PHRASES, OFFICIALESE

NAMES = ["README.md", "SHA256SUMS", *PATHS.values(), "stata/rounds.dta", "lees.R", "vragenlijst/vragenlijst-1.0.csv"]


def plain(text):
    return " ".join(text.split())


@pytest.fixture(scope="module")
def read():
    return readme(DATASET, NAMES)


@pytest.mark.parametrize(
    "said",
    [
        words.UNIVERSE,
        words.SAMPLING_NETWORKS,
        words.SAMPLING_PEOPLE,
        words.SAMPLING_LINKS,
        words.COLLECTION,
        "met hun code (CBS, Gebiedsindelingen 2026)",
        words.NO_ROWS,
        words.CONSTRUCTED,
        words.cited(DATASET),
        "3 rondes van 2 netwerken, van 1 september 2026 tot en met 1 maart 2027",
        "Deze vragenlijst is nog niet gevalideerd",
        "Vraag onderzoek@voorbeeld.example om uw vraag voor te leggen",
        "Wie de volgende keer antwoordt, kan een ander zijn.",
        "Een verschil telt vanaf 0,5 punt, en is groot vanaf 1,0.",
        "de vragenlijst heeft versies 0.9 en 1.1",
        "PR2, PB4, MI1, MI2, MI4, CO4 en EF4 (versie 0.9 en 1.1)",
    ],
)
def test_the_readme_answers_what_a_researcher_asks(read, said):
    assert plain(said) in plain(read)


def test_real_answers_are_not_called_constructed():
    assert words.CONSTRUCTED not in plain(readme(replace(DATASET, is_constructed=False), NAMES))


def test_the_readme_says_what_each_file_is_and_those_of_a_kind_once(read):
    rows = re.findall(
        r"^\| `(.+)` \| (.+) \|$", read.split("## Wat is welk bestand")[1].split("## De tabellen")[0], re.M
    )
    assert [name for name, _ in rows] == [
        "README.md", "SHA256SUMS", "csv/*.csv", "stata/*.dta", "lees.R", "vragenlijst/*.csv",
    ]  # fmt: skip
    assert dict(rows)["vragenlijst/*.csv"] != dict(rows)["csv/*.csv"]


def test_a_file_that_nothing_is_said_of_is_a_fault():
    with pytest.raises(ValueError, match=r"raar\.bin"):
        readme(DATASET, ["raar.bin"])


def test_the_rules_in_words_have_the_limits_of_the_code():
    said = plain(rules_in_words(DATASET))
    for part in ("sterk: 4,0 en hoger", "zorg: lager dan 3,0", "1,5 of lager", "4,5 of hoger", "3 van 5, 2 van 4"):
        assert part in said


def test_the_licence_names_the_licence_and_whom_to_cite():
    said = licence(DATASET)
    assert "CC-BY-4.0" in said
    assert words.cited(DATASET) in said
    assert "EUPL-1.2" in said


@pytest.mark.parametrize("write", [lambda: readme(DATASET, NAMES), lambda: rules_in_words(DATASET)])
def test_texts_are_plain_dutch_in_lines_of_one_length(write):
    text = write()
    assert re.findall(rf"\b(?:{OFFICIALESE}|{OFFICIAL_PHRASES})\b", text, re.I) == []
    assert "&amp;" not in text
    assert "&lt;" not in text
    long = [line for line in text.splitlines() if len(line) > 100 and not line.startswith(("|", ">", "#"))]
    assert long == []
