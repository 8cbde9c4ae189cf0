"""Tells allauth how to behave here: accounts by invitation only, errors and mails in our own words."""

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from samenwerking.accounts.mail import Notice, tell_owner
from samenwerking.accounts.models import User

WRONG_CODE = "Deze code klopt niet, of is al gebruikt. Neem de nieuwste code over uit uw app."
# What allauth says of an account, by the name of its mail: the mail that goes out instead.
NEWS = {
    "account/email/password_changed": Notice.PASSWORD_CHANGED,
    "account/email/password_set": Notice.PASSWORD_CHANGED,
    "account/email/password_reset": Notice.PASSWORD_CHANGED,
    "mfa/email/totp_activated": Notice.SECOND_STEP_ON,
    "mfa/email/totp_deactivated": Notice.SECOND_STEP_OFF,
    "mfa/email/recovery_codes_generated": Notice.RECOVERY_CODES_MADE,
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": (
            "Dit e-mailadres en dit wachtwoord horen niet bij elkaar. Controleer ze, of kies ‘Wachtwoord vergeten’."
        ),
        "too_many_login_attempts": ("U probeerde het te vaak. Wacht enkele minuten en probeer het dan opnieuw."),
        "enter_current_password": "Vul uw huidige wachtwoord in.",
        "incorrect_password": "Dit wachtwoord klopt niet. Probeer het opnieuw.",
        "rate_limited": "U probeerde het te vaak. Probeer het later opnieuw.",
        "account_inactive": "Dit account is niet meer actief. Vraag het de beheerder.",
        "incorrect_code": WRONG_CODE,
        "unknown_email": "Er is geen account met dit e-mailadres.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Queues our own mail about what happened to the account."""
        tell_owner(user, NEWS[template_prefix])


class MFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": WRONG_CODE}

    def encrypt(self, text: str) -> str:
        """Encrypts what a second step needs: a copy of the database alone must not be enough for it."""
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Returns the text. Raises InvalidToken where SECRET_KEY changed and the old one is not among the fallbacks."""
        return _fernet().decrypt(encrypted_text.encode()).decode()


def _fernet() -> MultiFernet:
    """Returns what encrypts with a key of its own, derived from SECRET_KEY, and also reads what earlier keys wrote."""
    return MultiFernet([Fernet(_key_from(secret)) for secret in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]])


def _key_from(secret: str) -> bytes:
    purpose = "samenwerking.accounts.second_step"
    return base64.urlsafe_b64encode(salted_hmac(purpose, "", secret=secret, algorithm="sha256").digest())
