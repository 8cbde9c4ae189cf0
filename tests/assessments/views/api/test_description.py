"""The description is valid, follows the Dutch API Design Rules, and says of every address what that answers."""

import json
import re

import pytest
import yaml
from django.conf import settings
from jsonschema import Draft202012Validator

from assessments.views.api import urls
from assessments.views.api.description import FILE, description
from samenwerking.api import PROBLEM, VERSION

DOCUMENT = description()
OPERATIONS = {path: item["get"] for path, item in DOCUMENT["paths"].items()}
# The rules' own expressions, from the linter's configuration of version 2.2.
KEBAB = re.compile(r"^(\/|(\/_[a-z0-9]+|\/(([a-z0-9\-]+|{[^}]+})(\/([a-z0-9\-\.]+|{[^}]+}))*)(\/_[a-z]+)?)\/?)$")
CAMEL = re.compile(r"^\$?[a-z][a-z\d]*([A-Z][a-z\d]*)*$")
SEMVER = re.compile(r"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$")


def resolved(part):
    """Returns a part of the document without references; no schema of ours holds itself."""
    if isinstance(part, list):
        return [resolved(value) for value in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        found = DOCUMENT
        for name in part["$ref"].removeprefix("#/").split("/"):
            found = found[name]
        return resolved(found)
    return {name: resolved(value) for name, value in part.items()}


def responses():
    return [
        (path, status, answer)
        for path, get in OPERATIONS.items()
        for status, answer in resolved(get["responses"]).items()
    ]


def test_everybody_reads_it_also_on_a_page_of_another_site_and_both_forms_say_the_same(client):
    as_json, as_yaml = client.get("/api/v1/openapi.json"), client.get("/api/v1/openapi.yaml")
    assert {answer.headers["Access-Control-Allow-Origin"] for answer in (as_json, as_yaml)} == {"*"}
    assert as_json.headers["Content-Type"] == "application/json"
    assert as_yaml.headers["Content-Type"] == "application/yaml"
    assert as_json.json() == yaml.safe_load(as_yaml.content) == DOCUMENT


def test_only_the_description_is_for_pages_of_other_sites(client):
    assert "Access-Control-Allow-Origin" not in client.get("/api/v1/").headers
    assert "Access-Control-Allow-Origin" not in client.get("/api/v1/rondes").headers


def test_it_has_every_address_of_the_api_and_no_other():
    ours = {
        re.sub(r"<\w+:(\w+)>", "{}", str(pattern.pattern)).removeprefix("api/v1")
        for pattern in urls.urlpatterns
        if pattern.name and "openapi" not in pattern.name
    }
    assert ours == {re.sub(r"{\w+}", "{}", path) for path in OPERATIONS}


def test_its_version_is_that_of_every_answer_and_its_first_number_that_of_the_addresses():
    assert DOCUMENT["info"]["version"] == VERSION
    assert SEMVER.match(VERSION)
    assert [server["url"] for server in DOCUMENT["servers"]] == [f"/api/v{VERSION[0]}"]
    assert DOCUMENT["openapi"] == "3.1.0"


def test_addresses_and_questions_are_written_as_the_rules_ask():
    assert [path for path in OPERATIONS if not KEBAB.match(path) or (path != "/" and path.endswith("/"))] == []
    asked = {
        p["name"] for get in OPERATIONS.values() for p in resolved(get.get("parameters", [])) if p["in"] == "query"
    }
    assert asked == {"pagina", "paginaGrootte"}
    assert [name for name in asked if not CAMEL.match(name)] == []
    assert [name for name in DOCUMENT["components"]["schemas"] if not re.fullmatch("([A-Z][a-z]+)+", name)] == []


def test_the_page_for_researchers_names_every_address_and_what_changed_in_this_version():
    page = (settings.BASE_DIR / "docs" / "api.md").read_text()
    assert [path for path in OPERATIONS if f"`/api/v1{path}`" not in page] == []
    assert f"- {VERSION}: " in page


def test_it_only_reads():
    assert {method for item in DOCUMENT["paths"].values() for method in item} == {"get", "parameters"}


def test_each_resource_asks_for_a_token_but_the_root():
    assert DOCUMENT["security"] == [{"sleutel": []}]
    assert [path for path, get in OPERATIONS.items() if "security" in get] == ["/"]
    for path, get in OPERATIONS.items():
        if path != "/":
            assert {"400", "401", "404", "429", "default"} <= get["responses"].keys()


def test_every_answer_says_its_version_and_every_error_is_a_problem():
    for path, status, answer in responses():
        assert "API-Version" in answer["headers"], (path, status)
        if status not in ("200", "304"):
            [(kind, content)] = answer["content"].items()
            assert kind == PROBLEM
            assert {"status", "title", "detail"} <= set(content["schema"]["required"])


def test_every_operation_is_named_once_and_says_in_words_what_it_does():
    assert len({get["operationId"] for get in OPERATIONS.values()}) == len(OPERATIONS)
    tags = {tag["name"] for tag in DOCUMENT["tags"]}
    assert {tag for get in OPERATIONS.values() for tag in get["tags"]} == tags
    assert [get["summary"] for get in OPERATIONS.values() if not get["summary"]] == []


def test_a_day_is_a_date_without_a_time():
    days = re.findall(r'"\w+Op": ({[^}]+})', json.dumps(DOCUMENT))
    assert len(days) == 3
    assert [day for day in days if '"format": "date"' not in day] == []


def test_every_schema_is_one_and_every_example_fits_its_own():
    for schema in DOCUMENT["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    examples = [
        (content["example"], content["schema"])
        for _, _, answer in responses()
        for content in answer.get("content", {}).values()
        if "example" in content
    ]
    assert len(examples) > 3
    for example, schema in examples:
        assert list(Draft202012Validator(schema).iter_errors(example)) == []


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        ("", {"url": "http://127.0.0.1:8000/hulp/", "email": "afzender@example.nl"}),
        ("help@example.nl", {"url": "http://127.0.0.1:8000/hulp/", "email": "help@example.nl"}),
        ("https://help.example.nl/", {"url": "https://help.example.nl/", "email": "afzender@example.nl"}),
    ],
)
def test_it_says_who_helps_on_this_site(client, settings, contact, expected):
    settings.SUPPORT_CONTACT, settings.ORGANISATION_NAME = contact, "Gemeente Voorbeeld"
    settings.DEFAULT_FROM_EMAIL = "Team Jeugd <afzender@example.nl>"
    found = client.get("/api/v1/openapi.json").json()["info"]["contact"]
    assert found == {"name": "Gemeente Voorbeeld"} | expected


def test_the_file_is_what_is_served_but_for_who_helps():
    written = yaml.safe_load(FILE.read_text())
    assert "contact" not in written["info"]
    assert DOCUMENT | {"info": written["info"]} == written
