"""Reads answers and invited numbers from CSV files, and names every fault by its line. Needs no database.

Whole columns are read and checked at once; only faults are looked at one by one. A file of a million answers is
read in about a second.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from assessments.disclosure.publish import Invited
from assessments.scores.answers import UNKNOWN
from assessments.scores.cells import Counts
from assessments.scores.counting import count as count_people
from assessments.scores.counting import none_answered
from factors.instrument import LEVELS, OUDERS, Instrument

ANSWER_COLUMNS = ["respondent", "partner", "level", "statement", "value"]
INVITED_COLUMNS = ["partner", "level", "invited"]
VALUES = ("", "1", "2", "3", "4", "5")
_WHOLE_FROM_ONE = re.compile(r"[1-9][0-9]{0,8}")


@dataclass(frozen=True, order=True)
class Fault:
    """Says what is wrong on a line of a file; the header is line 1."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


class Faulty(Exception):
    """A file has faults, and nothing of it was used."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(f"{len(faults)} fouten")
        self.faults = sorted(faults)


def read(answers: Path, invited: Path | None, instrument: Instrument) -> tuple[pd.DataFrame, Invited | None]:
    """Returns the answers and the number invited by (partner, level). Raises Faulty with the faults of both files."""
    faults: list[Fault] = []
    rows = _unless_faulty(faults, lambda: read_answers(answers, instrument))
    numbers = _unless_faulty(faults, lambda: read_invited(invited)) if invited else None
    if rows is None or faults:
        raise Faulty(faults)
    if invited is None or numbers is None:
        return rows, None
    return rows, check_invited(rows, numbers, answers, invited)


def _unless_faulty(faults: list[Fault], reader: Callable[[], pd.DataFrame]) -> pd.DataFrame | None:
    try:
        return reader()
    except Faulty as faulty:
        faults += faulty.faults
        return None


def read_answers(path: Path, instrument: Instrument) -> pd.DataFrame:
    """Returns the answers in `path`: ANSWER_COLUMNS as categories and `line`, a row an answer. Raises Faulty."""
    answers, faults = _read(path, ANSWER_COLUMNS)
    faults += [Fault(str(path), line, text) for line, text in _answer_faults(answers, instrument)]
    if faults:
        raise Faulty(faults)
    return answers


def read_invited(path: Path) -> pd.DataFrame:
    """Returns the numbers invited in `path`: INVITED_COLUMNS and `line`, a row a partner × level. Raises Faulty."""
    rows, faults = _read(path, INVITED_COLUMNS)
    faults += [Fault(str(path), line, text) for line, text in _invited_faults(rows)]
    if faults:
        raise Faulty(faults)
    return rows


def check_invited(answers: pd.DataFrame, invited: pd.DataFrame, answers_path: Path, invited_path: Path) -> Invited:
    """Returns the number invited by (partner, level).

    Raises Faulty where a pair is missing, or where more people of it answered than were invited.
    """
    numbers = {(r.partner, r.level): (int(r.invited), int(r.line)) for r in invited.itertuples()}
    faults = []
    of_partners = answers[answers["level"] != OUDERS].drop_duplicates("respondent")
    for (partner, level), rows in of_partners.groupby(["partner", "level"], observed=True):
        number, line = numbers.get((partner, level), (None, 0))
        if number is None:
            text = f"{_pair(partner, level)} staat niet in {invited_path}"
            faults.append(Fault(str(answers_path), int(rows["line"].min()), text))
        elif len(rows) > number:
            text = f"{_pair(partner, level)}: {len(rows)} mensen vulden in, {number} zijn uitgenodigd"
            faults.append(Fault(str(invited_path), line, text))
    if faults:
        raise Faulty(faults)
    return {cell: number for cell, (number, _) in numbers.items()}


def count(answers: pd.DataFrame, instrument: Instrument) -> Counts:
    """Returns `answers` (ANSWER_COLUMNS, a row an answer) counted as `assessments.scores` reads them."""
    people = answers.drop_duplicates("respondent")[["respondent", "partner", "level"]].reset_index(drop=True)
    return count_people(people, _symbols(answers, people, instrument), instrument)


def _symbols(answers: pd.DataFrame, people: pd.DataFrame, instrument: Instrument) -> np.ndarray:
    """Returns the answers as character codes: a row a person, a column a statement of the instrument."""
    places = {key: place for place, key in enumerate(instrument.statements)}
    symbols = none_answered(len(people), instrument)
    row_of = dict(zip(people["respondent"], people.index, strict=True))
    rows = _translated(answers["respondent"], row_of)
    columns = _translated(answers["statement"], places)
    values = _translated(answers["value"], {value: ord(value or UNKNOWN) for value in VALUES})
    symbols[rows, columns] = values
    return symbols


def _translated(column: pd.Series, numbers: dict[str, int]) -> np.ndarray:
    """Returns a column of categories as numbers; each category is looked up once."""
    table = np.array([numbers.get(value, 0) for value in column.cat.categories], dtype=np.int64)
    return table[column.cat.codes.to_numpy()] if len(table) else np.empty(0, dtype=np.int64)


# The file as a table: every row that has the fields it should have, and a fault for every other row.


def _read(path: Path, columns: list[str]) -> tuple[pd.DataFrame, list[Fault]]:
    """Returns the rows as columns of categories, with `line`, and a fault for every row that has other fields.

    Raises Faulty for a wrong header, or a file that can't be read.
    """
    text = _text(path)
    faults = [Fault(str(path), 1, fault) for fault in _header_faults(_header(text), columns)]
    if faults:
        raise Faulty(faults)
    lines = text.rstrip("\n").split("\n")
    if '"' not in text and {line.count(",") for line in lines} == {len(columns) - 1}:
        return _plain_table(lines, _header(text)), []
    rows, wrong = _rows(text, len(columns))
    table = pd.DataFrame([row for _, row in rows], columns=_header(text), dtype=str).astype("category")
    return table.assign(line=[line for line, _ in rows]), [Fault(str(path), line, fault) for line, fault in wrong]


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise Faulty([Fault(str(path), line, "geen UTF-8: bewaar het bestand als 'CSV UTF-8'")]) from None
    except OSError as error:
        raise Faulty([Fault(str(path), 1, f"niet te lezen: {error.strerror}")]) from None


def _header(text: str) -> list[str]:
    return next(csv.reader([text.split("\n", 1)[0]]), [])


def _header_faults(header: list[str], columns: list[str]) -> list[str]:
    faults = [f"kolom '{name}' ontbreekt" for name in columns if name not in header]
    faults += [f"onbekende kolom {name!r}" for name in header if name not in columns]
    return faults + [f"kolom '{name}' staat er twee keer" for name in columns if header.count(name) > 1]


def _plain_table(lines: list[str], header: list[str]) -> pd.DataFrame:
    """Returns the table of a file without quotes or blank lines.

    The header is read as a row and dropped: its words keep pandas from taking a column of '1' and '01' for numbers.
    """
    table = pd.read_csv(
        io.StringIO("\n".join(lines)),
        header=None,
        names=header,
        dtype="category",
        na_filter=False,
        low_memory=False,
        skip_blank_lines=False,  # skipping them, pandas also skips the spaces that a line begins with
        quoting=csv.QUOTE_NONE,
    )
    return table.iloc[1:].assign(line=np.arange(2, len(lines) + 1))


def _rows(text: str, width: int) -> tuple[list[tuple[int, list[str]]], list[tuple[int, str]]]:
    """Returns the rows by the number of their first line, and a fault for those that don't have `width` fields."""
    reader = csv.reader(io.StringIO(text), strict=True)
    rows: list[tuple[int, list[str]]] = []
    wrong: list[tuple[int, str]] = []
    line = 1
    try:
        for row in reader:
            if len(row) == width:
                rows.append((line, row))
            elif row:
                wrong.append((line, f"{len(row)} velden in plaats van {width}"))
            line = reader.line_num + 1
    except csv.Error:
        wrong.append((line, "niet te lezen als CSV: kijk of de aanhalingstekens kloppen"))
    return rows[1:], wrong


# What can be wrong in a row: the number of its line and a sentence.


def _answer_faults(answers: pd.DataFrame, instrument: Instrument) -> Iterator[tuple[int, str]]:
    yield from _unknown_values(answers, "value", VALUES, "is geen antwoord: 1 tot en met 5, of leeg")
    yield from _unknown_values(answers, "statement", instrument.statements, "is geen stelling")
    yield from _unknown_values(answers, "level", (*LEVELS, OUDERS), "is geen niveau")
    own = answers["statement"].isin([statement.key for statement in instrument.ouders.statements])
    others = answers["statement"].isin(list(instrument.statements)) & ~own
    ouders, levels = answers["level"] == OUDERS, answers["level"].isin(LEVELS)
    nobody, no_partner = answers["respondent"] == "", answers["partner"] == ""
    for wrong, text in (
        (nobody, "respondent is leeg"),
        (levels & no_partner, "partner is leeg"),
        (ouders & ~no_partner, "ouders horen bij geen partner: laat partner leeg"),
        (ouders & others, "deze stelling is niet voor ouders"),
        (levels & own, "deze stelling is alleen voor ouders"),
        (~nobody & answers.duplicated(["respondent", "statement"]), "deze respondent beantwoordde deze stelling al"),
    ):
        yield from ((line, text) for line in answers.loc[wrong, "line"])
    placed = answers[~nobody & (ouders | levels)]
    yield from _moved(placed, "level", "heeft al een ander niveau")
    yield from _moved(placed[placed["partner"] != ""], "partner", "heeft al een andere partner")


def _moved(answers: pd.DataFrame, column: str, text: str) -> Iterator[tuple[int, str]]:
    """Yields the rows that differ from a respondent's first row, which says their one partner and one level."""
    codes = answers[column].cat.codes
    first = codes.groupby(answers["respondent"].cat.codes).transform("first")
    for row in answers[codes != first].itertuples():
        yield row.line, f"respondent {row.respondent!r} {text}"


def _invited_faults(rows: pd.DataFrame) -> Iterator[tuple[int, str]]:
    yield from _unknown_values(rows, "level", LEVELS, f"is geen niveau ({', '.join(LEVELS)})")
    yield from ((line, "partner is leeg") for line in rows.loc[rows["partner"] == "", "line"])
    numbers = [value for value in rows["invited"].cat.categories if _WHOLE_FROM_ONE.fullmatch(value)]
    yield from _unknown_values(rows, "invited", numbers, "is geen heel getal vanaf 1")
    for row in rows[rows.duplicated(["partner", "level"])].itertuples():
        yield row.line, f"{_pair(row.partner, row.level)} staat er al"


def _unknown_values(rows: pd.DataFrame, column: str, known: Collection[str], text: str) -> Iterator[tuple[int, str]]:
    for value, line in rows.loc[~rows[column].isin(list(known)), [column, "line"]].itertuples(index=False):
        yield line, f"{column} {value!r} {text}"


def _pair(partner: object, level: object) -> str:
    return f"{partner} × {level}" if str(partner).isprintable() else f"{partner!r} × {level}"
