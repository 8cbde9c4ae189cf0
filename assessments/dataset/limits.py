"""Says what a format can't hold of a table, so that nothing is cut, merged or lost without a word."""

from __future__ import annotations

from assessments.dataset.tables import Table

LONGEST_FILE_LABEL, LONGEST_VALUE_LABEL, LONGEST_VARIABLE_LABEL = 64, 120, 256  # bytes that pyreadstat writes whole


class CannotWrite(Exception):
    """The file can't be made as it should be; the message says in Dutch why, and nothing of it is left behind."""


def check_labels(table: Table) -> None:
    """Raises CannotWrite where pyreadstat would cut a label: two long ones of a variable would become one."""
    _check(table.title, LONGEST_FILE_LABEL)
    for column in table.columns:
        _check(column.label, LONGEST_VARIABLE_LABEL)
        for label in (column.values or {}).values():
            _check(label, LONGEST_VALUE_LABEL)


def _check(label: str, most: int) -> None:
    if len(label.encode()) > most:
        raise CannotWrite(f"Deze tekst is te lang voor SPSS en Stata, hoogstens {most} tekens: {label}")
