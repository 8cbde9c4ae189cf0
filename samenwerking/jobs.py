"""Reads the queue as django-tasks-db keeps it, as the one module that knows its rows. It knows no task and no round."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from django.core.exceptions import SuspiciousOperation
from django.db.models import Count, Min, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from samenwerking.database import TROUBLE
from samenwerking.workers.heartbeats import lost_workers

# How long a job waits after its first try, its second and so on, where what it needs is away; after that it has failed.
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
)
MOST_TRIES = len(PAUSES) + 1
MAIL = 10  # the priority of a job that sends one mail, for which somebody waits: before mailings and PDFs
MOST_LOST = 3  # workers that a job may lose: it may be what ends them
# A job that began so long ago probably has no worker any more, whatever signs of life that gives. A job can take
# longer: then two workers have it, and every job is safe to repeat.
STRANDED = timedelta(minutes=30)
# The worker was told to end, or the process that it let do a part of the job was.
ENDED = (SystemExit, KeyboardInterrupt, BrokenProcessPool)
KEPT = timedelta(days=7)  # a job that is done or failed

log = structlog.get_logger(__name__)


class TryLater(Exception):
    """Is raised by a task that may succeed later: its job is put back a few times, with growing pauses."""


class WorkerLost(Exception):
    """Is why a job failed that lost its worker each time: it may have ended them."""


class HeldAfterRestore(Exception):
    """Is why a job failed that was to send a mail and waited in a backup."""


@dataclass(frozen=True)
class Job:
    """Is a task that was asked for, with its `arguments`, and says how far it is."""

    id: UUID
    task: str
    arguments: tuple[Any, ...]
    status: str
    enqueued_at: datetime
    finished_at: datetime | None
    fault: str
    tries: int

    @property
    def is_waiting(self) -> bool:
        return self.status == TaskResultStatus.READY

    @property
    def is_running(self) -> bool:
        return self.status == TaskResultStatus.RUNNING

    @property
    def is_tried_again(self) -> bool:
        """Tells whether it waits after a try that did not work."""
        return self.is_waiting and self.tries > 0

    @property
    def has_failed(self) -> bool:
        return self.status == TaskResultStatus.FAILED

    def is_of(self, task: Task[..., Any]) -> bool:
        return self.task == task.module_path


def jobs_of(*tasks: Task[..., Any], about: str | None = None, since: datetime | None = None) -> list[Job]:
    """Returns the jobs of these tasks in the order in which they were asked for.

    Those that ended are among them for a week. With `about` it returns only those that have it as first argument, with
    `since` only those asked for after that moment.
    """
    rows = _rows(*tasks)
    if about is not None:
        rows = rows.filter(args_kwargs__args__0=about)
    if since is not None:
        rows = rows.filter(enqueued_at__gt=since)
    return _jobs(rows)


def waiting_jobs_of(*tasks: Task[..., Any]) -> list[Job]:
    """Returns the jobs of these tasks that no worker has taken up yet."""
    return _jobs(_rows(*tasks).filter(status=TaskResultStatus.READY))


def _rows(*tasks: Task[..., Any]) -> QuerySet[DBTaskResult]:
    return DBTaskResult.objects.filter(task_path__in=[task.module_path for task in tasks])


def _jobs(rows: QuerySet[DBTaskResult]) -> list[Job]:
    found = rows.order_by("enqueued_at").defer("traceback", "return_value")
    return [
        Job(
            id=row.pk,
            task=row.task_path,
            arguments=tuple(row.args_kwargs["args"]),
            status=row.status,
            enqueued_at=row.enqueued_at,
            finished_at=row.finished_at,
            fault=row.exception_class_path,
            tries=len(row.worker_ids),
        )
        for row in found
    ]


def put_back_stranded(now: datetime) -> int:
    """Lets jobs that lost their worker begin again, and returns their number; one that lost too many has failed.

    A worker that was killed leaves its job running for good; every job is safe to repeat.
    """
    lost = lost_workers(now)
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    too_long = set(running.filter(started_at__lt=now - STRANDED).values_list("pk", flat=True))
    stranded = [row for row in running if row.pk in too_long or _worker_of(row) in lost]
    return sum(_put_back_or_give_up(row) for row in stranded)


def put_back_of(worker_id: str) -> int:
    """Lets the job begin again that this worker had at hand when its database went away; returns their number."""
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    return sum(_put_back_or_give_up(row) for row in running if _worker_of(row) == worker_id)


def put_back_unless_hopeless(row: DBTaskResult[Any, Any]) -> None:
    """Puts a job back that has just failed on what may be over later: then it is READY, else it stays FAILED."""
    if row.status != TaskResultStatus.FAILED or len(row.worker_ids) >= MOST_TRIES:
        return
    fault = _class_of(row.exception_class_path)
    if issubclass(fault, TryLater) or not _is_known(row):
        _put_back(row, timezone.now() + PAUSES[len(row.worker_ids) - 1])
    elif issubclass(fault, (*TROUBLE, *ENDED)):
        _put_back(row)


def waiting_since(now: datetime) -> datetime | None:
    """Returns since when the job waits that could have begun longest ago; None where every job that can, has begun."""
    ready = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    first = (
        ready.filter(run_after=get_date_max()).aggregate(Min("enqueued_at"))["enqueued_at__min"],
        ready.filter(run_after__lte=now).aggregate(Min("run_after"))["run_after__min"],
    )
    return min((moment for moment in first if moment), default=None)


def counts_of_jobs() -> dict[str, int]:
    """Returns how many jobs wait, run and failed; those that ended are there for a week."""
    found = dict(DBTaskResult.objects.order_by().values_list("status").annotate(Count("pk")))
    return {name: found.get(status, 0) for name, status in COUNTED.items()}


def failed_jobs(ids: Iterable[UUID] | None = None) -> list[Job]:
    """Returns the jobs that failed in the last week, or those of them with these ids."""
    rows = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED)
    return _jobs(rows if ids is None else rows.filter(pk__in=ids))


def try_again(jobs: Iterable[Job]) -> int:
    """Lets jobs that failed begin again, as if they were never tried, and returns their number."""
    rows = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED, pk__in=[job.id for job in jobs])
    return rows.update(worker_ids=[], **_AS_NEW, run_after=get_date_max())


def hold_jobs_that_mail() -> int:
    """Lets jobs that send one mail each, and wait, fail as if they were tried, and returns their number.

    It is for a restored backup: nobody knows which of these mails went out since. They can be tried again by hand.
    """
    waiting = DBTaskResult.objects.exclude(status__in=[TaskResultStatus.FAILED, TaskResultStatus.SUCCESSFUL])
    fault = f"{HeldAfterRestore.__module__}.{HeldAfterRestore.__qualname__}"
    held = {"status": TaskResultStatus.FAILED, "finished_at": timezone.now(), "exception_class_path": fault}
    return waiting.filter(priority=MAIL).update(**held)


COUNTED = {
    "waiting": TaskResultStatus.READY,
    "running": TaskResultStatus.RUNNING,
    "failed": TaskResultStatus.FAILED,
}
_AS_NEW: dict[str, Any] = {"status": TaskResultStatus.READY, "finished_at": None}


def _worker_of(row: DBTaskResult[Any, Any]) -> str:
    return row.worker_ids[-1] if row.worker_ids else ""


def _put_back_or_give_up(row: DBTaskResult[Any, Any]) -> int:
    if len(row.worker_ids) < MOST_LOST:
        return _put_back(row)
    log.error("job.lost_its_workers", job=str(row.pk), task=row.task_path, tries=len(row.worker_ids))
    fault = f"{WorkerLost.__module__}.{WorkerLost.__qualname__}"
    _as_found(row).update(status=TaskResultStatus.FAILED, finished_at=timezone.now(), exception_class_path=fault)
    return 0


def _put_back(row: DBTaskResult[Any, Any], run_after: datetime | None = None) -> int:
    return _as_found(row).update(**_AS_NEW, run_after=run_after or get_date_max())


def _as_found(row: DBTaskResult[Any, Any]) -> QuerySet[DBTaskResult]:
    """Returns the row unless somebody was first, who put it back or took it up again."""
    return DBTaskResult.objects.filter(pk=row.pk, status=row.status, started_at=row.started_at)


def _is_known(row: DBTaskResult[Any, Any]) -> bool:
    """Tells whether this version has the task of a job: a newer one may have asked for it."""
    try:
        return bool(row.task)
    except (ImportError, SuspiciousOperation):
        return False


def _class_of(path: str) -> type[BaseException]:
    try:
        return import_string(path)
    except ImportError:  # a fault that was defined in a function
        return Exception
