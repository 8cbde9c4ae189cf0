"""Asks whoever has neither a password nor a second step here to sign in at their provider again, where it matters.

The package asks such an owner nothing: what opens the account for good could be added at a screen that was left open.
"""

import time
from collections.abc import Callable
from typing import Any

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from samenwerking.accounts.sso.linking import linked_providers

# What opens an account, or tells where it is opened, by the name of its address.
GUARDED = frozenset(
    {
        "account_address",
        "account_set_password",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "sso_link",
        "sso_unlink",
    }
)
ONLY_POST = frozenset({"sso_link"})  # its button is on 'Mijn account'


class SignInAgain:
    """Is the middleware that answers with that page in place of a guarded one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: Any, kwargs: Any) -> HttpResponse | None:
        name = request.resolver_match.url_name if request.resolver_match else None
        if name not in GUARDED or not must_sign_in_again(request):
            return None
        context = {
            "providers": linked_providers(request.user),
            "back": reverse("mfa_index") if name in ONLY_POST else request.path,
        }
        return render(request, "sso/again.html", context, status=403)


def must_sign_in_again(request: HttpRequest) -> bool:
    """Tells whether a provider alone opens the account, and somebody came by one longer ago than we trust a screen."""
    user = request.user
    if not user.is_authenticated or user.has_usable_password() or is_mfa_enabled(user):
        return False
    came = [one["at"] for one in get_authentication_records(request, user) if one["method"] == "socialaccount"]
    return not came or time.time() - came[-1] >= app_settings.REAUTHENTICATION_TIMEOUT
