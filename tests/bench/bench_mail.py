"""`make bench` prints what sending costs: 5,000 invitations through the real worker to a real mail server.

There are two workers in processes of their own, PostgreSQL, and one SMTP server in a thread of this process. Its share
of the processor counts for the wall clock on two cores, so with a server elsewhere more messages a second go out.
"""

import logging
import os
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.actions import mail
from assessments.actions.rounds import open_round
from assessments.models import Message, Participant
from tests.bench.figures import figure
from tests.cast import build_cast, ready
from tests.mail_server import server

__all__ = ["server"]  # a fixture

pytestmark = pytest.mark.bench

PEOPLE = 5_000
WORKERS = 2
TICK = os.sysconf("SC_CLK_TCK")


@pytest.fixture
def round(db):
    cast = build_cast(is_open=False)
    school = cast.partners["school"]
    Participant.objects.bulk_create(
        Participant(round=cast.round, partner=school, level="uitvoerend", email=f"q{number:05}@example.org")
        for number in range(PEOPLE - cast.round.participants.count())
    )
    ready(cast.round)
    return cast.round


def start_worker(port):
    database = f"postgres:///{connection.settings_dict['NAME']}"
    environment = os.environ | {"DATABASE_URL": database, "EMAIL_URL": f"smtp://127.0.0.1:{port}", "LOG_LEVEL": "ERROR"}
    command = [sys.executable, "manage.py", "db_worker", "--batch", "--no-startup-delay", "--no-reload"]
    return subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stderr=subprocess.DEVNULL)


def watch(processes, peaks):
    """Notes the most memory that each process had and the processor time that it used, as long as it runs."""
    while any(process.poll() is None for process in processes):
        for process in processes:
            try:
                status = Path(f"/proc/{process.pid}/status").read_text()
                used = Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
            except FileNotFoundError:
                continue
            if peak := re.search(r"^VmHWM:\s+(\d+)", status, re.MULTILINE):
                peaks[process.pid] = int(peak[1]) / 1024, (int(used[11]) + int(used[12])) / TICK
        time.sleep(0.2)


@pytest.mark.compared
@pytest.mark.django_db(transaction=True)
def test_5000_invitations_with_two_workers(server, round):
    logging.getLogger("mail.log").setLevel(logging.WARNING)  # the mail server's own log lines are no cost of ours
    with CaptureQueriesContext(connection) as queries:
        started = time.perf_counter()
        open_round(round_id=round.pk)
        queued = time.perf_counter() - started
    assert Message.objects.queued().count() == PEOPLE
    print(f"\nopening and queueing {PEOPLE}: {queued:.2f} s, {len(queries)} queries")
    mail.send_round_mail.enqueue(str(round.pk))  # a job for each worker

    workers, peaks = [start_worker(server.port) for _ in range(WORKERS)], {}
    watching = threading.Thread(target=watch, args=(workers, peaks))
    started, own = time.perf_counter(), time.process_time()
    watching.start()
    assert [process.wait(1200) for process in workers] == [0] * WORKERS
    seconds, own = time.perf_counter() - started, time.process_time() - own
    watching.join()

    assert set(server.sent_to().values()) == {1}
    assert len(server.received) == PEOPLE
    assert len({message["Message-ID"] for message in server.received}) == PEOPLE
    assert Counter(Message.objects.values_list("state", flat=True)) == {"sent": PEOPLE}
    print(f"{PEOPLE} messages in {seconds:.1f} s, the start of the workers included: {PEOPLE / seconds:.0f} a second")
    for number, (memory, processor) in enumerate(peaks.values(), start=1):
        print(f"worker {number}: {memory:.0f} MB at most, {processor:.1f} s of processor")
    print(f"mail server and test: {own:.1f} s of processor")
    figure("mail.message", sum(used for _, used in peaks.values()) / PEOPLE)


def test_queries_of_a_message(server, round):
    open_round(round_id=round.pk)
    Message.objects.exclude(pk__in=Message.objects.order_by("pk").values("pk")[:100]).delete()
    with CaptureQueriesContext(connection) as queries:
        assert mail.send_queued(round_id=round.pk) == 100
    print(f"\n{len(queries) / 100:.2f} queries a message, with no transaction open while the mail server answers")
    assert len(queries) <= 310
