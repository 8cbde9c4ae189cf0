"""Writes a table as an SPSS file: labels, levels of measurement, formats, and empty text as missing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from assessments.dataset.frames import frame_of, value_labels
from assessments.dataset.limits import check_labels
from assessments.dataset.tables import Column, Table

if TYPE_CHECKING:
    import pandas as pd

LEAST_WIDTH = 64  # of text, in bytes: SPSS matches files only by columns of one width, and all keys are shorter


def write_sav(table: Table, path: Path) -> None:
    """Writes the file. Raises CannotWrite where a label would be cut."""
    import pyreadstat

    check_labels(table)
    pyreadstat.write_sav(
        _widened(frame_of(table), table),
        path,
        row_compress=True,
        file_label=table.title,
        column_labels=[column.label for column in table.columns],
        variable_value_labels=value_labels(table),
        variable_measure={column.name: column.measure for column in table.columns},
        variable_format={column.name: _format(column) for column in table.columns if column.kind != "text"},
        missing_ranges={column.name: [""] for column in table.columns if _may_be_empty(column, table)},
    )


def _widened(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Ends the first text of each column in spaces, which SPSS ignores: pyreadstat takes the longest for the width."""
    for column in table.columns:
        if column.kind == "text" and len(frame):
            text = frame.at[0, column.name]
            frame.at[0, column.name] = text + " " * (LEAST_WIDTH - len(text.encode()))
    return frame


def _may_be_empty(column: Column, table: Table) -> bool:
    return column.kind == "text" and column.name not in table.key


def _format(column: Column) -> str:
    """Returns how SPSS shows its values: 12, 3.4, −0.25 or 28-FEB-2027."""
    if column.kind == "date":
        return "DATE11"
    if column.kind == "choice":
        return f"F{len(str(len(column.values or {})))}.0"
    return f"F{3 + column.decimals}.{column.decimals}" if column.kind == "decimal" else "F5.0"
