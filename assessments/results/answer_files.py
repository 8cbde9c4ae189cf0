"""Reads answers and invited numbers from CSV files, and names every fault by its line. Needs no database.

A piece of the file in which nothing is wrong is added at once, any other row by row: what is wrong with a row stands
in one place, `Answers.add`. Of each person a row of signs is kept, so memory grows with people and not with answers.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from assessments.disclosure.publish import Invited
from assessments.results.csv_files import CsvFile, Fault, Faulty, Piece, plain
from assessments.scores.answers import UNANSWERED, UNKNOWN
from assessments.scores.cells import Counts
from assessments.scores.counting import count as count_people
from assessments.scores.counting import none_answered
from assessments.scores.groups import Cell
from factors.instrument import LEVELS, OUDERS, Instrument

ANSWER_COLUMNS = ["respondent", "partner", "level", "statement", "value"]
INVITED_COLUMNS = ["partner", "level", "invited"]
SIGNS = {value: ord(value or UNKNOWN) for value in ("", "1", "2", "3", "4", "5")}
_LEVELS = {level: number for number, level in enumerate((*LEVELS, OUDERS))}
_WHOLE_FROM_ONE = re.compile(r"[1-9][0-9]{0,8}")

Numbers = dict[Cell, tuple[int, int]]  # how many were invited, and on which line that stands


def read(answers: Path, invited: Path | None, instrument: Instrument) -> tuple[Answers, Invited | None]:
    """Returns the answers and the number invited by (partner, level). Raises Faulty with the faults of both files."""
    found, faults = _read_answers(answers, instrument)
    numbers, others = read_invited(invited) if invited else ({}, [])
    if faults or others:
        raise Faulty(faults + others)
    if invited is None:
        return found, None
    return found, check_invited(found, numbers, answers, invited)


def read_answers(path: Path, instrument: Instrument) -> Answers:
    """Returns the answers in `path`. Raises Faulty."""
    return read(path, None, instrument)[0]


def _read_answers(path: Path, instrument: Instrument) -> tuple[Answers, list[Fault]]:
    """Returns the answers in `path`, and what is wrong there: then they are not to be used."""
    file, answers = CsvFile(path, ANSWER_COLUMNS), Answers(instrument)
    try:
        for piece in file.pieces():
            if not answers.add_all(piece):
                for line, row in piece.rows():
                    for text in answers.add(line, *row):
                        file.blame(line, text)
    except Faulty as faulty:
        return answers, faulty.faults
    return answers, file.faults


def read_invited(path: Path) -> tuple[Numbers, list[Fault]]:
    """Returns the numbers invited in `path`, and what is wrong there: then they are not to be used."""
    file, numbers = CsvFile(path, INVITED_COLUMNS), Numbers()
    try:
        for line, (partner, level, invited) in file.rows():
            for text in _invited_faults(partner, level, invited, numbers):
                file.blame(line, text)
            numbers[partner, level] = (int(invited) if _WHOLE_FROM_ONE.fullmatch(invited) else 0, line)
    except Faulty as faulty:
        return numbers, faulty.faults
    return numbers, file.faults


def check_invited(answers: Answers, numbers: Numbers, answers_path: Path, invited_path: Path) -> Invited:
    """Returns the number invited by (partner, level).

    Raises Faulty where a pair is missing, or where more people of it answered than were invited.
    """
    people, first = answers.by_cell()
    faults = []
    for cell, count in people.items():
        number, line = numbers.get(cell, (None, 0))
        if number is None:
            faults.append(Fault(str(answers_path), first[cell], f"{_pair(*cell)} staat niet in {invited_path}"))
        elif count > number:
            text = f"{_pair(*cell)}: {count} mensen vulden in, {number} zijn uitgenodigd"
            faults.append(Fault(str(invited_path), line, text))
    if faults:
        raise Faulty(faults)
    return {cell: number for cell, (number, _) in numbers.items()}


def count(answers: Answers, instrument: Instrument) -> Counts:
    """Returns `answers` counted as `assessments.scores` reads them."""
    return count_people(answers.people(), answers.symbols(), instrument)


class Answers:
    """Holds a row of signs for each person of a file, who may stand in it on any lines."""

    def __init__(self, instrument: Instrument) -> None:
        self._instrument = instrument
        self._places = {key: place for place, key in enumerate(instrument.statements)}
        own = {statement.key for statement in instrument.ouders.statements}
        self._is_own = np.array([key in own for key in self._places])  # of ouders, by place
        self._rows: dict[str, int] = {}  # by respondent
        self._partners: list[str] = []  # by row: of the first line that says it
        self._levels: list[str] = []
        self._lines: list[int] = []
        self._symbols = none_answered(1, instrument)
        self._unknown: set[tuple[str, str]] = set()  # who answered what is no statement

    def people(self) -> pd.DataFrame:
        """Returns the partner and the level of each person."""
        return pd.DataFrame({"partner": self._partners, "level": self._levels}, dtype=str)

    def symbols(self) -> np.ndarray:
        """Returns the answers as character codes: a row a person, a column a statement of the instrument."""
        return self._symbols[: len(self._rows)]

    def by_cell(self) -> tuple[Counter[Cell], dict[Cell, int]]:
        """Returns, by partner and level, how many people answered and the first line of one; ouders are left out."""
        cells = list(zip(self._partners, self._levels, strict=True))
        first = dict(zip(reversed(cells), reversed(self._lines), strict=True))
        return Counter(cell for cell in cells if cell[1] != OUDERS), first

    def add(self, line: int, respondent: str, partner: str, level: str, statement: str, value: str) -> Iterator[str]:
        """Adds one answer, and yields what is wrong with it."""
        place = self._places.get(statement)
        yield from _faults_of_words(respondent, partner, level, value)
        if place is None:
            yield f"statement {statement!r} is geen stelling"
        elif level in _LEVELS and self._is_own[place] != (level == OUDERS):
            yield "deze stelling is niet voor ouders" if level == OUDERS else "deze stelling is alleen voor ouders"
        if respondent:
            yield from self._add(line, respondent, partner, level if level in _LEVELS else "")
            if not self._answer(respondent, statement, value):
                yield "deze respondent beantwoordde deze stelling al"

    def _add(self, line: int, respondent: str, partner: str, level: str) -> Iterator[str]:
        """Adds a person; yields how they differ from their first row, which says their one partner and one level."""
        row = self._row(line, respondent)
        for column, own, said in (("level", self._levels, level), ("partner", self._partners, level and partner)):
            own[row] = own[row] or said
            if said and own[row] != said:
                other = "een ander niveau" if column == "level" else "een andere partner"
                yield f"respondent {respondent!r} heeft al {other}"

    def _row(self, line: int, respondent: str) -> int:
        """Returns the number of the person's row, which is made where they have none."""
        row = self._rows.setdefault(respondent, len(self._rows))
        if row == len(self._lines):
            self._lines.append(line)
            self._partners.append("")
            self._levels.append("")
            if row == len(self._symbols):
                self._symbols = np.concatenate([self._symbols, none_answered(row, self._instrument)])
        return row

    def _answer(self, respondent: str, statement: str, value: str) -> bool:
        """Keeps an answer, and returns False where there is one."""
        place, row = self._places.get(statement), self._rows[respondent]
        if place is None:
            is_new = (respondent, statement) not in self._unknown
            self._unknown.add((respondent, statement))
            return is_new
        is_new = self._symbols[row, place] == ord(UNANSWERED)
        self._symbols[row, place] = SIGNS.get(value, ord(UNKNOWN))
        return bool(is_new)

    def add_all(self, piece: Piece) -> bool:
        """Adds the answers of a piece if nothing is wrong with any; else returns False, and `add` is to tell what."""
        data = plain(piece)
        return bool(data) and self._add_table(_Table(data, piece.file.header), piece.line)

    def _add_table(self, table: _Table, line: int) -> bool:
        place, sign = table.numbers("statement", self._places), table.numbers("value", SIGNS)
        person, first = table.codes["respondent"], table.first("respondent")
        if not self._is_right(table, place, first[person]) or (sign < 0).any():
            return False
        rows = self._rows_of(table, first, line)
        cells = rows[person] * len(self._places) + place
        symbols = self._symbols.ravel()
        is_new = (symbols[cells] == ord(UNANSWERED)).all() and np.bincount(
            person * len(self._places) + place
        ).max() == 1
        if (rows < 0).any() or not is_new:
            return False
        symbols[cells] = sign.astype(np.uint8)
        return True

    def _is_right(self, table: _Table, place: np.ndarray, first: np.ndarray) -> bool:
        """Tells whether nothing is wrong with who answers what; `first` has the first place of each row's person."""
        level, partner = table.numbers("level", _LEVELS), table.codes["partner"]
        is_ouder, has_none = level == _LEVELS[OUDERS], table.numbers("partner", {"": 0}) == 0
        is_right = (place >= 0) & (level >= 0) & (self._is_own[place] == is_ouder) & (has_none == is_ouder)
        is_right &= (level == level[first]) & (partner == partner[first])
        return bool(is_right.all()) and "" not in table.words["respondent"]

    def _rows_of(self, table: _Table, first: np.ndarray, line: int) -> np.ndarray:
        """Returns the row of each respondent in a table; -1 where they differ from what they said before."""
        words, codes = table.words, table.codes
        rows = np.zeros(len(first), dtype=np.int64)
        for code in np.flatnonzero(first >= 0):
            name, place = words["respondent"][code], first[code]
            partner, level = words["partner"][codes["partner"][place]], words["level"][codes["level"][place]]
            row = self._row(line + int(place), name)
            if not self._levels[row]:
                self._partners[row], self._levels[row] = partner, level
            is_as_before = (self._partners[row], self._levels[row]) == (partner, level)
            rows[code] = row if is_as_before else -1
        return rows


class _Table:
    """Holds lines of a file as numbers: `codes` and, for what each stands, `words`; both by column."""

    def __init__(self, data: bytes, header: list[str]) -> None:
        names = ",".join(header).encode() + b"\n"  # words of its own keep pandas from taking '1' and '01' for numbers
        table = pd.read_csv(
            io.BytesIO(names + data),
            header=None,
            names=header,
            dtype="category",
            na_filter=False,
            low_memory=False,
            quoting=csv.QUOTE_NONE,
        )
        self.words = {name: table[name].cat.categories.tolist() for name in header}
        self.codes = {name: table[name].cat.codes.to_numpy(dtype=np.int64)[1:] for name in header}

    def numbers(self, column: str, numbers: Mapping[str, int]) -> np.ndarray:
        """Returns a column as `numbers` has its words, and -1 for others."""
        codes: np.ndarray = np.array([numbers.get(word, -1) for word in self.words[column]])[self.codes[column]]
        return codes

    def first(self, column: str) -> np.ndarray:
        """Returns, by code, the first place in a column that has it; -1 where there is none."""
        first = np.full(len(self.words[column]), -1)
        places = np.arange(len(self.codes[column]))[::-1]
        first[self.codes[column][places]] = places
        return first


def _faults_of_words(respondent: str, partner: str, level: str, value: str) -> Iterator[str]:
    if value not in SIGNS:
        yield f"value {value!r} is geen antwoord: 1 tot en met 5, of leeg"
    if level not in _LEVELS:
        yield f"level {level!r} is geen niveau"
    if not respondent:
        yield "respondent is leeg"
    if level in LEVELS and not partner:
        yield "partner is leeg"
    if level == OUDERS and partner:
        yield "ouders horen bij geen partner: laat partner leeg"


def _invited_faults(partner: str, level: str, invited: str, others: Numbers) -> Iterator[str]:
    if level not in LEVELS:
        yield f"level {level!r} is geen niveau ({', '.join(LEVELS)})"
    if not partner:
        yield "partner is leeg"
    if not _WHOLE_FROM_ONE.fullmatch(invited):
        yield f"invited {invited!r} is geen heel getal vanaf 1"
    if (partner, level) in others:
        yield f"{_pair(partner, level)} staat er al"


def _pair(partner: str, level: str) -> str:
    return f"{partner} × {level}" if partner.isprintable() else f"{partner!r} × {level}"
