"""Keeps counts and what is quick to lose in a Redis that several processes share, and goes on where that is away.

Then each process counts for itself, as it does without a shared cache: a limit is looser for a while, and a save goes
through. Django's own backend would raise, and a save that counts would be lost.
"""

import logging
from time import monotonic
from typing import Any

from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

PATIENCE = 0.3  # seconds that a page waits for it
PAUSE = 10.0  # seconds in which a process does not ask again after it was away
ROOM = 50_000  # entries that a process keeps for itself


class SharedCache(BaseCache):
    """Asks a Redis, or what this process has in memory while the Redis does not answer."""

    away_until = 0.0  # one for all threads, which each have a cache of their own

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        asked = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE} | params.get("OPTIONS", {})
        self.shared = RedisCache(server, params | {"OPTIONS": asked})
        self.own = LocMemCache("while the shared cache is away", {"OPTIONS": {"MAX_ENTRIES": ROOM}})

    def add(self, *args: Any, **more: Any) -> bool:
        return self._ask("add", *args, **more)

    def get(self, *args: Any, **more: Any) -> Any:
        return self._ask("get", *args, **more)

    def set(self, *args: Any, **more: Any) -> None:
        self._ask("set", *args, **more)

    def touch(self, *args: Any, **more: Any) -> bool:
        return self._ask("touch", *args, **more)

    def delete(self, *args: Any, **more: Any) -> bool:
        return self._ask("delete", *args, **more)

    def incr(self, *args: Any, **more: Any) -> int:
        return self._ask("incr", *args, **more)

    def has_key(self, *args: Any, **more: Any) -> bool:
        return self._ask("has_key", *args, **more)

    def clear(self) -> None:
        self._ask("clear")

    def _ask(self, method: str, *args: Any, **more: Any) -> Any:
        """Returns what the shared cache answers, or this process's own. Raises what either does, but for RedisError."""
        if monotonic() >= SharedCache.away_until:
            try:
                return getattr(self.shared, method)(*args, **more)
            except RedisError as fault:
                SharedCache.away_until = monotonic() + PAUSE
                log.error("the shared cache is away (%s): each process counts for itself", type(fault).__name__)
        return getattr(self.own, method)(*args, **more)
