"""Scores a file of answers and prints as JSON the figures that may be shown; it needs no database."""

import json
import re
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import NoReturn

from django.core.management.base import BaseCommand

from assessments.results.answer_files import Faulty, count
from assessments.results.answer_files import read as read_files
from assessments.results.document import for_scripts, to_json
from assessments.results.pipeline import results_of
from assessments.rules.minimum import DEFAULT_MINIMUM, LEAST_MINIMUM
from factors.actions import FOLDER
from factors.documents import build, read
from samenwerking.commands import USAGE_FAULT


class Command(BaseCommand):
    help = "Berekent uit een bestand met antwoorden de cijfers die getoond mogen worden, als JSON."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("answers", type=Path, metavar="ANSWERS.csv")
        parser.add_argument("--minimum", default=str(DEFAULT_MINIMUM), help="kleinste groep, een heel getal vanaf 3")
        parser.add_argument("--invited", type=Path, metavar="INVITED.csv", help="hoeveel mensen zijn uitgenodigd")

    def handle(self, *args: object, answers: Path, minimum: str, invited: Path | None, **options: object) -> None:

        if not re.fullmatch("[0-9]{1,9}", minimum) or int(minimum) < LEAST_MINIMUM:
            self._refuse([f"--minimum: {minimum!r} is geen heel getal vanaf {LEAST_MINIMUM}"])
        instrument = build(read(FOLDER))
        try:
            rows, numbers = read_files(answers, invited, instrument)
        except Faulty as faulty:
            self._refuse([str(fault) for fault in faulty.faults])
        found = results_of(count(rows, instrument), instrument, minimum=int(minimum), invited=numbers)
        self.stdout.write(json.dumps(for_scripts(to_json(found, instrument)), ensure_ascii=False, indent=1))

    def _refuse(self, lines: list[str]) -> NoReturn:
        for line in lines:
            self.stderr.write(line)
        sys.exit(USAGE_FAULT)
