"""The DPIA is data of the Rijksmodel 3.0, has no figure of its own, names tests that exist and prints accessibly."""

import io
import json
import re

import jsonschema
import page
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from pypdf import PdfReader

from assessments.papers import terms
from assessments.papers.dpia import FOLDER, PARTS, answers, as_json, form, place
from assessments.papers.dpia_pdf import dpia_html, dpia_pdf, paragraphs
from tests.html import texts
from tests.instrument import INSTRUMENT
from tests.naming import missing
from tests.pdf_structure import untold
from tests.verapdf import faults_of

SOURCES = {part: (FOLDER / f"{part}.yaml").read_text() for part in PARTS}
DATA = json.loads(as_json())

# What the ministry's schema of a filled-in form (assessment-output.v2) demands, in our own words. `make check-dpia`
# asks the schema itself.
ANSWER = {
    "type": "object",
    "properties": {
        "value": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
        "lastEditedAt": {"type": "string", "format": "date-time"},
    },
    "required": ["value", "lastEditedAt"],
}
PART = {
    "type": "object",
    "properties": {"_index": {"type": "integer", "minimum": 0}},
    "patternProperties": {r"^\d+(\.\d+)+$": ANSWER},
    "required": ["_index"],
    "additionalProperties": False,
}
DEMANDED = {
    "type": "object",
    "properties": {
        "$schema": {"pattern": r"assessment-output\.v2\.schema\.json$"},
        "metadata": {
            "properties": {"urn": {"const": "urn:nl:dpia:3.0"}, "createdAt": {"type": "string", "format": "date-time"}},
            "required": ["urn", "createdAt"],
        },
        "answers": {
            "propertyNames": {"pattern": r"^\d+(\.\d+)*$"},
            "additionalProperties": {"anyOf": [ANSWER, {"type": "array", "items": PART}]},
        },
    },
    "required": ["$schema", "metadata", "answers"],
}


def given(numbers=None):
    """Yields each answer as (number, value), of repeated parts too."""
    for number, value in answers().items():
        parts = value if isinstance(value, list) and value and isinstance(value[0], dict) else [{number: value}]
        for part in parts:
            yield from ((own, said) for own, said in part.items() if numbers is None or own in numbers)


def chosen(numbers):
    return {own for _, value in given(numbers) for own in (value if isinstance(value, list) else [value])}


def test_it_is_what_the_schema_of_a_filled_in_form_demands():
    judge = jsonschema.Draft202012Validator(DEMANDED, format_checker=jsonschema.FormatChecker())
    assert [f"{fault.json_path}: {fault.message}" for fault in judge.iter_errors(DATA)] == []


def test_parts_that_the_form_repeats_are_numbered_from_nought_and_those_around_them_are_there():
    repeated = {number: value for number, value in DATA["answers"].items() if isinstance(value, list)}
    for value in repeated.values():
        assert [part["_index"] for part in value] == list(range(len(value)))
    processings = len(repeated["3.1"])
    per_processing = "5.1 6.1 6.1.1 7.1 8.1 8.1.1 9.1 9.1.1 10.1 10.1.1 11.1 11.1.1 13.1 13.1.1".split()
    assert {number: len(repeated[number]) for number in per_processing} == dict.fromkeys(per_processing, processings)


def test_every_paragraph_is_answered_and_every_field_has_words_on_paper():
    assert {place(number)[0] for number in answers()} == set(range(21)) == {int(own) for own in form()["paragraphs"]}
    assert {number for number, _ in given()} == set(form()["fields"])


def test_data_and_people_are_those_that_paragraph_2_lists():
    assert chosen(["3.1.3", "6.1.1.4", "10.1.1.3", "13.1.1.2"]) == chosen(["2.1.1"])
    assert chosen(["6.1.1.5", "10.1.1.2", "13.1.1.1"]) == chosen(["2.1.2"])


def test_no_figure_is_copied_into_the_text():
    counted = re.compile(
        r"\b(?:\d+|twee|drie|vier|vijf|zes|zeven|tien|twaalf|dertig) (?:dag|dagen|uur|jaar|netwerken)\b"
    )
    assert {part: counted.findall(text) for part, text in SOURCES.items()} == {part: [] for part in PARTS}
    used = set(re.findall(r"\{(\w+)\}", "".join(SOURCES.values())))
    assert used - set(terms.terms()) == set()
    assert len(used) > 12


def test_the_figures_that_no_code_works_by_are_those_that_people_are_told(settings):
    promise = (settings.BASE_DIR / "templates/mail/_promise.txt").read_text()
    sheet = (settings.BASE_DIR / "templates/coordinator/open_link_sheet.html").read_text()
    assert f"nog hoogstens {terms.BACKUPS.days} dagen" in promise
    assert f"jongeren vanaf {terms.YOUNGEST} jaar" in sheet
    assert INSTRUMENT.ouders.minimum == terms.OUDERS


def test_what_a_gemeente_must_decide_is_left_open():
    assert [value.startswith(terms.OPEN) for _, value in given(["11.1.1.2"])] == [True] * 8
    assert {"11.1.1.1", "8.1.1.2", "10.1.1.4"} & {number for number, _ in given()} == set()
    assert answers()["19.2"] == "concept"
    for number in ("19.4.1", "19.5.1", "19.5.7"):
        assert answers()[number].startswith(terms.OPEN)


def test_every_test_that_a_measure_names_exists():
    named = [tuple(own.split("::")) for own in re.findall(r"test: (\S+)", SOURCES["risks"])]
    assert missing(named) == []
    assert len(named) > 30


def test_every_risk_has_measures_and_one_of_them_is_shown_by_a_test():
    risks, measures = answers()["16.1"], answers()["17.1"]
    assert [own["17.1.1"] for own in measures] == [[risk["16.1.1"]] for risk in risks]
    assert [own for own in measures if "Test: tests/" not in own["17.1.3"]] == []


def test_the_pdf_says_every_answer_and_first_what_is_open():
    html = dpia_html()
    said = " ".join(texts(html, "body"))
    for number, value in given():
        if number != "17.1.3" and value not in ("true", "false", "null"):
            for piece in [value] if isinstance(value, str) else value:
                for paragraph in piece.split("\n\n"):
                    assert " ".join(paragraph.split()) in said
    still_open = [f"{own.number}. {own.title}: {own.open} open" for own in paragraphs() if own.open]
    assert texts(html, ".paper-open li") == still_open
    assert len(still_open) > 10


def test_the_pdf_is_accessible_and_archivable():
    pdf = dpia_pdf()
    for profile in ("ua1", "3a"):
        validated = page.validate_pdf_bytes(pdf, profile=profile)
        assert [(failure.rule_id, failure.message) for failure in validated.failures] == []
        assert validated.is_compliant
    assert untold(pdf) == []
    assert PdfReader(io.BytesIO(pdf)).metadata.title == "DPIA: Samenwerking"


@pytest.mark.long
def test_a_second_validator_agrees(tmp_path):
    assert faults_of(tmp_path, {"dpia": dpia_pdf()}) == {("dpia", "ua1"): "", ("dpia", "3a"): ""}


def test_a_command_writes_it_and_says_what_it_can_not_write(tmp_path):
    call_command("dpia", out=tmp_path / "dpia.json")
    assert json.loads((tmp_path / "dpia.json").read_text()) == DATA
    call_command("dpia", out=tmp_path / "dpia.pdf")
    assert (tmp_path / "dpia.pdf").read_bytes().startswith(b"%PDF-1.7")
    with pytest.raises(CommandError, match=r"eindigt op \.pdf of \.json"):
        call_command("dpia", out=tmp_path / "dpia.doc")
