"""Lists the jobs that failed in the last week, and lets them be tried again."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from samenwerking.jobs import failed_jobs, try_again


class Command(BaseCommand):
    help = "Toont welke taken de afgelopen week mislukten, en zet ze op verzoek terug in de rij."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--again", action="store_true", help="zet ze allemaal terug in de rij")

    def handle(self, *, again: bool, **options: object) -> None:
        failed = failed_jobs()
        for job in failed:
            ended = f"{job.finished_at:%Y-%m-%dT%H:%M:%SZ}" if job.finished_at else "-"
            self.stdout.write(f"{job.id} {job.task} {ended} {job.tries} {job.fault}")
        if again:
            self.stdout.write(f"{try_again(failed)} jobs put back")
