"""Lets days pass for a round that closed: what is due is done, and what is to be told of is mailed."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django_tasks_db.models import DBTaskResult

from assessments.actions.due import do_what_is_due
from assessments.actions.rounds import close_round, publish_round
from assessments.models import (
    Announcement,
    Round,
)
from samenwerking.accounts.models import User
from tests.jobs import do_jobs

CLOSED = date(2027, 3, 2)
AS_USUAL = dict.fromkeys(("keeps_open_answers", "keeps_reports", "keeps_audit", "keeps_empty", "keeps_lists"))


def at(day, hour=10):
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo("Europe/Amsterdam"))


def due(day):
    """Does what is due on a day, and sends the mail about what goes, as the worker would after this transaction."""
    turn = do_what_is_due(at(day))
    for job in to_tell().filter(status="READY"):
        job.task.call(*job.args_kwargs["args"])
        DBTaskResult.objects.filter(pk=job.pk).update(status="SUCCESSFUL")
    return turn


def due_with_the_worker(day):
    do_what_is_due(at(day))
    DBTaskResult.objects.exclude(pk__in=to_tell()).delete()
    do_jobs()


def to_tell():
    return DBTaskResult.objects.filter(task_path__startswith="assessments.actions.announcing")


@pytest.fixture
def closed(cast):
    """Returns the cast of a round that closed on CLOSED, in which ten people wrote something."""
    for number, participant in enumerate(cast.participants()):
        cast.answer(participant, 2 + number % 3, texts={"open_slot": f"Antwoord {number}"})
    close_round(round_id=cast.round.pk)
    publish_round(round_id=cast.round.pk)
    Round.objects.filter(pk=cast.round.pk).update(closed_at=at(CLOSED))
    User.objects.update(last_login=at(date(2040, 1, 1)))
    cast.round.refresh_from_db()
    return cast


def told(kind):
    return Announcement.objects.filter(kind=kind).exists()
