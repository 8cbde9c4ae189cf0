"""Reads answers and invited numbers from CSV files, and names every fault by its line. Needs no database.

Whole columns are read and checked at once; only faults are looked at one by one. A file of a million answers is
read in about a second.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from assessments.disclosure.publish import Invited
from assessments.scores.answers import UNANSWERED, UNKNOWN
from assessments.scores.cells import PATTERN_COLUMNS, RESPONDENT_COLUMNS, Counts
from factors.instrument import LEVELS, OUDERS, Instrument

ANSWER_COLUMNS = ["respondent", "partner", "level", "statement", "value"]
INVITED_COLUMNS = ["partner", "level", "invited"]
MOST_FAULTS = 1000
_WHOLE_FROM_ONE = re.compile(r"[1-9][0-9]{0,8}")


@dataclass(frozen=True, order=True)
class Fault:
    """What is wrong on a line of a file; the header is line 1."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


class Faulty(Exception):
    """A file with faults; nothing of it was used."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(f"{len(faults)} fouten")
        self.faults = sorted(faults)[:MOST_FAULTS]


def read_answers(path: Path, instrument: Instrument) -> pd.DataFrame:
    """The answers in `path`: ANSWER_COLUMNS as categories and `line`, a row an answer. Raises Faulty."""
    answers = _read(path, ANSWER_COLUMNS)
    faults = [fault for check in (_value_faults, _row_faults) for fault in check(path, answers, instrument)]
    if not faults:
        faults = list(_respondent_faults(path, answers))
    if faults:
        raise Faulty(faults)
    return answers


def read_invited(path: Path) -> pd.DataFrame:
    """The numbers invited in `path`: INVITED_COLUMNS and `line`, a row a partner × level. Raises Faulty."""
    rows = _read(path, INVITED_COLUMNS)
    faults = list(_unknown_values(path, rows, "level", LEVELS, "is geen niveau (uitvoerend, management, bestuur)"))
    faults += [Fault(path.name, line, "partner is leeg") for line in rows.loc[rows["partner"] == "", "line"]]
    is_whole = rows["invited"].astype(str).map(lambda text: bool(_WHOLE_FROM_ONE.fullmatch(text)))
    faults += [
        Fault(path.name, row.line, f"invited is '{row.invited}': vul een heel getal vanaf 1 in")
        for row in rows[~is_whole].itertuples()
    ]
    twice = rows[rows.duplicated(["partner", "level"])]
    faults += [Fault(path.name, r.line, f"{r.partner} × {r.level} staat er al") for r in twice.itertuples()]
    if faults:
        raise Faulty(faults)
    return rows


def check_invited(answers: pd.DataFrame, invited: pd.DataFrame, answers_path: Path, invited_path: Path) -> Invited:
    """The number invited by (partner, level). Raises Faulty where a pair is missing or more answered than invited."""
    numbers = {(r.partner, r.level): (int(r.invited), int(r.line)) for r in invited.itertuples()}
    faults = []
    of_partners = answers[answers["level"] != OUDERS]
    for (partner, level), rows in of_partners.groupby(["partner", "level"], observed=True):
        people = rows["respondent"].nunique()
        number, line = numbers.get((partner, level), (None, 0))
        if number is None:
            text = f"{partner} × {level} staat niet in {invited_path.name}"
            faults.append(Fault(answers_path.name, int(rows["line"].min()), text))
        elif people > number:
            text = f"{partner} × {level}: {people} mensen vulden in, {number} zijn uitgenodigd"
            faults.append(Fault(invited_path.name, line, text))
    if faults:
        raise Faulty(faults)
    return {cell: number for cell, (number, _) in numbers.items()}


def count(answers: pd.DataFrame, instrument: Instrument) -> Counts:
    """The answers counted as `assessments.scores` reads them; ANSWER_COLUMNS in, a row an answer."""
    people = answers.drop_duplicates("respondent")[["respondent", "partner", "level"]].reset_index(drop=True)
    symbols = _symbols(answers, people, instrument)
    patterns, start = [pd.DataFrame(columns=PATTERN_COLUMNS)], 0
    scored = np.zeros(len(people), dtype=bool)
    for block, statements in instrument.blocks.items():
        own = symbols[:, start : start + len(statements)]
        start += len(statements)
        asked = ((people["level"] == OUDERS) == (block == OUDERS)).to_numpy()
        patterns.append(_patterns(people, own, block, asked))
        if block != instrument.outcome.key:
            answered = ((own >= ord("1")) & (own <= ord("5"))).sum(axis=1)
            scored |= asked & (answered >= instrument.scales[block].needed)
    respondents = people.astype({"partner": str, "level": str}).assign(people=scored.astype(int))
    return Counts(
        pd.concat([frame for frame in patterns if len(frame)] or patterns[:1], ignore_index=True),
        respondents.groupby(["partner", "level"], as_index=False)["people"].sum()[RESPONDENT_COLUMNS],
    )


def _symbols(answers: pd.DataFrame, people: pd.DataFrame, instrument: Instrument) -> np.ndarray:
    """A row a person, a column a statement of the instrument, a character code an answer."""
    places = {key: place for place, key in enumerate(instrument.statements)}
    symbols = np.full((len(people), len(places)), ord(UNANSWERED), dtype=np.uint8)
    row_of = pd.Series(people.index, index=people["respondent"].astype(str))
    rows = _translated(answers["respondent"], row_of.to_dict())
    columns = _translated(answers["statement"], places)
    values = _translated(answers["value"], {"": ord(UNKNOWN), **{str(v): ord(str(v)) for v in range(1, 6)}})
    symbols[rows, columns] = values
    return symbols


def _translated(column: pd.Series, numbers: dict[str, int]) -> np.ndarray:
    """A column of categories as numbers; each category is looked up once."""
    table = np.array([numbers.get(value, 0) for value in column.cat.categories], dtype=np.int64)
    return table[column.cat.codes.to_numpy()] if len(table) else np.empty(0, dtype=np.int64)


def _patterns(people: pd.DataFrame, own: np.ndarray, block: str, asked: np.ndarray) -> pd.DataFrame:
    if not asked.any():
        return pd.DataFrame(columns=PATTERN_COLUMNS)
    own = np.ascontiguousarray(own[asked])
    texts = pd.Series(own.view(f"S{own.shape[1]}").ravel()).astype("category")
    frame = people.loc[asked, ["partner", "level"]].reset_index(drop=True).assign(pattern=texts)
    counted = frame.groupby(["partner", "level", "pattern"], observed=True).size().reset_index(name="people")
    decoded = [pattern.decode("ascii") for pattern in counted["pattern"]]
    return counted.astype({"partner": str, "level": str}).assign(block=block, pattern=decoded)[PATTERN_COLUMNS]


def _read(path: Path, columns: list[str]) -> pd.DataFrame:
    """The file as text columns, with the number of each line. Raises Faulty where it is not such a file."""
    text = _text(path)
    header = _header(path, text, columns)
    lines = _lines(path, text, len(header))
    # As text first: read as categories, pandas would take '03' and '1.0' for numbers.
    rows = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False, na_filter=False)
    return rows.astype("category").assign(line=lines)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise Faulty([Fault(path.name, line, "geen UTF-8: bewaar het bestand als 'CSV UTF-8'")]) from None
    except OSError as error:
        raise Faulty([Fault(path.name, 1, f"niet te lezen: {error.strerror}")]) from None


def _header(path: Path, text: str, columns: list[str]) -> list[str]:
    header = next(csv.reader([text.split("\n", 1)[0]]), [])
    faults = [f"kolom '{name}' ontbreekt" for name in columns if name not in header]
    faults += [f"onbekende kolom '{name}'" for name in header if name not in columns]
    faults += [f"kolom '{name}' staat er twee keer" for name in columns if header.count(name) > 1]
    if faults:
        raise Faulty([Fault(path.name, 1, fault) for fault in faults])
    return header


def _lines(path: Path, text: str, width: int) -> list[int]:
    """The line number of each row that is not blank; raises Faulty where a row has not `width` fields."""
    if '"' in text:
        rows = list(_quoted_rows(text))
    else:
        rows = [(n, line.count(",") + 1) for n, line in enumerate(text.split("\n"), start=1) if line]
    wrong = [
        Fault(path.name, line, f"{fields} velden in plaats van {width}") for line, fields in rows[1:] if fields != width
    ]
    if wrong:
        raise Faulty(wrong)
    return [line for line, _ in rows[1:]]


def _quoted_rows(text: str) -> Iterator[tuple[int, int]]:
    reader = csv.reader(io.StringIO(text))
    start = 1
    for row in reader:
        if row:
            yield start, len(row)
        start = reader.line_num + 1


def _value_faults(path: Path, answers: pd.DataFrame, instrument: Instrument) -> Iterator[Fault]:
    values = ["", "1", "2", "3", "4", "5"]
    yield from _unknown_values(path, answers, "value", values, "is geen antwoord: 1 tot en met 5, of leeg")
    yield from _unknown_values(path, answers, "statement", list(instrument.statements), "is geen stelling")
    yield from _unknown_values(path, answers, "level", [*LEVELS, OUDERS], "is geen niveau")
    for line in answers.loc[answers["respondent"] == "", "line"]:
        yield Fault(path.name, line, "respondent is leeg")


def _unknown_values(
    path: Path, rows: pd.DataFrame, column: str, known: list[str] | tuple[str, ...], text: str
) -> Iterator[Fault]:
    wrong = [value for value in rows[column].cat.categories if value not in known]
    for row in rows.loc[rows[column].isin(wrong), [column, "line"]].itertuples(index=False) if wrong else ():
        yield Fault(path.name, row[1], f"{column} '{row[0]}' {text}")


def _row_faults(path: Path, answers: pd.DataFrame, instrument: Instrument) -> Iterator[Fault]:
    ouders = answers["level"] == OUDERS
    own = answers["statement"].isin([statement.key for statement in instrument.ouders.statements])
    no_partner = answers["partner"] == ""
    for wrong, text in (
        (~ouders & no_partner, "partner is leeg"),
        (ouders & ~no_partner, "ouders horen bij geen partner: laat partner leeg"),
        (ouders & ~own, "deze stelling is niet voor ouders"),
        (~ouders & own, "deze stelling is alleen voor ouders"),
        (answers.duplicated(["respondent", "statement"]), "deze respondent beantwoordde deze stelling al"),
    ):
        for line in answers.loc[wrong, "line"]:
            yield Fault(path.name, line, text)


def _respondent_faults(path: Path, answers: pd.DataFrame) -> Iterator[Fault]:
    """A respondent has one partner and one level: those of their first row."""
    for column, text in (("partner", "heeft al een andere partner"), ("level", "heeft al een ander niveau")):
        codes = answers[column].cat.codes
        first = codes.groupby(answers["respondent"].cat.codes).transform("first")
        for row in answers[codes != first].itertuples():
            yield Fault(path.name, row.line, f"respondent {row.respondent} {text}")
