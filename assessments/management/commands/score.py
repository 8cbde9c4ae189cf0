"""Scores a file of answers and prints as JSON the figures that may be shown; it needs no database."""

import gc
import json
import re
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand

from assessments.dutch import listing
from assessments.results.answer_files import count
from assessments.results.answer_files import read as read_files
from assessments.results.csv_files import Faulty
from assessments.results.document import for_scripts, to_json
from assessments.results.pipeline import results_of
from assessments.rules.minimum import DEFAULT_MINIMUM, LEAST_MINIMUM
from factors.documents import FOLDER, build, read
from factors.instrument import CONTEXT
from samenwerking.commands import USAGE_FAULT

# What a network says of itself, by the words of the rules: netwerk.jgz_in_team is --jgz-in-team.
OPTIONS = {word: f"--{word.removeprefix('netwerk.').replace('_', '-')}" for word in CONTEXT}


class Command(BaseCommand):
    help = "Berekent uit een bestand met antwoorden de cijfers die getoond mogen worden, als JSON."
    requires_system_checks: list[str] = []

    def run_from_argv(self, argv: list[str]) -> None:
        """Runs it in a process of its own, where looking for rubbish takes time and finds none."""
        gc.disable()
        try:
            super().run_from_argv(argv)
        finally:
            gc.freeze()  # nor as it ends

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("answers", type=Path, metavar="ANSWERS.csv")
        parser.add_argument("--minimum", default=str(DEFAULT_MINIMUM), help="kleinste groep, een heel getal vanaf 3")
        parser.add_argument("--invited", type=Path, metavar="INVITED.csv", help="hoeveel mensen zijn uitgenodigd")
        for word, option in OPTIONS.items():
            said = f"wat het netwerk over zichzelf zegt: {_choices(word)}"
            parser.add_argument(option, dest=word, metavar="ANTWOORD", help=said)

    def handle(self, *args: object, answers: Path, minimum: str, invited: Path | None, **options: Any) -> None:
        said = {word: options[word] for word in OPTIONS if options[word] is not None}
        if faults := [*_faults_of_minimum(minimum), *_faults_of_context(said)]:
            self._refuse(faults)
        instrument = build(read(FOLDER))
        try:
            rows, numbers = read_files(answers, invited, instrument)
        except Faulty as faulty:
            self._refuse([str(fault) for fault in faulty.faults])
        counts = count(rows, instrument)
        found = results_of(counts, instrument, minimum=int(minimum), invited=numbers, context=said)
        self.stdout.write(json.dumps(for_scripts(to_json(found, instrument)), ensure_ascii=False, indent=1))

    def _refuse(self, lines: list[str]) -> NoReturn:
        for line in lines:
            self.stderr.write(line)
        sys.exit(USAGE_FAULT)


def _faults_of_minimum(minimum: str) -> Iterator[str]:
    if not re.fullmatch("[0-9]{1,9}", minimum) or int(minimum) < LEAST_MINIMUM:
        yield f"--minimum: {minimum!r} is geen heel getal vanaf {LEAST_MINIMUM}"


def _faults_of_context(said: Mapping[str, str]) -> Iterator[str]:
    for word, answer in said.items():
        if answer not in CONTEXT[word]:
            yield f"{OPTIONS[word]}: {answer!r} is geen antwoord; kies {_choices(word)}"


def _choices(word: str) -> str:
    return listing(CONTEXT[word], last="of")
