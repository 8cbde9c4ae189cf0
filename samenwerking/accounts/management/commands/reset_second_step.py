"""Takes the second step away from whoever lost phone and recovery codes, so that they can set up a new one."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from samenwerking.accounts.models import User
from samenwerking.accounts.second_step import reset_second_step


class Command(BaseCommand):
    help = "Wist de tweede stap van een account. De eigenaar krijgt mail, en stelt na het inloggen een nieuwe in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="het e-mailadres van het account")

    def handle(self, *args: object, email: str, **options: object) -> None:
        user = User.objects.filter(email=User.objects.normalize_email(email)).first()
        if user is None:
            raise CommandError("Er is geen account met dit e-mailadres.")
        if not reset_second_step(user=user):
            raise CommandError("Dit account heeft geen tweede stap.")
        self.stdout.write("De tweede stap is gewist. Vraag de eigenaar om in te loggen en een nieuwe in te stellen.")
