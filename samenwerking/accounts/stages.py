"""Says when a sign-in asks for our own second step."""

from typing import Any

from allauth.mfa.stages import AuthenticateStage as AllauthAuthenticateStage


class AuthenticateStage(AllauthAuthenticateStage):
    def handle(self) -> tuple[Any, bool]:
        """Asks for a code, unless the provider that somebody came by asked for a second step already.

        Whoever comes to link an account by a mailed link is asked: the mailbox must not be enough for what a code
        protects.
        """
        login = (self.login.signal_kwargs or {}).get("sociallogin")
        if login is not None and login.account.pk and login.state["person"]["passed_second_step"]:
            return None, True
        return super().handle()
