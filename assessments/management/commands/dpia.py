"""Writes the DPIA as an accessible PDF, or as data for the form of the Rijksoverheid."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from assessments.papers import dpia, dpia_pdf
from samenwerking.commands import USAGE_FAULT


class Command(BaseCommand):
    help = "Schrijft de DPIA als PDF, of als gegevens van het Rijksmodel (JSON)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--out", type=Path, required=True, metavar="FILE.pdf", help="of FILE.json")

    def handle(self, *args: object, out: Path, **options: object) -> None:
        if out.suffix not in (".pdf", ".json"):
            raise CommandError("Geef een naam die eindigt op .pdf of .json.", returncode=USAGE_FAULT)
        content = dpia_pdf.dpia_pdf() if out.suffix == ".pdf" else dpia.as_json().encode()
        try:
            out.write_bytes(content)
        except OSError as error:
            raise CommandError(f"{out} is niet te schrijven: {error.strerror}.", returncode=USAGE_FAULT) from error
