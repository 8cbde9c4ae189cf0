"""Says of everything that the site needs whether it is well, and what to do where it is not."""

import sys

from django.core.management.base import BaseCommand

from samenwerking.commands import FAILED
from samenwerking.operation.doctor import findings


class Command(BaseCommand):
    help = f"Bekijkt de hele installatie en zegt per onderdeel wat u moet doen. Geeft {FAILED} als er iets te doen is."
    requires_system_checks = []  # its own first part

    def handle(self, **options: object) -> None:
        todo = 0
        for found in findings():
            self.stdout.write(f"{'DOEN' if found.todo else 'goed'}  {found.what}: {found.fact}")
            if found.todo:
                todo += 1
                self.stdout.write(f"      {found.todo}")
        self.stdout.write(f"Te doen: {todo}." if todo else "Er is niets te doen.")
        if todo:
            sys.exit(FAILED)
