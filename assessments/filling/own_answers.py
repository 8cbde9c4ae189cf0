"""Keeps what this browser gave in a signed cookie for its link. Knows no database.

Others may see somebody's link, but not the answers that were given by it.
"""

from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from assessments.filling.links import link_url

LIFETIME = timedelta(days=90)
THANKS = timedelta(minutes=10)  # that a browser knows that somebody sent by an open link: for the page with thanks


def cookie_name() -> str:
    """Returns the name of the cookie; on https one that only a page on https can set (RFC 6265bis)."""
    return "__Secure-ingevuld" if settings.SESSION_COOKIE_SECURE else "ingevuld"


def digest(text: str) -> str:
    """Returns what tells whether a text is still the same: 12 characters, or '' for no text."""
    return urlsafe_b64encode(sha256(text.encode()).digest()[:9]).decode() if text else ""


@dataclass(frozen=True)
class OwnAnswers:
    """Holds values by statement, digests of texts by open question, this browser's secret and its id as a guest.

    `started` is the second in which the questions were first opened here; only this cookie has it. `has_sent` tells
    that somebody has just sent by an open link; nothing else is then left of them.

    The right value in a cookie does not prove who gave it: whoever has a link could collect a signed cookie for each
    value beforehand, and see later which of them fits. So `browser` is random, and the response keeps its mark beside
    what this browser was the last to write.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)
    browser: str = ""
    guest_id: UUID | None = None
    started: int | None = None
    has_sent: bool = False

    @property
    def mark(self) -> str:
        """Returns what the database keeps of this browser; it does not lead back to the cookie."""
        return digest(self.browser)

    def still(self, browsers: Mapping[str, list[str]]) -> "OwnAnswers":
        """Returns a copy with only the values and texts that no other browser has written since."""
        own = set(browsers.get(self.mark, ()) if self.browser else ())
        values = {key: value for key, value in self.values.items() if key in own}
        return replace(self, values=values, digests={key: seen for key, seen in self.digests.items() if key in own})

    def shown(self, answers: Mapping[str, object]) -> dict[str, str]:
        """Returns those of the stored `answers` that this browser gave, without what another one changed since."""
        return {key: value for key, value in self.values.items() if key in answers and str(answers[key]) == value}

    def shown_texts(self, texts: Mapping[str, str]) -> dict[str, str]:
        return {key: text for key, text in texts.items() if self.digests.get(key) == digest(text)}

    def with_saved(self, answers: Mapping[str, object], texts: Mapping[str, str]) -> "OwnAnswers":
        values = {key: str(value) for key, value in answers.items()}
        digests = {key: digest(text) for key, text in texts.items()}
        return replace(self, values={**self.values, **values}, digests={**self.digests, **digests})


def read(request: HttpRequest, token: str) -> OwnAnswers:
    """Returns what the cookie of this link says; no answers where there is none, or it is not as we made it."""
    try:
        found = _signer(token).unsign_object(request.COOKIES[cookie_name()])
        if "sent" in found:
            return OwnAnswers(browser=token_urlsafe(12), has_sent=True)
        guest = UUID(hex=found["g"]) if "g" in found else None
        return OwnAnswers(found["v"], found["t"], found["b"], guest, found.get("s"))
    except (KeyError, ValueError, signing.BadSignature):
        return OwnAnswers(browser=token_urlsafe(12))


def keep(response: HttpResponse, token: str, own: OwnAnswers) -> None:
    """Writes `own` to the cookie, for this link's pages only and out of reach of scripts."""
    content: dict[str, object] = {"v": own.values, "t": own.digests, "b": own.browser}
    if own.guest_id:
        content["g"] = own.guest_id.hex
    if own.started:
        content["s"] = own.started
    _set_cookie(response, token, content, LIFETIME)


def let_go(response: HttpResponse, token: str) -> None:
    """Leaves nothing of somebody who has sent by an open link, so that the next person can begin on the same device."""
    _set_cookie(response, token, {"sent": True}, THANKS)


def _set_cookie(response: HttpResponse, token: str, content: dict[str, object], lifetime: timedelta) -> None:
    response.set_cookie(
        cookie_name(),
        _signer(token).sign_object(content),
        max_age=lifetime,
        path=link_url("welcome", token),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponse, token: str) -> None:
    response.delete_cookie(cookie_name(), path=link_url("welcome", token), samesite="Lax")


def _signer(token: str) -> signing.Signer:
    return signing.Signer(salt=f"filling {token}")
