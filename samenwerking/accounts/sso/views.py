"""Leads staff to a provider and back, and lets an owner link an account, unlink it, and give up the password."""

import logging
from collections.abc import Callable
from typing import Any, cast

from allauth.account.decorators import reauthentication_required
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import INTERNAL_RESET_SESSION_KEY
from allauth.decorators import rate_limit
from allauth.socialaccount.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samenwerking.accounts.models import User
from samenwerking.accounts.second_step import PASSED_AT, asks_for_second_step, lacks_second_step
from samenwerking.accounts.sso.arrivals import CAME_BY, INVITED, LINK, SIGN_IN, invited_user
from samenwerking.accounts.sso.closing import closed_for
from samenwerking.accounts.sso.configured import offered
from samenwerking.accounts.sso.linking import give_up_password, linked_providers, unlink
from samenwerking.accounts.sso.pages import leave_for, stopped

LINK_ANEW = "Vraag bij ‘Wachtwoord vergeten’ een link aan: daarmee koppelt u het opnieuw."

View = Callable[..., HttpResponse]

log = logging.getLogger(__name__)


@require_POST
@rate_limit(action="login")
def sso_begin(request: HttpRequest, key: str) -> HttpResponse:
    """Leads to a provider, to sign in; who is signed in here must do more there than come back."""
    return _lead_away(request, key, SIGN_IN, anew=request.user.is_authenticated)


@require_POST
@login_required
@reauthentication_required
def sso_link(request: HttpRequest, key: str) -> HttpResponse:
    """Leads to a provider, to link one's own account to who one is there; only with the second step passed."""
    if lacks_second_step(request):
        return asks_for_second_step(request)
    return _lead_away(request, key, LINK, {"user": request.user.pk})


@require_POST
@rate_limit(action="login")
def sso_invited(request: HttpRequest, key: str) -> HttpResponse:
    """Leads to a provider, to link the account of a mailed link instead of choosing a password.

    The key of the link is in the session since it was opened, so that it stands in no page.
    """
    data = {"uidb36": request.POST.get("account", ""), "key": request.session.get(INTERNAL_RESET_SESSION_KEY, "")}
    if key in offered(settings.SSO_PROVIDERS) and invited_user(**data) is None:
        return stopped(request, key, "link_used")
    return _lead_away(request, key, INVITED, data)


@require_safe
def sso_return(request: HttpRequest, key: str) -> HttpResponse:
    """Receives whoever comes back, by the sign-in package; `arrivals` decides."""
    from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView

    from samenwerking.accounts.sso.exchange import Exchange

    _offered_or_404(key)
    return _without_failing(request, key, lambda: OAuth2CallbackView.adapter_view(Exchange(request, key))(request))


@require_safe
def sso_signed_out(request: HttpRequest, key: str) -> HttpResponse:
    """Says what stays open at the provider after signing out here, and leads there where that has a page for it."""
    _offered_or_404(key)
    context = {"provider": settings.SSO_PROVIDERS[key], "can_be_ended": "daar" in request.GET}
    return render(request, "sso/signed_out.html", context)


@require_safe
@rate_limit(action="login")
def sso_end(request: HttpRequest, key: str) -> HttpResponse:
    """Leads to the provider's page to sign out (OpenID Connect RP-Initiated Logout); no ID token was kept to show."""
    from samenwerking.accounts.sso.discovery import discover

    provider = _offered_or_404(key)

    def lead_on() -> HttpResponse:
        address = discover(provider).get("end_session_endpoint")
        if address is None:
            raise Http404
        back = {"client_id": provider.client_id, "post_logout_redirect_uri": f"{settings.BASE_URL}/"}
        return redirect(f"{address}{'&' if '?' in address else '?'}{urlencode(back)}")

    return _without_failing(request, key, lead_on)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@reauthentication_required
def sso_unlink(request: HttpRequest) -> HttpResponse:
    """Unlinks one's own account, which must have a password to come in by."""
    user = cast(User, request.user)
    closed = closed_for(user.email)
    if request.method == "POST" and user.has_usable_password():
        unlink(user=user, by=user, but=request.session.session_key)
        for mark in (CAME_BY, PASSED_AT):
            request.session.pop(mark, None)
        after = LINK_ANEW if closed else "U logt voortaan in met uw wachtwoord."
        messages.success(request, f"Uw account is losgekoppeld. {after}")
        return redirect("mfa_index")
    return render(request, "sso/unlink.html", {"providers": linked_providers(user), "closed": closed})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@reauthentication_required
def sso_no_password(request: HttpRequest) -> HttpResponse:
    """Gives up one's own password; raises Http404 for whoever could not come in by a provider."""
    user = cast(User, request.user)
    if not linked_providers(user) or not user.has_usable_password():
        raise Http404
    if request.method == "POST":
        give_up_password(user=user, but=request.session.session_key)
        update_session_auth_hash(request, user)
        messages.success(request, "Uw account heeft geen wachtwoord meer.")
        return redirect("mfa_index")
    return render(request, "sso/no_password.html", {"providers": linked_providers(user)})


def _lead_away(
    request: HttpRequest, key: str, why: str, data: dict[str, Any] | None = None, *, anew: bool = False
) -> HttpResponse:
    _offered_or_404(key)

    def lead() -> HttpResponse:
        provider = get_adapter(request).get_provider(request, key)
        asked = provider.get_auth_params() | ({"prompt": "login"} if anew else {})
        answer = provider.redirect(request, why, next_url=get_next_redirect_url(request), data=data, auth_params=asked)
        return leave_for(request, key, answer.url) if answer.status_code == 302 else answer

    return _without_failing(request, key, lead)


def _offered_or_404(key: str) -> Any:
    try:
        return offered(settings.SSO_PROVIDERS)[key]
    except KeyError:
        raise Http404 from None


def _without_failing(request: HttpRequest, key: str, step: Callable[[], HttpResponse]) -> HttpResponse:
    """Returns the page of a step, or the one that says why there is none: what a provider answers is no fault of ours.

    The log has the whole exception where we had not foreseen it, so that a fault of ours is not taken for theirs.
    """
    from samenwerking.accounts.sso.discovery import Trouble

    try:
        return step()
    except Trouble as trouble:
        return stopped(request, key, trouble.reason, detail=str(trouble))
    except (AttributeError, KeyError, TypeError, ValueError):
        log.exception("an answer of a provider could not be used")
        return stopped(request, key, "unreadable")
