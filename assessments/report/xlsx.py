"""Makes an Excel file of a workbook's values: numbers as numbers, and text that is never a formula."""

from __future__ import annotations

import io
from datetime import UTC
from typing import TYPE_CHECKING, Any

from assessments.report.office import dated
from assessments.report.workbook import Sheet, Value, Workbook

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXPLAINS = "Uitleg"
FONT, SIZE = "Calibri", 11  # as the library writes the other cells
FILTER = 4  # signs: the room that a heading leaves to the button of its filter
WIDTHS = {"A": 26, "B": 100}  # of the sheet that explains


def xlsx_of(workbook: Workbook) -> bytes:
    """Returns the file; the same workbook gives the same bytes."""
    import openpyxl

    file = openpyxl.Workbook()
    first: Any = file.active
    _explain(first, workbook)
    for sheet in workbook.sheets:
        _fill(file.create_sheet(sheet.name), sheet)
    for sheet_of_file in file.worksheets:
        _set_page(sheet_of_file)
    about = file.properties
    about.title, about.creator = f"{workbook.title}: {workbook.network}", workbook.organisation or "Samenwerking"
    about.language, about.created = "nl-NL", workbook.made_at.astimezone(UTC).replace(tzinfo=None)
    written = io.BytesIO()
    file.save(written)
    return dated(written, workbook.made_at)


def _explain(sheet: Worksheet, workbook: Workbook) -> None:
    """Writes what the file is, and then what each column of each sheet means."""
    from openpyxl.styles import Alignment, Font

    sheet.title = EXPLAINS
    lines: list[tuple[str, str]] = [*workbook.notes]
    for one in workbook.sheets:
        lines += [("", ""), (f"Blad {one.name}", ""), *((column.name, column.about) for column in one.columns)]
    for number, line in enumerate(lines, start=1):
        for place, text in enumerate(line, start=1):
            cell = _write(sheet.cell(number, place), text)
            cell.font = Font(name=FONT, size=SIZE, bold=place == 1)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for letter, width in WIDTHS.items():
        sheet.column_dimensions[letter].width = width


def _fill(sheet: Worksheet, planned: Sheet) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    for place, column in enumerate(planned.columns, start=1):
        _write(sheet.cell(1, place), column.name).font = Font(name=FONT, size=SIZE, bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = max(column.width, len(column.name) + FILTER)
    for number, row in enumerate(planned.rows, start=2):
        for place, (column, value) in enumerate(zip(planned.columns, row, strict=True), start=1):
            cell = _write(sheet.cell(number, place), value)
            if column.shown:
                cell.number_format = column.shown
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(planned.columns))}{len(planned.rows) + 1}"


def _set_page(sheet: Any) -> None:
    """Lets all columns fit on the width of a page, for whoever prints them."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _write(cell: Any, value: Value) -> Any:
    """Writes a value; a name that begins as a formula does stays text."""
    cell.value = None if value == "" else value
    if isinstance(value, str) and value:
        cell.data_type = "s"
    return cell
