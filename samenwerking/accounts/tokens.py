"""Makes and checks the keys in mailed links to choose a password; an invitation lives longer than other links."""

from datetime import timedelta

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.utils.http import base36_to_int

from samenwerking.accounts.models import User

FORGOTTEN = timedelta(days=3)  # to whoever has a password; an invitation lives PASSWORD_RESET_TIMEOUT


class PasswordLinkKeys(PasswordResetTokenGenerator):
    """Checks keys as Django does; a link into an account that is in use already lapses sooner.

    A key is of no use once its owner has signed in, or has another password or address.
    """

    def check_token(self, user: User | None, token: str | None) -> bool:
        if user is None or token is None or not super().check_token(user, token):
            return False
        age = timedelta(seconds=self._num_seconds(self._now()) - base36_to_int(token.split("-")[0]))
        return not user.has_usable_password() or age <= FORGOTTEN
