"""Reads a list of any kind as a table of text: a workbook, a CSV file, or addresses that somebody pasted."""

from __future__ import annotations

import re

from assessments.imports.cells import FORMULA, LARGEST_FILE, Facts, Limited, Reading, Table, Unreadable, clean
from assessments.imports.kinds import kind_of
from assessments.imports.texts import read_text
from assessments.imports.workbooks import read_workbook

__all__ = ["FORMULA", "LARGEST_FILE", "Reading", "Table", "Unreadable", "clean", "read_pasted", "read_table"]

PASTED_HEADER = ["e-mailadres"]


def read_table(name: str, content: bytes, reading: Reading | None = None) -> Table:
    """Returns the rows of a file that are not blank; its name says nothing. Raises Unreadable."""
    if len(content) > LARGEST_FILE:
        raise Unreadable("Dit bestand is te groot: hooguit 5 MB. Staan er afbeeldingen in? Bewaar alleen de lijst.")
    kind = kind_of(content)
    reading = reading or Reading()
    return read_text(content, reading) if kind == "csv" else read_workbook(kind, content, reading)


def read_pasted(text: str) -> Table:
    """Returns a table of what was pasted: cells of a spreadsheet, or addresses one after another. Raises Unreadable."""
    lines = [line for line in text.splitlines() if line.strip()]
    if lines and sum("\t" in line for line in lines) > len(lines) / 2:
        return read_text(text.encode(), Reading())
    pieces = [piece.strip() for line in lines for piece in _pieces(line) if piece.strip()]
    numbered = enumerate([PASTED_HEADER, *([piece] for piece in pieces)])
    limited = Limited.of((number, cells) for number, cells in numbered if number or pieces)
    return Table(limited.rows, Facts(kind="pasted", cut=tuple(limited.cut)))


def _pieces(line: str) -> list[str]:
    """Returns the addresses in a line, each with its name; what is no address stays a piece, so that it is seen."""
    pieces = line.split(";")
    if len(pieces) == 1 and line.count("@") > 1:
        pieces = re.findall(r'(?:"[^"]*"|[^,"])+', line)
    return [part for piece in pieces for part in (piece.split() if _is_bare(piece) else [piece])]


def _is_bare(piece: str) -> bool:
    """Tells whether a piece is addresses with spaces between, without names."""
    words = piece.split()
    return len(words) > 1 and all("@" in word for word in words)
