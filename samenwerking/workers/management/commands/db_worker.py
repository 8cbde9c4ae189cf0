"""Runs django-tasks-db's worker as ours, with its options: a database that goes away does not end it."""

import os
import sys
from typing import Any

import structlog
from django.utils.autoreload import DJANGO_AUTORELOAD_ENV, run_with_reloader
from django_tasks_db.management.commands import db_worker

from samenwerking.commands import FAILED
from samenwerking.workers.worker import LastingWorker

log = structlog.get_logger(__name__)


class Command(db_worker.Command):
    help = "Doet de taken die in de rij staan: pdf's maken en mail versturen. Laat dit altijd draaien."

    def handle(self, *, verbosity: int, queue_name: str, exclude_queues: str, reload: bool, **options: Any) -> None:
        self.configure_logging(verbosity)
        given = ("interval", "batch", "backend_name", "startup_delay", "max_tasks", "worker_id")
        worker = LastingWorker(
            queue_names=queue_name.split(","),
            excluded_queue_names=exclude_queues.split(",") if exclude_queues else [],
            **{name: options[name] for name in given},
        )
        try:
            self._run(worker, reload=reload and not worker.batch)
        except Exception:  # else Python prints it itself, past the JSON and with links in it
            log.exception("worker.ended")
            sys.exit(FAILED)

    def _run(self, worker: LastingWorker, *, reload: bool) -> None:
        if not reload:
            worker.configure_signals()
            worker.run()
            return
        if os.environ.get(DJANGO_AUTORELOAD_ENV) == "true":  # the process that works; the other one watches the code
            worker.configure_signals()
        run_with_reloader(worker.run)
