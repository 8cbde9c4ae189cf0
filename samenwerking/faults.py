"""Answers a request that failed: with a way on where the database is away, and as Django does otherwise."""

import re
import sys

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.template.loader import render_to_string
from django.views.defaults import server_error

from samenwerking.database import TROUBLE

RETRY_AFTER = 30  # seconds
SECRET = re.compile("password|code|credential")  # in the name of a field; what it holds is never sent back


def failed(request: HttpRequest) -> HttpResponse:
    """Returns the page for a request that raised; Django calls it while the exception is at hand."""
    if not isinstance(sys.exc_info()[1], TROUBLE):
        return server_error(request)
    context = {"address": request.get_full_path(), "is_sent": request.method == "POST", "fields": _typed(request)}
    headers = {"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"}
    return HttpResponse(render_to_string("503.html", context), status=503, headers=headers)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Returns what can be sent again by a button: nothing where a file or a password belongs to it.

    The token against forged forms is among it as it came, so that a forged form stays one.
    """
    try:
        fields = [(name, value) for name, values in request.POST.lists() for value in values]
        has_files = bool(request.FILES)
    except (SuspiciousOperation, UnreadablePostError, MultiPartParserError):
        return []
    return [] if has_files or any(SECRET.search(name) for name, _ in fields) else fields
