"""Changes forms of the sign-in package where its words, its help or what it does are not ours."""

from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import ResetPasswordForm as AllauthResetPasswordForm
from allauth.mfa.totp.forms import ActivateTOTPForm as AllauthActivateTOTPForm
from django.http import HttpRequest

from samenwerking.accounts.mail import mail_password_link


class LoginForm(AllauthLoginForm):
    """Leaves out the link to a new password between the label and the control: it stands below."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


class ResetPasswordForm(AllauthResetPasswordForm):
    def save(self, request: HttpRequest, **kwargs: object) -> str:
        """Queues one job, whoever asks: neither the answer nor its time tells whether there is such an account."""
        mail_password_link(self.users[0] if self.users else None)
        return self.cleaned_data["email"]


class ActivateTOTPForm(AllauthActivateTOTPForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Code uit de app"
