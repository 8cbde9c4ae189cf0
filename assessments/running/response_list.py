"""Writes the list of participants as an Excel file: who is invited and who is done. It holds no link and no answer."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from assessments.models import Participant

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

COLUMNS = {"E-mailadres": 36, "Naam": 28, "Functie": 28, "Partner": 36, "Niveau": 14, "Klaar": 8}


def response_list(people: Iterable[Participant], done: Collection[UUID] | None) -> bytes:
    """Returns the file, with a row for each of these people; without `done` it does not say who is."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("deelnemers")
    names = [name for name in COLUMNS if name != "Klaar" or done is not None]
    for letter, name in zip("ABCDEF", names, strict=False):
        sheet.column_dimensions[letter].width = COLUMNS[name]
    sheet.freeze_panes = "A2"
    header = [_text(sheet, name) for name in names]
    for cell in header:
        cell.font = Font(bold=True)
    sheet.append(header)
    for person in people:
        row = [person.email, person.name, person.job_title, person.partner.name, person.level]
        if done is not None:
            row.append("ja" if person.pk in done else "nee")
        sheet.append([_text(sheet, value) for value in row])
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def _text(sheet: WriteOnlyWorksheet, value: str) -> Cell:
    """Returns a cell of text, also where a spreadsheet would take it for a formula."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value))
    cell.data_type = "s"
    return cell
