"""Tests of backups share how they run the commands, and an empty database beside that of the test."""

import io
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from samenwerking.backups.archive import read_archive, write_archive


def run(command, *arguments):
    out = io.StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


def refusal_of(command, *arguments):
    with pytest.raises(CommandError) as refused:
        run(command, *arguments)
    return str(refused.value)


@pytest.fixture
def committed(transactional_db, cast):
    """Returns the cast, with an open round in which two have sent; all of it is committed."""
    cast.answer(cast.participants()[0], value=2)
    cast.answer(cast.participants()[1], value=5)
    end_what_other_tests_left()
    return cast


def end_what_other_tests_left():
    """Ends connections of threads that ended without closing theirs: a restore refuses while anybody is connected."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )


@pytest.fixture
def elsewhere(transactional_db):
    """Returns a context in which the ORM and the commands have an empty database."""
    name = f"{connection.settings_dict['NAME']}_elsewhere"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}"')

    @contextmanager
    def there():
        here, connection.settings_dict = connection.settings_dict, {**connection.settings_dict, "NAME": name}
        connection.close()
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict = here

    yield there
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}"')


@pytest.fixture
def file(tmp_path):
    return tmp_path / "samenwerking.zip"


def rewritten(file, change):
    """Writes the backup anew with a changed receipt, and a seal that is right all the same."""
    backup = read_archive(file)
    told = backup.receipt
    change(told)
    other = file.with_name("other.zip")
    with other.open("wb") as out:
        write_archive(out, backup.pieces(), lambda: told)
    return other
