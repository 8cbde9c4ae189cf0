"""Writes tables as one Excel file, a sheet each, behind sheets that say what they are and what the columns mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from assessments.dataset.codebook import codebook_of
from assessments.dataset.limits import CannotWrite
from assessments.dataset.tables import Column, Table, Value

MOST_ROWS = 1_048_575  # of a sheet, without its header
WIDE, WIDTH, NARROW = 100, 24, 12


def write_xlsx(tables: Sequence[Table], path: Path, *, lines: Sequence[str] = (), most_rows: int = MOST_ROWS) -> None:
    """Writes the file row by row; the first sheet has `lines`, where there are any.

    Raises CannotWrite where a table has more rows than a sheet can hold.
    """
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    if lines:
        _tell(book.create_sheet("Leesmij"), lines)
    whole = (codebook_of(tables), *tables)
    try:
        cut = [table.name for table in whole if not _fill(book.create_sheet(table.title), table, most_rows)]
    finally:
        book.save(path)  # also of what failed: sheets that were begun and not saved complain as they are cleared
    if cut:
        path.unlink()
        raise CannotWrite(f"De tabel {cut[0]} heeft te veel rijen voor Excel.")


def _tell(sheet: Any, lines: Sequence[str]) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment

    sheet.column_dimensions["A"].width = WIDE
    for line in lines:
        made = WriteOnlyCell(sheet, line)
        made.data_type, made.alignment = "s", Alignment(wrap_text=True, vertical="top")
        sheet.append([made])


def _fill(sheet: Any, table: Table, most_rows: int) -> bool:
    """Writes the rows, and tells whether all fitted."""
    from openpyxl.utils import get_column_letter

    for place, column in enumerate(table.columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = WIDTH if column.kind == "text" else NARROW
    sheet.freeze_panes = "A2"
    sheet.append(table.names)
    for number, record in enumerate(table.records(), start=1):
        if number > most_rows:
            return False
        sheet.append(_cells(sheet, table.columns, record))
    return True


def _cells(sheet: Any, columns: Sequence[Column], record: Sequence[Value]) -> Iterator[Any]:
    for column, value in zip(columns, record, strict=True):
        if value is None:
            yield None
        elif isinstance(value, str):
            yield _text(sheet, value) if value.startswith("=") else value
        else:
            yield _number(sheet, column, value)


def _text(sheet: Any, value: str) -> Any:
    """Returns a cell that holds text which would be a formula."""
    from openpyxl.cell import WriteOnlyCell

    made = WriteOnlyCell(sheet, value)
    made.data_type = "s"
    return made


def _number(sheet: Any, column: Column, value: Any) -> Any:
    from openpyxl.cell import WriteOnlyCell

    if column.kind == "count":
        return value
    made = WriteOnlyCell(sheet, value)
    made.number_format = "yyyy-mm-dd" if column.kind == "date" else f"0.{'0' * column.decimals}"
    return made
