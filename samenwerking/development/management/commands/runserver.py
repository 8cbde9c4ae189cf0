"""Serves while developing, on this machine only, with static files by WhiteNoise as in real use."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from whitenoise.runserver_nostatic.management.commands.runserver import Command as RunserverWithWhiteNoise

from samenwerking.loopback import is_loopback


class Command(RunserverWithWhiteNoise):
    def run(self, **options: Any) -> None:
        """Starts the server. Raises CommandError where DEBUG is on and others could reach the address."""
        if settings.DEBUG and not is_loopback(self.addr):
            raise CommandError(f"DEBUG is on, so this site listens on 127.0.0.1 alone, and not on {self.addr}.")
        super().run(**options)
