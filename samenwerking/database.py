"""Tells whether the database is away, and what our role may do there. It knows no tables."""

from select import POLLIN, poll

from django.db import DatabaseError, Error, InterfaceError, OperationalError, connection

# What the database raises where it is away, starting, ending, full or too busy; a mistake of ours raises other faults.
TROUBLE = (OperationalError, InterfaceError)
UNSETTLED = "a restore is under way or was broken off: see manage.py doctor"
MAY = """
    SELECT has_function_privilege('pg_switch_wal()', 'EXECUTE')
       AND has_function_privilege('pg_ls_waldir()', 'EXECUTE')
       AND (current_setting('is_superuser') = 'on' OR pg_has_role('pg_checkpoint', 'USAGE'))
"""


class Unsettled(OperationalError):
    """Is raised in place of opening a database into which a backup was not put back whole."""

    def __init__(self) -> None:
        super().__init__(UNSETTLED)


def was_away(fault: Exception) -> bool:
    """Tells whether a fault is that of a database that ended the connection, or is away; it can be back by now."""
    if not isinstance(fault, TROUBLE):
        return is_away()
    # 57P: it ends or starts; 08 or nothing: no answer came. Of SQLite a fault has no such code, and it is never away.
    code = getattr(fault.__cause__, "sqlstate", "")
    return code is None or code.startswith(("08", "57P")) or is_away()


def is_away() -> bool:
    """Tells whether this process's connection is of no use, also where another one might be by now."""
    try:
        connection.ensure_connection()
    except Error:
        return True
    return not connection.is_usable()


def close_if_hung_up() -> None:
    """Closes this thread's connection where the database has ended it, so that the next query opens a new one.

    A database that ends a connection says so on it, so there is something to read. Django's own check asks a query for
    each request, which took a twentieth of the processor time of filling in.
    """
    own = connection.connection
    if connection.vendor == "postgresql" and own is not None and (own.closed or _has_something_to_read(own.fileno())):
        connection.close()


def may_wipe_log() -> bool:
    """Tells whether our role may begin a new file of the log, ask for a checkpoint, and see which files there are.

    That takes pg_checkpoint and pg_monitor, and EXECUTE on pg_switch_wal(); PostgreSQL has these apart from 15 on.
    """
    if connection.vendor == "sqlite":
        return True
    with connection.cursor() as cursor:
        try:
            cursor.execute(MAY)
        except DatabaseError:  # before PostgreSQL 15 there is no role pg_checkpoint
            return False
        return bool(cursor.fetchone()[0])


def _has_something_to_read(descriptor: int) -> bool:
    waiting = poll()
    waiting.register(descriptor, POLLIN)
    return bool(waiting.poll(0))
