"""Guards the pages of whoever has signed in: who comes in, and which methods a page answers to."""

from collections.abc import Callable
from functools import wraps
from typing import Literal

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from samenwerking.accounts.models import User
from samenwerking.accounts.second_step import asks_for_second_step, lacks_second_step

View = Callable[..., HttpResponse]


class SignedInRequest(HttpRequest):
    """Is the request that a view gets behind `signed_in`, for the type checker."""

    user: User


def signed_in(*methods: Literal["GET", "POST"]) -> Callable[[View], View]:
    """Lets in whoever has signed in, with a second step where that is asked; all methods but these get a 405.

    Others are asked to sign in, or to set up the second step first.

    GET brings HEAD along. A view that only reads has GET, one that writes has POST, and one that writes what is in its
    own form has both.
    """
    allowed = [*methods, *(["HEAD"] if "GET" in methods else [])]

    def decorate(view: View) -> View:
        guarded: View = require_http_methods(allowed)(login_required(_with_second_step(view)))
        return guarded

    return decorate


def _with_second_step(view: View) -> View:
    @wraps(view)
    def guarded(request: SignedInRequest, *args: object, **kwargs: object) -> HttpResponse:
        return asks_for_second_step(request) if lacks_second_step(request.user) else view(request, *args, **kwargs)

    return guarded
