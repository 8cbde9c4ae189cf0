"""Keeps the rows of a table in a file, since each format reads them again: of many rounds they take long to make."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from assessments.dataset.tables import Row, Table


def spooled(table: Table, path: Path) -> Table:
    """Returns the same table, whose rows are read from `path`; they are made now, once."""
    with path.open("w", encoding="utf-8") as file:
        for record in table.records():
            file.write(json.dumps(record, default=str) + "\n")
    return replace(table, read=lambda: _rows(table, path))


def _rows(table: Table, path: Path) -> Iterator[Row]:
    dates = [column.name for column in table.columns if column.kind == "date"]
    with path.open(encoding="utf-8") as file:
        for line in file:
            row = dict(zip(table.names, json.loads(line), strict=True))
            yield row | {name: date.fromisoformat(row[name]) for name in dates if row[name]}
