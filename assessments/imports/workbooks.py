"""Reads a workbook of Excel or LibreOffice as rows of text; computes no formula: the value that is stored counts."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from assessments.imports import unpacked
from assessments.imports.cells import (
    FORMULA,
    LONGEST_CELL,
    MOST_ROWS,
    MOST_TEXT,
    Facts,
    Limited,
    Reading,
    Rows,
    Sheet,
    Table,
    Unreadable,
)
from assessments.imports.kinds import DAMAGED, LOCKED, Kind
from assessments.imports.marks import Area, Marks, marks_of

PROGRAM = Path(__file__).with_name("workbook_process.py")
PATIENCE = 30  # seconds for the process that reads
TOO_LARGE = "Dit bestand is te groot om te lezen. Kopieer de lijst naar een nieuw werkblad en bewaar dat."
FAULTS = {
    "password": LOCKED,
    "damaged": DAMAGED,
    "large": TOO_LARGE,
    "hidden": (
        "Dit bestand heeft alleen verborgen werkbladen. Maak het blad met de lijst zichtbaar en sla het bestand op."
    ),
    "text": (
        "Er staat te veel tekst in dit bestand. Bewaar alleen de kolommen met e-mailadres, partner, niveau en functie."
    ),
}


def read_workbook(kind: Kind, content: bytes, reading: Reading) -> Table:
    """Returns the table on the sheet that `reading` names, or on the one with most addresses. Raises Unreadable."""
    if kind != "xls":
        _check_size(content)
    said = _in_a_process(content, reading.sheet)
    marks = _marks(kind, content, said["sheet"])
    if marks.is_damaged:
        raise Unreadable(DAMAGED)
    rows = [(number, cells) for number, cells in said["rows"]]
    merged = [(top + 1, bottom + 1, left, right) for (top, left), (bottom, right) in said["merged"]] or marks.merged
    limited = Limited.of(_filled(_marked(rows, marks), merged[:MOST_ROWS]))
    sees_hidden = kind in ("xlsx", "ods") and marks.is_known
    facts = Facts(
        kind=kind,
        sheet=said["sheet"],
        sheets=tuple(Sheet(**sheet) for sheet in said["sheets"]),
        hidden_rows=tuple(number for number, _ in limited.rows if marks.hidden and marks.is_hidden(number)),
        hidden_columns=tuple(sorted(marks.hidden_columns)),
        sees_hidden=sees_hidden,
        stretches=tuple(limited.stretches),
        more_columns=limited.more_columns,
        cut=tuple(limited.cut),
    )
    return Table(limited.rows, facts)


def _in_a_process(content: bytes, sheet: str) -> dict[str, Any]:
    """Returns what the other process read. Raises Unreadable where it found no list, or did not end well."""
    asked = json.dumps({"sheet": sheet, "longest": LONGEST_CELL, "most_text": MOST_TEXT}).encode() + b"\n"
    command = [sys.executable, "-I", str(PROGRAM)]
    try:
        ended = subprocess.run(command, input=asked + content, capture_output=True, timeout=PATIENCE, check=True)  # noqa: S603
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as fault:
        raise Unreadable(TOO_LARGE) from fault
    said: dict[str, Any] = json.loads(ended.stdout)
    if said["fault"]:
        raise Unreadable(FAULTS[said["fault"]])
    return said


def _check_size(content: bytes) -> None:
    """Checks that the file can be read, before anything is built of it. Raises Unreadable."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            unpacked.check(packed)
    except unpacked.TooMuch as fault:
        raise Unreadable(TOO_LARGE) from fault
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        LookupError,  # an encoding that is unknown
        ValueError,  # or in which we can't count, though the reader might know it
    ) as fault:
        raise Unreadable(DAMAGED) from fault


def _marks(kind: Kind, content: bytes, sheet: str) -> Marks:
    if kind not in ("xlsx", "ods"):
        return Marks()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return marks_of(packed, kind, sheet)
    except (zipfile.BadZipFile, zlib.error, EOFError, LookupError, ValueError):
        return Marks()


def _marked(rows: Rows, marks: Marks) -> Rows:
    """Returns the rows with FORMULA where a formula has no value: the reader leaves these cells empty."""
    if not marks.formulas:
        return rows
    by_number = dict(rows)
    for number, column in marks.formulas:
        cells = by_number.setdefault(number, [])
        cells.extend([""] * (column + 1 - len(cells)))
        cells[column] = cells[column] or FORMULA
    return sorted(by_number.items())


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
            elif value:
                cells.extend([""] * (column + 1 - len(cells)))
                cells[column] = value
        for _, bottom, column, _ in starting.get(number, ()):
            if bottom > number and column < len(cells):
                below[column] = (bottom, cells[column])
        yield number, cells
