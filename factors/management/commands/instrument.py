"""Prints the instrument as JSON: from its files, which needs no database, or from a loaded version."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from factors.documents import FOLDER, build, read
from factors.export import as_json
from factors.instrument import Instrument
from factors.models import InstrumentVersion
from samenwerking.commands import USAGE_FAULT


class Command(BaseCommand):
    help = "Toont het instrument als JSON: uit de bestanden, of met --version een versie uit de database."
    requires_system_checks: list[str] = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Takes --version for the instrument's version; Django's own would print that of Django."""
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--version", metavar="VERSIE", help="een versie die in de database is geladen")

    def handle(self, *args: object, version: str | None, **options: object) -> None:
        instrument = build(read(FOLDER)) if version is None else self._loaded(version)
        self.stdout.write(json.dumps(as_json(instrument), ensure_ascii=False, indent=1))

    def _loaded(self, version: str) -> Instrument:

        loaded = InstrumentVersion.objects.filter(version=version).first()
        if loaded is None:
            known = ", ".join(InstrumentVersion.objects.values_list("version", flat=True)) or "geen"
            raise CommandError(
                f"Versie '{version}' van het instrument is niet geladen. Wel geladen: {known}.", returncode=USAGE_FAULT
            )
        return loaded.instrument
