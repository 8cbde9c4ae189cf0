"""Erasing for good: what was erased from a table is to go from its file too. Knows no round, result or page.

A database leaves what a row was in the file. PostgreSQL's VACUUM FULL writes a table anew without it, but not as long
as anybody can still see the old rows: a page that began before, a backup, a standby. So each erasing is noted, in its
own transaction, and forgotten only once the file is known to be clean; until then it is tried again.
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
LARGE = 8_000_000  # bytes, or 25,000 participants. A smaller one is written anew in some tenths of a second
BETWEEN = timedelta(hours=1)  # a large one waits so long, and takes what was erased meanwhile along


def erased(*erased_from: type[models.Model]) -> None:
    """Notes that something was erased from these tables. Within the transaction that erased it.

    Raises ValueError for a table of which `columns` does not say that it is written anew.
    """
    tables = [model._meta.db_table for model in erased_from]
    if unknown := set(tables) - TABLES:
        raise ValueError(f"columns.py does not say that these are written anew: {unknown}")
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("what is erased and the note of it are one transaction")
    Erasure.objects.bulk_create([Erasure(table=table) for table in tables])
    transaction.on_commit(wipe, robust=True)


def wipe() -> int:
    """Takes what was erased from the files of the database, as far as nobody can see it any more.

    Returns the number of tables that are clean now.

    Nothing within a transaction, of which it can't be part. Whatever could not be done waits for the next time.
    """
    if connection.in_atomic_block or not Erasure.objects.exists():
        return 0
    return _wipe_sqlite() if connection.vendor == "sqlite" else _wipe_postgresql()


def _wipe_postgresql() -> int:
    ended = list(Erasure.objects.filter(before=None).values_list("pk", flat=True))
    # Not the number of the transaction that erased: what it did within a savepoint has numbers of its own, higher ones.
    Erasure.objects.filter(pk__in=ended).update(before=horizon.next_number())
    unseen = Erasure.objects.filter(before__lte=horizon.oldest_seen())
    if held := Erasure.objects.exclude(pk__in=unseen.values("pk")).values_list("table", flat=True):
        log.info("somebody can still see what was erased from %s: it is written anew later", ", ".join(sorted({*held})))
    oldest = unseen.order_by("table").values_list("table").annotate(models.Min("erased_at"))
    due = [table for table, since in oldest if since < timezone.now() - BETWEEN or _size(table) < LARGE]
    return sum(_write_anew(table) for table in due)


def _write_anew(table: str) -> bool:
    """Whether PostgreSQL itself says that the file keeps nothing of what was erased first from this table."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = {PATIENCE}")
        try:
            cursor.execute(f"VACUUM FULL {connection.ops.quote_name(table)}")
        except OperationalError as fault:
            log.warning("%s is written anew later: %s", table, type(fault.__cause__).__name__)
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
    """The whole file at once: `secure_delete` overwrites a row, but not the copy left behind where a page was split."""
    waiting = dict(Erasure.objects.values_list("pk", "table"))
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (patience,) = cursor.fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            is_clean = _write_file_anew(cursor)
        except OperationalError:
            is_clean = False
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {patience}")
    if not is_clean:
        log.warning("the database is written anew later: somebody reads or writes it")
        return 0
    Erasure.objects.filter(pk__in=waiting).delete()
    return len(set(waiting.values()))


def _write_file_anew(cursor: CursorWrapper) -> bool:
    """Whether nobody reads what was there before, so that it could go from the file and the write-ahead log."""
    for statement in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
        cursor.execute(statement)
        if (row := cursor.fetchone()) and row[0]:
            return False
    return True
