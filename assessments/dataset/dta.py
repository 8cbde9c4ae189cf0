"""Writes a table as a Stata file, of the form that Stata 14 and newer read, with labels and formats."""

from __future__ import annotations

from pathlib import Path

from assessments.dataset.frames import frame_of, value_labels
from assessments.dataset.limits import CannotWrite, check_labels
from assessments.dataset.tables import LONGEST_LABEL, Column, Table

VERSION = 15  # of pyreadstat's names; the older forms have no UTF-8


def write_dta(table: Table, path: Path) -> None:
    """Writes the file. Raises CannotWrite where a label would be cut or refused."""
    import pyreadstat

    check_labels(table)
    for column in table.columns:
        if len(column.label) > LONGEST_LABEL:  # it would be refused, and leave half a file behind
            raise CannotWrite(f"Deze tekst is te lang voor Stata, hoogstens {LONGEST_LABEL} tekens: {column.label}")
    pyreadstat.write_dta(
        frame_of(table),
        path,
        version=VERSION,
        file_label=table.title,
        column_labels=[column.label for column in table.columns],
        variable_value_labels=value_labels(table),
        variable_format={column.name: _format(column) for column in table.columns if column.kind != "text"},
    )


def _format(column: Column) -> str:
    if column.kind == "date":
        return "%td"
    return f"%{8 + column.decimals}.{column.decimals}f"
