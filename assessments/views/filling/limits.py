"""Limits how often a link may be tried or used. Counts in the cache for some minutes; keeps no address and no link."""

from uuid import UUID

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

MINUTES = 10
WRONG_LINKS = 60  # from one address; a whole town hall may share it
FILES = 20
CODES = 20  # wrong ones, from one address
CODES_OF_A_ROUND = 300  # wrong ones in an hour that begin alike, from everywhere
SAVES = 900  # of one person; fifteen times the questionnaire, an answer at a time


def tries_too_many_links(request: HttpRequest) -> bool:
    return cache.get(_wrong_links_of(request), 0) >= WRONG_LINKS


def count_wrong_link(request: HttpRequest) -> None:
    _count(_wrong_links_of(request))


def tries_too_many_codes(request: HttpRequest, code: str) -> bool:
    """Tells whether to wait: a right code too has to, or the limit would be none.

    A guess that could be right for a round begins as the round's code does, so that counts tries at one round.
    """
    own, alike = _wrong_codes_of(request), _wrong_codes_like(code)
    return cache.get(own, 0) >= CODES or cache.get(alike, 0) >= CODES_OF_A_ROUND


def count_wrong_code(request: HttpRequest, code: str) -> None:
    _count(_wrong_codes_of(request))
    _count(_wrong_codes_like(code), minutes=60)


def saves_too_often(request: HttpRequest, who: UUID | None) -> bool:
    """Counts one more save and tells whether there are too many by now.

    It counts by person, or by address for somebody who has not begun yet.
    """
    return _count(f"saves.{_hidden(str(who or _address(request)))}") > SAVES


def asks_for_too_many_files(request: HttpRequest, who: UUID | None) -> bool:
    """Counts one more file that is made on the spot and tells whether there are too many by now.

    It counts by person, or by address for somebody who has not begun yet.
    """
    return _count(f"files.{_hidden(str(who or _address(request)))}") > FILES


def _wrong_links_of(request: HttpRequest) -> str:
    return f"wrong-links.{_hidden(_address(request))}"


def _wrong_codes_of(request: HttpRequest) -> str:
    return f"wrong-codes.{_hidden(_address(request))}"


def _wrong_codes_like(code: str) -> str:
    return f"wrong-codes-like.{code[:3]}"


def _address(request: HttpRequest) -> str:
    return get_adapter().get_client_ip(request)


def _hidden(value: str) -> str:
    return salted_hmac("assessments.views.filling.limits", value).hexdigest()


def _count(key: str, minutes: int = MINUTES) -> int:
    cache.add(key, 0, timeout=60 * minutes)
    try:
        return cache.incr(key)
    except ValueError:  # the count has just expired
        return 1
