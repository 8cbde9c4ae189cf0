"""Writes a table as an SPSS file: labels, levels of measurement, formats, and empty text as missing."""

from __future__ import annotations

from pathlib import Path

from assessments.dataset.frames import frame_of, value_labels
from assessments.dataset.limits import check_labels
from assessments.dataset.tables import Column, Table


def write_sav(table: Table, path: Path) -> None:
    """Writes the file. Raises CannotWrite where a label would be cut."""
    import pyreadstat

    check_labels(table)
    pyreadstat.write_sav(
        frame_of(table),
        path,
        row_compress=True,
        file_label=table.title,
        column_labels=[column.label for column in table.columns],
        variable_value_labels=value_labels(table),
        variable_measure={column.name: column.measure for column in table.columns},
        variable_format={column.name: _format(column) for column in table.columns if column.kind != "text"},
        missing_ranges={column.name: [""] for column in table.columns if _may_be_empty(column, table)},
    )


def _may_be_empty(column: Column, table: Table) -> bool:
    return column.kind == "text" and column.name not in table.key


def _format(column: Column) -> str:
    """Returns how SPSS shows its values: 12, 3.4, −0.25 or 28-FEB-2027."""
    if column.kind == "date":
        return "DATE11"
    if column.kind == "choice":
        return f"F{len(str(len(column.values or {})))}.0"
    return f"F{3 + column.decimals}.{column.decimals}" if column.kind == "decimal" else "F5.0"
