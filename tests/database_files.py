"""An attacker copies the files of the database here, and others read it while something is erased."""

import sqlite3
import struct
import time
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
from django.db import connection
from psycopg.pq import ExecStatus


def files():
    """Returns the files of this database as they are on disk now.

    The server's write-ahead log is not among them. Nor is the file of the responses: what it keeps can't be read
    without the secret of the round.
    """
    if connection.vendor == "sqlite":
        main = Path(connection.settings_dict["NAME"])
        return [path for path in main.parent.iterdir() if path.name.startswith(main.name)]
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SHOW data_directory")
        (root,) = cursor.fetchone()
        cursor.execute("SELECT pg_relation_filepath('assessments_response')")
        (responses,) = cursor.fetchone()
    return [path for path in Path(root, responses).parent.iterdir() if path.name != Path(responses).name]


def found(pieces):
    """Returns those of the pieces that stand somewhere in the files."""
    everything = stored()
    return [piece for piece in pieces if piece in everything]


def stored():
    return b"\0".join(path.read_bytes() for path in files() if path.exists())


def another_connection(**options):
    """Opens a connection as another program has it, such as a backup or psql."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return closing(sqlite3.connect(name, isolation_level=None))
    return closing(psycopg.connect(dbname=name, autocommit=True, **options))


@contextmanager
def an_old_view():
    """Reads all along, as another session, what is in the database at this moment."""
    with another_connection() as other:
        other.execute("BEGIN" if connection.vendor == "sqlite" else "BEGIN ISOLATION LEVEL REPEATABLE READ")
        other.execute("SELECT count(*) FROM assessments_round").fetchone()
        yield
        other.execute("ROLLBACK")


@contextmanager
def an_open_transaction():
    """Leaves a transaction idle after it wrote something: it is in transaction, and holds no snapshot."""
    with another_connection() as other:
        other.execute("BEGIN")
        other.execute("SELECT pg_current_xact_id()")
        yield
        other.execute("ROLLBACK")


@contextmanager
def a_prepared_transaction():
    """Leaves a prepared transaction, which outlives its session and even the server."""
    with another_connection() as other:
        other.execute("BEGIN")
        other.execute("SELECT pg_current_xact_id()")
        other.execute("PREPARE TRANSACTION 'forgotten'")
        try:
            yield
        finally:
            other.execute("ROLLBACK PREPARED 'forgotten'")


@contextmanager
def a_standby():
    """Runs a replica that asks for old rows (hot_standby_feedback), as long as it is there."""
    with another_connection() as other, standby(other, slot=""):
        until(other, "SELECT bool_or(backend_xmin IS NOT NULL) FROM pg_stat_replication")
        yield
    with another_connection() as other:
        until(other, "SELECT count(*) = 0 FROM pg_stat_replication")


@contextmanager
def a_standby_that_is_away():
    """Leaves the slot of a replica that is away, which keeps for it what it asked for."""
    with another_connection() as other:
        other.execute("SELECT pg_create_physical_replication_slot('away')")
        try:
            with standby(other, slot="SLOT away"):
                until(other, "SELECT xmin IS NOT NULL FROM pg_replication_slots")
            until(other, "SELECT NOT active FROM pg_replication_slots")
            yield
        finally:
            other.execute("SELECT pg_drop_replication_slot('away')")


@contextmanager
def standby(other, slot):
    """Speaks the protocol of a replica: starts to read, and says what it still needs (Standby Status: 'h')."""
    position, number = other.execute(
        "SELECT pg_current_wal_flush_lsn(), pg_snapshot_xmin(pg_current_snapshot())"
    ).fetchone()
    epoch, number = divmod(int(number), 2**32)
    with another_connection(replication="true") as replica:
        started = replica.pgconn.exec_(f"START_REPLICATION {slot} PHYSICAL {position}".encode())
        assert started.status == ExecStatus.COPY_BOTH, started.error_message
        replica.pgconn.put_copy_data(b"h" + struct.pack("!qIIII", 0, number, epoch, 0, 0))
        replica.pgconn.flush()
        yield


HOLDING = [an_old_view, an_open_transaction, a_prepared_transaction, a_standby, a_standby_that_is_away]


@contextmanager
def as_a_role_without_rights():
    """Sets a role that may read and write, and owns no table."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE plain")
        cursor.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO plain")
        cursor.execute("GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO plain")
        cursor.execute("SET ROLE plain")
        try:
            yield
        finally:
            cursor.execute("RESET ROLE")
            cursor.execute("DROP OWNED BY plain")
            cursor.execute("DROP ROLE plain")


def until(other, question):
    for _ in range(500):
        if other.execute(question).fetchone()[0]:
            return
        time.sleep(0.01)
    raise AssertionError(question)
