"""Writes a whole network to a file, for another installation."""

from argparse import ArgumentParser
from pathlib import Path
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from assessments.actions.exchange import note_export
from assessments.exchange.writing import write_network
from assessments.models import Network
from samenwerking.commands import USAGE_FAULT


class Command(BaseCommand):
    help = "Schrijft een heel netwerk naar een bestand dat een andere installatie inleest: de gesloten rondes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("network", metavar="NETWERK", help="de id van het netwerk, of zijn naam")
        parser.add_argument("--out", type=Path, metavar="FILE.zip", required=True, help="schrijf het bestand hierheen")

    def handle(self, *args: object, network: str, out: Path, **options: object) -> None:
        found = self._find(network)
        try:
            with out.open("xb") as file:
                written = write_network(found, file, timezone.now())
        except FileExistsError:
            raise CommandError(f"{out} bestaat al. Kies een andere naam.", returncode=USAGE_FAULT) from None
        except OSError as fault:
            raise CommandError(f"{out} is niet te schrijven: {fault.strerror}.", returncode=USAGE_FAULT) from fault
        note_export(found)
        for name in written.left_out:
            self.stderr.write(f"Niet meegenomen, want nog niet gesloten: ‘{name}’.")
        self.stdout.write(f"{out}: {found.name}, {written.rounds} gesloten rondes")

    def _find(self, said: str) -> Network:
        try:
            found = list(Network.objects.filter(pk=UUID(said)))
        except ValueError:
            found = list(Network.objects.filter(name=said)[:2])
        if len(found) == 1:
            return found[0]
        fault = "Er is geen netwerk met deze id of naam." if not found else "Meer netwerken heten zo. Geef de id."
        raise CommandError(fault, returncode=USAGE_FAULT)
