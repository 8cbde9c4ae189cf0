"""`make test-faults` also disturbs a mailing, and prints what became of each message."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db.models import F

from assessments.actions.mail import CLAIM
from assessments.models import Message, MessageState
from samenwerking.workers.heartbeats import SILENT
from samenwerking.workers.models import Heartbeat
from tests.cast import build_cast
from tests.cluster import cluster, on_cluster
from tests.faults.table import line
from tests.mail_server import server

__all__ = ["cluster", "server"]  # fixtures

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]

PEOPLE = {("school", "uitvoerend"): 1200, ("gemeente", "management"): 250, ("gemeente", "bestuur"): 50}
EACH = 30  # messages that arrive before the next fault
PATIENCE = 300  # seconds: only shows what hangs


@contextmanager
def worker(database, server):
    """Runs the worker as in real use; yields the process, and ends it as a restart of the machine does."""
    environment = os.environ | {"DATABASE_URL": database, "EMAIL_URL": f"smtp://127.0.0.1:{server.port}"}
    command = [sys.executable, "manage.py", "db_worker", "--no-reload", "--no-startup-delay", "--interval", "0.1"]
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(PATIENCE)


def until(is_so):
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)


def kill(process):
    process.send_signal(signal.SIGKILL)
    process.wait()


def away_for(seconds, cluster, end):
    end()
    time.sleep(seconds)
    cluster.start()


def let_time_pass():
    """Ages what a worker left behind by as long as others wait for it; then `due` looks, as it does every few minutes.

    No worker runs meanwhile: to one that does, its own claims would seem to have lapsed.
    """
    Message.objects.queued().update(claimed_at=F("claimed_at") - CLAIM)
    Heartbeat.objects.update(seen_at=F("seen_at") - 2 * SILENT)
    call_command("due", verbosity=0)


def hang_up(server):
    """Lets the mail server drop the connection at each message: the mailing stops there, until `due` asks again."""
    server.on_data = lambda message: "drop"


def slow(message):
    time.sleep(0.15)  # so that a fault comes in the middle of the mailing


def lost_and_twice(server):
    """Returns how many messages are noted as sent but never arrived, and how many arrived more than once."""
    arrived = Counter(message["Message-ID"] for message in server.received)
    sent = [message.message_id for message in Message.objects.filter(state=MessageState.SENT)]
    return sum(not arrived[one] for one in sent), sum(times > 1 for times in arrived.values())


def test_each_invitation_arrives_or_is_shown_as_not_sent(cluster, server):
    """A message can arrive twice where the fault fell between the server's 250 and the note of it: one a fault."""
    print()
    line("fault", "noted as sent", "received", "lost", "twice")
    server.on_data = slow
    disturbances = {
        "none": lambda process: None,
        "kill -9 the worker": kill,
        "worker told to end (TERM)": lambda process: process.terminate(),
        "PostgreSQL stopped for 3 s": lambda process: away_for(3, cluster, cluster.stop),
        "kill -9 PostgreSQL, started after 3 s": lambda process: away_for(3, cluster, cluster.kill),
        "mail server hangs up for 3 s": lambda process: hang_up(server),
        "none, until all is sent": lambda process: until(lambda: not Message.objects.queued().exists()),
    }
    with on_cluster(cluster):
        build_cast(PEOPLE)
        most_twice = 0
        for name, disturb in disturbances.items():
            before = len(server.received)
            with worker(cluster.url, server) as process:
                until(lambda before=before: len(server.received) >= before + EACH)
                disturb(process)
                time.sleep(3)
                server.on_data = slow
            let_time_pass()
            lost, twice = lost_and_twice(server)
            line(name, Message.objects.filter(state=MessageState.SENT).count(), len(server.received), lost, twice)
            most_twice += not name.startswith("none")
            assert (lost, twice <= most_twice) == (0, True)
        assert Message.objects.filter(state=MessageState.SENT).count() == sum(PEOPLE.values())
