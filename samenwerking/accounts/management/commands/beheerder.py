"""Makes somebody a functioneel beheerder, with an account if they have none."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from samenwerking.accounts.mail import mail_password_link
from samenwerking.accounts.models import User
from samenwerking.addresses import Unfit, judged


class Command(BaseCommand):
    help = (
        "Maakt iemand functioneel beheerder. Wie nog geen wachtwoord heeft, krijgt een mail om er een te kiezen;"
        " daarvoor moet de worker draaien."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="het e-mailadres")
        parser.add_argument("--name", default="", help="de naam, voor wie nog geen account heeft")

    def handle(self, *args: object, email: str, name: str, **options: object) -> None:
        try:
            address = User.objects.normalize_email(judged(email))
        except Unfit as fault:
            raise CommandError(str(fault)) from None
        user = User.objects.filter(email=address).first() or User(email=address, name=name)
        if user.pk is None:
            user.set_unusable_password()
        user.is_staff = user.is_active = True
        user.save()
        self.stdout.write(f"{address} is functioneel beheerder.")
        if not user.has_usable_password():
            mail_password_link(user)
            self.stdout.write("Er gaat een mail heen om een wachtwoord te kiezen.")
