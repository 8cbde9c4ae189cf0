"""Reads a file of answers the plain way: all of it in memory, row by row, with a set and two dictionaries.

Nothing here is taken from the code under test; tests of answer files compare with it.
"""

import csv
import io

from factors.instrument import LEVELS, OUDERS
from tests.instrument import INSTRUMENT

COLUMNS = ["respondent", "partner", "level", "statement", "value"]
VALUES = ("", "1", "2", "3", "4", "5")
OWN = {statement.key for statement in INSTRUMENT.ouders.statements}


def plain_answers(content: bytes) -> tuple[list[tuple[int, str]], list[tuple[str, str, str]]]:
    """Returns what is wrong in a file, by line, and the partner, level and signs of each person where nothing is."""
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return [(line, "geen UTF-8: bewaar het bestand als 'CSV UTF-8'")], []
    header = next(csv.reader([text.split("\n")[0]]), [])
    faults = [(1, f"kolom '{name}' ontbreekt") for name in COLUMNS if name not in header]
    faults += [(1, f"onbekende kolom {name!r}") for name in header if name not in COLUMNS]
    faults += [(1, f"kolom '{name}' staat er twee keer") for name in COLUMNS if header.count(name) > 1]
    if faults:
        return sorted(faults), []
    rows = []
    for line, row in _rows(text, faults):
        fields = dict(zip(header, row, strict=True))
        rows.append((line, *(fields[column] for column in COLUMNS)))
    faults += [(row[0], fault) for row in rows for fault in _faults_of(*row[1:])]
    faults += _faults_between(rows)
    return sorted(faults), [] if faults else _people(rows)


def _rows(text, faults):
    reader, line = csv.reader(io.StringIO(text), strict=True), 1
    try:
        for row in reader:
            if line > 1 and len(row) == len(COLUMNS):
                yield line, row
            elif line > 1 and row:
                faults.append((line, f"{len(row)} velden in plaats van {len(COLUMNS)}"))
            line = reader.line_num + 1
    except csv.Error:
        faults.append((line, "niet te lezen als CSV: kijk of de aanhalingstekens kloppen"))


def _faults_of(respondent, partner, level, statement, value):
    found = {
        f"value {value!r} is geen antwoord: 1 tot en met 5, of leeg": value not in VALUES,
        f"statement {statement!r} is geen stelling": statement not in INSTRUMENT.statements,
        f"level {level!r} is geen niveau": level not in (*LEVELS, OUDERS),
        "respondent is leeg": not respondent,
        "partner is leeg": level in LEVELS and not partner,
        "ouders horen bij geen partner: laat partner leeg": level == OUDERS and partner,
        "deze stelling is niet voor ouders": level == OUDERS and statement in INSTRUMENT.statements.keys() - OWN,
        "deze stelling is alleen voor ouders": level in LEVELS and statement in OWN,
    }
    return [fault for fault, is_so in found.items() if is_so]


def _faults_between(rows):
    answered, level_of, partner_of = set(), {}, {}
    for line, respondent, partner, level, statement, _ in rows:
        if respondent and (respondent, statement) in answered:
            yield line, "deze respondent beantwoordde deze stelling al"
        answered.add((respondent, statement))
        if respondent and level in (*LEVELS, OUDERS):
            if level_of.setdefault(respondent, level) != level:
                yield line, f"respondent {respondent!r} heeft al een ander niveau"
            if partner and partner_of.setdefault(respondent, partner) != partner:
                yield line, f"respondent {respondent!r} heeft al een andere partner"


def _people(rows):
    people = {}
    for _, respondent, partner, level, statement, value in rows:
        people.setdefault((respondent, partner, level), {})[statement] = value or "?"
    return sorted(
        (partner, level, "".join(answers.get(key, ".") for key in INSTRUMENT.statements))
        for (_, partner, level), answers in people.items()
    )
