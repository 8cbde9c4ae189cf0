"""Is the worker of django-tasks-db, made to outlive its database: it waits, and goes on. It knows no task."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from typing import Any

import structlog
from django.db import Error, close_old_connections, connections
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from samenwerking.database import TROUBLE
from samenwerking.jobs import put_back_of, put_back_unless_hopeless
from samenwerking.workers import heartbeats

PAUSE = 2  # seconds between two tries to reach the database

log = structlog.get_logger(__name__)


class LastingWorker(Worker):
    """Takes jobs up until it is told to stop, and gives signs of life; with `batch` it ends as its parent does."""

    def run(self) -> None:
        if self.batch:
            return super().run()
        has_ended = threading.Event()
        life = threading.Thread(target=self._give_signs_of_life, args=[has_ended], daemon=True)
        life.start()
        try:
            self._work()
        finally:
            has_ended.set()
            life.join()
            with suppress(Error):
                heartbeats.stop(self.worker_id)
        return None

    def _work(self) -> None:
        while self.running:
            try:
                self._is_here()  # before it takes a job up: else nobody could tell that the job lost its worker
                put_back_of(self.worker_id)  # what it had at hand when the database went away
                return super().run()
            except TROUBLE as fault:
                log.warning("worker.database_away", fault=type(fault).__name__)
                connections.close_all()
                self.startup_delay = False
                time.sleep(PAUSE)

    def run_task(self, db_task_result: DBTaskResult[Any, Any]) -> None:
        super().run_task(db_task_result)
        put_back_unless_hopeless(db_task_result)

    def _give_signs_of_life(self, has_ended: threading.Event) -> None:
        """Runs beside the work, on a connection of its own: one PDF or mailing takes longer than a silence may."""
        while True:
            try:
                close_old_connections()
                self._is_here()
            except Error:  # the database is away, which `_work` says
                connections.close_all()
            if has_ended.wait(heartbeats.EVERY):
                return connections.close_all()

    def _is_here(self) -> None:
        heartbeats.beat(heartbeats.Kind.WORKER, self.worker_id)
