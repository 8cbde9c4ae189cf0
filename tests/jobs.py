"""Tests let the real worker do what was queued; jobs for it each do something to the file that they are given."""

import os
import signal
import time
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django_tasks import task

from samenwerking.jobs import TryLater
from samenwerking.mail import mail_task


def note(path):
    with Path(path).open("a") as file:
        file.write("x")


@task()
def work(path: str) -> None:
    note(path)


@task()
def ask_the_database(path: str) -> None:
    """Asks until it is told to stop: the database can go away in between."""
    note(path)
    while not Path(f"{path}.stop").exists():
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        time.sleep(0.05)


@task()
def end_the_worker(path: str) -> None:
    note(path)
    os.kill(os.getpid(), signal.SIGKILL)


@task()
def need_what_is_away(path: str) -> None:
    note(path)
    raise TryLater


@task()
def fail(path: str) -> None:
    note(path)
    raise ValueError


@mail_task
def cannot_be_made(path: str) -> None:
    note(path)
    raise KeyError("iemand@example.org")


def do_jobs():
    """Lets the worker do what was queued, in the process of the test."""
    call_command("db_worker", batch=True, startup_delay=False, reload=False, verbosity=0)
