"""Finds what a reader of workbooks leaves out: hidden rows and columns, formulas without a value, merged cells.

It reads the sheet's own XML, of Excel (.xlsx, strict too) and of LibreOffice (.ods). It knows nothing of people.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import ZipFile

from assessments.imports.cells import MOST_COLUMNS

Area = tuple[int, int, int, int]  # first and last row, first and last column; rows from 1, columns from 0

MOST_MARKS = 20_000


@dataclass
class Marks:
    """Holds what was found in one sheet; rows are numbered from 1, columns from 0."""

    is_known: bool = False
    hidden: list[tuple[int, int]] = field(default_factory=list)  # first and last row
    hidden_columns: set[int] = field(default_factory=set)
    formulas: set[tuple[int, int]] = field(default_factory=set)  # where it shows nothing, it has no value
    merged: list[Area] = field(default_factory=list)
    is_damaged: bool = False  # a cell refers to a text in a way that the reader takes for the first text

    def is_hidden(self, number: int) -> bool:
        return any(first <= number <= last for first, last in self.hidden)


def marks_of(packed: ZipFile, kind: str, sheet: str) -> Marks:
    """Returns what is marked in the sheet of this name; of a sheet that can't be found, that nothing is known."""
    part = "content.xml" if kind == "ods" else _part_of(packed, sheet)
    if part not in packed.namelist():
        return Marks()
    reader = _OpenDocument(sheet) if kind == "ods" else _Excel()
    _parse(packed.read(part), reader)
    reader.marks.is_known = True
    return reader.marks


class _Excel:
    """Notes the marks of a sheet of Excel, whose parts have the same names in its strict form."""

    def __init__(self) -> None:
        self.marks = Marks()
        self.row = self.column = 0
        self.is_text = self.refers = False
        self.reference: list[str] | None = None

    def started(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "c":
            self._cell(attributes)
        elif name == "v" and self.refers:
            self.reference = []
        elif name == "f" and not self.is_text:
            self._note()
        elif name == "row":
            self.row, self.column = _whole(attributes.get("r"), self.row + 1), -1
            if _is_true(attributes.get("hidden")) or attributes.get("ht") == "0":
                _extend(self.marks.hidden, self.row, self.row)
        elif name == "col" and _is_true(attributes.get("hidden")):
            first, last = _whole(attributes.get("min"), 1), _whole(attributes.get("max"), 1)
            self.marks.hidden_columns |= set(range(first - 1, min(last, MOST_COLUMNS)))

    def _cell(self, attributes: Mapping[str, str]) -> None:
        letters = re.match("[A-Z]+", attributes.get("r", ""))
        self.column = column_of(letters[0]) if letters else self.column + 1
        self.refers = attributes.get("t") == "s"
        self.is_text = attributes.get("t") == "str"  # a formula whose outcome is a text, perhaps an empty one
        if attributes.get("t") == "e":
            self._note()

    def _note(self) -> None:
        if len(self.marks.formulas) < MOST_MARKS and self.column < MOST_COLUMNS:
            self.marks.formulas.add((self.row, self.column))

    def said(self, text: str) -> None:
        if self.reference is not None:
            self.reference.append(text)

    def ended(self, name: str) -> None:
        if name == "v" and self.reference is not None:
            self.marks.is_damaged |= _whole("".join(self.reference), -1) < 0
            self.reference = None


class _OpenDocument:
    """Notes the marks of one table of a LibreOffice document, in which equal rows and cells stand once."""

    def __init__(self, sheet: str) -> None:
        self.marks, self.sheet = Marks(), sheet
        self.depth = 0  # of tables within tables, from the one that is asked
        self.row, self.next_row, self.column, self.columns = 0, 1, 0, 0
        self.groups: list[bool] = []  # whether each open group of rows is folded

    def started(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "table" and (self.depth or attributes.get("name") == self.sheet):
            self.depth += 1
        elif self.depth != 1:
            return
        elif name == "table-row-group":
            self.groups.append(attributes.get("display") == "false")
        elif name == "table-column":
            self._column(attributes)
        elif name == "table-row":
            self._row(attributes)
        elif name in ("table-cell", "covered-table-cell"):
            self._cell(attributes)

    def _column(self, attributes: Mapping[str, str]) -> None:
        first = self.columns
        self.columns = min(first + _whole(attributes.get("number-columns-repeated"), 1), 20_000)
        if attributes.get("visibility") in ("collapse", "filter"):
            self.marks.hidden_columns |= set(range(first, min(self.columns, MOST_COLUMNS)))

    def _row(self, attributes: Mapping[str, str]) -> None:
        repeated = _whole(attributes.get("number-rows-repeated"), 1)
        self.row, self.next_row, self.column = self.next_row, self.next_row + repeated, 0
        if attributes.get("visibility") in ("collapse", "filter") or any(self.groups):
            _extend(self.marks.hidden, self.row, self.next_row - 1)

    def _cell(self, attributes: Mapping[str, str]) -> None:
        here = self.column
        self.column += _whole(attributes.get("number-columns-repeated"), 1)
        rows, columns = (_whole(attributes.get(f"number-{what}-spanned"), 1) for what in ("rows", "columns"))
        if (rows > 1 or columns > 1) and len(self.marks.merged) < MOST_MARKS:
            self.marks.merged.append((self.row, self.row + rows - 1, here, here + columns - 1))
        is_fault = attributes.get("value-type") == "error"
        if (is_fault or "formula" in attributes) and "string-value" not in attributes and here < MOST_COLUMNS:
            self.marks.formulas.add((self.row, here))

    def said(self, text: str) -> None:
        """Does nothing: what a cell says is for the reader."""

    def ended(self, name: str) -> None:
        if name == "table" and self.depth:
            self.depth -= 1
        elif name == "table-row-group" and self.depth == 1 and self.groups:
            self.groups.pop()


def _parse(xml: bytes, reader: _Excel | _OpenDocument) -> None:
    """Lets the reader see each element by its name without prefix; where the XML is broken, it stops there."""
    parser = ParserCreate()
    parser.StartElementHandler = lambda name, attributes: reader.started(_bare(name), _bared(attributes))
    parser.EndElementHandler = lambda name: reader.ended(_bare(name))
    parser.CharacterDataHandler = reader.said
    try:
        parser.Parse(xml, True)
    except ExpatError:
        return


def _bare(name: str) -> str:
    return name.rpartition(":")[2]


def _bared(attributes: Mapping[str, str]) -> Mapping[str, str]:
    return {_bare(name): value for name, value in attributes.items()} if attributes else attributes


def _part_of(packed: ZipFile, sheet: str) -> str:
    """Returns the part of an Excel file with this sheet, or ''."""
    names = {name.lower(): name for name in packed.namelist()}
    book, relations = names.get("xl/workbook.xml"), names.get("xl/_rels/workbook.xml.rels")
    if not book or not relations:
        return ""
    ids: dict[str, str] = {}
    targets: dict[str, str] = {}
    _each(packed.read(book), "sheet", lambda found: ids.setdefault(found.get("name", ""), found.get("id", "")))
    _each(packed.read(relations), "Relationship", lambda found: targets.setdefault(found["Id"], found["Target"]))
    target = targets.get(ids.get(sheet, ""), "")
    whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
    return names.get(whole.lower(), "")


def _each(xml: bytes, wanted: str, note: object) -> None:
    parser = ParserCreate()

    def started(name: str, attributes: dict[str, str]) -> None:
        if _bare(name) == wanted:
            note(_bared(attributes))  # type: ignore[operator]

    parser.StartElementHandler = started
    try:
        parser.Parse(xml, True)
    except (ExpatError, KeyError):
        return


def _extend(ranges: list[tuple[int, int]], first: int, last: int) -> None:
    """Adds a range of rows, and joins it with the last one where it goes on."""
    if ranges and ranges[-1][1] == first - 1:
        ranges[-1] = (ranges[-1][0], last)
    elif len(ranges) < MOST_MARKS:
        ranges.append((first, last))


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 8 else otherwise


def _is_true(text: str | None) -> bool:
    return text in ("1", "true", "on")


def column_of(letters: str) -> int:
    """Returns the place of the column with these letters, from 0."""
    number = 0
    for letter in letters[:3]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def letters_of(column: int) -> str:
    """Returns the letters that a spreadsheet shows above the column at this place, from 0."""
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
