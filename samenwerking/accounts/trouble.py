"""Shows the page for whoever has a second step that this server can't read."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samenwerking.accounts.encryption import UnreadableSecondStep

log = logging.getLogger(__name__)


class UnreadableSecondStepPage:
    """Is the middleware that answers with a page where any view met such a second step."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, UnreadableSecondStep):
            return None
        log.error("a second step can't be read: SECRET_KEY changed and SECRET_KEY_FALLBACKS has not the former one")
        return render(request, "mfa/unreadable.html", status=503)
