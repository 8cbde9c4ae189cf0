"""Reads a network in that another installation wrote to a file; checks all of it before it writes anything."""

import sys
from argparse import ArgumentParser
from io import BytesIO
from pathlib import Path
from typing import IO

from django.core.management.base import BaseCommand, CommandError
from django.db import DataError, IntegrityError

from assessments.actions.exchange import import_network
from assessments.exchange.reading import read_network
from assessments.exchange.shape import Unfit
from samenwerking.commands import NO_DATABASE, USAGE_FAULT
from samenwerking.database import TROUBLE

STDIN = Path("-")


class Command(BaseCommand):
    help = "Leest een netwerk in dat met network_export of de knop van een coördinator is gemaakt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.zip", help="het bestand; - is de standaardinvoer")
        said = "wie het netwerk hier leidt; dit account moet er zijn"
        parser.add_argument("--coordinator", metavar="ADRES", required=True, help=said)

    def handle(self, *args: object, file: Path, coordinator: str, **options: object) -> None:
        try:
            # A pipe can't be read from its end, where a zip says what is in it.
            opened: IO[bytes] = BytesIO(sys.stdin.buffer.read()) if file == STDIN else file.open("rb")
            with opened:
                parcel = read_network(opened)
            network = import_network(parcel=parcel, coordinator=coordinator)
        except OSError as fault:
            raise CommandError(f"{file} is niet te lezen: {fault.strerror}.", returncode=USAGE_FAULT) from fault
        except Unfit as fault:
            raise CommandError(str(fault), returncode=USAGE_FAULT) from fault
        except TROUBLE as fault:
            said = "De database antwoordt niet. Probeer het opnieuw."
            raise CommandError(said, returncode=NO_DATABASE) from fault
        except (DataError, IntegrityError) as fault:
            said = "De rondes in dit bestand passen niet bij elkaar. Er is niets veranderd."
            raise CommandError(f"{said} {type(fault.__cause__).__name__}", returncode=USAGE_FAULT) from fault
        self.stdout.write(
            f"{network.name}: {len(parcel.rounds)} rondes ingelezen. De coördinator nodigt collega's opnieuw uit."
        )
