"""Changes the forms of the sign-in package for passkeys: our words, what is logged, and what a browser may send.

A passkey is a second step beside a password, as an app is; nobody signs in with a passkey alone.
"""

import json
import logging
from collections.abc import Callable
from typing import Any, TypeVar

from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm, EditWebAuthnForm
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm as AllauthReauthenticateForm
from django import forms
from django.core.exceptions import ValidationError

from samenwerking.accounts import events
from samenwerking.database import TROUBLE

MOST_LETTERS = 60
DID_NOT_WORK = "Deze passkey werkte niet. Probeer het opnieuw, of gebruik een code."
NOT_ADDED = "Deze passkey is niet toegevoegd. Probeer het opnieuw."

log = logging.getLogger(__name__)

Found = TypeVar("Found")


def _name_field() -> forms.CharField:
    return forms.CharField(
        label="Naam",
        max_length=MOST_LETTERS,
        help_text="Zo herkent u deze passkey later. Bijvoorbeeld: laptop van het werk.",
    )


class AnswerField(forms.Field):
    """Reads what the browser answered, and never shows it again.

    Django's own field for JSON fails on a number of thousands of digits, and on deep nesting.
    """

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> dict[str, Any]:
        """Returns an object. Raises ValidationError for all else."""
        try:
            found = json.loads(value or "")
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise ValidationError(DID_NOT_WORK)
        return found

    def bound_data(self, data: Any, initial: Any) -> None:
        return None


class AddPasskeyForm(AddWebAuthnForm):
    name = _name_field()
    credential = AnswerField()

    def clean(self) -> dict[str, Any]:
        """Returns what was filled in. Raises ValidationError where the browser's answer can't be used."""
        return _or_refuse(super().clean, NOT_ADDED)


class RenamePasskeyForm(EditWebAuthnForm):
    name = _name_field()


class AuthenticatePasskeyForm(AuthenticateWebAuthnForm):
    credential = AnswerField()

    def clean_credential(self) -> Any:
        """Returns the passkey that was used, which is logged. Raises ValidationError."""
        return _logged(self.user, super().clean_credential)


class ReauthenticatePasskeyForm(AllauthReauthenticateForm):
    credential = AnswerField()

    def clean_credential(self) -> Any:
        """Returns the passkey that was used, which is logged. Raises ValidationError."""
        return _logged(self.user, super().clean_credential)


def _logged(user: Any, check: Callable[[], Found]) -> Found:
    try:
        found = _or_refuse(check, DID_NOT_WORK)
    except ValidationError:
        events.log_failure("second_step.failed", user, kind="webauthn")
        raise
    events.log_event("second_step.passed", user, kind="webauthn")
    return found


def _or_refuse(check: Callable[[], Found], refusal: str) -> Found:
    """Returns what the check returns. Raises ValidationError with our words for all that it raises, but of a database.

    For what a browser would never send fido2 raises KeyError and ValueError, which the package lets through. Anything
    else may be a mistake of ours, so the log has it.
    """
    try:
        return check()
    except TROUBLE:
        raise
    except ValidationError as fault:
        too_often = fault.code == "too_many_login_attempts"
        raise fault if too_often else ValidationError(refusal) from None
    except (KeyError, ValueError):
        raise ValidationError(refusal) from None
    except Exception:
        log.exception("what a passkey answered could not be checked")
        raise ValidationError(refusal) from None
