"""The doctor finds nothing to do where all is well, and says what to do about each thing that is not."""

import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings as own
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from factors.models import InstrumentVersion
from samenwerking import health
from samenwerking.checks import check_processes
from samenwerking.operation.doctor import findings
from samenwerking.workers import heartbeats
from samenwerking.workers.models import Heartbeat
from tests import jobs as ours
from tests.cast import loaded_instrument
from tests.cluster import cluster, free_port, on_cluster
from tests.mail_server import server
from tests.samenwerking.test_settings import SAFE

__all__ = ["cluster", "server"]  # fixtures

NOWHERE = "postgres://nobody@127.0.0.1:1/none"


@pytest.fixture(autouse=True)
def nothing_known():
    """Lets no test lean on what a process asks once."""
    health.migrated.cache_clear()
    health.fonts.cache_clear()


def in_real_use(database, server):
    mail = {"EMAIL_URL": f"smtp://127.0.0.1:{server.port}", "SECURITY_CONTACT": "mailto:security@voorbeeld.nl"}
    more = {"DATABASE_URL": database, "TRUSTED_PROXY_COUNT": "1", "DEFAULT_FROM_EMAIL": "jeugd@voorbeeld.nl"}
    secret = {"SECRET_KEY": "only-for-these-tests-" + "0123456789" * 3}
    return {"PATH": os.environ["PATH"], **SAFE, **secret, **mail, **more}


def doctor(environment):
    command = [sys.executable, "manage.py", "doctor"]
    done = subprocess.run(command, cwd=own.BASE_DIR, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


@pytest.mark.django_db(transaction=True)
def test_it_finds_nothing_to_do_where_all_is_well(cluster, server):
    environment = in_real_use(cluster.url, server)
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(collect, cwd=own.BASE_DIR, env=environment, check=True)
    with on_cluster(cluster):
        loaded_instrument()
        heartbeats.beat("worker", "a")
        heartbeats.beat("due", "due")
        with connection.cursor() as cursor:
            for setting in ("wal_recycle = off", "min_wal_size = '32MB'"):
                cursor.execute(f"ALTER SYSTEM SET {setting}")
            cursor.execute("SELECT pg_reload_conf()")
    status, said = doctor(environment)
    assert (status, "DOEN" in said, said.splitlines()[-1]) == (0, False, "Er is niets te doen."), said


def test_without_a_database_it_says_so_and_looks_at_the_rest(server):
    status, said = doctor(in_real_use(NOWHERE, server))
    assert status == 1
    assert "DOEN  database: antwoordt niet (OperationalError)\n      Start PostgreSQL" in said
    assert "goed  mail: de mailserver antwoordt" in said


def todo(what):
    """Returns what was found of a part, where there is something to do about it."""
    return [found.fact for found in findings() if found.what == what and found.todo]


@pytest.mark.django_db
def test_a_database_that_misses_migrations_or_an_instrument_is_to_be_prepared(capsys):
    InstrumentVersion.objects.all().delete()
    assert todo("instrument") == ["er is nog geen"]
    MigrationRecorder.Migration.objects.get(app="workers").delete()
    health.migrated.cache_clear()
    assert len(todo("migraties")) == 1
    with pytest.raises(SystemExit) as ended:
        call_command("doctor")
    assert ended.value.code == 1
    assert "Draai manage.py prepare_database." in capsys.readouterr().out


@pytest.mark.django_db
def test_settings_and_rights_by_which_nothing_can_be_erased_for_good_are_told():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL wal_recycle = on")  # whatever the server of the tests has
    assert todo("log van de database")[0].startswith("wal_recycle=on")
    assert todo("rechten in de database") == todo("rechten voor het log") == []
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE a_stranger")
        cursor.execute("GRANT pg_read_all_data, pg_read_all_stats TO a_stranger")
        cursor.execute("SET ROLE a_stranger")
        found, about_the_log = todo("rechten in de database"), todo("rechten voor het log")
        cursor.execute("RESET ROLE")
        assert about_the_log == ["geen bewijs van wissen kan zeggen dat het log schoon is"]
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        assert found == [f"tabellen van een andere rol dan die in DATABASE_URL: {cursor.fetchone()[0]}"]


@pytest.mark.django_db
def test_work_that_is_silent_fails_or_waits_is_told():
    assert todo("worker") == todo("due") == ["nog nooit gezien"]
    heartbeats.beat("worker", "a")
    heartbeats.beat("due", "due", failures=2)
    assert todo("worker") == []
    assert todo("due") == ["de laatste keer mislukt: 2"]
    Heartbeat.objects.update(seen_at=timezone.now() - timedelta(hours=1), failures=0)
    assert (len(todo("worker")), len(todo("due")), todo("rij")) == (1, 1, [])
    ours.work.enqueue("")
    DBTaskResult.objects.update(enqueued_at=datetime(2026, 11, 1, 12, tzinfo=UTC))
    assert todo("rij") == ["taken die wachten: 1, bezig: 0"]
    DBTaskResult.objects.update(status="FAILED")
    assert todo("rij") == ["taken die mislukten in de laatste week: 1"]


@pytest.mark.django_db
def test_mail_fonts_and_room_to_write_are_looked_at(server, settings, monkeypatch, tmp_path):
    assert todo("mail") == todo("lettertypen") == todo("tijdelijke bestanden") == []
    settings.EMAIL_PORT = free_port()
    assert todo("mail") == ["the server does not answer (ConnectionRefusedError)"]
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nergens"))
    assert todo("tijdelijke bestanden") == ["er is geen map om in te schrijven"]


@pytest.mark.django_db
def test_several_machines_without_a_shared_cache_are_told(settings):
    def machines(execute, sql, params, many, context):
        return execute(
            sql.replace("FROM pg_stat_activity", f"FROM ({serving}) AS pg_stat_activity"), params, many, context
        )

    columns = "SELECT current_database() AS datname, '{}' AS application_name, '10.0.0.{}'::inet AS client_addr"
    serving = " UNION ALL ".join(columns.format("samenwerking gunicorn", number) for number in (1, 1))
    with connection.execute_wrapper(machines):
        assert todo("cache") == []
        serving += " UNION ALL " + columns.format("samenwerking manage.py", 2)
        assert todo("cache") == []
        serving += " UNION ALL " + columns.format("samenwerking gunicorn", 3)
        assert len(todo("cache")) == 1


def test_many_processes_without_a_shared_cache_are_told_by_the_check(monkeypatch, settings):
    assert check_processes() == []
    monkeypatch.setenv("WEB_CONCURRENCY", "6")
    assert [found.id for found in check_processes()] == ["samenwerking.W006"]
    settings.CACHES = {"default": {"BACKEND": "samenwerking.cache.SharedCache"}}
    assert check_processes() == []


def test_what_is_still_of_the_example_is_told(db, settings):
    assert not [fact for fact in todo("instellingen") if fact.startswith("nog van het voorbeeld")]
    settings.SECURITY_CONTACT, settings.SUPPORT_CONTACT = "mailto:security@example.nl", "support@example.nl"
    assert "nog van het voorbeeld: SECURITY_CONTACT, SUPPORT_CONTACT" in todo("instellingen")
