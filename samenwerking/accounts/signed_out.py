"""Asks somebody to sign in. Whoever sent a form is told that nothing was done, and sees the words again."""

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.html import format_html

from samenwerking.accounts.forms import LoginForm
from samenwerking.faults import SECRET


def asks_to_sign_in(request: HttpRequest, then: str) -> HttpResponse:
    """Returns the page to sign in, which leads on to `then`; after a form that was sent with what was lost by it.

    What was typed goes back to that browser alone: it is stored nowhere, and sent on nowhere. It came with the token
    against forged forms, so no other site can put words here.
    """
    if request.method != "POST":
        return redirect_to_login(then)
    carried = format_html('<input type="hidden" name="{}" value="{}">', REDIRECT_FIELD_NAME, then)
    context = {
        "form": LoginForm(request=request),
        "redirect_field": carried,
        "is_refused": True,
        "words": _words(request),
    }
    response = render(request, "account/login.html", context, status=403)
    add_never_cache_headers(response)
    return response


def _words(request: HttpRequest) -> list[str]:
    """Returns what somebody wrote in words of their own: no choice, no password and no file."""
    typed = [value for name, values in request.POST.lists() if not SECRET.search(name) for value in values]
    return [value for value in typed if " " in value.strip()]
