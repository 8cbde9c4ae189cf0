"""Takes what was erased from the database's own log too, as far as our role may. It knows no round, result or page.

PostgreSQL writes each change to files of 16 MB in `pg_wal`, and keeps the one it is writing: on a quiet site for weeks.
So a new file is begun, and a checkpoint makes the former ones needless; PostgreSQL then removes them, or with
`wal_recycle` gives them another name to write over later. Archives of the log, and replicas, are not seen from here.
"""

from __future__ import annotations

import logging

from django.db import DatabaseError, connection
from django.db.backends.utils import CursorWrapper

log = logging.getLogger(__name__)

MAY = """
    SELECT has_function_privilege('pg_switch_wal()', 'EXECUTE')
       AND has_function_privilege('pg_ls_waldir()', 'EXECUTE')
       AND (current_setting('is_superuser') = 'on' OR pg_has_role('pg_checkpoint', 'USAGE'))
"""
# Files of before the mark, and files ahead of the one that is written: those have an old name's contents.
OLD = """
    SELECT count(*) FROM pg_ls_waldir() WHERE name ~ '^[0-9A-F]{24}$'
       AND (substr(name, 9) <= substr(pg_walfile_name(%s::pg_lsn), 9)
            OR (current_setting('wal_recycle') = 'on'
                AND substr(name, 9) > substr(pg_walfile_name(pg_current_wal_insert_lsn()), 9)))
"""


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


def wipe_log() -> bool:
    """Makes the log of until now needless, and returns whether no file of it is left.

    A replica, an archive that is behind or `wal_keep_size` keep files; then it is tried again at the next `due`. On
    SQLite the log was emptied with the tables.
    """
    if connection.vendor == "sqlite":
        return True
    if connection.in_atomic_block or not may_wipe_log():
        return False
    with connection.cursor() as cursor:
        return _wipe(cursor)


def _wipe(cursor: CursorWrapper) -> bool:
    cursor.execute("SELECT pg_logical_emit_message(false, 'samenwerking', '')")  # else there may be nothing to switch
    cursor.execute("SELECT pg_switch_wal()")
    (mark,) = cursor.fetchone()
    cursor.execute("CHECKPOINT")
    cursor.execute(OLD, [str(mark)])
    (left,) = cursor.fetchone()
    if left:
        log.info("%s files of the database's log may still hold what was erased: they are looked at again later", left)
    return not left
