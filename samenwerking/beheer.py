"""Defines the admin site, which has the same sign-in as all pages and, in real use, a second step."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from allauth.account.decorators import secure_admin_login
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from samenwerking.checks import changed_secrets

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class BeheerSite(AdminSite):
    site_header = "Samenwerking: beheer"
    site_title = "Samenwerking"
    index_title = "Beheer"

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Signs in by allauth: the admin's own login would pass by the second step and the rate limits."""
        return secure_admin_login(super().login)(request, extra_context)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Returns what all pages show; whoever may see them is told of a secret of the server that has changed."""
        changed = changed_secrets() if self.has_permission(request) else []
        return super().each_context(request) | {"changed_secrets": changed}

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """Guards a page of the admin: staff can change accounts, so a password alone does not open it."""
        guarded = super().admin_view(view, cacheable)

        def behind_the_second_step(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if self.has_permission(request) and _lacks_second_step(request):
                return render(request, "mfa/needed.html", status=403)
            return guarded(request, *args, **kwargs)

        return cast(View, behind_the_second_step)


def _lacks_second_step(request: HttpRequest) -> bool:
    return settings.BEHEER_NEEDS_SECOND_STEP and not is_mfa_enabled(request.user, types=[Authenticator.Type.TOTP])
