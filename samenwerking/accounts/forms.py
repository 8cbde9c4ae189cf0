"""Changes forms of the sign-in package where its words or its help are not ours."""

from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.mfa.totp.forms import ActivateTOTPForm as AllauthActivateTOTPForm


class LoginForm(AllauthLoginForm):
    """Leaves out the link to a new password between the label and the control: it stands below."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


class ActivateTOTPForm(AllauthActivateTOTPForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Code uit de app"
