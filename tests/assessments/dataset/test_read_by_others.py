"""Programs of others read a whole data set and find in it what we put there: rows, labels, days, what is missing.

PSPP, R (its own script, readr, haven, foreign), LibreOffice, DuckDB's reader of CSV, and PyArrow, which did not write
the Parquet. There is no SPSS and no Stata here.
"""

import csv
import json
import os
import subprocess
import sys
from datetime import date, datetime, timedelta
from itertools import takewhile
from pathlib import Path

import duckdb
import pytest
from python_calamine import load_workbook

from assessments.dataset.files import write_files
from tests.dataset_cases import dataset

pytestmark = pytest.mark.files

ROOT = Path(__file__).parents[3]
DATASET = dataset()
EPOCH = date(1970, 1, 1)
PYARROW = """
import json, sys, pyarrow.parquet as parquet
found = parquet.read_table(sys.argv[1])
print(json.dumps({"types": {f.name: str(f.type) for f in found.schema}, "rows": found.to_pylist()}, default=str))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("uitgave")
    write_files(DATASET, folder)
    return folder


@pytest.fixture(scope="module")
def in_r(folder):
    """Returns what R says of each column, by (way, table)."""
    script = Path(__file__).with_name("read_back.R")
    subprocess.run(
        ["Rscript", str(script)], cwd=folder, check=True, capture_output=True, env=os.environ | {"LC_ALL": "C.UTF-8"}
    )
    found = {}
    for row in csv.DictReader((folder / "said.csv").open(encoding="utf-8")):
        found.setdefault((row["way"], row["table"]), {})[row["column"]] = row
    return found


def values(table, column):
    return [row.get(column.name) for row in table.read()]


def numbers(column, found, first_day):
    """Returns the values that are there as numbers: days since `first_day`, and of a choice its number."""
    present = [value for value in found if value is not None]
    if column.kind == "choice":
        return [column.number_of(value) for value in present]
    return [(value - first_day).days for value in present] if column.kind == "date" else present


@pytest.mark.parametrize("table", DATASET.tables, ids=lambda table: table.name)
@pytest.mark.parametrize("way", ["script", "haven sav", "haven dta", "foreign"])
def test_r_has_the_rows_labels_words_sums_and_what_is_missing(in_r, way, table):
    found = in_r[way, table.name]
    assert list(found) == table.names
    for column in table.columns:
        said, own = found[column.name], values(table, column)
        assert (int(said["n"]), int(said["missing"])) == (len(own), own.count(None)), column.name
        assert said["label"] == column.label
        assert said["words"] == "|".join((column.values or {}).values())
        if column.kind == "text":
            assert said["kind"] == "character"
        elif way == "foreign" and column.kind == "date":  # it gives seconds since 1582
            days = sum(numbers(column, own, date(1582, 10, 14)))
            assert float(said["sum"]) == days * 86400
        else:
            assert float(said["sum"]) == pytest.approx(sum(numbers(column, own, EPOCH))), column.name
            assert (said["kind"] == "Date") == (column.kind == "date")
    if way == "script":
        ordered = {column.name for column in table.columns if column.is_ordered}
        assert {name for name, said in found.items() if said["kind"] == "ordered"} == ordered


@pytest.mark.parametrize("table", DATASET.tables, ids=lambda table: table.name)
def test_readr_takes_points_for_points_and_days_for_days(in_r, table):
    found = in_r["readr", table.name]
    for column in table.columns:
        said, own = found[column.name], values(table, column)
        assert (int(said["n"]), int(said["missing"])) == (len(own), own.count(None)), column.name
        if column.kind in ("count", "decimal", "date") and own.count(None) < len(own):
            assert float(said["sum"]) == pytest.approx(sum(numbers(column, own, EPOCH)))
            assert said["kind"] == ("Date" if column.kind == "date" else "numeric")


@pytest.mark.parametrize("table", DATASET.tables, ids=lambda table: table.name)
def test_pspp_has_every_cell_and_the_level_label_and_format_of_each_column(folder, tmp_path, table):
    syntax = tmp_path / "lees.sps"
    syntax.write_text(
        f'GET FILE="{folder}/spss/{table.name}.sav".\nDISPLAY DICTIONARY.\n'
        f'SAVE TRANSLATE /OUTFILE="{tmp_path}/cells.csv" /TYPE=CSV /FIELDNAMES /MISSING=RECODE /CELLS=VALUES.\n'
    )
    subprocess.run(["pspp", "-O", "format=csv", "-o", str(tmp_path / "out.csv"), str(syntax)], check=True)
    lines = list(csv.reader((tmp_path / "out.csv").open(encoding="utf-8")))
    about = {row[0]: row for row in takewhile(lambda row: len(row) > 1, lines[2:])}
    assert list(about) == table.names
    for column in table.columns:
        _, _, label, level, *_, shown, _, missing = about[column.name]
        assert (label, level) == (column.label, column.measure.capitalize())
        assert {"text": "A", "date": "DATE11"}.get(column.kind, "F") in shown
        assert bool(missing) == (column.kind == "text" and column.name not in table.key)
    head, *cells = csv.reader((tmp_path / "cells.csv").open(encoding="utf-8"))
    assert head == table.names
    expected = [[in_pspp(column, row.get(column.name)) for column in table.columns] for row in table.read()]
    assert [[value.strip() for value in row] for row in cells] == expected


def test_pspp_matches_figures_with_their_groups(folder, tmp_path):
    keys = "round_id group_kind group_key"
    syntax = tmp_path / "koppel.sps"
    syntax.write_text(
        f'GET FILE="{folder}/spss/groups.sav".\nSORT CASES BY {keys}.\nSAVE OUTFILE="{tmp_path}/groups.sav".\n'
        f'GET FILE="{folder}/spss/figures.sav".\nSORT CASES BY {keys}.\n'
        f'MATCH FILES /FILE=* /TABLE="{tmp_path}/groups.sav" /BY {keys}.\n'
        f'SAVE TRANSLATE /OUTFILE="{tmp_path}/cells.csv" /TYPE=CSV /KEEP=group_key item group_n /MISSING=RECODE.\n'
    )
    subprocess.run(["pspp", str(syntax)], check=True, capture_output=True)
    cells = list(csv.reader((tmp_path / "cells.csv").open(encoding="utf-8")))
    people = {tuple(row[name] for name in keys.split()): row.get("group_n") for row in DATASET.table("groups").read()}
    expected = [
        [row["group_key"], row["item"], str(people[tuple(row[name] for name in keys.split())] or "")]
        for row in DATASET.table("figures").read()
    ]
    assert sorted([value.strip() for value in row] for row in cells) == sorted(expected)


def test_the_script_for_r_runs_where_the_computer_knows_no_accents(folder):
    asked = 'source("inlezen.R"); stopifnot(nrow(figures) > 0, enc2utf8(levels(groups$partner_kind)[1]) == "scholen")'
    subprocess.run(
        ["Rscript", "-e", asked], cwd=folder, check=True, capture_output=True, env=os.environ | {"LC_ALL": "C"}
    )


def in_pspp(column, value):
    if value is None:
        return ""
    if column.kind == "choice":
        return str(column.number_of(value))
    if column.kind == "date":
        return value.strftime("%m/%d/%Y")
    return str(value).removesuffix(".0") if column.kind == "decimal" else str(value)


def test_libreoffice_opens_every_sheet_with_numbers_as_numbers_and_days_as_days(folder, tmp_path):
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "ods"]
    subprocess.run([*command, str(folder / "cijfers.xlsx")], cwd=tmp_path, check=True, capture_output=True)
    book = load_workbook(str(tmp_path / "cijfers.ods"))
    assert book.sheet_names == ["Leesmij", "Codeboek", *(table.title for table in DATASET.tables)]
    for table in DATASET.tables:
        head, *cells = book.get_sheet_by_name(table.title).to_python()
        assert head == table.names
        expected = [["" if value is None else value for value in row] for row in table.records()]
        assert [[value.date() if isinstance(value, datetime) else value for value in row] for row in cells] == expected


@pytest.mark.parametrize("table", DATASET.tables, ids=lambda table: table.name)
def test_duckdb_sees_by_itself_what_the_columns_of_the_csv_are(folder, table):
    with duckdb.connect() as database:
        found = database.read_csv(str(folder / "csv" / f"{table.name}.csv"), header=True)
        assert found.columns == table.names
        types = dict(zip(found.columns, map(str, found.types), strict=True))
        rows = found.fetchall()
    own = list(table.records())
    for place, column in enumerate(table.columns):
        expected = [row[place] for row in own]
        if expected.count(None) == len(expected):
            continue
        kinds = {"count": {"BIGINT"}, "decimal": {"DOUBLE"}, "date": {"DATE"}, "choice": {"VARCHAR", "BOOLEAN"}}
        assert column.kind == "text" or types[column.name] in kinds[column.kind], column.name
        if column.kind in kinds and types[column.name] != "BOOLEAN":
            assert [row[place] for row in rows] == expected


@pytest.mark.parametrize("table", DATASET.tables, ids=lambda table: table.name)
def test_pyarrow_reads_the_parquet_with_the_same_types_whatever_is_in_it(folder, table):
    path = folder / "parquet" / f"{table.name}.parquet"
    environment = os.environ | {"PYTHONPATH": str(ROOT / "build" / "pyarrow")}
    command = [sys.executable, "-c", PYARROW, str(path)]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, env=environment).stdout)
    types = {"text": "string", "choice": "string", "count": "int32", "decimal": "double", "date": "date32[day]"}
    assert told["types"] == {column.name: types[column.kind] for column in table.columns}
    assert [[*row.values()] for row in told["rows"]] == json.loads(json.dumps(list(table.records()), default=str))


def test_the_days_of_these_cases_would_show_a_day_too_few_or_another_century():
    rounds = DATASET.table("rounds")
    days = {row["opened_on"] for row in rounds.read()} | {row["closed_on"] for row in rounds.read()}
    assert date(2027, 3, 28) in days  # when clocks are set
    assert EPOCH not in days
    assert EPOCH + timedelta(days=20512) in days
