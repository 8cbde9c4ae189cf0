"""Tells allauth how to behave here: accounts by invitation only, errors in our own words, and what is logged."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samenwerking.accounts import events
from samenwerking.accounts.api_tokens import withdraw_all
from samenwerking.accounts.encryption import decrypt, fernet
from samenwerking.accounts.mail import Notice, tell_owner
from samenwerking.accounts.models import User
from samenwerking.accounts.sessions import begin, end_sessions
from samenwerking.accounts.sso.arrivals import address_after, settle
from samenwerking.accounts.sso.linking import is_entered_elsewhere, linked_providers

WRONG_CODE = "Deze code klopt niet, of is al gebruikt. Neem de nieuwste code over uit uw app."
# What allauth says of an account, by the name of its mail: the mail that goes out instead, and the line in the log.
NEWS = {
    "account/email/password_changed": (Notice.PASSWORD_CHANGED, "password.changed"),
    "account/email/password_set": (Notice.PASSWORD_CHANGED, "password.changed"),
    "account/email/password_reset": (Notice.PASSWORD_CHANGED, "password.reset"),
    "mfa/email/totp_activated": (Notice.SECOND_STEP_ON, "second_step.switched_on"),
    "mfa/email/totp_deactivated": (Notice.SECOND_STEP_OFF, "second_step.switched_off"),
    "mfa/email/webauthn_added": (Notice.PASSKEY_ADDED, "second_step.passkey_added"),
    "mfa/email/webauthn_removed": (Notice.PASSKEY_REMOVED, "second_step.passkey_removed"),
    "mfa/email/recovery_codes_generated": (Notice.RECOVERY_CODES_MADE, "second_step.recovery_codes_made"),
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

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counts a try. Raises ValidationError after too many, which is logged too."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            events.log_failure("sign_in.too_many_tries", _account_of(credentials))
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        events.log_failure("sign_in.failed", _account_of(credentials))

    def post_login(self, request: HttpRequest, user: User, **options: Any) -> HttpResponse:
        """Begins the session; what is left of a sign-in at a provider is done here, after any second step of ours."""
        begin(request)
        login = (options["signal_kwargs"] or {}).get("sociallogin")
        events.log_event("sign_in.succeeded", user, **(settle(request, user, login) if login else {}))
        return super().post_login(request, user, **options)

    def pre_login(self, request: HttpRequest, user: User, **options: Any) -> HttpResponse | None:
        """Returns a page where a password does not open this account, and for one that is closed."""
        if page := super().pre_login(request, user, **options):
            return page
        if "sociallogin" in (options["signal_kwargs"] or {}) or not is_entered_elsewhere(user):
            return None
        clear_login(request)
        events.log_failure("sign_in.stopped", user, reason="entered by a provider")
        return render(request, "sso/instead.html", {"providers": linked_providers(user)}, status=403)

    def get_login_stages(self) -> list[str]:
        """Returns the steps of a sign-in, with our own idea of when a code is asked."""
        theirs, ours = "allauth.mfa.stages.AuthenticateStage", "samenwerking.accounts.stages.AuthenticateStage"
        return [ours if stage == theirs else stage for stage in super().get_login_stages()]

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Returns the page that says what stays open elsewhere, for whoever came by a provider."""
        return address_after(request) or super().get_logout_redirect_url(request)

    def logout(self, request: HttpRequest) -> None:
        if request.user.is_authenticated:
            events.log_event("sign_out", request.user)
        super().logout(request)

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Logs what happened to the account and queues our own mail about it.

        Sessions that began without the second step, or with the former password, end as soon as there is another. So
        do the API tokens.
        """
        notice, event = NEWS[template_prefix]
        if notice in (Notice.SECOND_STEP_ON, Notice.PASSKEY_ADDED, Notice.PASSWORD_CHANGED):
            end_sessions(user, but=self.request.session.session_key)
            withdraw_all(user)
        events.log_event(event, user)
        tell_owner(user, notice)


class MFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": WRONG_CODE}

    def encrypt(self, text: str) -> str:
        """Encrypts what a second step needs: a copy of the database alone must not be enough for it."""
        return fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Returns the text. Raises UnreadableSecondStep where SECRET_KEY changed and no fallback is the old one."""
        return decrypt(encrypted_text)

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002 (the package's own name)
        """Returns what a passkey is called until its owner names it."""
        return f"Passkey {Authenticator.objects.filter(user=user, type=type).count() + 1}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": "Samenwerking"}


def _account_of(credentials: dict[str, Any]) -> User | None:
    """Returns the account that somebody tried to enter; with and without one it is a single query."""
    return User.objects.filter(email=User.objects.normalize_email(credentials.get("email"))).first()
