"""Writes what the demo's constructed people answer as a file for `manage.py score`, a row an answer."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from assessments.demo.case import Person
from assessments.scores.answers import UNKNOWN


def write_answers(path: Path, cast: Iterable[Person]) -> None:
    """Writes the answers of `cast`, who are numbered from 1; 'weet ik niet' is empty. Raises OSError."""
    from assessments.results.answer_files import ANSWER_COLUMNS

    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(ANSWER_COLUMNS)
        for number, person in enumerate(cast, start=1):
            for statement, value in person.answers.items():
                rows.writerow([number, person.partner, person.level, statement, "" if value == UNKNOWN else value])
