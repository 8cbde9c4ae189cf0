"""Reads the queue as django-tasks-db keeps it, as the one module that knows its rows. It knows no task and no round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult


@dataclass(frozen=True)
class Job:
    """Is a task that was asked for, with its `arguments`, and says how far it is."""

    task: str
    arguments: tuple[Any, ...]
    status: str
    enqueued_at: datetime
    finished_at: datetime | None

    @property
    def is_waiting(self) -> bool:
        return self.status == TaskResultStatus.READY

    @property
    def is_running(self) -> bool:
        return self.status == TaskResultStatus.RUNNING

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
    columns = ("task_path", "args_kwargs", "status", "enqueued_at", "finished_at")
    return [
        Job(task, tuple(given["args"]), *others)
        for task, given, *others in rows.order_by("enqueued_at").values_list(*columns)
    ]


def put_back_stranded(before: datetime) -> int:
    """Lets jobs that began before this moment and never ended begin again, and returns their number.

    A worker that was killed leaves its job running for good; every job is safe to repeat.
    """
    stranded = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=before)
    return stranded.update(status=TaskResultStatus.READY)
