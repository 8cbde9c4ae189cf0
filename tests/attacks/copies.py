"""A thief of copies has rows, files of the database and its log, and these programs look for answers in them."""

import json
import os
import re
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from django.apps import apps
from django.db import connection

from assessments.models import Message, Response
from assessments.models.mail import TO_THE_UNFINISHED


@dataclass
class Copy:
    """Holds the database at one moment: every row of every table, and all bytes that its files have."""

    rows: dict[str, list[dict]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)

    def where(self, what: bytes) -> set[str]:
        """Returns the kinds of places where something stands in clear."""
        found = {kind for kind, content in self.files.items() if what in content}
        words = {what.decode(), repr(what.decode())[1:-1]}
        rows = {table for table, own in self.rows.items() if any(word in str(row) for row in own for word in words)}
        return found | rows


AS_IT_WAS = "responses_as_they_were"  # a table of these tests only: partner, level and answers in clear


def keep_as_it_was(key, person, answers: dict) -> None:
    """Writes a response as it was kept before it was sealed."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {AS_IT_WAS} VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (key) DO UPDATE SET answers = excluded.answers",
            [str(key), person.partner_id, person.level, json.dumps(answers)],
        )


def take_copy(*, with_files: bool = True) -> Copy:
    """Copies everything that is there now, also what is only left behind in files."""
    with connection.cursor() as cursor:
        copy = Copy({table: _rows(cursor, table) for table in _tables()})
        if connection.vendor == "postgresql":
            cursor.execute("CHECKPOINT")
    if not with_files:
        return copy
    folders = _folders_of_postgresql() if connection.vendor == "postgresql" else _files_of_sqlite()
    copy.files = {kind: b"".join(path.read_bytes() for path in paths) for kind, paths in folders.items()}
    return copy


@contextmanager
def all_is_logged():
    """Lets PostgreSQL write every statement in its log, with the values of its parameters."""
    _set(log_statement="all", log_parameter_max_length="-1")
    try:
        yield
    finally:
        _set(log_statement=None, log_parameter_max_length=None)


def _set(**settings: str | None) -> None:
    with connection.cursor() as cursor:
        for name, value in settings.items():
            cursor.execute(f"ALTER SYSTEM SET {name} = {value!r}" if value else f"ALTER SYSTEM RESET {name}")
        cursor.execute("SELECT pg_reload_conf()")
        cursor.execute("SELECT pg_sleep(0.3)")  # until this session has taken the setting over


def _tables() -> list[str]:
    there = connection.introspection.table_names()
    return [*(m._meta.db_table for m in apps.get_models(include_auto_created=True)), *{AS_IT_WAS}.intersection(there)]


def _rows(cursor, table: str) -> list[dict]:
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, map(_plain, row), strict=True)) for row in cursor.fetchall()]


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value


def _folders_of_postgresql() -> dict[str, list[Path]]:
    home = Path(os.environ["PGHOST"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT oid FROM pg_database WHERE datname = current_database()")
        own = home / "data" / "base" / str(cursor.fetchone()[0])
    return {
        "data": [path for path in own.iterdir() if path.is_file()],
        "pg_wal": [path for path in (home / "data" / "pg_wal").iterdir() if path.is_file()],
        "log": [home / "log"],
    }


def _files_of_sqlite() -> dict[str, list[Path]]:
    file = Path(connection.settings_dict["NAME"])
    return {"data": [path for path in file.parent.glob(f"{file.name}*") if path.is_file()]}


@dataclass(frozen=True)
class Named:
    """Names a person, and the answers that an attacker takes for theirs."""

    participant: str
    answers: str


def alone_at_their_place(copy: Copy, responses: str = Response._meta.db_table) -> set[Named]:
    """Returns the people who alone can have given a response, by the place that it tells.

    Its answers must be readable.
    """
    return {
        Named(people[0], answers)
        for row in copy.rows[responses]
        if len(people := _who_can_have_given(row, copy)) == 1 and (answers := readable(row))
    }


def between_two_copies(copies: list[Copy], responses: str = Response._meta.db_table) -> set[Named]:
    """Returns the people whose response came in between two copies, as far as copies tell.

    Whoever was reminded before one copy and not before the next had finished. That names a person who is the only such
    person of a place where one new response came in meanwhile, if its answers can be read.
    """
    found = set()
    for before, after in pairwise(copies):
        known = {str(row["key"]) for row in before.rows[responses]}
        finished = _reminded(before) - _reminded(after)
        by_place = defaultdict(list)
        for row in after.rows[responses]:
            if str(row["key"]) not in known:
                by_place[_place(row)].append(row)
        for rows in by_place.values():
            people = [person for person in _who_can_have_given(rows[0], after) if person in finished]
            if len(rows) == len(people) == 1 and (answers := readable(rows[0])):
                found.add(Named(people[0], answers))
    return found


def readable(row: dict) -> str:
    """Returns the answers in a row that anybody can read: a document of them, a run of signs, or '' if none."""
    whole = "".join(value.decode("latin-1") if isinstance(value, bytes) else str(value) for value in row.values())
    found = re.search(r'\{"VG1".*?\}|[1-5?]{20,}', whole)
    return found[0] if found else ""


def _reminded(copy: Copy) -> set[str]:
    """Returns those who got the last kind of reminder that went out: they had not finished."""
    sent = [row for row in copy.rows[Message._meta.db_table] if row["kind"] in TO_THE_UNFINISHED]
    last = max((row["kind"] for row in sent), default="")
    return {str(row["participant_id"]) for row in sent if row["kind"] == last}


def _who_can_have_given(response: dict, copy: Copy) -> list[str]:
    """Returns everybody of the place that the row of a response tells, or everybody if it tells none."""
    people = copy.rows["assessments_participant"]
    place = _place(response)
    return [str(row["id"]) for row in people if place in ((None, None), _place(row))]


def _place(row: dict) -> tuple:
    return row.get("partner_id"), row.get("level")


def blobs_after(content: bytes, what: bytes, length: int) -> list[bytes]:
    """Returns each run of `length` bytes within a tuple's head after `what`: where a sealed field can lie."""
    return [
        content[start : start + length]
        for place in (match.end() for match in re.finditer(re.escape(what), content))
        for start in range(place, place + 120)
    ]
