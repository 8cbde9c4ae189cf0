"""Prints the frozen results of a round as JSON, as they were written at closing; computes nothing."""

import json
from argparse import ArgumentParser
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from assessments.demo.build import DEMO, demo_round
from assessments.models import Round
from assessments.results.document import UnknownFormat, for_scripts
from samenwerking.commands import USAGE_FAULT


class Command(BaseCommand):
    help = "Toont de vastgelegde resultaten van een gesloten ronde als JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("round", metavar="RONDE", help=f"de id van de ronde, of '{DEMO}' voor de voorbeeldronde")

    def handle(self, *args: object, round: str, **options: object) -> None:
        found = self._demo() if round == DEMO else self._by_id(round)
        try:
            document = for_scripts(found.frozen.document)
        except UnknownFormat as fault:
            raise CommandError(f"Deze versie kan deze resultaten niet lezen: {fault}.") from fault
        self.stdout.write(json.dumps(document, ensure_ascii=False, indent=1))

    def _demo(self) -> Round:
        found = demo_round(Round.objects.published())
        if found is None:
            raise self._fault("Er is nog geen voorbeeldronde met resultaten. Maak die met: manage.py demo")
        return found

    def _by_id(self, text: str) -> Round:
        try:
            found = Round.objects.frozen().filter(pk=UUID(text)).first()
        except ValueError:
            raise self._fault(f"'{text}' is geen id van een ronde.") from None
        if found is None:
            raise self._fault(f"Ronde {text} bestaat niet of heeft nog geen resultaten: zij is nog niet gesloten.")
        return found

    def _fault(self, sentence: str) -> CommandError:
        return CommandError(sentence, returncode=USAGE_FAULT)
