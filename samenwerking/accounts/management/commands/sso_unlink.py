"""Unlinks an account from every provider, for whoever can't come in there any more, or is somebody else there."""

from django.core.management.base import CommandError

from samenwerking.accounts.management.about_an_account import AccountCommand
from samenwerking.accounts.models import User
from samenwerking.accounts.sso.closing import closed_for
from samenwerking.accounts.sso.linking import unlink

BY_PASSWORD = "logt in met het wachtwoord, of vraagt er een aan."  # noqa: S105 (a sentence)


class Command(AccountCommand):
    help = "Koppelt een account los van het inloggen via een organisatie. De eigenaar krijgt mail."

    def change(self, user: User) -> str:
        if not unlink(user=user):
            raise CommandError("Dit account is nergens aan gekoppeld.")
        closed = closed_for(user.email)
        after = f"vraagt een link bij ‘Wachtwoord vergeten’, en koppelt daarmee opnieuw aan {closed}."
        return f"Het account is losgekoppeld. De eigenaar {after if closed else BY_PASSWORD}"
