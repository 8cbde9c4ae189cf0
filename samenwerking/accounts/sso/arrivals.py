"""Decides what happens to whoever comes back from a provider, and does what is left once they are in."""

from dataclasses import asdict
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import url_str_to_user_pk
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from samenwerking.accounts.models import User
from samenwerking.accounts.second_step import PASSED_AT
from samenwerking.accounts.sso.claims import SENTENCES, Person
from samenwerking.accounts.sso.configured import offered
from samenwerking.accounts.sso.linking import is_entered_elsewhere, link, linked_providers, take_over
from samenwerking.accounts.sso.pages import stopped, unknown_person

# Why somebody went to a provider: to sign in, to link their own account, or to link it by a mailed link.
SIGN_IN, LINK, INVITED = "login", "link", "invited"
# In a session: the key of the provider by which it began; and of the one that was visited last, with whether it has a
# page to sign out.
CAME_BY, OPEN_AT = "came_by", "open_at"


def receive(request: HttpRequest, login: SocialLogin) -> HttpResponse | None:
    """Returns the page for whoever can't sign in now, or was not here to do so; None lets them go on.

    Of the tokens and claims nothing goes on but what is needed, for it stands in the session while a code is asked.
    """
    login.token = None
    login.state |= {"person": asdict(login.person), "can_be_ended": login.can_be_ended}
    process = login.state.get("process")
    if process == LINK:
        return _link_own(request, login)
    if process == INVITED and (page := _take_invited(request, login)):
        return page
    if not login.is_existing:
        return unknown_person(request, login.account.provider, lacks=login.person.lacks)
    if not login.user.is_active:
        return stopped(request, login.account.provider, "inactive", user=login.user)
    return None


def settle(request: HttpRequest, user: User, login: SocialLogin) -> dict[str, Any]:
    """Does what is left once somebody is in: links by a mailed link, takes over, and says what is new.

    Returns what the log is to say of the sign-in. Raises ImmediateHttpResponse, and signs out, where the account was
    unlinked while a code was asked.
    """
    person, key = Person(**login.state["person"]), login.account.provider
    provider = settings.SSO_PROVIDERS[key]
    if login.account.pk and not SocialAccount.objects.filter(pk=login.account.pk, user=user).exists():
        logout(request)
        raise ImmediateHttpResponse(stopped(request, key, "unlinked", user=user))
    if not login.account.pk and not link(user=user, provider=key, person=person):
        messages.error(request, f"Wie u bij {provider} bent, is hier al aan een ander account gekoppeld.")
        return {"provider": key}
    request.session[CAME_BY] = key
    request.session[OPEN_AT] = [key, login.state["can_be_ended"]]
    if person.passed_second_step:
        request.session[PASSED_AT] = key
    messages.success(request, f"U bent ingelogd via {provider}.")
    person = _taken_over(request, user, key, person)
    overlooked = {"overlooked": person.overlooked} if person.overlooked else {}
    return {"provider": key, "lacks": person.lacks or "nothing"} | overlooked


def address_after(request: HttpRequest) -> str:
    """Returns where signing out leads: to the page of the provider where a session stays open, or nowhere."""
    key, can_be_ended = request.session.get(OPEN_AT, ("", False))
    if key not in offered(settings.SSO_PROVIDERS):
        return ""
    return reverse("sso_signed_out", args=[key]) + ("?daar" if can_be_ended else "")


def invited_user(uidb36: str, key: str) -> User | None:
    """Returns whose account a mailed link opens, or None where it no longer does."""
    try:
        user = User.objects.filter(pk=url_str_to_user_pk(uidb36)).first()
    except (ValidationError, ValueError, OverflowError):
        return None
    return user if default_token_generator.check_token(user, key) else None


def _link_own(request: HttpRequest, login: SocialLogin) -> HttpResponse:
    key, person = login.account.provider, login.person
    request.session[OPEN_AT] = [key, login.can_be_ended]
    if not request.user.is_authenticated or request.user.pk != login.state["data"]["user"]:
        return stopped(request, key, "not_signed_in")
    user = User.objects.get(pk=request.user.pk)
    if not link(user=user, provider=key, person=person):
        return stopped(request, key, "linked_elsewhere", user=user)
    messages.success(request, f"Uw account is gekoppeld. U kunt voortaan inloggen via {settings.SSO_PROVIDERS[key]}.")
    _taken_over(request, user, key, person)
    return redirect("mfa_index")


def _take_invited(request: HttpRequest, login: SocialLogin) -> HttpResponse | None:
    """Makes the account of the mailed link that of this sign-in; what links it comes once they are in."""
    key = login.account.provider
    user = invited_user(**login.state["data"])
    if user is None:
        return stopped(request, key, "link_used")
    if login.is_existing:
        return None if login.user == user else stopped(request, key, "linked_elsewhere", user=user)
    if is_entered_elsewhere(user):
        linked = linked_providers(user)
        is_here = any(provider.key == key for provider in linked)
        return stopped(request, key, "already_linked" if is_here else "linked_at_another", user=user, other=linked[0])
    login.user = user
    return None


def _taken_over(request: HttpRequest, user: User, key: str, person: Person) -> Person:
    """Takes over what the provider tells, and says so. Returns the person."""
    provider = settings.SSO_PROVIDERS[key]
    person, news = take_over(user=user, provider=key, person=person)
    if "email" in news:
        messages.success(request, f"Uw e-mailadres is hier nu {user.email}, zoals bij {provider}.")
    if "name" in news:
        messages.success(request, f"Uw naam is hier nu {user.name}, zoals bij {provider}.")
    if "lacks" in news:
        messages.warning(request, SENTENCES[person.lacks].format(provider))
    return person
