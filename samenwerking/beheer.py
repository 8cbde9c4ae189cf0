"""Defines the admin site, which has the same sign-in as all pages and, in real use, a second step."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse

from samenwerking.accounts import events
from samenwerking.accounts.second_step import asks_for_second_step, lacks_second_step

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class BeheerSite(AdminSite):
    site_header = "Samenwerking: beheer"
    site_title = "Samenwerking"
    index_title = "Beheer"

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Signs in by allauth: the admin's own login would pass by the second step and the rate limits."""
        return secure_admin_login(super().login)(request, extra_context)

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Signs out, and logs that as the sign-in package does."""
        if request.user.is_authenticated:
            events.log_event("sign_out", request.user)
        return super().logout(request, extra_context)

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """Guards a page of the admin: staff can change accounts, so a password alone does not open it."""
        guarded = super().admin_view(view, cacheable)

        def behind_the_second_step(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if self.has_permission(request) and lacks_second_step(request.user):
                return asks_for_second_step(request)
            return guarded(request, *args, **kwargs)

        return cast(View, behind_the_second_step)
