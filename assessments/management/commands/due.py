"""Does what is due: closing by date, invitations, reminders, nudges, mail that waits, stranded jobs, erasing."""

import logging
import sys
from argparse import ArgumentParser
from time import sleep

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections, connections

from assessments.actions.due import do_what_is_due
from samenwerking.commands import FAILED, NO_DATABASE
from samenwerking.database import TROUBLE
from samenwerking.jobs import KEPT
from samenwerking.workers import heartbeats

SOON = 10  # seconds until it looks again for a database that was away

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Doet wat nu gedaan moet worden. Laat dit elke paar minuten draaien, bijvoorbeeld met cron."
        f" Geeft {FAILED} als er iets mislukte en {NO_DATABASE} als de database er niet is; in het log staat wat."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--every", type=int, metavar="SECONDS", help="blijf draaien, met zo veel tijd ertussen")

    def handle(self, *, every: int | None, **options: object) -> None:
        fault = self._once()
        while every:
            sleep(min(every, SOON) if fault == NO_DATABASE else every)
            fault = self._once()
        if fault:
            sys.exit(fault)

    def _once(self) -> int:
        """Does what is due now, and returns an exit code."""
        try:
            close_old_connections()
            failed = self._turn()
        except TROUBLE as fault:
            log.error("due: the database is away: %s", type(fault).__name__)
            connections.close_all()
            return NO_DATABASE
        except Exception:  # else Python prints it itself, past the JSON and with links in it
            log.exception("due: ended early")
            return FAILED
        return FAILED if failed else 0

    def _turn(self) -> int:
        done = do_what_is_due()
        done.attempt("pruning jobs", _prune)
        heartbeats.beat(heartbeats.Kind.DUE, "due", failures=done.failed)
        if any(done.values()):
            self.stdout.write(", ".join(f"{name}: {count}" for name, count in done.items() if count))
        return done.failed


def _prune() -> None:
    call_command("prune_db_task_results", min_age_days=KEPT.days, verbosity=0)
