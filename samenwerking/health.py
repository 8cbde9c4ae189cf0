"""Asks whether what the site leans on is there: the pages under /gezond/ and `manage.py doctor` say it. No rounds here.

Each function returns in plain English what is wrong, and nothing where all is well. None names a server, an address or
a secret: anybody may read them.
"""

import ctypes
import smtplib
import subprocess
import threading
from datetime import datetime, timedelta
from functools import cache as once

from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.core.mail import get_connection
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from samenwerking.jobs import waiting_since
from samenwerking.mail import hang_up
from samenwerking.workers.heartbeats import troubles

PATIENCE = 5  # seconds that we wait for a step of the mail server
ASK_AGAIN = 60  # seconds before the mail server is asked anew, by all who share a cache together
KEPT = 10 * ASK_AGAIN  # what it said counts so long, while a newer answer is under way
LATE = timedelta(minutes=15)  # that a job may wait: a mailing keeps a worker for twenty seconds at a time
APART = 5.0  # seconds that a clock may differ from the database's: codes of a second step hold for thirty
NOT_ASKED = "not asked yet"
FONT = "fonts/source-sans-3-400-normal.woff2"
PANGO = "libpango-1.0.so.0"


class Unapplied(Exception):
    """Is raised with the names of migrations of this version that the database has not had."""


def ask_database() -> None:
    """Raises a database's Error where it does not answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


@once
def migrated() -> None:
    """Raises Unapplied; once all are applied, a process asks no more. A database that is ahead of us is well."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        raise Unapplied(*(f"{migration.app_label}.{migration.name}" for migration, _ in plan))


def migrations() -> str:
    try:
        migrated()
    except Unapplied as found:
        return f"{len(found.args)} not applied, the first is {found.args[0]}"
    return ""


def background(now: datetime) -> list[str]:
    """Says what is wrong with the worker, with `due`, and with a job that nobody takes up."""
    since = waiting_since(now)
    late = [f"queue: a job waits since {since:%Y-%m-%dT%H:%M:%SZ}"] if since and since < now - LATE else []
    return [*troubles(now), *late]


def around() -> dict[str, str]:
    """Says of each thing around the site what is wrong with it, or ""."""
    return {"mail": mail(), "clock": clock(), "fonts": fonts()}


def mail() -> str:
    """Says what the mail server answered lately; it is asked in a thread, so that nobody waits for it."""
    if cache.add("health-mail-asked", True, ASK_AGAIN):
        threading.Thread(target=_ask_mail, daemon=True).start()
    return str(cache.get("health-mail", NOT_ASKED))


def _ask_mail() -> None:
    cache.set("health-mail", mail_now(), KEPT)


def mail_now() -> str:
    """Signs in to the mail server and hangs up; sends nothing."""
    server = get_connection(timeout=PATIENCE)
    try:
        server.open()
    except smtplib.SMTPAuthenticationError:
        return "the server refuses our name and password"
    except (smtplib.SMTPException, OSError) as fault:
        return f"the server does not answer ({type(fault).__name__})"
    except ValueError:
        return (
            "our name or password, or the server's name, has a sign that can't be sent: take plain letters and digits"
        )
    hang_up(server)
    return ""


def clock() -> str:
    ahead = seconds_ahead()
    if abs(ahead) <= APART:
        return ""
    return f"{abs(ahead):.0f} s {'ahead of' if ahead > 0 else 'behind'} the database's"


def seconds_ahead() -> float:
    """Returns by how much this machine's clock is ahead of that of the database; 0 where it is one machine's file."""
    if connection.vendor != "postgresql":
        return 0.0
    before = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        there = cursor.fetchone()[0]
    between = before + (timezone.now() - before) / 2
    return float((between - there).total_seconds())


@once
def fonts() -> str:
    """Says what a PDF needs and this machine lacks; a process asks once, since neither comes or goes while it runs."""
    if not finders.find(FONT):
        return "our own font is missing"
    try:
        ctypes.CDLL(PANGO)
        found = subprocess.run(["fc-list", ":lang=nl"], capture_output=True, check=True).stdout  # noqa: S607
    except (OSError, subprocess.CalledProcessError):
        return "Pango or fontconfig is missing"
    return "" if found else "no font of this machine has our letters"
