"""Processes that do the same work at once do it once, and what a killed one leaves half is done by another."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import timedelta

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from assessments.actions.due import do_what_is_due
from assessments.actions.rounds import close_round
from assessments.models import FrozenResults, Message, MessageKind, ReportFile, Round, State
from assessments.report.load import reports_of
from assessments.report.tasks import make_reports
from samenwerking.workers.models import Heartbeat
from tests.cast import build_cast

pytestmark = [
    pytest.mark.long,
    pytest.mark.django_db(transaction=True),
]
PATIENCE = 120


def started(*command):
    own = {"DATABASE_URL": f"postgres:///{connection.settings_dict['NAME']}"}
    secrets = {"LINK_SECRET": settings.LINK_SECRET, "RESPONSE_SECRET": settings.RESPONSE_SECRET}
    return subprocess.Popen(
        [sys.executable, "manage.py", *command],
        cwd=settings.BASE_DIR,
        env=os.environ | own | secrets,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def worker():
    return started("db_worker", "--batch", "--no-startup-delay", "--no-reload")


@contextmanager
def held(round):
    """Holds the round; yields a function that waits until so many others wait for it."""
    with psycopg.connect(dbname=connection.settings_dict["NAME"], autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [round.pk.int >> 65])

        def until_wait(number):
            end = time.monotonic() + PATIENCE
            asked = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
            while other.execute(asked).fetchone() != (number,):
                assert time.monotonic() < end, "nobody waits"
                time.sleep(0.05)

        yield until_wait


def two_dues_at_once(round):
    """Lets two `due` come to the same round together, and both go on from there."""
    with held(round) as until_wait:
        both = [started("due"), started("due")]
        until_wait(2)
    assert [process.wait(PATIENCE) for process in both] == [0, 0]
    assert Heartbeat.objects.get(kind="due").failures == 0


def test_two_due_at_once_invite_each_participant_once():
    cast = build_cast()
    Message.objects.all().delete()
    DBTaskResult.objects.all().delete()
    two_dues_at_once(cast.round)
    invited = Message.objects.filter(kind=MessageKind.INVITATION)
    assert sorted(invited.values_list("participant", flat=True)) == sorted(p.pk for p in cast.participants())


def test_two_due_at_once_close_a_round_once():
    cast = build_cast()
    for number, participant in enumerate(cast.participants()):
        cast.answer(participant, number % 5 + 1)
    Round.objects.filter(pk=cast.round.pk).update(closes_on=timezone.localdate() - timedelta(days=1))
    two_dues_at_once(cast.round)
    assert Round.objects.get(pk=cast.round.pk).state == State.CLOSED
    assert FrozenResults.objects.get().results.published.minimum == 3
    assert cast.round.responses.count() == 0


def test_a_worker_killed_in_a_pdf_leaves_none_and_two_others_make_each_once():
    cast = build_cast()
    for number, participant in enumerate(cast.participants()):
        cast.answer(participant, number % 5 + 1)
    close_round(round_id=cast.round.pk)
    make_reports.enqueue(str(cast.round.pk))
    with held(cast.round) as until_wait:
        killed = started("db_worker", "--no-startup-delay", "--no-reload", "--interval", "0.1")
        until_wait(1)  # the PDF is made, and is about to be kept
        killed.send_signal(signal.SIGKILL)
        killed.wait()
    assert ReportFile.objects.count() == 0
    Heartbeat.objects.update(seen_at=timezone.now() - timedelta(hours=1))
    assert do_what_is_due()["jobs put back"] == 1

    both = [worker(), worker()]
    assert [process.wait(PATIENCE) for process in both] == [0, 0]
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {TaskResultStatus.SUCCESSFUL}
    subjects = [subject.key for subject in reports_of(Round.objects.get(pk=cast.round.pk)).subjects]
    assert sorted(ReportFile.objects.values_list("subject", flat=True)) == sorted(subjects)
    assert {bytes(file.content)[:5] for file in ReportFile.objects.all()} == {b"%PDF-"}
