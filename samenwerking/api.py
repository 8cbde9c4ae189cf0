"""Sets what is under /api/ apart from the pages: every answer has the headers, and every error the form, of an API.

These are the Dutch API Design Rules 2.2 (https://logius-standaarden.github.io/API-Design-Rules/). It knows no resource.
"""

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase

Handler = Callable[[HttpRequest], HttpResponseBase]

PREFIX = "/api/"
VERSION = "1.0.0"  # that of the document too: a new resource or column is a minor version, a change a major one
PROBLEM = "application/problem+json"

HEADERS = {
    "API-Version": VERSION,
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

TITLES = {
    400: "Dit verzoek klopt niet",
    401: "Geen geldige sleutel",
    404: "Niet gevonden",
    405: "Dit kan alleen met GET of HEAD",
    406: "Dit formaat is er niet",
    429: "Te veel verzoeken",
    500: "Er ging iets mis",
    503: "Even niet bereikbaar",
}
DETAILS = {
    400: "De server kan dit verzoek niet lezen.",
    404: "Dit bestaat niet, of deze sleutel geeft er geen toegang toe. Een adres eindigt nooit op een schuine streep.",
    405: "Deze API is alleen om te lezen: gebruik GET of HEAD.",
    500: "De fout ligt bij deze site. Blijft dit zo, meld het dan bij de beheerder.",
    503: "De site is er zo weer. Wacht een halve minuut en probeer het dan opnieuw.",
}


def problem(status: int, detail: str = "", *, headers: dict[str, str] | None = None, **more: Any) -> HttpResponse:
    """Returns an error as RFC 9457 writes it; `more` are members of our own."""
    return HttpResponse(_body(status, detail, **more), PROBLEM, status, headers=headers)


def apart(get_response: Handler) -> Handler:
    """Is the middleware around all of the API: no cookie goes in or out, and no error is a page."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not is_api(request):
            return get_response(request)
        request.META.pop("HTTP_COOKIE", None)  # nobody's browser reads by the session of a page that lies open
        response = get_response(request)
        if response.status_code >= 400 and isinstance(response, HttpResponse):
            _make_a_problem(response)
        response.cookies.clear()
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    return middleware


def is_api(request: HttpRequest) -> bool:
    return request.path_info.startswith(PREFIX) or request.path_info == PREFIX.rstrip("/")


def _make_a_problem(response: HttpResponse) -> None:
    """Puts a problem in the place of a page that some part of the site answered with; the headers stay."""
    if response.headers.get("Content-Type") != PROBLEM:
        response.content = _body(response.status_code)
        response.headers["Content-Type"] = PROBLEM
        response.headers["Content-Length"] = str(len(response.content))


def _body(status: int, detail: str = "", **more: Any) -> str:
    title = TITLES.get(status) or HTTPStatus(status).phrase
    said = {"status": status, "title": title, "detail": detail or DETAILS.get(status) or title}
    return json.dumps(said | more, ensure_ascii=False)
