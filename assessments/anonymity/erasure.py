"""Erases for good: what was erased from a table must go from its file too. It knows no round, result or page.

A database leaves old rows in its file. PostgreSQL's VACUUM FULL rewrites a table without them, but not as long as
anybody can still see them: a request that began before, a backup, a standby. So each erasing is noted in the
transaction that erases, and the note is deleted only once the file is known to be clean; until then it is tried again.
"""

import logging
from datetime import timedelta

from django.db import OperationalError, connection, models, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from assessments.anonymity import horizon
from assessments.anonymity.columns import TABLES
from assessments.models import Erasure

log = logging.getLogger(__name__)

PATIENCE = 100  # milliseconds that we wait for a table, and that saves wait behind us where a backup holds it
LARGE = 8_000_000  # bytes, or 25,000 participants; a smaller table is rewritten in some tenths of a second
BETWEEN = timedelta(hours=1)  # a large table waits so long, and then all that was erased meanwhile goes at once


def note_erasure(*erased_from: type[models.Model]) -> None:
    """Notes that something was erased from these tables, within the transaction that erased it.

    Raises ValueError for a table that is not WIPED in `columns`, and TransactionManagementError outside a transaction.
    """
    tables = [model._meta.db_table for model in erased_from]
    if unknown := set(tables) - TABLES:
        raise ValueError(f"columns.py does not say that these tables are rewritten: {unknown}")
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("what is erased and the note of it are one transaction")
    Erasure.objects.bulk_create([Erasure(table=table) for table in tables])
    transaction.on_commit(wipe, robust=True)


def wipe() -> int:
    """Takes what was erased from the files of the database, as far as nobody can see it any more.

    Returns from how many tables something is gone now. It does nothing within a transaction, of which it can't be part.
    Whatever could not be done waits for the next time.
    """
    if connection.in_atomic_block or not Erasure.objects.exists():
        return 0
    return _wipe_sqlite() if connection.vendor == "sqlite" else _wipe_postgresql()


def _wipe_postgresql() -> int:
    ended = list(Erasure.objects.filter(before=None).values_list("pk", flat=True))
    # This is not the number of the transaction that erased: what it did within a savepoint has higher numbers.
    Erasure.objects.filter(pk__in=ended).update(before=horizon.above_all_ended())
    unseen = Erasure.objects.filter(before__lte=horizon.oldest_seen())
    if held := Erasure.objects.exclude(pk__in=unseen.values("pk")).values_list("table", flat=True):
        log.info("somebody can still see what was erased from %s: it is rewritten later", ", ".join(sorted({*held})))
    oldest = unseen.order_by("table").values_list("table").annotate(models.Min("erased_at"))
    due = [table for table, since in oldest if since < timezone.now() - BETWEEN or _size(table) < LARGE]
    return sum(_rewrite(table) for table in due)


def _rewrite(table: str) -> bool:
    """Rewrites a table; returns whether PostgreSQL's own mark shows that erased rows are gone from its file."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = {PATIENCE}")
        try:
            cursor.execute(f"VACUUM FULL {connection.ops.quote_name(table)}")
        except OperationalError as fault:
            log.warning("%s is rewritten later: %s", table, type(fault.__cause__).__name__)
            return False
        finally:
            cursor.execute("SET lock_timeout = DEFAULT")
    gone, _ = Erasure.objects.filter(table=table, before__lte=horizon.cleaned_up_to(table)).delete()
    if not gone:
        log.warning("%s still holds what was erased; is the role of DATABASE_URL its owner?", table)
    return gone > 0


def _size(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_total_relation_size(%s::regclass)", [table])
        return int(cursor.fetchone()[0])


def _wipe_sqlite() -> int:
    """Rewrites the whole file at once, and returns from how many tables something is gone now.

    `secure_delete` overwrites a row, but not the copy that is left behind where a page was split.
    """
    waiting = dict(Erasure.objects.values_list("pk", "table"))
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (patience,) = cursor.fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            is_clean = _rewrite_file(cursor)
        except OperationalError:
            is_clean = False
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {patience}")
    if not is_clean:
        log.warning("the database is rewritten later: somebody reads or writes it")
        return 0
    Erasure.objects.filter(pk__in=waiting).delete()
    return len(set(waiting.values()))


def _rewrite_file(cursor: CursorWrapper) -> bool:
    """Rewrites the file and its write-ahead log; returns whether it could.

    It can't as long as somebody reads what was there before.
    """
    for statement in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
        cursor.execute(statement)
        if (row := cursor.fetchone()) and row[0]:
            return False
    return True
