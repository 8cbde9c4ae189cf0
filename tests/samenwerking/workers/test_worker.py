"""The worker and `due` outlive their database, jobs outlive their worker, and a job that ends workers is given up."""

import io
import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from samenwerking import jobs
from samenwerking.accounts.models import User
from samenwerking.workers import heartbeats
from samenwerking.workers.models import Heartbeat
from tests import jobs as ours
from tests.cluster import cluster, on_cluster
from tests.html import elements

__all__ = ["cluster"]  # a fixture

PATIENCE = 60  # seconds: only shows what hangs
NOWHERE = "postgres://nobody@127.0.0.1:1/none"


@contextmanager
def running(command, database):
    """Runs a command of manage.py on a database; yields the process, and ends it."""
    program = [sys.executable, "manage.py", *command.split()]
    environment = os.environ | {"DATABASE_URL": database}
    process = subprocess.Popen(program, cwd=settings.BASE_DIR, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def worker(database=""):
    own = database or f"postgres:///{connection.settings_dict['NAME']}"
    return running("db_worker --no-reload --no-startup-delay --interval 0.1", own)


def until(is_so):
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.1)


def status(job):
    return DBTaskResult.objects.get(pk=job.id).status


def times(path):
    return len(path.read_text()) if path.exists() else 0


@pytest.mark.django_db(transaction=True)
def test_worker_and_due_outlive_a_restart_of_the_database_and_the_job_at_hand_is_done_again(cluster, tmp_path):
    asking, later = tmp_path / "asking", tmp_path / "later"
    with on_cluster(cluster), worker(cluster.url) as first, running("due --every 1", cluster.url) as second:
        job = ours.ask_the_database.enqueue(str(asking))
        until(asking.exists)
        until(lambda: Heartbeat.objects.count() == 2)
        cluster.stop()
        time.sleep(3)
        cluster.start()
        since = timezone.now()
        until(lambda: times(asking) == 2)
        (tmp_path / "asking.stop").touch()
        ours.work.enqueue(str(later))
        until(later.exists)
        until(Heartbeat.objects.filter(kind="due", seen_at__gt=since).exists)
        assert status(job) == TaskResultStatus.SUCCESSFUL
        assert (first.poll(), second.poll()) == (None, None)
        assert heartbeats.troubles(timezone.now()) == []
        first.terminate()
        assert first.wait(PATIENCE) == 0
        assert heartbeats.troubles(timezone.now()) == ["worker: not seen yet"]


def test_a_worker_that_starts_before_its_database_waits_for_it():
    with worker(NOWHERE) as process:
        time.sleep(8)
        assert process.poll() is None


def test_due_says_by_its_exit_code_that_there_is_no_database_and_logs_json():
    with running("due", NOWHERE) as process:
        _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 3
    assert {json.loads(line)["level"] for line in said.splitlines()} == {"error"}


@pytest.mark.django_db(transaction=True)
def test_a_job_that_ends_its_worker_is_given_up_after_three(tmp_path):
    path = tmp_path / "tries"
    job = ours.end_the_worker.enqueue(str(path))
    for number in (1, 2, 3):
        with worker() as process:
            assert process.wait(PATIENCE) == -9
        assert times(path) == number
        assert jobs.put_back_stranded(timezone.now()) == 0  # perhaps it still lives
        back = jobs.put_back_stranded(timezone.now() + timedelta(minutes=3))
        assert back == (1 if number < 3 else 0)
    assert status(job) == TaskResultStatus.FAILED
    [failed] = jobs.failed_jobs()
    assert failed.fault == "samenwerking.jobs.WorkerLost"


@pytest.mark.django_db
def test_a_long_job_is_left_to_a_worker_that_gives_signs_of_life():
    now = timezone.now()
    for name, seconds in {"lives": 60, "is lost": 180}.items():
        Heartbeat.objects.create(name=name, kind="worker", seen_at=now - timedelta(seconds=seconds))
    found = [ours.work.enqueue("") for _ in range(2)]
    for job, name in zip(found, ("lives", "is lost"), strict=True):
        since = now - timedelta(minutes=20)
        DBTaskResult.objects.filter(pk=job.id).update(status="RUNNING", started_at=since, worker_ids=[name])
    assert jobs.put_back_stranded(now) == 1
    assert [status(job) for job in found] == [TaskResultStatus.RUNNING, TaskResultStatus.READY]


def do_all():
    call_command("db_worker", batch=True, startup_delay=False, reload=False, verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_a_job_that_needs_what_is_away_is_tried_again_with_growing_pauses_and_then_has_failed(tmp_path):
    path = tmp_path / "tries"
    job = ours.need_what_is_away.enqueue(str(path))
    pauses = []
    for number in range(1, jobs.MOST_TRIES + 1):
        do_all()
        do_all()  # not at once again
        assert times(path) == number
        row = DBTaskResult.objects.get(pk=job.id)
        if row.run_after != get_date_max():
            pauses.append(round((row.run_after - timezone.now()).total_seconds() / 60))
        DBTaskResult.objects.update(run_after=timezone.now())
    assert pauses[:5] == [1, 5, 30, 120, 480]
    assert status(job) == TaskResultStatus.FAILED


@pytest.mark.django_db(transaction=True)
def test_a_job_of_a_newer_version_waits_for_a_worker_that_knows_its_task(tmp_path):
    path = tmp_path / "tries"
    job = ours.work.enqueue(str(path))
    DBTaskResult.objects.update(task_path="tests.jobs.that_is_new")
    do_all()
    assert status(job) == TaskResultStatus.READY
    DBTaskResult.objects.update(task_path="tests.jobs.work", run_after=timezone.now())
    do_all()
    assert (times(path), status(job)) == (1, TaskResultStatus.SUCCESSFUL)


@pytest.mark.django_db(transaction=True)
def test_a_job_that_failed_for_another_reason_is_seen_and_tried_again_when_asked(tmp_path):
    path = tmp_path / "tries"
    job = ours.fail.enqueue(str(path))
    do_all()
    do_all()
    assert times(path) == 1
    said = io.StringIO()
    call_command("failed_jobs", stdout=said)
    [line] = said.getvalue().splitlines()
    assert line.split()[:2] == [job.id, "tests.jobs.fail"]
    assert line.split()[3:] == ["1", "builtins.ValueError"]
    call_command("failed_jobs", again=True, stdout=said)
    assert jobs.failed_jobs() == []
    do_all()
    assert times(path) == 2


@pytest.mark.django_db(transaction=True)
def test_a_beheerder_sees_the_jobs_that_failed_and_tries_them_again(client, tmp_path, settings):
    settings.STAFF_NEEDS_SECOND_STEP = False
    client.force_login(User.objects.create_superuser("beheer@example.org", name="Beheer"))
    path = tmp_path / "geheim"
    job = ours.fail.enqueue(str(path))
    ours.work.enqueue(str(tmp_path / "other"))
    do_all()
    address = reverse("admin:django_tasks_database_dbtaskresult_changelist")
    page = client.get(address)
    assert ["fail", "mislukt"] in [texts_of(row)[:2] for row in elements(page, "#result_list tbody tr")]
    one = client.get(reverse("admin:django_tasks_database_dbtaskresult_change", args=[job.id]))
    assert "ValueError" in one.content.decode()
    assert "geheim" not in page.content.decode() + one.content.decode()
    every = list(DBTaskResult.objects.values_list("pk", flat=True))
    answer = client.post(address, {"action": "try_again", "_selected_action": every}, follow=True)
    assert "1 taak staat weer in de rij." in answer.content.decode()
    assert status(job) == TaskResultStatus.READY


def texts_of(row):
    return ["".join(cell.itertext()).strip() for cell in row if cell.get("class") != "action-checkbox"]
