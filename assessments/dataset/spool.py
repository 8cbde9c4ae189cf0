"""Keeps the rows of a table in a file, since each format reads them again: of many rounds they take long to make.

Such a table can also be read in another process.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from assessments.dataset.tables import Column, Row, Table


def spooled(table: Table, path: Path) -> Table:
    """Returns the same table, whose rows are read from `path`; they are made now, once."""
    with path.open("w", encoding="utf-8") as file:
        for record in table.records():
            file.write(json.dumps(record, default=str) + "\n")
    return replace(table, read=partial(_rows, table.columns, path))


def _rows(columns: tuple[Column, ...], path: Path) -> Iterator[Row]:
    names = [column.name for column in columns]
    dates = [column.name for column in columns if column.kind == "date"]
    with path.open(encoding="utf-8") as file:
        for line in file:
            row = dict(zip(names, json.loads(line), strict=True))
            yield row | {name: date.fromisoformat(row[name]) for name in dates if row[name]}
