"""Counts tries to sign in for all processes together, in the database and without anybody's address."""

from datetime import datetime

from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.cache import caches
from django.utils.connection import ConnectionProxy
from django.utils.crypto import salted_hmac

from samenwerking.accounts.models import TryCount


def count_in_the_database() -> None:
    """Lets the sign-in package count there: it takes the default cache, which may be one process's own."""
    ratelimit.cache = ConnectionProxy(caches, settings.TRIES)


def nameless(key: str, prefix: str, version: int) -> str:
    """Returns what a count is kept under: the package's own key has an address of somebody or of a computer."""
    return salted_hmac("samenwerking.accounts.tries", key, algorithm="sha256").hexdigest()


def forget_old_tries(now: datetime) -> int:
    """Deletes what no longer counts, and returns the number."""
    return TryCount.objects.filter(expires__lt=now).delete()[0]
