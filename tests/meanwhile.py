"""Two sessions meet on PostgreSQL: one holds what the other needs until the other is seen to wait for it."""

import threading
import time
from contextlib import contextmanager

from django.db import connection, connections, transaction


@contextmanager
def meanwhile(act):
    """Runs `act` on another connection, and commits it once the body of this block waits for it."""
    has_acted, faults = threading.Event(), []

    def run():
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                try:
                    act()
                finally:
                    has_acted.set()
                _until_somebody_waits(cursor)
        except Exception as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    other = threading.Thread(target=run)
    other.start()
    has_acted.wait()
    try:
        yield
    finally:
        other.join()
    assert faults == []


def _until_somebody_waits(cursor):
    """Waits until a session in this database waits for a lock; tests beside this one have their own databases."""
    for _ in range(1000):
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        if cursor.fetchone() != (0,):
            return
        time.sleep(0.01)
    raise AssertionError("nobody waited")
