"""Defines the admin site, which has the same sign-in as all pages and, in real use, a second step."""

import logging
from collections.abc import Callable
from typing import Any, TypeVar, cast

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.core.exceptions import BadRequest, FieldError, ValidationError
from django.db import DataError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from samenwerking.accounts import events
from samenwerking.accounts.second_step import asks_for_second_step, lacks_second_step
from samenwerking.accounts.sso.arrivals import address_after
from samenwerking.checks import changed_secrets

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

# What Django and packages raise where an id, a filter or a search was not one of those that the page offered.
UNFIT = (DataError, FieldError, OverflowError, ValidationError, ValueError)

log = logging.getLogger(__name__)


class BeheerSite(AdminSite):
    site_header = "Samenwerking: beheer"
    site_title = "Samenwerking"
    index_title = "Beheer"

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Signs in by allauth: the admin's own login would pass by the second step and the rate limits."""
        return secure_admin_login(super().login)(request, extra_context)

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # type: ignore[override]  # a redirect is an answer too
        """Signs out, logs that as the sign-in package does, and says what stays open at a provider."""
        if request.user.is_authenticated:
            events.log_event("sign_out", request.user)
        elsewhere = address_after(request)
        page = super().logout(request, extra_context)
        return redirect(elsewhere) if elsewhere else page

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Returns what all pages show; whoever may see them is told of a secret of the server that has changed."""
        changed = changed_secrets() if self.has_permission(request) else []
        return super().each_context(request) | {"changed_secrets": changed}

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """Guards a page of the admin: staff can change accounts, so a password alone does not open it."""
        guarded = super().admin_view(view, cacheable)

        def behind_the_second_step(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if self.has_permission(request) and lacks_second_step(request):
                return asks_for_second_step(request)
            return _answer(guarded, request, *args, **kwargs)

        return cast(View, behind_the_second_step)


def _answer(view: Callable[..., HttpResponseBase], request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """Returns the finished page, or raises BadRequest: whoever types values of their own gets no 500.

    The log has the whole exception, so that a fault of ours is not taken for one of theirs.
    """
    try:
        with transaction.atomic():
            response = view(request, *args, **kwargs)
            # A widget looks for the value that was sent only as it is drawn.
            return response.render() if isinstance(response, TemplateResponse) else response
    except UNFIT as fault:
        log.exception("a page of the admin could not use what was sent")
        raise BadRequest("The admin can't use what was sent.") from fault
