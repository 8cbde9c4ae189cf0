"""Writes all data files of a data set in a folder: each table in each format, an Excel file, and scripts that read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from assessments.dataset.do_file import do_file
from assessments.dataset.excel import write_xlsx
from assessments.dataset.formats import FORMATS, write_tables
from assessments.dataset.metadata import words
from assessments.dataset.r_script import r_script
from assessments.dataset.spool import spooled
from assessments.dataset.tables import Dataset, Table

EXCEL, R_SCRIPT, DO_FILE = "cijfers.xlsx", "inlezen.R", "inlezen.do"


def write_files(dataset: Dataset, folder: Path) -> list[str]:
    """Writes the files and returns their names in the folder, in order. Raises CannotWrite."""
    with TemporaryDirectory() as aside:
        tables = [spooled(table, Path(aside) / table.name) for table in dataset.tables]
        alone = [_labelled(table, dataset) for table in tables]
        names = write_tables(alone, folder)
        write_xlsx(tables, folder / EXCEL, lines=words.front(dataset))
    (folder / R_SCRIPT).write_text(r_script(dataset, R_SCRIPT), encoding="utf-8")
    (folder / DO_FILE).write_text(do_file(replace(dataset, tables=tuple(alone))), encoding="utf-8")
    return [*names, EXCEL, R_SCRIPT, DO_FILE]


def file_of(table: Table, ending: str) -> bytes:
    """Returns one table as a file with this ending. Raises CannotWrite."""
    writers = dict(FORMATS.values())
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{table.name}.{ending}"
        if ending == "xlsx":
            write_xlsx([table], path)
        else:
            writers[ending](table, path)
        return path.read_bytes()


def _labelled(table: Table, dataset: Dataset) -> Table:
    """Returns the table as a file by itself, which may be read without anything that says its answers are made up."""
    return replace(table, title=f"BEDACHT: {table.title}") if dataset.is_constructed else table
