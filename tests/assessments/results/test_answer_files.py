"""Answers and numbers invited are read from files in any shape of CSV, or every fault is told by file and line.

`manage.py score` prints these faults: tests/assessments/management/test_score.py.
"""

import re
from itertools import product
from pathlib import Path
from random import Random

import pytest

from assessments.results import csv_files
from assessments.results.answer_files import count, read
from assessments.results.csv_files import Faulty
from assessments.scores.scoring import score
from tests.clumsy import network
from tests.instrument import INSTRUMENT
from tests.people import Person, answering, csv_of
from tests.plain_answers import plain_answers

HEADER = "respondent,partner,level,statement,value\n"
ROW = "r1,school,uitvoerend,RG1,4\n"
INVITED = "partner,level,invited\n"


@pytest.fixture
def reading(tmp_path, monkeypatch):
    """Returns a function that reads files with these contents, named as they are in a fault."""
    monkeypatch.chdir(tmp_path)

    def reading(answers, invited=None):
        files = {"answers.csv": answers} | ({"invited.csv": invited} if invited is not None else {})
        for name, content in files.items():
            Path(name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return read(Path("answers.csv"), Path("invited.csv") if invited is not None else None, INSTRUMENT)

    return reading


@pytest.fixture
def faults(reading):
    """Returns a function that gives the faults of files with these contents."""

    def faults(*contents):
        with pytest.raises(Faulty) as faulty:
            reading(*contents)
        return faulty.value.faults

    return faults


CROWD = [
    *(answering("school", "uitvoerend", value) for value in (2, 2, 3, 3, 4)),
    *(answering("gemeente", "management", value) for value in (3, 4, 4)),
    *(answering("", "ouders", value) for value in (2, 3)),
]


def figures(found):
    """Returns the scores of what was read."""
    rows, _ = found
    return score(count(rows, INSTRUMENT), INSTRUMENT)


def test_the_same_answers_in_another_shape_give_the_same(reading):
    plain = csv_of(CROWD)
    expected = figures(reading(plain))
    lines = plain.splitlines()
    turned = "\n".join(",".join(reversed(line.split(","))) for line in lines)
    quoted = "\n".join(",".join(f'"{field}"' for field in line.split(",")) for line in lines)
    shapes = {
        "windows lines": plain.replace("\n", "\r\n"),
        "old lines": plain.replace("\n", "\r"),
        "byte order mark": b"\xef\xbb\xbf" + plain.encode(),
        "other columns first": turned,
        "quotes": quoted,
        "blank lines": plain.replace("\n", "\n\n"),
        "no line at the end": plain.rstrip("\n"),
        "rows from the end": "\n".join([lines[0], *reversed(lines[1:])]),
    }
    assert {name: figures(reading(shape)) == expected for name, shape in shapes.items()} == dict.fromkeys(shapes, True)


NO_VALUES = ["0", "6", "03", "1.0", " 4", "4 ", "\t4", "x", "-", "4,0", "NA", "nan", "?", "\uff14"]


def test_a_value_is_exactly_one_to_five_or_empty(faults, subtests):
    """This holds too where the value is the first column, and where every value of the file is equally wrong."""
    for value, first in product(NO_VALUES, [False, True]):
        with subtests.test(value, first=first):
            rows = [f"r1,school,uitvoerend,RG1,{value}", f"r1,school,uitvoerend,RG2,{value}"]
            if first:
                rows = [",".join(reversed(row.split(",", 4))) for row in rows]
            header = ",".join(reversed(HEADER.strip().split(","))) + "\n" if first else HEADER
            found = faults(header + "\n".join(rows))
            assert [(fault.file, fault.line) for fault in found] == [("answers.csv", 2), ("answers.csv", 3)]


FAULTS = {
    "unknown column": ("respondent,partner,level,statement,value,naam\n", [1]),
    "column missing": ("respondent,partner,level,statement\nr1,a,uitvoerend,RG1\n", [1]),
    "column twice": ("respondent,partner,level,statement,value,value\n", [1]),
    "header in capitals": (HEADER.upper(), [1] * 10),
    "empty file": ("", [1] * 5),
    "semicolons": (HEADER.replace(",", ";"), [1] * 6),
    "field too many": (HEADER + ROW + "r1,school,uitvoerend,RG2,4,\n", [3]),
    "field too few": (HEADER + "r1,school,uitvoerend,RG2\n" + ROW, [2]),
    "spaces on a line": (HEADER + ROW + "  \n", [3]),
    "unknown statement": (HEADER + ROW + "r1,school,uitvoerend,RG9,4\n", [3]),
    "statement in small letters": (HEADER + "r1,school,uitvoerend,rg1,4\n", [2]),
    "unknown level": (HEADER + "r1,school,directie,RG1,4\n", [2]),
    "no level": (HEADER + "r1,school,,RG1,4\n", [2]),
    "no respondent": (HEADER + ",school,uitvoerend,RG1,4\n,school,uitvoerend,RG1,4\n", [2, 3]),
    "no partner": (HEADER + "r1,,uitvoerend,RG1,4\n", [2]),
    "ouders with a partner": (HEADER + "r1,school,ouders,OU1,4\n", [2]),
    "ouders with another statement": (HEADER + "r1,,ouders,RG1,4\n", [2]),
    "others with a statement of ouders": (HEADER + "r1,school,bestuur,OU1,4\n", [2]),
    "ouders with an unknown statement": (HEADER + "r1,,ouders,OU99,4\n", [2]),
    "the same row twice": (HEADER + ROW + ROW + ROW, [3, 4]),
    "another value for a statement": (HEADER + ROW + ROW.replace("4", "5"), [3]),
    "two partners": (HEADER + ROW + "r1,gemeente,uitvoerend,RG2,4\n", [3]),
    "two levels": (HEADER + ROW + "r1,school,bestuur,RG2,4\n", [3]),
    "everything at once": (
        HEADER
        + "r1,school,uitvoerend,RG1,9\n"
        + "r1,school\n"
        + "r1,gemeente,uitvoerend,RG2,3\n"
        + ",a,bestuur,RG1,3\n",
        [2, 3, 4, 5],
    ),
    "after a quoted line break": (HEADER + '"r\n1",school,uitvoerend,RG1,4\nr2,school,uitvoerend,RG1,7\n', [4]),
    "a line break as value": (HEADER + 'r1,school,uitvoerend,RG1,"4\n"\n', [2]),
    "after blank lines": (HEADER + "\n\n" + ROW + "\n" + "r1,school,uitvoerend,RG2,7\n", [6]),
    "a quote that is not closed": (HEADER + ROW + 'r1,school,uitvoerend,RG2,"4\n' + ROW, [3]),
    "a quote in the middle": (HEADER + 'r1,"school"x,uitvoerend,RG1,4\n', [2]),
    "no utf-8": ((HEADER + ROW).encode() + "r1,caf\xe9,uitvoerend,RG2,4\n".encode("latin-1"), [3]),
    "a null character": (HEADER + "r1,school,uitvoerend,RG1,4\0\n", [2]),
    "a value of a million characters": (HEADER + f'r1,school,uitvoerend,RG1,"{"4" * 1_000_000}"\n', [2]),
}


def test_every_fault_is_told_by_file_and_line(faults, subtests):
    for fault, (answers, lines) in FAULTS.items():
        with subtests.test(fault):
            found = faults(answers)
            assert all(re.fullmatch(r"answers\.csv:[0-9]+: .{5,}", str(fault)) for fault in found)
            assert [fault.line for fault in found] == lines


INVITED_FAULTS = {
    "pair missing": (["school,management,3"], [("answers.csv", 2)]),
    "more respondents than invited": (["school,uitvoerend,1"], [("invited.csv", 2)]),
    "nobody invited": (["school,uitvoerend,0"], [("invited.csv", 2)]),
    "no whole number": (
        ["school,uitvoerend,2.0", "a,bestuur,x", "b,bestuur,", "c,bestuur,-1"],
        [("invited.csv", line) for line in (2, 3, 4, 5)],
    ),
    "with a zero before it": (["school,uitvoerend,02"], [("invited.csv", 2)]),
    "pair twice": (["school,uitvoerend,5", "school,uitvoerend,5"], [("invited.csv", 3)]),
    "unknown level": (["school,uitvoerend,5", "school,directie,5"], [("invited.csv", 3)]),
    "ouders are never invited": (["school,uitvoerend,5", ",ouders,5"], [("invited.csv", 3), ("invited.csv", 3)]),
    "no partner": (["school,uitvoerend,5", ",bestuur,5"], [("invited.csv", 3)]),
    "field too many": (["school,uitvoerend,5,6"], [("invited.csv", 2)]),
}


def test_every_fault_in_the_numbers_invited_is_told(faults, subtests):
    for fault, (rows, where) in INVITED_FAULTS.items():
        with subtests.test(fault):
            found = faults(HEADER + ROW + ROW.replace("r1", "r2"), INVITED + "\n".join(rows))
            assert [(fault.file, fault.line) for fault in found] == where


# As a plain reader reads it, whatever is in it and wherever the file is cut into pieces.

WORDS = ["", "NA", "9", "1.0", "01", " 1", "ouders", "bestuur", "RG1", "OU1", "XX", "r1", "x y", 'a"b', '"q"', '"a,b"']
WORDS += ["é", "'", "\0", "\x0b", "\u2028", "\r", "\udc80", '"line\nbreak"', '"open', "p0", "r2"]
HEADERS = ["respondent,partner", "", HEADER.upper(), HEADER.replace(",", ";"), "naam," + HEADER]


def some_file(chance: Random) -> bytes:
    """Returns answers of a few people in any order, with a few things changed in most."""
    ouders = [Person("", "ouders", {f"OU{number}": chance.choice("12345?") for number in (1, 2, 3)})]
    header, *rows = csv_of(network(chance, most=8) + ouders * chance.randrange(3)).splitlines()
    if chance.random() < 0.5:
        chance.shuffle(rows)
    rows = rows[: chance.choice([5, 50, 300])]
    for _ in range(chance.choice([0, 0, 1, 2, 6])):
        place = chance.randrange(len(rows))
        fields = rows[place].split(",")
        match chance.randrange(9):
            case 0 | 1 | 2 | 3:
                fields[chance.randrange(len(fields))] = chance.choice(WORDS)
            case 4:
                rows.insert(chance.randrange(len(rows)), rows[place])
            case 5:
                fields = chance.choice([[*fields, "z"], fields[:-1], [""], ["  "], ["", "", *fields[2:]]])
            case 6:
                fields = [f'"{field}"' for field in fields]
            case 7 | 8:
                fields[:3] = chance.choice(rows).split(",")[:3]
        rows[place] = ",".join(fields)
    if chance.random() < 0.1:
        header = chance.choice(HEADERS).strip()
    content = "\n".join([header, *rows]).encode("utf-8", "surrogateescape") + chance.choice([b"", b"\n", b"\n\n"])
    line = chance.choice([b"\n", b"\n", b"\r\n", b"\r"])
    return chance.choice([b"", b"", b"\xef\xbb\xbf"]) + content.replace(b"\n", line)


@pytest.mark.parametrize("seed", range(6))
def test_a_file_is_read_as_a_plain_reader_reads_it(seed, reading, monkeypatch):
    chance = Random(seed)
    for _ in range(10):
        monkeypatch.setattr(csv_files, "PIECE", chance.choice([200, 1000, 5000]))
        content = some_file(chance)
        faults, people = plain_answers(content)
        try:
            answers, _ = reading(content)
            found = [], sorted(signs_of(answers))
        except Faulty as faulty:
            found = [(fault.line, fault.text) for fault in faulty.faults], []
        assert found == (faults, people)


def signs_of(answers):
    """Yields the partner, level and signs of each person."""
    for (partner, level), signs in zip(answers.people().itertuples(index=False), answers.symbols(), strict=True):
        yield partner, level, signs.tobytes().decode()


def test_faults_far_apart_are_told_with_the_lines_they_stand_on(faults, monkeypatch):
    """The file is a few pieces long, and what is wrong in the last leans on what stands in the first."""
    monkeypatch.setattr(csv_files, "PIECE", 20_000)
    rows = "".join(f"r{number},school,uitvoerend,RG1,4\n" for number in range(2_000))
    found = faults(HEADER + "r0,school,uitvoerend,RG2,9\n" + rows + "r0,gemeente,uitvoerend,RG2,4\n" + ROW)
    assert [(fault.line, fault.text.split(" ")[0]) for fault in found] == [
        (2, "value"),
        (2_003, "deze"),
        (2_003, "respondent"),
        (2_004, "deze"),
    ]
    assert len(rows) > 2 * csv_files.PIECE
