"""Takes the second step away from whoever lost phone and recovery codes, so that they can set up a new one."""

from django.core.management.base import CommandError

from samenwerking.accounts.management.about_an_account import AccountCommand
from samenwerking.accounts.models import User
from samenwerking.accounts.second_step import reset_second_step


class Command(AccountCommand):
    help = "Wist de tweede stap van een account. De eigenaar krijgt mail, en stelt na het inloggen een nieuwe in."

    def change(self, user: User) -> str:
        if not reset_second_step(user=user):
            raise CommandError("Dit account heeft geen tweede stap.")
        return "De tweede stap is gewist. Vraag de eigenaar om in te loggen en een nieuwe in te stellen."
