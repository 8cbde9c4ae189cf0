"""The page for whoever asks for answers that the server can't open, whatever page that was."""

import logging

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from assessments.anonymity.seal import Unreadable
from assessments.anonymity.secrets import SecretChanged
from samenwerking.middleware import Handler

log = logging.getLogger(__name__)


def answers_out_of_reach(get_response: Handler) -> Handler:
    """Middleware that says so where a secret is not the one that a round was opened under."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return out_of_reach(request, exception) if isinstance(exception, SecretChanged | Unreadable) else None

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


def out_of_reach(request: HttpRequest, fault: Exception) -> HttpResponse:
    """Nothing was saved, and nothing that was saved before is lost."""
    log.error("answers of a round can't be opened or saved: %s", fault or type(fault).__name__)
    return render(request, "503_secret.html", status=503)
