"""Writes one report of a round as PDF, or says that the figures or the round are not there."""

from argparse import ArgumentParser
from pathlib import Path
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from assessments.demo.build import DEMO, demo_round
from assessments.models import Round
from assessments.report.load import report_of, subjects_of
from assessments.report.pdf import pdf_of
from assessments.report.subjects import NoSuchReport
from assessments.results.document import UnknownFormat
from samenwerking.commands import USAGE_FAULT


class Command(BaseCommand):
    help = "Maakt het rapport van een gepubliceerde ronde als PDF."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("round", metavar="ROUND", help=f"het nummer van de ronde, of '{DEMO}'")
        parser.add_argument("--level", default="netwerk", help="uitvoerend, management, bestuur of partner:SLEUTEL")
        parser.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")

    def handle(self, *args: object, round: str, level: str, out: Path, **options: object) -> None:

        found = _round(round)
        try:
            report = report_of(found, level)
        except NoSuchReport as missing:
            known = ", ".join(subject.key for subject in subjects_of(found))
            raise CommandError(f"Er is geen rapport '{level}'. Wel: {known}.", returncode=USAGE_FAULT) from missing
        except UnknownFormat as fault:
            raise CommandError(f"Deze versie kan de resultaten van deze ronde niet lezen: {fault}.") from fault
        try:
            out.write_bytes(pdf_of(report))
        except OSError as error:
            raise CommandError(f"{out} is niet te schrijven: {error.strerror}.", returncode=USAGE_FAULT) from error


def _round(name: str) -> Round:
    rounds = Round.objects.published()
    try:
        found = demo_round(rounds) if name == DEMO else rounds.filter(pk=UUID(name)).first()
    except ValueError:
        found = None
    if found is None:
        raise CommandError(f"Er is geen gepubliceerde ronde '{name}'.", returncode=USAGE_FAULT)
    return found
