"""Guards the pages of whoever has signed in: who comes in, with which right, and which methods a page answers to.

What a page needs stands above its view, and nowhere else: `signed_in` for pages that list what is one's own,
`network_page` and `round_page` for those of one network or round. Which role has which right: `assessments.access`.
"""

from collections.abc import Callable
from functools import wraps
from typing import Literal
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from assessments.access import Right, network_for, round_for
from assessments.rules.workflow import Work
from samenwerking.accounts.models import User
from samenwerking.accounts.second_step import asks_for_second_step, lacks_second_step
from samenwerking.accounts.signed_out import asks_to_sign_in

View = Callable[..., HttpResponseBase]
Method = Literal["GET", "POST"]


class SignedInRequest(HttpRequest):
    """Is the request that a view gets behind `signed_in`, for the type checker."""

    user: User


def signed_in(*methods: Method) -> Callable[[View], View]:
    """Lets in whoever has signed in, with a second step where that is asked; all methods but these get a 405.

    Others are asked to sign in, or to set up the second step first.

    GET brings HEAD along. A view that only reads has GET, one that writes has POST, and one that writes what is in its
    own form has both.
    """
    allowed = [*methods, *(["HEAD"] if "GET" in methods else [])]

    def decorate(view: View) -> View:
        guarded: View = require_http_methods(allowed)(_if_signed_in(view, has_a_page="GET" in methods))
        return guarded

    return decorate


def network_page(*methods: Method, right: Right) -> Callable[[View], View]:
    """Lets in whoever has `right` in the network of the address, and gives the view that network. Others get a 404."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: SignedInRequest, network_id: UUID, **kwargs: object) -> HttpResponseBase:
            return view(request, network_for(request.user, network_id, right), **kwargs)

        return signed_in(*methods)(guarded)

    return decorate


def round_page(*methods: Method, right: Right, work: Work | None = None) -> Callable[[View], View]:
    """Lets in whoever has `right` in the round of the address, and gives the view that round. Others get a 404.

    With `work`, the page is there only while the round allows that work.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: SignedInRequest, round_id: UUID, **kwargs: object) -> HttpResponseBase:
            round = round_for(request.user, round_id, right)
            if work and not round.allows(work):
                raise Http404
            return view(request, round, **kwargs)

        return signed_in(*methods)(guarded)

    return decorate


def _if_signed_in(view: View, *, has_a_page: bool) -> View:
    """Asks whoever has not signed in to do so, and then leads back; an address that only writes has no way back."""

    @wraps(view)
    def guarded(request: SignedInRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return asks_to_sign_in(request, request.get_full_path() if has_a_page else reverse("overview"))
        return asks_for_second_step(request) if lacks_second_step(request) else view(request, *args, **kwargs)

    return guarded
