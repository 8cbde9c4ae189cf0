"""Brings the database to this version, also where several machines start at once: the first does, others wait."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from time import sleep
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import Error, connection
from django.db.backends.utils import CursorWrapper

LOCK = 7_236_918_234  # a number of ours among PostgreSQL's advisory locks
PAUSE = 0.5  # seconds


class Command(BaseCommand):
    help = "Maakt de database klaar voor deze versie: tabellen en instrument. Wie tegelijk start, wacht op de eerste."

    def handle(self, *, verbosity: int, **options: Any) -> None:
        with self._alone():
            call_command("migrate", interactive=False, verbosity=verbosity, stdout=self.stdout)
            call_command("load_instrument", stdout=self.stdout)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Holds a lock that goes with this connection, however it ends.

        It is asked for again and again: whoever waits within a query has an old view of the database, and a migration
        that makes an index meanwhile waits for that.
        """
        if connection.vendor != "postgresql":
            yield
            return
        with connection.cursor() as cursor:
            if not _is_taken(cursor):
                self.stdout.write("Een andere start maakt de database klaar; deze wacht daarop.")
                while not _is_taken(cursor):
                    sleep(PAUSE)
        try:
            yield
        finally:
            with suppress(Error), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _is_taken(cursor: CursorWrapper) -> bool:
    cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
    return bool(cursor.fetchone()[0])
