"""Tells allauth how to behave here: accounts by invitation only, and errors in our own words."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from samenwerking.accounts.encryption import fernet

WRONG_CODE = "Deze code klopt niet. Neem de nieuwste code over uit uw app."


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


class MFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": WRONG_CODE}

    def encrypt(self, text: str) -> str:
        """Encrypts what a second step needs: a copy of the database alone must not be enough for it."""
        return fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Returns the text. Raises InvalidToken where SECRET_KEY changed and the old one is not among the fallbacks."""
        return fernet().decrypt(encrypted_text.encode()).decode()
