"""`manage.py instrument` gives the whole instrument as JSON that others can read, from files or a loaded version."""

import csv
import io
import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from factors.export import as_csv, as_json, cell
from factors.instrument import LEVELS
from tests.cast import loaded_instrument


def printed(*args):
    out = io.StringIO()
    call_command("instrument", *args, stdout=out)
    return out.getvalue()


def test_the_files_are_printed_without_a_database(instrument):
    broken = os.environ | {"DEBUG": "1", "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    command = [sys.executable, settings.BASE_DIR / "manage.py", "instrument"]
    done = subprocess.run(command, env=broken, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["version"] == instrument.version


def test_it_has_everything_that_makes_up_the_instrument(instrument):
    document = json.loads(printed())
    counts = {key: len(document[key]) for key in ("phases", "factors", "dimensions", "sources")}
    assert counts == {"phases": 3, "factors": 11, "dimensions": 30, "sources": 5}
    assert [statement["key"] for statement in document["statements"]] == list(instrument.statements)
    assert [advice["key"] for advice in document["advice"]] == [advice.key for advice in instrument.advice]
    assert [rule["key"] for rule in document["rules"]] == [rule.key for rule in instrument.rules]
    assert document["lenses"] == list(instrument.lenses)
    assert document["conversation"] == instrument.conversation
    assert len(document["open_questions"]) == 4
    assert [asked["text"] for asked in document["interview"]] == [asked.text for asked in instrument.interview]
    assert document["interview"][0]["origins"][0]["number"] == 1


def test_a_statement_has_its_dimension_and_the_text_of_each_level(instrument):
    statements = {statement["key"]: statement for statement in as_json(instrument)["statements"]}
    own = instrument.statements["CO4"]
    assert statements["CO4"]["dimension"] == "communicatie.continuiteit"
    assert statements["CO4"]["factor"] == "communicatie"
    assert statements["CO4"]["texts"] == {level: own.for_level(level) for level in LEVELS}
    assert len(set(statements["CO4"]["texts"].values())) == 3
    assert (statements["EF1"]["factor"], statements["EF1"]["dimension"]) == (None, None)
    assert list(statements["OU1"]["texts"]) == ["ouders"]


@pytest.mark.django_db
def test_a_loaded_version_is_printed_as_the_files_are():
    version = loaded_instrument().version
    assert json.loads(printed("--version", version)) == json.loads(printed())


@pytest.mark.django_db
def test_an_unknown_version_is_a_fault_in_one_dutch_sentence():
    loaded_instrument()
    with pytest.raises(CommandError, match=r"Versie '9\.9' van het instrument is niet geladen") as fault:
        printed("--version", "9.9")
    assert fault.value.returncode == 2


def test_the_statements_as_csv_have_a_row_each(instrument):
    text = as_csv(instrument)
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [row["key"] for row in rows] == list(instrument.statements)
    assert rows[0]["uitvoerend"] == instrument.statements["VG1"].for_level("uitvoerend")
    assert (rows[0]["ouders"], rows[-1]["uitvoerend"]) == ("", "")
    reworded = next(row for row in rows if row["key"] == "MI2")
    assert reworded["uitvoerend"] != reworded["management"] == reworded["bestuur"]


@pytest.mark.parametrize("text", ["=1+1", "+31 24", "-2", "@SOM(A1)", "\tx", " =1"])
def test_text_that_a_spreadsheet_would_compute_stays_text(text):
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("value", ["gewone tekst", 3, -0.5, ""])
def test_other_cells_stay_as_they_are(value):
    assert cell(value) == value
