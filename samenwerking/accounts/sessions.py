"""Shows and ends sessions: those of one account, and one that nobody used for an hour or that began half a day ago."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.crypto import salted_hmac

from samenwerking.accounts import events
from samenwerking.accounts.browsers import UNKNOWN, in_words
from samenwerking.accounts.models import User

Handler = Callable[[HttpRequest], HttpResponseBase]

# Keys in a session: two with seconds since 1970, and one with a browser in words.
BEGAN, USED, BROWSER = "began", "used", "browser"
AT_MOST_EACH = 60  # seconds between two writes that say that somebody is still there


@dataclass(frozen=True)
class OwnSession:
    """Is a browser in which somebody is signed in, as its owner sees it.

    `mark` names it in a form: its key would let in whoever reads the page.
    """

    mark: str
    browser: str
    began: datetime
    used: datetime
    is_here: bool


def begin(request: HttpRequest) -> None:
    """Notes when a session began and in which browser, and no address of a computer."""
    now = int(time.time())
    request.session.update({BEGAN: now, USED: now, BROWSER: in_words(request.headers.get("User-Agent", ""))})


def own_sessions(user: User, here: str | None) -> list[OwnSession]:
    """Returns where `user` is signed in: first the session with the key `here`, then what was used last."""
    found = [_as_its_owner_sees_it(key, data, is_here=key == here) for key, data in _sessions_of(user)]
    return sorted(found, key=lambda session: (session.is_here, session.used), reverse=True)


def end_sessions(user: User, *, but: str | None = None, marked: str | None = None) -> int:
    """Ends the sessions of `user` in all browsers, but the one with the key `but`; or only the one `marked` so.

    Returns the number.
    """
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    ended = [key for key, _ in _sessions_of(user) if key != but and marked in (None, _mark(key))]
    for key in ended:
        store.delete(key)
    return len(ended)


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


def _sessions_of(user: User) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yields key and contents of each. Whose a session is, stands inside it, so all are read: only staff have one."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()):
        data = session.get_decoded()
        if data.get(SESSION_KEY) == str(user.pk):
            yield session.pk, data


def _as_its_owner_sees_it(key: str, data: dict[str, Any], *, is_here: bool) -> OwnSession:
    began, used = (
        datetime.fromtimestamp(data.get(moment, 0), timezone.get_current_timezone()) for moment in (BEGAN, USED)
    )
    return OwnSession(_mark(key), data.get(BROWSER, UNKNOWN), began, used, is_here)


def _mark(key: str) -> str:
    return salted_hmac("samenwerking.accounts.sessions", key, algorithm="sha256").hexdigest()[:16]


def _end_or_keep(request: HttpRequest) -> None:
    if BEGAN not in request.session:
        begin(request)
    now = int(time.time())
    if now - request.session[BEGAN] >= settings.LONGEST_SESSION:
        events.log_event("session.ended_in_time", request.user)  # type: ignore[arg-type]  # it is signed in
        logout(request)
    elif _is_asked_by_somebody(request) and now - request.session.get(USED, 0) >= AT_MOST_EACH:
        request.session[USED] = now


def _is_asked_by_somebody(request: HttpRequest) -> bool:
    """Tells whether a person asks for this page, and not the script of one that lies open (static/js/live.js)."""
    return request.headers.get("X-Asked-By") != "script"
