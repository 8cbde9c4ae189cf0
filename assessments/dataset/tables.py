"""Says what a table of a data set is: its columns, with what they hold and how they are measured, and its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from factors.instrument import Instrument

Value = str | int | float | date | None  # None: there is no value; a Decimal never comes this far
Row = Mapping[str, Value]  # by the name of a column; a name that is absent has no value
Kind = Literal["text", "count", "decimal", "date", "choice"]
Measure = Literal["nominal", "ordinal", "scale"]

LONGEST_NAME, LONGEST_LABEL = 32, 80  # what Stata takes; of a label and of a value's label alike
# Words of SPSS, Stata and R that can't name a variable; pyreadstat refuses only some of them.
RESERVED = {
    *("all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"),
    *("byte", "double", "float", "if", "in", "int", "long", "strl", "using"),
    *("break", "else", "for", "function", "next", "repeat", "while"),
}


@dataclass(frozen=True)
class Column:
    """Is a column: its `name` is one in SPSS, Stata and R too, and its Dutch `label` says what it holds.

    `values` has what each value of a choice means, in order; files that know no words number them from 1 on. `decimals`
    are those of a decimal number; `note` says, at length where needed, what the label can't. `item` is the key of the
    factor, dimension, outcome or perspective that the column is about, where it is about one.
    """

    name: str
    label: str
    kind: Kind
    values: Mapping[str, str] | None = None
    is_ordered: bool = False  # of a choice: its values have an order
    decimals: int = 0
    note: str = ""
    item: str = ""

    @property
    def measure(self) -> Measure:
        """Returns the level of measurement, in the words that SPSS and DDI share."""
        if self.kind in ("count", "decimal", "date"):
            return "scale"
        return "ordinal" if self.is_ordered else "nominal"

    def number_of(self, value: Value) -> int | None:
        """Returns the number that stands for a value of a choice. Raises ValueError for one that it has not."""
        return None if value is None else [*(self.values or {})].index(str(value)) + 1


@dataclass(frozen=True)
class Table:
    """Is one table of a data set, a file in each format; its rows are made anew each time they are read.

    `key` are the columns that together tell its rows apart; none of these is ever without a value.
    """

    name: str
    title: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    read: Callable[[], Iterable[Row]]

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    def records(self) -> Iterable[list[Value]]:
        """Yields the rows as lists, in the order of the columns."""
        names = self.names
        for row in self.read():
            yield [row.get(name) for name in names]


@dataclass(frozen=True)
class Dataset:
    """Is a data set as it is given out: its tables, and what whoever cites it must know.

    `number` is that of the release, such as '2027-04'. `first_day` and `last_day` are the first day on which one of its
    rounds opened and the last on which one closed. `instruments` are those in which its people were asked.
    """

    number: str
    title: str
    made_on: date
    publisher: str
    contact: str
    address: str  # of the page where it is offered
    is_constructed: bool
    networks: int
    rounds: int
    first_day: date
    last_day: date
    municipalities: tuple[tuple[str, str], ...]  # (code, name) of Statistics Netherlands; the code '' where unknown
    instruments: tuple[Instrument, ...]
    tables: tuple[Table, ...]

    def table(self, name: str) -> Table:
        return next(table for table in self.tables if table.name == name)


def find_faults(tables: Sequence[Table]) -> list[str]:
    """Returns what SPSS, Stata, R or DDI would refuse of these tables, or change without a word; none of real ones."""
    return [fault for table in tables for column in table.columns for fault in _faults(table, column)] + [
        f"{table.name}: a name stands there twice" for table in tables if len(set(table.names)) < len(table.names)
    ]


def _faults(table: Table, column: Column) -> list[str]:
    where = f"{table.name}.{column.name}"
    found = []
    if not column.name.isascii() or not column.name.isidentifier() or column.name != column.name.lower():
        found.append(f"{where}: a name has lower-case letters, figures and underscores")
    if column.name in RESERVED:
        found.append(f"{where}: a name is no word of a program")
    if len(column.name) > LONGEST_NAME:
        found.append(f"{where}: a name has at most {LONGEST_NAME} signs")
    if len(column.label.encode()) > LONGEST_LABEL:
        found.append(f"{where}: a label has at most {LONGEST_LABEL} bytes")
    labels = list((column.values or {}).values())
    if any(len(label.encode()) > LONGEST_LABEL for label in labels):
        found.append(f"{where}: a value's label has at most {LONGEST_LABEL} bytes")
    if (column.kind == "choice") != bool(labels):
        found.append(f"{where}: a choice has values, and nothing else has")
    return found
