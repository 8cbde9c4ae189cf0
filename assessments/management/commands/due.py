"""Does what is due: closing by date, invitations and reminders, mail that waits, stranded jobs, erasing addresses."""

from argparse import ArgumentParser
from time import sleep

from django.core.management import call_command
from django.core.management.base import BaseCommand

from assessments.actions.due import do_what_is_due


class Command(BaseCommand):
    help = "Doet wat nu gedaan moet worden. Laat dit elke paar minuten draaien, bijvoorbeeld met cron."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--every", type=int, metavar="SECONDS", help="blijf draaien, met zo veel tijd ertussen")

    def handle(self, *, every: int | None, **options: object) -> None:
        while True:
            done = do_what_is_due()
            call_command("prune_db_task_results", min_age_days=7, verbosity=0)
            if any(done.values()):
                self.stdout.write(", ".join(f"{name}: {count}" for name, count in done.items() if count))
            if not every:
                return
            sleep(every)
