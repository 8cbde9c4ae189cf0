"""Which transactions can still see old rows of PostgreSQL's. Knows numbers of transactions, and no table of ours."""

from django.db import connection

# A standby that asks for old rows (hot_standby_feedback) is one of the sessions, without a database, or has a slot.
# Whatever of a session's columns an ordinary role may not read, it may read these.
STILL_SEEN = """
    SELECT number::text::bigint FROM (
        SELECT unnest(ARRAY[backend_xid, backend_xmin]) FROM pg_stat_activity
        WHERE pid <> pg_backend_pid() AND (datid IS NULL OR datname = current_database())
        UNION ALL SELECT backend_xmin FROM pg_stat_replication
        UNION ALL SELECT transaction FROM pg_prepared_xacts WHERE database = current_database()
        UNION ALL SELECT xmin FROM pg_replication_slots
    ) AS seen (number) WHERE number IS NOT NULL
"""


def next_number() -> int:
    """Every transaction that has ended until now, with all that it did in savepoints, has a lower number."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
        return int(cursor.fetchone()[0])


def oldest_seen() -> int:
    """The lowest number of which somebody can still see what was there before; the next one where nobody does."""
    now = next_number()
    with connection.cursor() as cursor:
        cursor.execute(STILL_SEEN)
        return min([now, *(widen(number, now) for (number,) in cursor.fetchall())])


def cleaned_up_to(table: str) -> int:
    """Rows that transactions with lower numbers erased are not in the table's file.

    Writing a table anew, PostgreSQL notes with it the oldest transaction that could still see old rows, by its own
    count. It keeps those rows without a word, and so it does with a table that isn't ours to write anew.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT relfrozenxid::text::bigint FROM pg_class WHERE oid = %s::regclass", [table])
        return widen(cursor.fetchone()[0], next_number())


def widen(number: int, near: int) -> int:
    """The number of 64 bits with these lower 32, which are all that the system's tables keep, that is nearest."""
    half, whole = 2**31, 2**32
    return near + (number - near + half) % whole - half
