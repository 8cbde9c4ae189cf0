"""Says what a table of text is, how large it may be, and how a cell is cleaned. It knows no kind of file."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

LARGEST_FILE = 5_000_000  # bytes
MOST_ROWS = 6_000
MOST_COLUMNS = 40
LONGEST_CELL = 300
LONGEST_STRETCH = 20  # blank rows; whatever comes after more of them may be something else, so it is said
MOST_TEXT = 3_000_000  # signs in the whole table; a list of 5,000 people has well under a million
FORMULA = "\N{SYMBOL FOR SUBSTITUTE}"  # stands for a cell with a formula without a value; can't be typed by accident

Rows = list[tuple[int, list[str]]]  # the number as the spreadsheet shows it, and the cells


class Unreadable(Exception):
    """The file as a whole can't be used; the message is a sentence for whoever brought it."""


@dataclass(frozen=True)
class Sheet:
    """Is one sheet of a workbook, or one table of a document."""

    name: str
    rows: int
    addresses: int
    is_hidden: bool = False


@dataclass(frozen=True)
class Facts:
    """Holds what there is to say of a file besides its rows: above all what was not read. It goes into JSON."""

    kind: str = "csv"
    sheet: str = ""
    sheets: tuple[Sheet, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    sees_hidden: bool = True
    stretches: tuple[tuple[int, int], ...] = ()  # the rows before and after a long blank stretch
    more_columns: int = 0
    cut: tuple[tuple[int, int], ...] = ()  # row and column of each cell that was cut
    encoding: str = ""
    samples: dict[str, list[str]] = field(default_factory=dict)  # by encoding: what some cells would say


@dataclass(frozen=True)
class Reading:
    """Holds what the coördinator said of how a file is to be read; empty is: as it seems best."""

    sheet: str = ""
    encoding: str = ""


@dataclass(frozen=True)
class Table:
    rows: Rows
    facts: Facts = field(default_factory=Facts)

    @property
    def width(self) -> int:
        return max((len(cells) for _, cells in self.rows), default=0)


@dataclass
class Limited:
    """Is a table that stays within limits: what is taken off it is noted."""

    rows: Rows = field(default_factory=list)
    stretches: list[tuple[int, int]] = field(default_factory=list)
    cut: list[tuple[int, int]] = field(default_factory=list)
    more_columns: int = 0

    @classmethod
    def of(cls, rows: Iterable[tuple[int, list[str]]]) -> Limited:
        """Returns the rows that are not blank. Raises Unreadable where there are none, or too many."""
        limited, length, said = cls(), 0, {"": ""}  # many cells of a sheet may refer to one long text
        for number, cells in rows:
            length += limited._add(number, cells, said)
            if length > MOST_TEXT:
                raise Unreadable(
                    "Er staat te veel tekst in dit bestand."
                    " Bewaar alleen de kolommen met e-mailadres, partner, niveau en functie."
                )
            if len(limited.rows) > MOST_ROWS:
                raise Unreadable(f"Dit bestand heeft meer dan {MOST_ROWS} rijen. Verdeel de lijst over meer bestanden.")
        if not limited.rows:
            raise Unreadable("Dit bestand is leeg. Kies een ander bestand.")
        return limited

    def _add(self, number: int, cells: list[str], said: dict[str, str]) -> int:
        """Adds a row and returns how many signs are in it."""
        if any(cell.strip() for cell in cells[MOST_COLUMNS:]):
            self.more_columns = max(self.more_columns, len(cells) - MOST_COLUMNS)
        for cell in cells[:MOST_COLUMNS]:
            if cell not in said:
                said[cell] = cleaned_cell(cell)
        cleaned = [said[cell] for cell in cells[:MOST_COLUMNS]]
        while cleaned and not cleaned[-1]:
            cleaned.pop()
        if not cleaned:
            return 0
        if self.rows and number - self.rows[-1][0] > LONGEST_STRETCH:
            self.stretches.append((self.rows[-1][0], number))
        for column, cell in enumerate(cleaned):
            if len(cell) > LONGEST_CELL:
                cleaned[column] = cell[:LONGEST_CELL]
                self.cut.append((number, column))
        self.rows.append((number, cleaned))
        return sum(map(len, cleaned))


def clean(text: str) -> str:
    """Returns one line without invisible signs: marks for writing from right to left, zero-width spaces, controls."""
    visible = (
        " " if character.isspace() or character == "\xa0" else character
        for character in unicodedata.normalize("NFC", text)
        if character.isspace() or unicodedata.category(character) not in ("Cf", "Cc", "Co", "Cs")
    )
    return " ".join("".join(visible).split())


def cleaned_cell(text: str) -> str:
    """Returns what a cell says, or FORMULA; one sign more than the longest that is kept shows that it was cut."""
    stripped = text.strip()
    if stripped.startswith('="') and stripped.endswith('"') and stripped.count('"') == 2:
        stripped = stripped[2:-1]  # as programs write text that Excel must not take for a number
    if stripped.startswith("=") or stripped in ERRORS:
        return FORMULA
    # A line break inside an address is never right, so it must stay visible to whatever judges it.
    lines = stripped[: 10 * LONGEST_CELL].splitlines()
    return "\n".join(filter(None, (_line(line) for line in lines)))[: LONGEST_CELL + 1]


def _line(line: str) -> str:
    """Returns the line cleaned; in an address stays what its domain may need, which the rule for addresses judges."""
    return " ".join(line.split()) if "@" in line and len(line) < LONGEST_CELL else clean(line)


# What Excel and LibreOffice show of a formula that has no outcome, in English and in Dutch.
ERRORS = frozenset(
    (
        *("#N/A", "#N/B", "#REF!", "#VERW!", "#VALUE!", "#WAARDE!", "#NAME?", "#NAAM?", "#DIV/0!", "#DEEL/0!"),
        *("#NUM!", "#GETAL!", "#NULL!", "#LEEG!", "#SPILL!", "#OVERLOOP!", "#CALC!", "#BEREKENEN!", "#GETTING_DATA"),
    )
)
