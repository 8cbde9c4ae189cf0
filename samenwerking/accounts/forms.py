"""Changes forms of the sign-in package where its words, its help or what it does are not ours."""

from collections.abc import Callable

from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import ResetPasswordForm as AllauthResetPasswordForm
from allauth.account.forms import ResetPasswordKeyForm as AllauthResetPasswordKeyForm
from allauth.mfa.base.forms import AuthenticateForm as AllauthAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as AllauthReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm as AllauthActivateTOTPForm
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from samenwerking.accounts import events
from samenwerking.accounts.adapter import WRONG_CODE
from samenwerking.accounts.codes import use_once
from samenwerking.accounts.mail import mail_password_link
from samenwerking.accounts.models import User
from samenwerking.accounts.sso.closing import closed_for
from samenwerking.accounts.sso.configured import Provider
from samenwerking.fields import AddressField
from samenwerking.links import holds_link


class NameForm(forms.Form):
    name = forms.CharField(
        label="Naam", max_length=200, help_text="Zo heet u in mails, en als afzender van nieuwe rondes."
    )

    def clean_name(self) -> str:
        """Returns one line, without what mail programs would make a link of: mails show it under our own address."""
        name = " ".join("".join(sign if sign.isprintable() else " " for sign in self.cleaned_data["name"]).split())
        if holds_link(name):
            raise ValidationError("Zet geen link of webadres in uw naam.")
        if not name:
            raise ValidationError("Vul uw naam in.")
        return name


class AddressForm(forms.Form):
    """Asks for another address, and for the password: an open screen must not be enough to take an account over."""

    email = AddressField(label="Nieuw e-mailadres", help_text="Hierheen sturen wij een link om het te bevestigen.")
    password = forms.CharField(
        label="Uw wachtwoord",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text="Zo weten wij dat u het zelf bent.",
    )

    def __init__(self, *args: object, user: User, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.user = user

    def clean_email(self) -> str:
        email = User.objects.normalize_email(self.cleaned_data["email"])
        if email == self.user.email:
            raise ValidationError("Dit is al het e-mailadres van uw account.")
        return email

    def clean_password(self) -> None:
        if not self.user.check_password(self.cleaned_data["password"]):
            events.log_failure("address.refused", self.user)
            raise ValidationError("Dit wachtwoord klopt niet. Probeer het opnieuw.")


class LoginForm(AllauthLoginForm):
    """Leaves out the link to a new password between the label and the control: it stands below."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""

    def clean(self) -> dict[str, object]:
        """Raises ValidationError where the form is closed for this address, whether or not it has an account."""
        refuse_closed(self.cleaned_data.get("login", ""))
        return super().clean()


class ResetPasswordForm(AllauthResetPasswordForm):
    def save(self, request: HttpRequest, **kwargs: object) -> str:
        """Queues one job, whoever asks: neither the answer nor its time tells whether there is such an account."""
        mail_password_link(self.users[0] if self.users else None)
        if provider := closed_for(self.cleaned_data["email"]):
            messages.info(
                request,
                f"Met dit adres logt u in via {provider}, zonder wachtwoord. Met de link uit de mail koppelt u uw"
                f" account daaraan. Is het al gekoppeld? Kies dan bij ‘Inloggen’ {provider}.",
            )
        return self.cleaned_data["email"]


class ResetPasswordKeyForm(AllauthResetPasswordKeyForm):
    """Chooses a password by a mailed link; a page asks `closed_by` whether there is any use in that."""

    @property
    def closed_by(self) -> Provider | None:
        return closed_for(self.user.email)

    def clean(self) -> dict[str, object]:
        """Raises ValidationError where the form with a password is closed for this address."""
        refuse_closed(self.user.email)
        return super().clean()


class ActivateTOTPForm(AllauthActivateTOTPForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Code uit de app"


class AuthenticateForm(AllauthAuthenticateForm):
    def clean_code(self) -> str:
        """Returns the code. Raises ValidationError where it is wrong, or was used before in any process."""
        return _used_now(self, super().clean_code)


class ReauthenticateForm(AllauthReauthenticateForm):
    def clean_code(self) -> str:
        """Returns the code. Raises ValidationError where it is wrong, or was used before in any process."""
        return _used_now(self, super().clean_code)


def refuse_closed(email: str) -> None:
    """Raises ValidationError where whoever has this address signs in elsewhere."""
    if provider := closed_for(email):
        events.log_failure("sign_in.stopped", None, provider=provider.key, reason="closed domain")
        raise ValidationError(f"Met dit adres logt u in via {provider}. Een wachtwoord hebt u hier niet nodig.")


def _used_now(form: AllauthAuthenticateForm, check: Callable[[], str]) -> str:
    try:
        code = check()
    except ValidationError:
        events.log_failure("second_step.failed", form.user)
        raise
    own = form.authenticator
    if own.type == Authenticator.Type.TOTP and not use_once(own, code):
        events.log_failure("second_step.failed", form.user, reason="used before")
        raise ValidationError(WRONG_CODE, code="incorrect_code")
    events.log_event("second_step.passed", form.user, kind=own.type)
    return code
