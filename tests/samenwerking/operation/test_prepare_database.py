"""Several machines that start at once leave one database that is whole, and none of them fails."""

import os
import subprocess
import sys
from contextlib import contextmanager
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings

from samenwerking.operation.management.commands.prepare_database import LOCK

pytestmark = [
    pytest.mark.long,
    pytest.mark.django_db(transaction=True),
]
PATIENCE = 300


@pytest.fixture
def empty_database():
    name = f"empty_{uuid4().hex}"
    with psycopg.connect(dbname="postgres", autocommit=True) as there:
        there.execute(f"CREATE DATABASE {name}")
        yield name
        there.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def starting(database):
    environment = os.environ | {"DATABASE_URL": f"postgres:///{database}"}
    command = [sys.executable, "manage.py", "prepare_database", "--verbosity", "0"]
    process = subprocess.Popen(
        command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def asked(database, question):
    with psycopg.connect(dbname=database) as there:
        return there.execute(question).fetchone()[0]


def test_three_that_start_at_once_on_an_empty_database_all_succeed(empty_database):
    with starting(empty_database) as first, starting(empty_database) as second, starting(empty_database) as third:
        said = [process.communicate(timeout=PATIENCE)[0] for process in (first, second, third)]
        assert [process.returncode for process in (first, second, third)] == [0, 0, 0], said
    assert sorted("wacht daarop" in words for words in said) == [False, True, True]
    assert asked(empty_database, "SELECT count(*) FROM factors_instrumentversion") == 1
    doubled = "SELECT count(*) - count(DISTINCT (app, name)) FROM django_migrations"
    assert asked(empty_database, doubled) == 0


def test_one_that_waits_holds_up_no_index_and_goes_on_once_the_other_is_killed(empty_database):
    other = psycopg.connect(dbname=empty_database, autocommit=True)
    other.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    with starting(empty_database) as process:
        assert "wacht daarop" in process.stdout.readline()
        views = "SELECT count(backend_xmin) FROM pg_stat_activity WHERE datname = current_database() AND pid <> %s"
        assert other.execute(views, [other.info.backend_pid]).fetchone() == (0,)
        other.close()
        assert process.wait(PATIENCE) == 0
    assert asked(empty_database, "SELECT count(*) FROM factors_instrumentversion") == 1
