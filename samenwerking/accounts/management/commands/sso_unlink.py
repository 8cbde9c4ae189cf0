"""Unlinks an account from every provider, for whoever can't come in there any more, or is somebody else there."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from samenwerking.accounts.models import User
from samenwerking.accounts.sso.closing import closed_for
from samenwerking.accounts.sso.linking import unlink

BY_PASSWORD = "logt in met het wachtwoord, of vraagt er een aan."  # noqa: S105 (a sentence)


class Command(BaseCommand):
    help = "Koppelt een account los van het inloggen via een organisatie. De eigenaar krijgt mail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="het e-mailadres van het account")

    def handle(self, *args: object, email: str, **options: object) -> None:
        user = User.objects.filter(email=User.objects.normalize_email(email)).first()
        if user is None:
            raise CommandError("Er is geen account met dit e-mailadres.")
        if not unlink(user=user):
            raise CommandError("Dit account is nergens aan gekoppeld.")
        closed = closed_for(user.email)
        after = f"vraagt een link bij ‘Wachtwoord vergeten’, en koppelt daarmee opnieuw aan {closed}."
        self.stdout.write(f"Het account is losgekoppeld. De eigenaar {after if closed else BY_PASSWORD}")
