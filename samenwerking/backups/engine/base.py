"""Opens connections as Django does, but for a database in which a restore is under way or was broken off.

What is in it then was not settled: mail would go out twice, and what was erased could be read. So whatever serves,
works or mails asks here, once for each connection: a restore begins only where nobody is connected.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar
from weakref import WeakSet

from django.db.backends.postgresql import base
from psycopg import Connection

from samenwerking.backups.postgresql import ASIDE
from samenwerking.database import Unsettled

_asked: WeakSet[Connection] = WeakSet()  # those of a pool are lent again and again


class DatabaseWrapper(base.DatabaseWrapper):
    """Raises Unsettled where tables still stand aside, but in a process that `restores`."""

    restores: ClassVar[bool] = False

    def init_connection_state(self) -> None:
        super().init_connection_state()
        if DatabaseWrapper.restores or self.connection in _asked:
            return
        if self._has_aside():
            self.close()
            raise Unsettled
        _asked.add(self.connection)

    def _has_aside(self) -> bool:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = %s)", [ASIDE])
            return bool(cursor.fetchone()[0])


@contextmanager
def restoring() -> Iterator[None]:
    """Lets this process use the database all the same."""
    former, DatabaseWrapper.restores = DatabaseWrapper.restores, True
    try:
        yield
    finally:
        DatabaseWrapper.restores = former
