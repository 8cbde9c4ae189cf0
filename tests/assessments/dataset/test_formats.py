"""Each format gives back the table that went in: texts, numbers, days, words, labels, and what is not there."""

import csv
import sys
from datetime import date
from math import isnan

import duckdb
import openpyxl
import pandas
import pyreadstat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.dataset.codebook import codebook_of
from assessments.dataset.csv_files import write_csv
from assessments.dataset.dta import write_dta
from assessments.dataset.excel import write_xlsx
from assessments.dataset.files import write_files
from assessments.dataset.frames import value_labels
from assessments.dataset.limits import CannotWrite
from assessments.dataset.metadata import words
from assessments.dataset.parquet import write_parquet
from assessments.dataset.r_script import r_script
from assessments.dataset.sav import write_sav
from assessments.dataset.spool import spooled
from assessments.dataset.tables import Column, Table
from tests.dataset_cases import BY_SECTOR, FIRST, dataset

COLUMNS = (
    Column("key", "Sleutel", "text"),
    Column("words", "Tekst met ‘é’ en “zo”", "text"),
    Column("people", "Mensen", "count"),
    Column("score", "Gemiddelde", "decimal", decimals=1),
    Column("alpha", "Alfa", "decimal", decimals=2),
    Column("day", "Dag", "date"),
    Column("kind", "Soort", "choice", {"a": "één", "b": 'twee, "b"', "=c": "’t is 3"}),
    Column("size", "Omvang", "choice", {str(place): f"klasse {place}" for place in range(12)}, is_ordered=True),
)
LETTERS = st.characters(codec="utf-8", exclude_categories=["C", "Z"]) | st.sampled_from("=+-@'\",;\\ é")
WORDS = st.text(LETTERS, max_size=30).map(lambda typed: " ".join(typed.split())).map(lambda text: text or None)
VALUES = {
    "words": WORDS,
    "people": st.integers(0, 99999),
    "score": st.integers(-40, 50).map(lambda tenths: tenths / 10),
    "alpha": st.integers(-300, 100).map(lambda hundredths: hundredths / 100),
    "day": st.dates(date(1990, 1, 1), date(2090, 12, 31)),
    "kind": st.sampled_from(["a", "b", "=c"]),
    "size": st.sampled_from([str(place) for place in range(12)]),
}
ROWS = st.lists(st.fixed_dictionaries({name: st.none() | values for name, values in VALUES.items()}), max_size=6)
several = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def table_of(rows):
    numbered = [{"key": f"k{number}", **row} for number, row in enumerate(rows)]
    return Table("proef", "Een proef", "", COLUMNS, ("key",), lambda: iter(numbered))


def numbered(table):
    """Returns the rows as SPSS and Stata have them: words as numbers."""
    return [
        [
            column.number_of(value) if column.kind == "choice" else value
            for column, value in zip(table.columns, row, strict=True)
        ]
        for row in table.records()
    ]


def read_back(frame):
    """Returns the rows of a frame, with None for what is missing."""
    return [
        [None if value == "" or (isinstance(value, float) and isnan(value)) else value for value in row]
        for row in frame.astype(object).values.tolist()
    ]


@several
@given(ROWS)
def test_csv(tmp_path, rows):
    table, path = table_of(rows), tmp_path / "proef.csv"
    write_csv(table, path)
    with path.open(encoding="utf-8", newline="") as file:
        head, *found = csv.reader(file)
    assert head == table.names
    assert found == [[in_csv(value) for value in row] for row in table.records()]
    assert len(pandas.read_csv(path, dtype=str, keep_default_na=False)) == len(rows)


def in_csv(value):
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@")):
        return f"'{value}"  # a spreadsheet would take it for a formula
    return str(value)


@several
@given(ROWS)
def test_spss(tmp_path, rows):
    table, path = table_of(rows), tmp_path / "proef.sav"
    write_sav(table, path)
    frame, about = pyreadstat.read_sav(path, user_missing=True)
    assert read_back(frame) == numbered(table)
    assert about.column_labels == [column.label for column in COLUMNS]
    assert about.variable_value_labels == value_labels(table)
    assert about.variable_measure == {column.name: column.measure for column in COLUMNS}
    formats = {name: kind for name, kind in about.original_variable_types.items() if not kind.startswith("A")}
    assert formats == {
        "people": "F5.0",
        "score": "F4.1",
        "alpha": "F5.2",
        "day": "DATE11",
        "kind": "F1.0",
        "size": "F2.0",
    }
    assert {name: set(ranges[0].values()) for name, ranges in about.missing_ranges.items()} == {"words": {""}}


@several
@given(ROWS)
def test_stata(tmp_path, rows):
    table, path = table_of(rows), tmp_path / "proef.dta"
    write_dta(table, path)
    frame, about = pyreadstat.read_dta(path)
    assert read_back(frame) == numbered(table)
    assert about.column_labels == [column.label for column in COLUMNS]
    assert about.variable_value_labels == value_labels(table)
    assert about.original_variable_types["day"] == "%td"
    days = pandas.read_stata(path, convert_categoricals=False)["day"]
    assert [None if pandas.isna(day) else day.date() for day in days] == [row[5] for row in table.records()]


@several
@given(ROWS)
def test_parquet(tmp_path, rows):
    table, path = table_of(rows), tmp_path / "proef.parquet"
    write_parquet(table, path)
    with duckdb.connect() as database:
        found = database.read_parquet(str(path))
        assert [list(row) for row in found.fetchall()] == list(table.records())
        types = ["VARCHAR", "VARCHAR", "INTEGER", "DOUBLE", "DOUBLE", "DATE", "VARCHAR", "VARCHAR"]
        assert [str(kind) for kind in found.types] == types


@several
@given(ROWS)
def test_excel(tmp_path, rows):
    table, path = table_of(rows), tmp_path / "proef.xlsx"
    write_xlsx([table], path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Codeboek", "Een proef"]
    head, *found = book["Een proef"].iter_rows(values_only=True)
    assert list(head) == table.names
    assert [[value.date() if hasattr(value, "date") else value for value in row] for row in found] == list(
        table.records()
    )
    assert not [cell for row in book["Een proef"].iter_rows() for cell in row if cell.data_type == "f"]
    assert len(list(book["Codeboek"].iter_rows())) == 1 + len(list(codebook_of([table]).records()))


@several
@given(ROWS)
def test_a_spool_gives_the_same_rows_each_time(tmp_path, rows):
    table = table_of(rows)
    kept = spooled(table, tmp_path / "rows")
    assert list(kept.records()) == list(kept.records()) == list(table.records())


@pytest.mark.parametrize(
    ("column", "title", "write"),
    [
        (Column("kind", "Soort", "choice", {"a": "é" * 61}), "T", write_sav),
        (Column("words", "é" * 129, "text"), "T", write_sav),
        (COLUMNS[1], "é" * 33, write_sav),
        (Column("words", "a" * 81, "text"), "T", write_dta),
    ],
)
def test_a_label_that_would_be_cut_or_refused_stops_the_file(tmp_path, column, title, write):
    table = Table("t", title, "", (COLUMNS[0], column), ("key",), list)
    with pytest.raises(CannotWrite, match="te lang"):
        write(table, tmp_path / "t")
    assert list(tmp_path.iterdir()) == []


def test_more_rows_than_a_sheet_holds_are_refused(tmp_path):
    with pytest.raises(CannotWrite, match="te veel rijen"):
        write_xlsx([table_of([{}, {}, {}])], tmp_path / "t.xlsx", most_rows=2)


def test_without_duckdb_a_sentence_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(CannotWrite, match=r"DuckDB ontbreekt\. Installeer"):
        write_parquet(table_of([]), tmp_path / "t.parquet")


def test_a_data_set_is_written_whole(tmp_path):
    own = dataset()
    names = write_files(own, tmp_path)
    assert sorted(names) == sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file())
    assert names[-3:] == ["cijfers.xlsx", "inlezen.R", "inlezen.do"]
    for table in own.tables:
        frame, _ = pyreadstat.read_sav(tmp_path / "spss" / f"{table.name}.sav")
        assert len(frame) == len(list(table.records()))


def test_a_key_is_as_wide_in_each_spss_file_so_that_these_can_be_matched(tmp_path):
    own = dataset()
    write_files(own, tmp_path)
    widths = {}
    for table in own.tables:
        _, about = pyreadstat.read_sav(tmp_path / "spss" / f"{table.name}.sav", metadataonly=True)
        for column in table.columns:
            if column.kind == "text" and column.name in {name for other in own.tables for name in other.key}:
                widths.setdefault(column.name, set()).add(about.original_variable_types[column.name])
    assert widths == {key: {"A64"} for key in ("network", "round_id", "group_key", "item", "instrument", "factor")}


@pytest.mark.parametrize(("rounds", "label"), [((FIRST,), "BEDACHT: Rondes"), ((BY_SECTOR,), "Rondes")])
def test_each_file_says_by_itself_that_answers_are_made_up(tmp_path, rounds, label):
    own = dataset(*rounds)
    write_files(own, tmp_path)
    _, spss = pyreadstat.read_sav(tmp_path / "spss" / "rounds.sav", metadataonly=True)
    _, stata = pyreadstat.read_dta(tmp_path / "stata" / "rounds.dta", metadataonly=True)
    assert (spss.file_label, stata.file_label) == (label, label)
    assert f'label data `"{label}"\'' in (tmp_path / "inlezen.do").read_text()
    lines = [row[0].value for row in openpyxl.load_workbook(tmp_path / "cijfers.xlsx")["Leesmij"].iter_rows()]
    assert (words.CONSTRUCTED in lines) == own.is_constructed
    assert f"Noem deze uitgave: {words.cited(own)}" in lines


def test_the_script_for_r_is_read_in_any_language_of_the_computer():
    assert r_script(dataset(), "inlezen.R").isascii()
