"""Tests let the real worker do what was queued, in their own process."""

from django.core.management import call_command


def do_jobs():
    call_command("db_worker", batch=True, startup_delay=False, reload=False, verbosity=0)
