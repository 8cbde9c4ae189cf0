"""Writes a table as CSV, for programs: UTF-8 without a mark, commas, a point in numbers, an empty cell for no value."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TextIO

from assessments.dataset.tables import Table
from factors.export import cell


def write_csv(table: Table, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        write_rows(table, file)


def write_rows(table: Table, file: TextIO, *, is_safe: bool = True) -> None:
    """Writes a header and the rows; where it `is_safe`, text that a spreadsheet takes for a formula gets a mark."""
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(table.names)
    for record in table.records():
        writer.writerow([cell(value) for value in record] if is_safe else record)
