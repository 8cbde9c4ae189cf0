"""Ends sessions: those of one account, and one that nobody used for an hour or that began half a day ago."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from samenwerking.accounts.models import User

Handler = Callable[[HttpRequest], HttpResponseBase]

BEGAN, USED = "began", "used"  # keys in a session, with seconds since 1970
AT_MOST_EACH = 60  # seconds between two writes that say that somebody is still there


def end_sessions(user: User, *, but: str | None = None) -> int:
    """Ends the sessions of `user` in all browsers, but the one with the key `but`. Returns the number.

    Whose a session is, stands inside it, so all are read: only staff have one.
    """
    own = [
        session.pk
        for session in Session.objects.filter(expire_date__gt=timezone.now())
        if session.pk != but and session.get_decoded().get(SESSION_KEY) == str(user.pk)
    ]
    ended, _ = Session.objects.filter(pk__in=own).delete()
    return ended


def ends_in_time(get_response: Handler) -> Handler:
    """Signs out whoever began too long ago, and keeps a session that is used from lapsing.

    A session lapses by itself SESSION_COOKIE_AGE after it was last written. A page that looks for news by itself is
    not used by anybody.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            _end_or_keep(request)
        return get_response(request)

    return middleware


def _end_or_keep(request: HttpRequest) -> None:
    now = int(time.time())
    began = request.session.setdefault(BEGAN, now)
    if now - began >= settings.LONGEST_SESSION:
        logout(request)
    elif _is_asked_by_somebody(request) and now - request.session.get(USED, 0) >= AT_MOST_EACH:
        request.session[USED] = now


def _is_asked_by_somebody(request: HttpRequest) -> bool:
    """Tells whether a person asks for this page, and not the script of one that lies open (static/js/live.js)."""
    return request.headers.get("X-Asked-By") != "script"
