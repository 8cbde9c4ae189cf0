"""Reads a CSV or Excel file as rows of text. It computes no formula: what a cell says is all that it is."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from assessments.imports import unpacked

LARGEST_FILE = 5_000_000  # bytes
MOST_ROWS = 6_000
MOST_COLUMNS = 40
MOST_BLANK_ROWS = 200  # in a row; what comes after is formatting, not data
LONGEST_CELL = 300
MOST_TEXT = 3_000_000  # signs in the whole table; a list of 5,000 people has well under a million
DELIMITERS = ";,\t"
FORMULA = "\N{SYMBOL FOR SUBSTITUTE}"  # stands for a cell with a formula; can't be typed by accident

Rows = list[tuple[int, list[str]]]  # the number as the spreadsheet shows it, and the cells


class Unreadable(Exception):
    """The file as a whole can't be used; the message is a sentence for whoever brought it."""


@dataclass(frozen=True)
class Table:
    rows: Rows

    @property
    def width(self) -> int:
        return max((len(cells) for _, cells in self.rows), default=0)


def read_table(name: str, content: bytes) -> Table:
    """Returns the rows of a file that are not blank. Raises Unreadable."""
    if len(content) > LARGEST_FILE:
        raise Unreadable("Dit bestand is te groot: hooguit 5 MB. Staan er afbeeldingen in? Bewaar alleen de lijst.")
    if not content.strip():
        raise Unreadable("Dit bestand is leeg. Kies een ander bestand.")
    if content.startswith(b"PK"):
        return Table(_limited(_excel_rows(content)))
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(
            "Dit is een oud of beveiligd Excelbestand. Open het in Excel, haal het wachtwoord eraf"
            " en sla het op als .xlsx."
        )
    return Table(_limited(_csv_rows(content)))


def clean(text: str) -> str:
    """Returns one line without invisible signs: marks for writing from right to left, zero-width spaces, controls."""
    visible = (
        " " if character.isspace() or character == "\xa0" else character
        for character in unicodedata.normalize("NFC", text)
        if character.isspace() or unicodedata.category(character) not in ("Cf", "Cc", "Co", "Cs")
    )
    return " ".join("".join(visible).split())


def _limited(rows: Iterable[tuple[int, list[str]]]) -> Rows:
    found: Rows = []
    blank = length = 0
    said = {"": ""}  # many cells of a sheet may refer to one long text
    for number, cells in rows:
        for cell in cells[:MOST_COLUMNS]:
            if cell not in said:
                said[cell] = _cell(cell, number)
        cleaned = [said[cell] for cell in cells[:MOST_COLUMNS]]
        while cleaned and not cleaned[-1]:
            cleaned.pop()
        if not cleaned:
            blank += 1
            if blank > MOST_BLANK_ROWS:
                break
            continue
        blank = 0
        found.append((number, cleaned))
        length += sum(map(len, cleaned))
        if length > MOST_TEXT:
            raise Unreadable(
                "Er staat te veel tekst in dit bestand."
                " Bewaar alleen de kolommen met e-mailadres, partner, niveau en functie."
            )
        if len(found) > MOST_ROWS:
            raise Unreadable(f"Dit bestand heeft meer dan {MOST_ROWS} rijen. Verdeel de lijst over meer bestanden.")
    if not found:
        raise Unreadable("Dit bestand is leeg. Kies een ander bestand.")
    return found


def _cell(text: str, number: int) -> str:
    if text.lstrip().startswith("="):
        return FORMULA
    if len(text) > LONGEST_CELL:
        text = text.strip()
    if len(text) > LONGEST_CELL:
        raise Unreadable(f"In rij {number} staat een cel met meer dan {LONGEST_CELL} tekens. Maak die cel korter.")
    # A line break inside an address is never right, so it must stay visible to whatever judges it.
    return "\n".join(filter(None, (clean(line) for line in text.splitlines())))


# CSV, as Dutch Excel writes it: semicolons, with or without BOM, UTF-8 or Windows' own signs.


def _csv_rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    text = _decoded(content)
    first, _, rest = text.partition("\n")
    delimiter = ""
    if match := re.fullmatch(r"\ufeff?sep=(.)\r?", first):
        delimiter, text = match[1], rest
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or _delimiter(text), strict=True)
    skipped = 1 if delimiter else 0
    try:
        for cells in reader:
            yield reader.line_num + skipped, cells
    except csv.Error:
        line = reader.line_num + skipped
        raise Unreadable(
            f"Regel {line} van dit bestand is niet te lezen."
            " Staat er een aanhalingsteken te veel, of een heel lange cel?"
        ) from None


def _decoded(content: bytes) -> str:
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ["utf-16"] if is_wide else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable("Dit is geen CSV- of Excelbestand. Sla de lijst in Excel op als .xlsx of .csv.")


def _delimiter(text: str) -> str:
    """Returns the delimiter that the first lines have most of, outside quotes."""
    sample = re.sub(r'"[^"]*"', "", "\n".join(islice((line for line in text.splitlines() if line.strip()), 20)))
    return max(DELIMITERS, key=sample.count)


# Excel


def _excel_rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    _check_size(content)
    try:
        workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheets = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
        if not sheets:
            raise Unreadable(
                "Dit Excelbestand heeft alleen verborgen werkbladen."
                " Maak het blad met de lijst zichtbaar en sla het bestand op."
            )
        sheet = sheets[0]
        sheet.reset_dimensions()  # some programs write a wrong size
        merged = _merged(content, sheet._worksheet_path)  # type: ignore[attr-defined]
        yield from _filled(_sheet_rows(sheet), merged)
    except (
        InvalidFileException,
        LookupError,
        ValueError,
        TypeError,
        AttributeError,
        OSError,  # no workbook among its parts
        SyntaxError,  # what both lxml and the standard library raise of text that is no XML
        zipfile.BadZipFile,
    ) as fault:
        raise Unreadable("Dit Excelbestand is beschadigd. Open het in Excel en sla het opnieuw op.") from fault


def _check_size(content: bytes) -> None:
    """Checks that the file can be read, before anything is built of it. Raises Unreadable."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if "[Content_Types].xml" not in packed.namelist():
                raise Unreadable("Dit is een zipbestand, geen Excelbestand. Pak het uit en kies de lijst zelf.")
            unpacked.check(packed)
    except unpacked.TooMuch as fault:
        raise Unreadable(
            "Dit Excelbestand is te groot om te lezen. Kopieer de lijst naar een nieuw werkblad."
        ) from fault
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        LookupError,  # an encoding that is unknown
        ValueError,  # or in which we can't count, though the reader might know it
    ) as fault:
        raise Unreadable("Dit Excelbestand is beschadigd. Open het in Excel en sla het opnieuw op.") from fault


def _sheet_rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
        yield number, [_excel_text(cell) for cell in cells]


def _excel_text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type in ("f", "e"):
        return FORMULA
    if isinstance(value, datetime | date):
        return f"{value:%d-%m-%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')

Area = tuple[int, int, int, int]  # first and last row, first and last column; rows from 1, columns from 0


def _merged(content: bytes, path: str) -> list[Area]:
    """Returns the merged areas of a sheet, such as a partner's name that stands once beside five people."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        xml = packed.read(path.lstrip("/"))
    found = [(int(top), int(bottom), _column(left), _column(right)) for left, top, right, bottom in MERGED.findall(xml)]
    return found[:MOST_ROWS]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1


def _filled(rows: Iterable[tuple[int, list[str]]], merged: list[Area]) -> Iterator[tuple[int, list[str]]]:
    """Yields the rows, with a merged area's value also in its lower rows; across columns it stays in the first."""
    starting: dict[int, list[Area]] = {}
    for area in merged:
        starting.setdefault(area[0], []).append(area)
    below: dict[int, tuple[int, str]] = {}  # by column: the last row of the area that is open there, and its value
    for number, cells in rows:
        for column, (bottom, value) in list(below.items()):
            if number > bottom:
                del below[column]
            elif column < len(cells):
                cells[column] = value
        for _, bottom, column, _ in starting.get(number, ()):
            if bottom > number and column < len(cells):
                below[column] = (bottom, cells[column])
        yield number, cells
