"""Counts, for some minutes, how often something was asked for. Keeps no address, no link and no token: only a hash."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

MINUTES = 10


def count(key: str, minutes: int = MINUTES) -> int:
    """Counts once more, and returns the number of the last minutes."""
    cache.add(key, 0, timeout=60 * minutes)
    try:
        return cache.incr(key)
    except ValueError:  # the count has just expired
        return 1


def counted(key: str) -> int:
    number: int = cache.get(key, 0)
    return number


def address_of(request: HttpRequest) -> str:
    return get_adapter().get_client_ip(request)


def hidden(value: str) -> str:
    """Returns what a count is kept under instead of what it counts."""
    return salted_hmac("assessments.views.counting", value).hexdigest()
