"""Is what commands about one account share: its address names it, and what became of it is said in a sentence."""

from abc import abstractmethod
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from samenwerking.accounts.models import User


class AccountCommand(BaseCommand):
    """Finds the account by the address, whatever its capitals, and prints what `change` says of it."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="het e-mailadres van het account")

    def handle(self, *args: object, email: str, **options: object) -> None:
        user = User.objects.filter(email=User.objects.normalize_email(email)).first()
        if user is None:
            raise CommandError("Er is geen account met dit e-mailadres.")
        self.stdout.write(self.change(user))

    @abstractmethod
    def change(self, user: User) -> str:
        """Changes the account and returns what to tell. Raises CommandError where there is nothing to change."""
