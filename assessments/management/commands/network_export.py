"""Writes a whole network to a file, for another installation."""

import sys
from argparse import ArgumentParser
from io import BytesIO
from pathlib import Path
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from assessments.actions.exchange import note_export
from assessments.exchange.shape import Unfit
from assessments.exchange.writing import Written, write_network
from assessments.models import Network
from samenwerking.commands import USAGE_FAULT

STDOUT = Path("-")


class Command(BaseCommand):
    help = "Schrijft een heel netwerk naar een bestand dat een andere installatie inleest: de gesloten rondes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("network", metavar="NETWERK", help="de id van het netwerk, of zijn naam")
        where = "hierheen; - is de standaarduitvoer"
        parser.add_argument("--out", type=Path, metavar="FILE.zip", required=True, help=where)

    def handle(self, *args: object, network: str, out: Path, **options: object) -> None:
        found = self._find(network)
        try:
            written = self._to_stdout(found) if out == STDOUT else self._to_file(found, out)
        except Unfit as fault:
            raise CommandError(str(fault), returncode=USAGE_FAULT) from fault
        note_export(found)
        for name in written.left_out:
            self.stderr.write(f"Niet meegenomen, want nog niet gesloten: ‘{name}’.")
        screen = self.stderr if out == STDOUT else self.stdout
        screen.write(f"{out}: {found.name}, {written.rounds} gesloten rondes")

    def _to_stdout(self, network: Network) -> Written:
        """Writes to the standard output, once all of it is there.

        Raises CommandError where that is a screen, or takes no more, and Unfit.
        """
        if sys.stdout.isatty():
            fault = "Stuur het netwerk naar een bestand of een ander programma, niet naar het scherm."
            raise CommandError(fault, returncode=USAGE_FAULT)
        whole = BytesIO()  # half of a file that is refused would look like one
        written = write_network(network, whole, timezone.now())
        try:
            sys.stdout.buffer.write(whole.getbuffer())
            sys.stdout.buffer.flush()
        except OSError as fault:
            raise CommandError(f"Het andere programma nam het netwerk niet aan: {fault.strerror}.") from None
        return written

    def _to_file(self, network: Network, path: Path) -> Written:
        """Writes to a file that is not there yet. Raises CommandError, and Unfit, which leaves no file."""
        try:
            with path.open("xb") as file:
                return write_network(network, file, timezone.now())
        except Unfit:
            path.unlink()
            raise
        except FileExistsError:
            raise CommandError(f"{path} bestaat al. Kies een andere naam.", returncode=USAGE_FAULT) from None
        except OSError as fault:
            raise CommandError(f"{path} is niet te schrijven: {fault.strerror}.", returncode=USAGE_FAULT) from fault

    def _find(self, said: str) -> Network:
        try:
            found = list(Network.objects.filter(pk=UUID(said)))
        except ValueError:
            found = list(Network.objects.filter(name=said)[:2])
        if len(found) == 1:
            return found[0]
        fault = "Er is geen netwerk met deze id of naam." if not found else "Meer netwerken heten zo. Geef de id."
        raise CommandError(fault, returncode=USAGE_FAULT)
