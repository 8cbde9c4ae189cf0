"""Writes one report of a round as PDF; where the figures or the round are not there, says so."""

from argparse import ArgumentParser
from pathlib import Path
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from assessments.demo.build import demo_round
from assessments.models import Round, State
from assessments.models.rounds import RoundQuerySet


class Command(BaseCommand):
    help = "Maakt het rapport van een gepubliceerde ronde als PDF."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("round", metavar="ROUND", help="het nummer van de ronde, of 'demo'")
        parser.add_argument("--level", default="netwerk", help="uitvoerend, management, bestuur of partner:SLEUTEL")
        parser.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")

    def handle(self, *args: object, round: str, level: str, out: Path, **options: object) -> None:
        from assessments.report.load import report_of, subjects_of
        from assessments.report.pdf import pdf_of
        from assessments.report.subjects import NoSuchReport

        found = _round(round)
        try:
            report = report_of(found, level)
        except NoSuchReport as missing:
            known = ", ".join(subject.key for subject in subjects_of(found))
            raise CommandError(f"Er is geen rapport '{level}'. Wel: {known}.", returncode=2) from missing
        try:
            out.write_bytes(pdf_of(report))
        except OSError as error:
            raise CommandError(f"{out} is niet te schrijven: {error.strerror}.", returncode=2) from error


def _round(name: str) -> Round:
    rounds = Round.objects.with_results().filter(frozen__isnull=False).select_related("network", "instrument_version")
    if name == "demo":
        found = _demo(rounds)
    else:
        try:
            found = rounds.filter(pk=UUID(name)).first()
        except (ValueError, ValidationError):
            found = None
    if found is None:
        raise CommandError(f"Er is geen gepubliceerde ronde '{name}'.", returncode=2)
    return found


def _demo(rounds: RoundQuerySet) -> Round | None:
    """The demo's latest published round; where the demo was not built, the latest of any constructed network."""
    try:
        return rounds.get(pk=demo_round(state=State.PUBLISHED).pk)
    except Round.DoesNotExist:
        return rounds.filter(network__is_constructed=True).order_by("-closed_at", "-created_at").first()
