"""The Data Package says of each column what a program must know to read the CSV files as they are meant."""

import csv
import json
import subprocess
from datetime import date

import pytest

from assessments.dataset.metadata.datapackage import datapackage
from tests.assessments.dataset.metadata.release import DATASET, PATHS

FRICTIONLESS = "frictionless==5.21.0"


def read():
    return json.loads(datapackage(DATASET, PATHS))


def resource(name):
    return next(own for own in read()["resources"] if own["name"] == name)


def field(table, name):
    return next(own for own in resource(table)["schema"]["fields"] if own["name"] == name)


def test_the_package_says_which_release_it_is_and_under_which_licence():
    package = read()
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert (package["name"], package["version"]) == ("samenwerking-2027-04", "2027-04")
    assert package["id"].startswith("urn:uuid:")
    assert [own["name"] for own in package["licenses"]] == ["CC-BY-4.0"]
    assert package["contributors"] == [{"title": DATASET.publisher, "roles": ["publisher"]}]


def test_every_table_is_a_file_with_its_columns_in_their_order():
    for table, own in zip(DATASET.tables, read()["resources"], strict=True):
        assert (own["name"], own["path"]) == (table.name, PATHS[table.name])
        assert [column["name"] for column in own["schema"]["fields"]] == table.names
        assert own["schema"]["primaryKey"] == list(table.key)


@pytest.mark.parametrize(
    ("table", "name", "kind"),
    [
        ("rounds", "network", "string"),
        ("rounds", "round", "integer"),
        ("rounds", "closed_on", "date"),
        ("figures_wide", "regels", "number"),
        ("figures_wide", "regels_limit", "string"),
    ],
)
def test_a_column_has_the_type_of_what_it_holds(table, name, kind):
    assert field(table, name)["type"] == kind


def test_a_choice_has_its_words_twice_since_programs_check_only_one():
    limit = field("figures_wide", "regels_limit")
    assert limit["categories"] == [
        {"value": "low", "label": "1,5 of lager"},
        {"value": "high", "label": "4,5 of hoger"},
    ]
    assert limit["constraints"]["enum"] == ["low", "high"]
    assert limit["categoriesOrdered"] is True
    assert field("groups", "partner_kind")["categoriesOrdered"] is False
    assert "categories" not in field("rounds", "network")


def test_an_empty_cell_is_no_value_and_a_key_always_has_one():
    """So no row is blank: programs would take one of missing values only for a fault of the file."""
    for table in DATASET.tables:
        assert resource(table.name)["schema"]["missingValues"] == [""]
        required = [name for name in table.names if field(table.name, name).get("constraints", {}).get("required")]
        assert sorted(required) == sorted(table.key)


def test_tables_refer_to_rounds_and_groups():
    found = {own["name"]: [(key["reference"]["resource"], key["fields"]) for key in own["schema"]["foreignKeys"]]
             for own in read()["resources"]}  # fmt: skip
    rounds, groups = ("rounds", ["network", "round"]), ("groups", ["round_id", "group_kind", "group_key"])
    assert found == {"rounds": [], "groups": [rounds], "figures_wide": [rounds, groups]}


def write(folder):
    """Writes the package with its rows, as they stand in a release."""
    (folder / "datapackage.json").write_text(datapackage(DATASET, PATHS), encoding="utf-8")
    (folder / "csv").mkdir()
    for table in DATASET.tables:
        with (folder / PATHS[table.name]).open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(table.names)
            writer.writerows([_cell(value) for value in row] for row in table.records())


def _cell(value):
    return "" if value is None else value.isoformat() if isinstance(value, date) else value


def judged(folder):
    """Returns the kinds of faults that frictionless finds, by table; the version is fixed, what it needs is not."""
    command = ["uv", "tool", "run", "--from", FRICTIONLESS, "frictionless", "validate", "--json", "datapackage.json"]
    said = json.loads(subprocess.run(command, capture_output=True, text=True, cwd=folder).stdout)
    assert not said["errors"], said["errors"]
    return {task["name"]: {fault["type"] for fault in task["errors"]} for task in said["tasks"]}


@pytest.mark.files
def test_frictionless_reads_the_files_by_it_and_finds_no_fault(tmp_path):
    write(tmp_path)
    assert judged(tmp_path) == {"rounds": set(), "groups": set(), "figures_wide": set()}


@pytest.mark.files
@pytest.mark.parametrize(
    ("table", "old", "new", "fault"),
    [
        ("figures_wide", "low", "laag", "constraint-error"),
        ("figures_wide", "3.5", "3,5", "type-error"),
        ("rounds", "2027-03-01", "1 maart 2027", "type-error"),
        ("groups", "r-2", "", "constraint-error"),
        ("figures_wide", "r-2", "r-9", "foreign-key"),
        ("rounds", "n-2,1", "n-1,1", "primary-key"),
    ],
)
def test_frictionless_finds_by_it_what_is_wrong_in_a_file(tmp_path, table, old, new, fault):
    write(tmp_path)
    file = tmp_path / PATHS[table]
    text = file.read_text(encoding="utf-8-sig")
    quoted = f'"{new}"' if "," in new and "," not in old else new
    file.write_text(text.replace(old, quoted), encoding="utf-8-sig")
    assert fault in judged(tmp_path)[table]
