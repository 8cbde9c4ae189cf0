"""Writes a table as Parquet, with a type for each column that its rows can't change.

DuckDB does it: it streams, and pandas takes no notice of it. PyArrow would change how pandas keeps all text, also where
scores are computed.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from assessments.dataset.csv_files import write_rows
from assessments.dataset.limits import CannotWrite
from assessments.dataset.tables import Kind, Table

TYPES: dict[Kind, str] = {
    "text": "VARCHAR",
    "choice": "VARCHAR",
    "count": "INTEGER",
    "decimal": "DOUBLE",
    "date": "DATE",
}
SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "threads": "1",
    "memory_limit": "32MB",
    "autoinstall_known_extensions": "false",
}

AT_A_TIME = 250_000  # bytes of CSV in memory together
CELLS_AT_A_TIME, LEAST_ROWS = 50_000, 2048  # of one part of the file; by itself DuckDB would take 70 MB more


def write_parquet(table: Table, path: Path) -> None:
    """Writes the file. Raises CannotWrite where DuckDB is not there."""
    try:
        import duckdb
    except ModuleNotFoundError as missing:
        raise CannotWrite(
            "Parquet-bestanden kan deze server niet maken: DuckDB ontbreekt. Installeer alles uit requirements.txt."
        ) from missing
    rows_at_a_time = max(LEAST_ROWS, CELLS_AT_A_TIME // len(table.columns))
    types = {column.name: TYPES[column.kind] for column in table.columns}
    with TemporaryDirectory() as folder, duckdb.connect(config=SETTINGS) as database:
        rows = Path(folder) / "rows.csv"
        with rows.open("w", encoding="utf-8", newline="") as file:
            write_rows(table, file, is_safe=False)
        found = database.read_csv(str(rows), header=True, auto_detect=False, columns=types, buffer_size=AT_A_TIME)
        found.write_parquet(str(path), compression="zstd", row_group_size=rows_at_a_time)
