"""Lets PostgreSQL's own programs read and write the database, keeps former tables aside, and sums rows up.

A sum of a table does not depend on the order of its rows, nor on the server: SHA-256 of each row as text, added up.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import IO, Any

from django.db import connection, transaction
from django.db.backends.postgresql.client import DatabaseClient

from samenwerking.backups.archive import PIECE

ASIDE = "samenwerking_before"  # the schema in which the former tables wait until what was restored is seen to be right

# Its keys let in whoever has them, and whoever restores would end all of them: no backup has its rows.
SESSIONS = "django_session"

# Values are the same text on every server.
AS_TEXT = ("TimeZone = 'UTC'", "DateStyle = 'ISO'", "IntervalStyle = 'postgres'", "extra_float_digits = 1")


class ProgramFailed(Exception):
    """One of PostgreSQL's programs is not there, or ended with a fault. Its text is for whoever ran the command."""


def share_snapshot() -> str:
    """Returns a name by which pg_dump sees what this transaction sees; it must be the transaction's first statement."""
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        return str(cursor.fetchone()[0])


def began_at() -> datetime:
    """Returns when this transaction began. It sees all that was written by then, for its snapshot came later."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT transaction_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment


def dumped(snapshot: str) -> Iterator[bytes]:
    """Yields the database in the custom format of pg_dump; of sessions the empty table. Raises ProgramFailed."""
    schema = connection.ops.quote_name(_schema())
    command = ("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--table={schema}.*")
    chosen = (f"--exclude-table-data={schema}.{SESSIONS}", f"--snapshot={snapshot}")
    with tempfile.TemporaryFile() as faults:
        with _run((*command, *chosen), stdout=subprocess.PIPE, stderr=faults) as program:
            assert program.stdout is not None  # noqa: S101 (for mypy)
            while piece := program.stdout.read(PIECE):
                yield piece
        _raise_for(command[0], program, faults)


def restored(pieces: Iterable[bytes]) -> None:
    """Lets pg_restore write the tables of a dump, all or none of them. Raises ProgramFailed."""
    command = ("pg_restore", "--single-transaction", "--no-owner", "--no-privileges")
    with tempfile.TemporaryFile() as faults:
        with _run(command, stdin=subprocess.PIPE, stderr=faults) as program:
            try:
                _feed(program, pieces)
            except BaseException:
                program.kill()  # it would go on, and write the tables once nobody looks
                raise
        _raise_for(command[0], program, faults)
    connection.close()  # what it prepared was for the former tables


def others_connected() -> int:
    """Returns how many other connections there are to this database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND usename IS NOT NULL AND pid <> pg_backend_pid()"
        )
        return int(cursor.fetchone()[0])


@transaction.atomic
def put_aside() -> None:
    """Moves all tables to a schema of their own, where nothing looks for them."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {ASIDE}")
        for table in _tables():
            cursor.execute(f"ALTER TABLE {_quoted(table)} SET SCHEMA {ASIDE}")


@transaction.atomic
def put_back() -> None:
    """Removes the tables that were written since, and moves back those that were put aside."""
    with connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(f"DROP TABLE IF EXISTS {_quoted(table)} CASCADE")
        own = connection.ops.quote_name(_schema())
        for table in _tables(ASIDE):
            cursor.execute(f"ALTER TABLE {ASIDE}.{connection.ops.quote_name(table)} SET SCHEMA {own}")
        cursor.execute(f"DROP SCHEMA {ASIDE}")


def forget_aside() -> None:
    """Removes for good what was put aside; its files go with it."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA {ASIDE} CASCADE")


def has_aside() -> bool:
    """Tells whether a restore is under way, or an earlier one was broken off."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_namespace WHERE nspname = %s", [ASIDE])
        return bool(cursor.fetchone()[0])


def sums() -> dict[str, dict[str, Any]]:
    """Returns of each table but that of sessions how many rows it has and their sum.

    It needs a transaction, for its settings.
    """
    with connection.cursor() as cursor:
        for setting in AS_TEXT:
            cursor.execute(f"SET LOCAL {setting}")
    return {table: _sum(table) for table in _tables() if table != SESSIONS}


def server_version() -> int:
    """Returns PostgreSQL's major version."""
    return int(connection.cursor().connection.info.server_version) // 10000


def _sum(table: str) -> dict[str, Any]:
    """Returns both. Bytes go in as their hash: as text a large one would take four times as much."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(attname), format_type(atttypid, NULL) FROM pg_attribute"
            " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
            [_quoted(table)],
        )
        columns = [f"sha256({name})" if kind == "bytea" else name for name, kind in cursor.fetchall()]
        row = f"encode(sha256(convert_to(ROW({', '.join(columns)})::text, 'UTF8')), 'hex')"
        # 60 bits of each: they can be added as numbers.
        number = f"('x' || left({row}, 15))::bit(60)::bigint"
        cursor.execute(f"SELECT count(*), coalesce(sum({number}), 0)::text FROM {_quoted(table)}")  # noqa: S608 (quoted)
        rows, total = cursor.fetchone()
    return {"rows": rows, "sum": total}


def _tables(schema: str | None = None) -> list[str]:
    """Returns the tables in the schema that is used, or another one, but for those of extensions."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = %s::regnamespace"
            " AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e') ORDER BY relname",
            [connection.ops.quote_name(schema or _schema())],
        )
        return [name for (name,) in cursor.fetchall()]


def _schema() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        return str(cursor.fetchone()[0])


def _quoted(table: str) -> str:
    return f"{connection.ops.quote_name(_schema())}.{connection.ops.quote_name(table)}"


def _run(command: tuple[str, ...], **streams: Any) -> subprocess.Popen[bytes]:
    """Starts a program at the database of the settings; a password goes by its environment, where nobody sees it."""
    program, *arguments = command
    settings = connection.settings_dict
    at, more = DatabaseClient.settings_to_cmd_args_env(settings, [])
    at = at[1:-1] if settings["NAME"] else at[1:]
    path = shutil.which(program)
    if path is None:
        raise ProgramFailed(f"{program} is er niet. Installeer het programma van PostgreSQL, zoals postgresql-client.")
    named = [f"--dbname={settings['NAME'] or ''}"]
    return subprocess.Popen([path, *at, *arguments, *named], env=os.environ | (more or {}), **streams)  # noqa: S603


def _feed(program: subprocess.Popen[bytes], pieces: Iterable[bytes]) -> None:
    """Gives a program these pieces, and waits for its end; one that ends before that says why by itself."""
    assert program.stdin is not None  # noqa: S101 (for mypy)
    with suppress(BrokenPipeError):
        for piece in pieces:
            program.stdin.write(piece)
    with suppress(BrokenPipeError):
        program.stdin.close()
    program.wait()


def _raise_for(name: str, program: subprocess.Popen[bytes], faults: IO[bytes]) -> None:
    """Raises ProgramFailed with the program's own words, but for those that quote a row."""
    if program.returncode:
        faults.seek(0)
        said = [line for line in faults.read(PIECE).decode(errors="replace").splitlines() if "error:" in line]
        raise ProgramFailed(f"{name} is mislukt: {' '.join(said[:1]) or program.returncode}.")
