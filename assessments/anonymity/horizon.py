"""Finds which transactions can still see old rows in PostgreSQL. It knows their numbers, and no table of ours."""

from django.db import connection

# A standby that asks for old rows (hot_standby_feedback) is one of the sessions, without a database, or has a slot.
# An ordinary role may not read all columns of a session, but it may read these.
STILL_SEEN = """
    SELECT number::text::bigint FROM (
        SELECT unnest(ARRAY[backend_xid, backend_xmin]) FROM pg_stat_activity
        WHERE pid <> pg_backend_pid() AND (datid IS NULL OR datname = current_database())
        UNION ALL SELECT backend_xmin FROM pg_stat_replication
        UNION ALL SELECT transaction FROM pg_prepared_xacts WHERE database = current_database()
        UNION ALL SELECT xmin FROM pg_replication_slots
    ) AS seen (number) WHERE number IS NOT NULL
"""


def above_all_ended() -> int:
    """Returns a number higher than that of any transaction that has ended until now, with its savepoints."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
        return int(cursor.fetchone()[0])


def oldest_seen() -> int:
    """Returns the number below which nobody can still see what a transaction erased.

    It is the lowest that some session, prepared transaction, standby or slot still holds, or else the number above all
    that have ended.
    """
    now = above_all_ended()
    with connection.cursor() as cursor:
        cursor.execute(STILL_SEEN)
        return min([now, *(widen(number, now) for (number,) in cursor.fetchall())])


def cleaned_up_to(table: str) -> int:
    """Returns the number below which nothing that a transaction erased is still in the table's file.

    When PostgreSQL rewrites a table, it notes with it the oldest transaction that could still see old rows, by its own
    count. It keeps those rows without a word, and raises no error where it leaves a table that isn't ours to rewrite.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT relfrozenxid::text::bigint FROM pg_class WHERE oid = %s::regclass", [table])
        return widen(cursor.fetchone()[0], above_all_ended())


def widen(number: int, near: int) -> int:
    """Returns the number of 64 bits, nearest to `near`, that has the same lower 32 bits as `number`.

    The system's tables keep no more than those 32.
    """
    half, whole = 2**31, 2**32
    return near + (number - near + half) % whole - half
