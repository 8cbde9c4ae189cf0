"""Tells the sign-in package what happens to whoever comes back from a provider: no account is made, none is guessed."""

from secrets import token_urlsafe
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError
from django.conf import settings
from django.http import HttpRequest

from samenwerking.accounts.sso.arrivals import receive
from samenwerking.accounts.sso.configured import offered
from samenwerking.accounts.sso.pages import stopped

# RFC 6749, 4.1.2.1, and OpenID Connect Core, 3.1.2.6.
ERRORS = frozenset(
    {
        "access_denied",
        "account_selection_required",
        "consent_required",
        "interaction_required",
        "invalid_request",
        "invalid_scope",
        "login_required",
        "server_error",
        "temporarily_unavailable",
        "unauthorized_client",
        "unsupported_response_type",
    }
)


class UnknownProvider(ValueError):
    """No such provider is offered; the package takes it for a sign-in that can't be read any more."""


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[SocialApp]:
        """Returns none: providers stand in the environment, and not in a table."""
        return []

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> Any:
        """Returns the package's idea of a provider. Raises UnknownProvider."""
        from samenwerking.accounts.sso.exchange import openid_connect

        if provider not in offered(settings.SSO_PROVIDERS):
            raise UnknownProvider(provider)
        return openid_connect(request, settings.SSO_PROVIDERS[provider])

    def generate_state_param(self, state: dict[str, Any]) -> str:
        """Returns what ties an answer to this browser: 256 bits, where the package draws 95 and NL GOV asks 128."""
        return token_urlsafe(32)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Lets known people go on. Raises ImmediateHttpResponse with a page for all others."""
        if page := receive(request, sociallogin):
            raise ImmediateHttpResponse(page)

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Raises ImmediateHttpResponse with a page that says what went wrong and what to do."""
        reason, detail = _reason(error, exception, request, knows_state="state" in (extra_context or {}))
        raise ImmediateHttpResponse(stopped(request, provider.app.provider_id, reason, detail=detail))


def _reason(error: Any, exception: Exception | None, request: HttpRequest, *, knows_state: bool) -> tuple[str, str]:
    """Returns the reason, and what the log says of it; of what a provider wrote only a word that the standard has."""
    if exception is not None:
        return getattr(exception, "reason", "unreadable"), str(exception)
    if not knows_state:
        return "state", ""
    said = request.GET.get("error", "")
    return "cancelled" if error == AuthError.CANCELLED else "error", said if said in ERRORS else "another error"
