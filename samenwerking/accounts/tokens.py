"""Makes and checks the keys in mailed links: to choose a password, and to confirm another address.

An invitation lives longer than other links.
"""

from datetime import timedelta

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core import signing
from django.utils.http import base36_to_int

from samenwerking.accounts.models import AddressChange, User

FORGOTTEN = timedelta(days=3)  # to an account that is in use; an invitation lives PASSWORD_RESET_TIMEOUT
CONFIRMED = timedelta(days=1)
ADDRESS = "samenwerking.accounts.address"


class PasswordLinkKeys(PasswordResetTokenGenerator):
    """Checks keys as Django does; a link into an account that is in use already lapses sooner.

    A key is of no use once its owner has signed in, or has another password or address.
    """

    def check_token(self, user: User | None, token: str | None) -> bool:
        if user is None or token is None or not super().check_token(user, token):
            return False
        age = timedelta(seconds=self._num_seconds(self._now()) - base36_to_int(token.split("-")[0]))
        return not is_in_use(user) or age <= FORGOTTEN


def is_in_use(user: User) -> bool:
    """Tells whether its owner ever came in, or can: by a password, or at a provider."""
    return user.has_usable_password() or user.last_login is not None


def address_key(change: AddressChange) -> str:
    """Returns the key that shows that whoever has it reads the mail of the new address."""
    return signing.dumps(change.pk, salt=ADDRESS)


def change_by(key: str, user: User) -> AddressChange | None:
    """Returns what this key confirms, or None where it is too old, was used, is somebody else's or was replaced.

    It works for its owner alone, who has signed in: a typing error must not give the account to whoever gets the mail.
    """
    try:
        pk = signing.loads(key, salt=ADDRESS, max_age=CONFIRMED)
    except signing.BadSignature:
        return None
    return AddressChange.objects.filter(pk=pk, user=user, former=user.email, changed_at=None).first()
