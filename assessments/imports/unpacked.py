"""Checks that a packed workbook can be read without harm: a small one can unpack to gigabytes of it.

It knows nothing of lists and rows of people; it counts bytes and elements, and builds nothing of them.
"""

from __future__ import annotations

from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import ZipFile, ZipInfo

LARGEST_UNPACKED = 15_000_000  # bytes
LARGEST_PART = 3_000_000  # bytes of a part that is no sheet
SHEETS = ("xl/worksheets/", "content.xml")  # where the rows are, in Excel and in LibreOffice
MOST_PARTS = 2_000
MOST_TEXTS = 24_000  # `<si>`: four for each row that we take
MOST_ELEMENTS = 250_000  # besides those in rows; a reader makes an object of each
MOST_IN_A_ROW = 50_000  # Excel has 16,384 columns
ROWS = ("row", "table-row")
AT_A_TIME = 65_536


class TooMuch(Exception):
    """Reading it would take too much time or memory."""


def check(packed: ZipFile) -> None:
    """Raises TooMuch where reading the file would do harm.

    What a part calls itself is no proof of what is in it, so each is counted alike.
    """
    parts = packed.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise TooMuch
    if any(part.file_size > LARGEST_PART for part in parts if not part.filename.startswith(SHEETS)):
        raise TooMuch
    count = _Count()
    for part in parts:
        _read(packed, part, count)


class _Count:
    """Counts what was seen so far: texts and elements in the whole file, and elements in the row that is open."""

    def __init__(self) -> None:
        self.texts = self.elements = 0
        self.in_row: int | None = None

    def started(self, name: str, attributes: object) -> None:
        name = name.rpartition(":")[2]
        if self.in_row is not None:
            self.in_row += 1
        elif name in ROWS:
            self.in_row = 0
        else:
            self.elements += 1
        self.texts += name == "si"
        if self.texts > MOST_TEXTS or self.elements > MOST_ELEMENTS or (self.in_row or 0) > MOST_IN_A_ROW:
            raise TooMuch

    def entity(self, *_: object) -> None:
        """Refuses names for texts: by them a few signs unpack to gigabytes, and no list needs one."""
        raise TooMuch

    def ended(self, name: str) -> None:
        if name.rpartition(":")[2] in ROWS:
            self.in_row = None


def _read(packed: ZipFile, part: ZipInfo, count: _Count) -> None:
    """Counts the elements of a part.

    Where it is no XML, or stops being so, another reader may go on: each `<` from there is counted as an element.
    """
    parser = ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = count.started, count.ended
    parser.EntityDeclHandler = count.entity
    count.in_row = None
    with packed.open(part) as content:
        try:
            while chunk := content.read(AT_A_TIME):
                parser.Parse(chunk)
        except ExpatError:
            while chunk:
                count.elements += chunk.count(b"<")
                chunk = content.read(AT_A_TIME)
            if count.elements > MOST_ELEMENTS:
                raise TooMuch from None
