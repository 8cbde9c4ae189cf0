"""The pages of health say what is wrong with what the site leans on, and only two things take it out of use."""

import socket
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from samenwerking import health
from samenwerking.workers import heartbeats
from samenwerking.workers.models import Heartbeat
from tests import jobs as ours
from tests.cluster import free_port
from tests.mail_server import server

__all__ = ["server"]  # a fixture

PATIENCE = 60


@pytest.fixture(autouse=True)
def nothing_known():
    """Lets no test lean on what a process asks once."""
    health.migrated.cache_clear()
    health.fonts.cache_clear()


@pytest.fixture
def at_work(db):
    heartbeats.beat("worker", "a")
    heartbeats.beat("due", "due")


def said(client, name):
    answer = client.get(reverse(name))
    return answer.status_code, answer.content.decode().splitlines()


def lines(client, name="ready"):
    status, told = said(client, name)
    return status, dict(line.split(": ", 1) for line in told)


def until_told(client, is_so):
    """Returns what the line on mail says once it fits: the mail server is asked beside the page."""
    end = time.monotonic() + PATIENCE
    while not is_so(told := lines(client)[1]["mail"]):
        assert time.monotonic() < end, told
        time.sleep(0.05)
    return told


def test_all_is_told_line_by_line_where_all_is_well(client, at_work):
    until_told(client, lambda told: told == "ok")
    every = dict.fromkeys(("database", "migrations", "queue", "mail", "clock", "fonts"), "ok")
    assert lines(client) == (200, every)
    assert said(client, "working") == (200, ["ok"])


def test_without_a_database_it_is_not_ready(client, at_work):
    def unreachable(execute, sql, params, many, context):
        raise OperationalError("no connection")

    assert lines(client)[0] == 200  # the migrations are known from here on, and the database is asked all the same
    with connection.execute_wrapper(unreachable):
        assert said(client, "ready") == (503, ["database: away"])
        assert said(client, "working") == (503, ["no database"])
        assert said(client, "secrets") == (503, ["no database"])
    assert said(client, "secrets") == (200, ["ok"])


def test_it_is_not_ready_before_the_migrations_of_this_version(client, at_work):
    last = MigrationRecorder.Migration.objects.get(app="workers")
    name = last.name
    last.delete()
    assert lines(client) == (503, {"database": "ok", "migrations": f"1 not applied, the first is workers.{name}"})
    MigrationRecorder.Migration.objects.create(app="workers", name=name)
    assert lines(client)[0] == 200


def test_a_database_that_a_newer_version_migrated_still_serves_this_one(client, at_work):
    MigrationRecorder.Migration.objects.create(app="assessments", name="9999_of_a_newer_version")
    assert lines(client)[1]["migrations"] == "ok"


def test_the_health_of_the_work_says_which_of_both_is_silent_or_fails(client, db):
    until_told(client, lambda told: told == "ok")
    assert said(client, "working") == (503, ["worker: not seen yet", "due: not seen yet"])
    heartbeats.beat("worker", "a")
    heartbeats.beat("due", "due")
    assert said(client, "working") == (200, ["ok"])
    Heartbeat.objects.update(seen_at=datetime(2026, 11, 1, 12, tzinfo=UTC))
    silent = "silent since 2026-11-01T12:00:00Z"
    assert said(client, "working") == (503, [f"worker: {silent}", f"due: {silent}"])
    assert lines(client)[1]["queue"] == f"worker: {silent}; due: {silent}"
    heartbeats.beat("worker", "b")
    heartbeats.beat("due", "due", failures=2)
    assert said(client, "working") == (503, ["due: 2 failed, see its log"])


def test_a_job_that_nobody_takes_up_is_told_and_one_that_waits_for_its_moment_is_not(client, at_work):
    ours.work.enqueue("")
    assert said(client, "working") == (200, ["ok"])
    DBTaskResult.objects.update(enqueued_at=datetime(2026, 11, 1, 12, tzinfo=UTC))
    assert said(client, "working") == (503, ["queue: a job waits since 2026-11-01T12:00:00Z"])
    DBTaskResult.objects.update(run_after=timezone.now() + timedelta(hours=1))
    assert said(client, "working") == (200, ["ok"])
    DBTaskResult.objects.update(status="RUNNING", run_after=timezone.now() - timedelta(hours=1))
    assert said(client, "working") == (200, ["ok"])


def test_a_mail_server_that_is_away_is_told_and_the_site_stays_in_use(client, at_work, server, settings):
    asked = until_told(client, lambda told: told != health.NOT_ASKED)
    assert asked == "ok"
    settings.EMAIL_PORT = free_port()
    assert until_told(client, lambda told: True) == "ok"  # asked once a minute, however often somebody looks
    cache.clear()
    away = "the server does not answer (ConnectionRefusedError)"
    assert until_told(client, lambda told: told != health.NOT_ASKED) == away
    assert lines(client)[0] == 200
    assert said(client, "working") == (503, [f"mail: {away}"])


def test_a_mail_password_that_cannot_be_sent_is_told(client, at_work, server, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "samenwerking", "geheim"
    assert health.mail_now() == ""
    settings.EMAIL_HOST_PASSWORD = "geheim-é"
    told = until_told(client, lambda told: told != health.NOT_ASKED)
    assert told.startswith("our name or password, or the server's name, has a sign that can't be sent")
    assert said(client, "working") == (503, [f"mail: {told}"])


def test_a_mail_server_that_says_nothing_keeps_no_probe_waiting(client, at_work, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", silent.getsockname()[1]
        began = time.monotonic()
        assert lines(client)[1]["mail"] == health.NOT_ASKED
        assert time.monotonic() - began < health.PATIENCE / 2
        assert until_told(client, lambda told: told != health.NOT_ASKED).startswith("the server does not answer")


def test_a_clock_that_differs_from_the_databases_is_told(client, at_work, monkeypatch):
    assert health.clock() == ""
    real = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: real() + timedelta(seconds=40))
    assert health.clock() == "40 s ahead of the database's"
    monkeypatch.setattr(timezone, "now", lambda: real() - timedelta(seconds=40))
    assert health.clock() == "40 s behind the database's"
    assert lines(client)[0] == 200


def test_fonts_that_are_missing_are_told(client, at_work, settings, tmp_path, monkeypatch):
    (tmp_path / "fonts.conf").write_text("<fontconfig/>")
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))
    assert lines(client)[1]["fonts"] == "no font of this machine has our letters"
    health.fonts.cache_clear()
    settings.STATICFILES_DIRS = []
    assert lines(client)[1]["fonts"] == "our own font is missing"
