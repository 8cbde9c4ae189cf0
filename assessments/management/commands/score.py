"""Scores a file of answers and prints the published results as JSON; no database needed."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand

from assessments.disclosure.publish import DEFAULT_MINIMUM, LEAST_MINIMUM
from factors.actions import FOLDER
from factors.instrument import build, read

USAGE_FAULT = 2


class Command(BaseCommand):
    help = "Berekent uit een bestand met antwoorden de cijfers die getoond mogen worden, als JSON."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("answers", type=Path, metavar="ANSWERS.csv")
        parser.add_argument("--minimum", default=str(DEFAULT_MINIMUM), help="kleinste groep, een heel getal vanaf 3")
        parser.add_argument("--invited", type=Path, metavar="INVITED.csv", help="hoeveel mensen zijn uitgenodigd")

    def handle(self, *args: object, answers: Path, minimum: str, invited: Path | None, **options: object) -> None:
        from assessments.answer_files import Faulty, check_invited, count, read_answers, read_invited
        from assessments.results import results, to_json
        from assessments.scores.scoring import score

        if not (minimum.isascii() and minimum.isdigit() and int(minimum) >= LEAST_MINIMUM):
            self._refuse([f"--minimum: '{minimum}' is geen heel getal vanaf {LEAST_MINIMUM}"])
        instrument = build(read(FOLDER))
        try:
            rows = read_answers(answers, instrument)
            numbers = check_invited(rows, read_invited(invited), answers, invited) if invited else None
        except Faulty as faulty:
            self._refuse([str(fault) for fault in faulty.faults])
        found = results(score(count(rows, instrument), instrument), instrument, minimum=int(minimum), invited=numbers)
        self.stdout.write(json.dumps(to_json(found, instrument), ensure_ascii=False, indent=1))

    def _refuse(self, lines: list[str]) -> None:
        for line in lines:
            self.stderr.write(line)
        sys.exit(USAGE_FAULT)
