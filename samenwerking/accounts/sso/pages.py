"""Shows where a sign-in at a provider stopped, in Dutch and with what to do, and logs the reason."""

from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from samenwerking.accounts import events
from samenwerking.accounts.sso.configured import Provider

LONGEST_DETAIL = 200  # signs in the log; a provider's answer can be part of it
NOT_IN = "U bent niet ingelogd"
# By reason: the status, the heading, and what the page says; {0} is the provider's name, {1} that of another one.
STOPS = {
    "cancelled": (403, NOT_IN, "U bent bij {0} gestopt met inloggen. Begin opnieuw als u toch wilt inloggen."),
    "state": (400, NOT_IN, "Het inloggen duurde te lang, of u begon in een ander venster. Begin hier opnieuw."),
    "error": (
        403,
        NOT_IN,
        "{0} liet u niet door. Probeer het opnieuw. Lukt het weer niet? Vraag uw ICT-helpdesk of u zich bij deze site"
        " mag melden.",
    ),
    "unreachable": (
        503,
        NOT_IN,
        "{0} antwoordt nu niet. Dat ligt niet aan u. Probeer het over een paar minuten opnieuw.",
    ),
    "clock": (
        503,
        NOT_IN,
        "De klok van {0} en die van deze site lopen niet gelijk. Geef dit door aan de beheerder van deze site.",
    ),
    "inactive": (
        403,
        "Dit account is gesloten",
        "U kunt er niet mee inloggen, ook niet via {0}. Is dat niet de bedoeling? Vraag het de ICT-helpdesk van uw"
        " organisatie.",
    ),
    "linked_elsewhere": (
        409,
        "Deze inlog hoort bij een ander account",
        "Wie u bij {0} bent, is hier al aan een ander account gekoppeld. Er is niets veranderd. Vraag de beheerder om"
        " dat account los te koppelen.",
    ),
    "already_linked": (
        409,
        "Dit account is al gekoppeld",
        "Bij dit account hoort al iemand anders bij {0}. Er is niets veranderd. Log in zoals u gewend bent, of vraag de"
        " beheerder om het account los te koppelen.",
    ),
    "linked_at_another": (
        409,
        "Dit account is al gekoppeld",
        "Dit account is al gekoppeld aan {1}. Log daar in, en koppel {0} bij ‘Mijn account’. Er is niets veranderd.",
    ),
    "unlinked": (
        403,
        NOT_IN,
        "Uw account werd net losgekoppeld van {0}. Vraag bij ‘Wachtwoord vergeten’ een link aan. Daarmee komt u er weer"
        " in.",
    ),
    "link_used": (
        403,
        "De link uit uw mail werkt niet meer",
        "De link is al gebruikt, of te oud. Vraag een nieuwe link aan bij ‘Wachtwoord vergeten’, en kies daarna weer"
        " {0}.",
    ),
    "not_signed_in": (403, NOT_IN, "U was hier uitgelogd. Log eerst in, en kies dan bij ‘Mijn account’ weer {0}."),
}
OTHERWISE = (
    503,
    NOT_IN,
    "Inloggen via {0} lukt nu niet, door een fout in de instellingen daar of hier. Geef dit door aan de beheerder van"
    " deze site.",
)


def stopped(
    request: HttpRequest,
    key: str,
    reason: str,
    *,
    user: AbstractBaseUser | None = None,
    other: Provider | None = None,
    detail: str = "",
) -> HttpResponse:
    """Returns the page for a reason. The log has it too, with the account if there is one and no word of a person."""
    more = {"detail": detail[:LONGEST_DETAIL]} if detail else {}
    events.log_failure("sign_in.stopped", user, provider=key, reason=reason, **more)
    status, title, sentence = STOPS.get(reason, OTHERWISE)
    provider = settings.SSO_PROVIDERS[key]
    says = sentence.format(provider, other)
    at = other if reason == "linked_at_another" else provider
    return _page(request, "sso/stopped.html", status, title=title, says=says, provider=at)


def unknown_person(request: HttpRequest, key: str, *, lacks: str) -> HttpResponse:
    """Returns the page for whoever is linked to no account: it says how to link one, whether or not there is one."""
    events.log_failure("sign_in.stopped", None, provider=key, reason="unknown", lacks=lacks or "a link to an account")
    return _page(request, "sso/unknown.html", 403, provider=settings.SSO_PROVIDERS[key])


def leave_for(request: HttpRequest, key: str, address: str) -> HttpResponse:
    """Returns the page that leads on to a provider by itself.

    A browser would not follow a redirect: our policy lets a form end at our own pages only.
    """
    return _page(request, "sso/leave.html", 200, address=address, provider=settings.SSO_PROVIDERS[key])


def _page(request: HttpRequest, template: str, status: int, **context: Any) -> HttpResponse:
    response = render(request, template, context, status=status)
    add_never_cache_headers(response)
    return response
