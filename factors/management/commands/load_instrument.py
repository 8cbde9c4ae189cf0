"""Loads the instrument's files into the database."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from factors.actions import VersionInUse, load_instrument
from factors.documents import FOLDER
from factors.faults import InvalidInstrument
from samenwerking.commands import USAGE_FAULT


class Command(BaseCommand):
    help = "Laadt het instrument uit de YAML-bestanden. Nog eens laden verandert niets."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=FOLDER)

    def handle(self, *args: object, folder: Path, **options: object) -> None:
        try:
            version = load_instrument(folder=folder)
        except VersionInUse as error:
            raise CommandError(
                f"Versie {error} is al gebruikt in een ronde en kan niet meer veranderen. "
                "Geef het instrument in version.yaml een nieuw versienummer."
            ) from error
        except InvalidInstrument as fault:
            raise CommandError(str(fault), returncode=USAGE_FAULT) from fault
        self.stdout.write(f"Instrument geladen: {version}.")
