"""Work in a process of its own gives back what it returns or raises, and a job whose process was ended begins again."""

import os
import signal
from concurrent.futures.process import BrokenProcessPool

import pytest
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from samenwerking import jobs
from samenwerking.apart import apart
from tests import jobs as ours


def test_it_runs_elsewhere_and_gives_back_what_it_found():
    assert apart(os.getpid) != os.getpid()
    assert apart(sorted, [3, 1, 2], reverse=True) == [3, 2, 1]
    with pytest.raises(ZeroDivisionError):
        apart(divmod, 1, 0)


def test_a_job_whose_process_was_ended_begins_again(db):
    with pytest.raises(BrokenProcessPool) as ended:
        apart(signal.raise_signal, signal.SIGTERM)
    job = ours.work.enqueue("nowhere")
    fault = f"{ended.type.__module__}.{ended.type.__qualname__}"
    row = DBTaskResult.objects.get(pk=job.id)
    row.status, row.exception_class_path, row.worker_ids = TaskResultStatus.FAILED, fault, ["a"]
    row.save()
    jobs.put_back_unless_hopeless(row)
    row.refresh_from_db()
    assert row.status == TaskResultStatus.READY
