"""Prints the personal links of an open round, for the demo and for load tests only."""

from argparse import ArgumentParser
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from assessments.demo.build import DEMO, demo_round
from assessments.filling.links import full_link
from assessments.models import Level, Round


class Command(BaseCommand):
    help = "Drukt de persoonlijke links van een open ronde af, met niveau en partner. Alleen met DEBUG=on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("round", metavar="ROUND", help=f"het id van de ronde, of '{DEMO}'")
        parser.add_argument("--level", choices=Level.values)

    def handle(self, *args: object, round: str, level: str | None, **options: object) -> None:
        if not settings.DEBUG:
            raise CommandError("Persoonlijke links worden alleen met DEBUG=on afgedrukt.")
        participants = self._round(round).participants.select_related("partner").order_by("email", "pk")
        for participant in participants.filter(level=level) if level else participants:
            self.stdout.write(f"{full_link(participant.pk)}\t{participant.level}\t{participant.partner.key}")

    def _round(self, name: str) -> Round:
        rounds = Round.objects.open()
        try:
            found = demo_round(rounds) if name == DEMO else rounds.filter(pk=UUID(name)).first()
        except ValueError:
            found = None
        if found is None:
            raise CommandError(f"Er is geen open ronde '{name}'.")
        return found
