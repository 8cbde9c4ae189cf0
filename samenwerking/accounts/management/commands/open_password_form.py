"""Opens the form with a password again for a domain, or for all: the way in where a provider is away."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from samenwerking.accounts.models import ClosedDomain
from samenwerking.accounts.sso.closing import open_again


class Command(BaseCommand):
    help = "Laat een domein, of alle domeinen, weer inloggen met een wachtwoord."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("domain", nargs="?", help="wat achter het @-teken staat; zonder dit alle")

    def handle(self, *args: object, domain: str | None, **options: object) -> None:
        opened = open_again(domain)
        if not opened:
            closed = ", ".join(ClosedDomain.objects.values_list("domain", flat=True)) or "geen"
            raise CommandError(f"Dit domein is niet gesloten. Gesloten zijn: {closed}.")
        self.stdout.write(f"Inloggen met een wachtwoord kan weer voor: {', '.join(opened)}.")
