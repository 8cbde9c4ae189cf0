"""Writes one table in one format; in a process of its own where the table is large, for memory.

It imports nothing of Django, so that such a process has only what the formats need.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from assessments.dataset.csv_files import write_csv
from assessments.dataset.dta import write_dta
from assessments.dataset.parquet import write_parquet
from assessments.dataset.sav import write_sav
from assessments.dataset.tables import Table
from samenwerking.apart import apart

# By folder; the names in them are those of the tables.
FORMATS: dict[str, tuple[str, Callable[[Table, Path], None]]] = {
    "csv": ("csv", write_csv),
    "spss": ("sav", write_sav),
    "stata": ("dta", write_dta),
    "parquet": ("parquet", write_parquet),
}


def write_tables(tables: Sequence[Table], folder: Path) -> list[str]:
    """Writes each table in each format and returns the names of the files, in order. Raises CannotWrite.

    The tables are spooled: another process reads them. What its packages take, up to 100 MB, is given back as it ends,
    and not kept by a worker that does this twice a year.
    """
    return apart(_write_all, tables, folder)


def _write_all(tables: Sequence[Table], folder: Path) -> list[str]:
    return [_write(table, folder, place) for place in FORMATS for table in tables]


def _write(table: Table, folder: Path, place: str) -> str:
    ending, write = FORMATS[place]
    name = f"{place}/{table.name}.{ending}"
    (folder / place).mkdir(exist_ok=True)
    write(table, folder / name)
    return name
