"""Puts a table into a data frame as SPSS and Stata take it: words as numbers, dates as Python's own."""

from __future__ import annotations

from array import array
from math import nan
from sys import intern
from typing import TYPE_CHECKING

from assessments.dataset.tables import Column, Table, Value

if TYPE_CHECKING:
    import pandas as pd

DISTANT = {"text", "date"}  # kinds that are no numbers


def frame_of(table: Table) -> pd.DataFrame:
    """Returns the rows as a frame; a choice has the number of its value, and what is absent is NaN, None or ''.

    Numbers are floats throughout. Dates stay Python's own: of pandas' dates, pyreadstat makes 1 January 1970. A choice
    is no Categorical: that would become text in SPSS, and count from 0 in Stata.
    """
    import pandas as pd

    held: list[array[float] | list[Value]] = [[] if column.kind in DISTANT else array("d") for column in table.columns]
    for record in table.records():
        for values, column, value in zip(held, table.columns, record, strict=True):
            values.append(_held(column, value))  # type: ignore[arg-type]
    series = {column.name: _series(column, held.pop(0)) for column in table.columns}  # not all of it twice in memory
    return pd.DataFrame(series, copy=False)


def value_labels(table: Table) -> dict[str, dict[int | float, str]]:
    """Returns by column what its numbers mean."""
    return {
        column.name: dict[int | float, str](enumerate(column.values.values(), start=1))
        for column in table.columns
        if column.values
    }


def _held(column: Column, value: Value) -> Value:
    if column.kind == "text":
        return intern(str(value or ""))  # the same keys stand in thousands of rows
    if column.kind == "date":
        return value
    if column.kind == "choice":
        value = column.number_of(value)
    return nan if value is None else value


def _series(column: Column, values: array[float] | list[Value]) -> pd.Series:
    """Returns the column; without a day in it, one of dates is of numbers too, which the file's format makes dates."""
    import pandas as pd

    is_text = column.kind == "text" or (column.kind == "date" and any(value is not None for value in values))
    return pd.Series(values, dtype="object" if is_text else "float64")
