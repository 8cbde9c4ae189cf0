"""A restore that is stopped puts the former tables back; one that is killed leaves a database that nothing opens."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from assessments.models import Network
from samenwerking.backups import postgresql
from samenwerking.backups.archive import read_archive
from samenwerking.backups.engine.base import restoring
from samenwerking.commands import NO_DATABASE
from samenwerking.database import Unsettled
from samenwerking.operation.doctor import findings
from tests.backups import committed, elsewhere, file, refusal_of, run

__all__ = ["committed", "elsewhere", "file"]  # fixtures

LATER = "Van na de back-up"
PATIENCE = 60  # seconds
DEFAULT = ["env", "--default-signal=HUP,INT,TERM"]  # also where whoever runs the tests ignores one
WAITS = "SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'public.assessments_round'::regclass"
TOLD = "a restore is under way or was broken off: see manage.py doctor"


@pytest.fixture
def backup(committed, file):
    """Returns the file of a backup, since which a network was added."""
    run("backup", "--out", file)
    Network.objects.create(name=LATER)
    yield file
    with restoring():
        connection.close()
        if postgresql.has_aside():
            postgresql.put_back()
    connection.close()


@pytest.fixture
def half_way(backup):
    """Leaves the database as a restore does that is killed once pg_restore is done."""
    postgresql.put_aside()
    postgresql.restored(read_archive(backup).pieces())
    return backup


def names():
    return set(Network.objects.values_list("name", flat=True))


def test_nothing_is_served_sent_or_copied_from_a_database_that_is_not_settled(half_way, tmp_path):
    visitor = Client(raise_request_exception=False)
    for page in ("ready", "working"):
        answer = visitor.get(reverse(page))
        assert (answer.status_code, answer.content.decode()) == (503, f"database: {TOLD}\n")
    assert visitor.post(reverse("account_login"), {"login": "a@example.org", "password": "x"}).status_code == 503
    with pytest.raises(SystemExit) as ended:
        call_command("due")
    assert ended.value.code == NO_DATABASE
    with pytest.raises(Unsettled):
        run("backup", "--out", tmp_path / "second.zip")
    with pytest.raises(Unsettled):
        call_command("prepare_database")


def test_the_doctor_says_how_to_go_on_or_back(half_way):
    told = [found.todo for found in findings() if found.what == "database"]
    assert len(told) == 1
    assert "manage.py restore BESTAND --replace" in told[0]
    assert "manage.py restore --undo --replace" in told[0]


def test_the_next_restore_throws_nothing_away_unasked(half_way):
    assert "Een eerder terugzetten is afgebroken." in refusal_of("restore", half_way)
    assert "Een eerder terugzetten is afgebroken." in refusal_of("restore", "--undo")
    with restoring():
        assert postgresql.has_aside()
        assert LATER not in names()
        connection.close()


def test_whoever_undoes_it_has_what_was_there_before(half_way):
    assert "weer wat er was voor het terugzetten" in run("restore", "--undo", "--replace")
    assert LATER in names()
    assert refusal_of("restore", "--undo") == "Er is geen terugzetten afgebroken. Er is niets veranderd."


def test_whoever_restores_once_more_has_the_backup(half_way):
    run("restore", half_way, "--replace")
    assert LATER not in names()
    assert not postgresql.has_aside()


def test_somebody_who_names_no_file_or_both_is_told_what_to_give(backup):
    for arguments in ([], [backup, "--undo"]):
        assert refusal_of("restore", *arguments) == "Geef het bestand van een back-up, of --undo."


@contextmanager
def restore_that_waits(file, *, under=DEFAULT):
    """Restores in a process of its own, which waits for a lock from when pg_restore is done until the end of this."""
    name = connection.settings_dict["NAME"]
    connection.close()
    command = [*under, sys.executable, "manage.py", "restore", str(file), "--replace"]
    environment = os.environ | {"DATABASE_URL": f"postgres:///{name}"}
    pipes = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, **pipes) as process:
        with psycopg.connect(dbname="postgres", autocommit=True) as beside:
            writes = "SELECT 1 FROM pg_stat_activity WHERE datname = %s AND application_name = 'pg_restore'"
            until(lambda: beside.execute(writes, [name]).fetchone())
        with psycopg.connect(dbname=name, autocommit=True) as inside:
            until(lambda: inside.execute("SELECT to_regclass('public.assessments_round')").fetchone()[0])
            with inside.transaction():
                inside.execute("LOCK TABLE assessments_round IN ACCESS EXCLUSIVE MODE")
                until(lambda: inside.execute(WAITS).fetchone())
                yield process
        process.told = process.stderr.read()


def until(is_so):
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT])
def test_whoever_loses_the_terminal_or_stops_it_has_the_former_database_back(backup, number):
    with restore_that_waits(backup) as process:
        process.send_signal(number)
    assert (process.returncode, process.told.strip()) == (1, "CommandError: Gestopt. Er is niets veranderd.")
    assert LATER in names()
    assert not postgresql.has_aside()


def test_pg_restore_ends_with_who_asked_for_it(backup, elsewhere):
    """It has all that it needs by then, and would write the tables once the former ones are back."""

    def whole_and_then_stopped():
        yield from read_archive(backup).pieces()
        raise KeyboardInterrupt

    with elsewhere():
        with pytest.raises(KeyboardInterrupt):
            postgresql.restored(whole_and_then_stopped())
        until(lambda: not postgresql.others_connected())
        assert connection.introspection.table_names() == []


def test_one_that_was_to_outlive_its_terminal_goes_on(backup):
    with restore_that_waits(backup, under=["nohup"]) as process:
        process.send_signal(signal.SIGHUP)
    assert process.returncode == 0, process.told
    assert LATER not in names()


def test_after_one_that_was_killed_nothing_opens_the_database(backup):
    with restore_that_waits(backup) as process:
        process.kill()
        process.wait(PATIENCE)
    with pytest.raises(Unsettled):
        names()
    run("restore", "--undo", "--replace")
    assert LATER in names()
