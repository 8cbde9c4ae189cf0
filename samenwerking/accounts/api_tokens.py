"""Makes, finds and takes back the tokens by which a program reads for somebody. Knows no resource."""

import secrets
from datetime import date
from hashlib import sha256

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils import timezone

from samenwerking.accounts import events
from samenwerking.accounts.models import ApiToken, User

PREFIX = "swk_"  # so that whoever finds one in a file or a log, or a program that looks for them, sees what it is
BYTES = 32


def make_token(*, user: User, name: str, reads: str, ends_on: date) -> str:
    """Makes a token and returns it: this is the only time that anybody sees it."""
    text = PREFIX + secrets.token_urlsafe(BYTES)
    ApiToken.objects.create(user=user, name=name, reads=reads, digest=_digest(text), ends_on=ends_on)
    events.log_event("api_token.made", user)
    return text


def token_by(text: str) -> ApiToken | None:
    """Returns the token with this text, if it works today; None for every other, whatever the cause."""
    return ApiToken.objects.open_on(timezone.localdate()).filter(digest=_digest(text)).select_related("user").first()


def note_use(token: ApiToken) -> None:
    """Notes that the token was used today, once a day however often that is."""
    today = timezone.localdate()
    if token.last_used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)


def withdraw(token: ApiToken) -> None:
    """Removes a token with all that was noted of it: it opens nothing from now on."""
    token.delete()
    events.log_event("api_token.withdrawn", token.user)


def withdraw_all(user: AbstractBaseUser) -> None:
    for token in ApiToken.objects.filter(user_id=user.pk).select_related("user"):
        withdraw(token)


def _digest(text: str) -> str:
    """Returns the hash of a token: a fast one, since nobody guesses 256 bits, and without salt, to find it by."""
    return sha256(text.encode()).hexdigest()
