"""A release says how to cite it, for people who keep references and for search engines."""

import json
import subprocess
from dataclasses import replace

import pytest
import yaml

from assessments.dataset.metadata.citation import cff
from assessments.dataset.metadata.schema_org import jsonld
from tests.assessments.dataset.metadata.release import DATASET

CFFCONVERT = "cffconvert==2.0.0"


def test_the_citation_names_the_release_its_day_and_its_licence():
    found = yaml.safe_load(cff(DATASET))
    assert found["cff-version"] == "1.2.0"
    assert (found["type"], found["title"]) == ("dataset", "Samenwerking rond kind en gezin, uitgave 2027-04")
    assert (found["version"], found["date-released"], found["license"]) == ("2027-04", "2027-04-12", "CC-BY-4.0")
    assert found["authors"] == [{"name": DATASET.publisher}]
    assert found["url"] == DATASET.address


@pytest.mark.parametrize(
    ("contact", "email"),
    [
        ("onderzoek@voorbeeld.example", "onderzoek@voorbeeld.example"),
        ("mailto:onderzoek@voorbeeld.example", "onderzoek@voorbeeld.example"),
        ("https://voorbeeld.example/contact", None),
        ("bel 14 024", None),
    ],
)
def test_a_contact_that_is_an_address_is_one_for_programs_too(contact, email):
    assert yaml.safe_load(cff(replace(DATASET, contact=contact)))["contact"][0].get("email") == email


@pytest.mark.files
@pytest.mark.parametrize("contact", [DATASET.contact, "bel 14 024"])
def test_cffconvert_accepts_the_citation(tmp_path, contact):
    (tmp_path / "CITATION.cff").write_text(cff(replace(DATASET, contact=contact)), encoding="utf-8")
    command = ["uv", "tool", "run", "--from", CFFCONVERT, "cffconvert", "--validate"]
    said = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert said.returncode == 0, said.stderr
    assert "valid" in said.stdout


@pytest.mark.files
def test_cffconvert_refuses_a_citation_without_a_title(tmp_path):
    (tmp_path / "CITATION.cff").write_text(cff(DATASET).replace("\ntitle:", "\ntitel:"), encoding="utf-8")
    command = ["uv", "tool", "run", "--from", CFFCONVERT, "cffconvert", "--validate"]
    assert subprocess.run(command, capture_output=True, cwd=tmp_path).returncode != 0


def test_search_engines_find_what_they_ask_of_a_data_set():
    found = json.loads(jsonld(DATASET))
    assert (found["@context"], found["@type"]) == ("https://schema.org/", "Dataset")
    assert 50 <= len(found["description"]) <= 5000  # what Google's search for data sets takes
    assert found["temporalCoverage"] == "2026-09-01/2027-03-01"
    assert found["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert {"name", "url", "creator", "identifier", "datePublished", "distribution"} <= {*found}


def test_a_place_has_its_code_where_that_is_known():
    places = json.loads(jsonld(DATASET))["spatialCoverage"]
    assert [(place["name"], place.get("identifier")) for place in places] == [
        ("gemeente Nijmegen", "GM0268"), ("gemeente Oostdorp", None),
    ]  # fmt: skip
    nowhere = json.loads(jsonld(replace(DATASET, municipalities=())))["spatialCoverage"]
    assert [place["name"] for place in nowhere] == ["Nederland"]


def test_each_column_is_a_variable_once():
    names = [own["name"] for own in json.loads(jsonld(DATASET))["variableMeasured"]]
    assert len(names) == len(set(names))
    assert set(names) == {column.name for table in DATASET.tables for column in table.columns}
