"""Guards the pages of whoever has signed in: who comes in, and which methods a page answers to."""

from collections.abc import Callable
from typing import Literal

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from samenwerking.accounts.models import User

View = Callable[..., HttpResponse]


class SignedInRequest(HttpRequest):
    """Is the request that a view gets behind `signed_in`, for the type checker."""

    user: User


def signed_in(*methods: Literal["GET", "POST"]) -> Callable[[View], View]:
    """Lets in whoever has signed in and asks others to sign in; all methods but these are answered with 405.

    GET brings HEAD along. A view that only reads has GET, one that writes has POST, and one that writes what is in its
    own form has both.
    """
    allowed = [*methods, *(["HEAD"] if "GET" in methods else [])]

    def decorate(view: View) -> View:
        guarded: View = require_http_methods(allowed)(login_required(view))
        return guarded

    return decorate
