"""Takes what was erased from the database's own log too, as far as our role may. It knows no round, result or page.

PostgreSQL writes each change to files of 16 MB in `pg_wal`, and keeps the one it is writing: on a quiet site for weeks.
So a new file is begun, and a checkpoint makes the former ones needless; PostgreSQL then removes them. With
`wal_recycle` it gives them another name to write over later, and so keeps what they hold. Archives of the log, and
replicas, are not seen from here.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.db.backends.utils import CursorWrapper

from samenwerking.database import may_wipe_log

log = logging.getLogger(__name__)

RECYCLES = "SELECT current_setting('wal_recycle') = 'on'"
IS_PAST = "SELECT %s::pg_lsn <= pg_current_wal_insert_lsn()"  # not so of a mark that came with a backup of elsewhere
OLD = """
    SELECT count(*) FROM pg_ls_waldir()
     WHERE name ~ '^[0-9A-F]{24}$' AND substr(name, 9) <= substr(pg_walfile_name(%s::pg_lsn), 9)
"""
# A key in the cache that is a table; where it was dropped, a file is begun once more.
MARK = "where the log of the database was begun anew"


def wipe_log(waiting: Collection[int]) -> bool:
    """Makes the log of until now needless, and returns whether no file of it is left.

    `waiting` are the ids of what waits for that, and was erased before: for these a new file is begun once, however
    often it is asked. A replica, an archive that is behind or `wal_keep_size` keep files; then `due` looks again, and
    no more. With `wal_recycle` there is no point in it. On SQLite the log was emptied with the tables.
    """
    if connection.vendor == "sqlite":
        return True
    if connection.in_atomic_block or not may_wipe_log():
        return False
    with connection.cursor() as cursor:
        return not _asked(cursor, RECYCLES) and _wipe(cursor, waiting)


def _wipe(cursor: CursorWrapper, waiting: Collection[int]) -> bool:
    mark, begun_for = caches[settings.TRIES].get(MARK) or ("", ())
    is_new = not mark or not set(waiting) <= set(begun_for) or not _asked(cursor, IS_PAST, mark)
    if is_new:
        mark = _begin_a_file(cursor)
        caches[settings.TRIES].set(MARK, (mark, list(waiting)), timeout=None)
    left = _asked(cursor, OLD, mark)
    if left and not is_new:
        cursor.execute("CHECKPOINT")
        left = _asked(cursor, OLD, mark)
    if left:
        log.info("%s files of the database's log may still hold what was erased: they are looked at again later", left)
    return not left


def _begin_a_file(cursor: CursorWrapper) -> str:
    """Begins a new file of the log, makes those of before needless, and returns where the last of these ends."""
    cursor.execute("SELECT pg_logical_emit_message(false, 'samenwerking', '')")  # else there may be nothing to switch
    mark = _asked(cursor, "SELECT pg_switch_wal()")
    cursor.execute("CHECKPOINT")
    return str(mark)


def _asked(cursor: CursorWrapper, question: str, *values: str) -> Any:
    cursor.execute(question, list(values))
    return cursor.fetchone()[0]
