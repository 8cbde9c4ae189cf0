"""Encrypts what accounts keep for their second step, and encrypts it anew once SECRET_KEY is another one."""

import base64
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

ENCRYPTED = ("secret", "seed", "migrated_codes")  # what allauth encrypts of an app, and of recovery codes


class UnreadableSecondStep(InvalidToken):
    """The second step was stored under another SECRET_KEY."""


def decrypt(text: str) -> str:
    """Returns the text. Raises UnreadableSecondStep where SECRET_KEY changed and no fallback is the old one."""
    try:
        return fernet().decrypt(text.encode()).decode()
    except InvalidToken:
        raise UnreadableSecondStep from None


def fernet() -> MultiFernet:
    """Returns what encrypts with a key of its own, derived from SECRET_KEY, and also reads what earlier keys wrote."""
    return MultiFernet([Fernet(_key_from(secret)) for secret in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]])


@transaction.atomic
def encrypt_anew() -> int:
    """Encrypts all second steps under the present SECRET_KEY, and returns how many; what can't be read stays as it is.

    After that no former SECRET_KEY is needed to read them.
    """
    done = 0
    for step in Authenticator.objects.select_for_update():
        try:
            step.data |= {name: _anew(step.data[name]) for name in ENCRYPTED if name in step.data}
        except InvalidToken:
            continue
        step.save(update_fields=["data"])
        done += 1
    return done


def _anew(value: Any) -> Any:
    """Returns an encrypted text, or a list of them, encrypted by the key in use. Raises InvalidToken."""
    if isinstance(value, list):
        return [_anew(one) for one in value]
    return fernet().rotate(value.encode()).decode()


def _key_from(secret: str) -> bytes:
    purpose = "samenwerking.accounts.second_step"
    return base64.urlsafe_b64encode(salted_hmac(purpose, "", secret=secret, algorithm="sha256").digest())
