"""Writes a backup of the whole database, with a receipt of what is in it."""

import os
import sys
from argparse import ArgumentParser
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from django.core.management.base import BaseCommand, CommandError, OutputWrapper
from django.db import connection, transaction

from assessments.actions.backup_words import advice_on_keeping, lines_of
from assessments.actions.backups import receipt
from samenwerking.backups import postgresql
from samenwerking.backups.archive import Receipt, write_archive

STDOUT = "-"
ONLY_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
ONLY_POSTGRESQL = (
    "Een back-up maken en terugzetten gaat met PostgreSQL. Van de demo op SQLite zet u de server en de worker uit,"
    " en kopieert u het bestand db.sqlite3."
)


class Command(BaseCommand):
    help = "Maakt een back-up van de hele database, met een bewijs van wat erin zit. Zie docs/backup.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--out", required=True, metavar="FILE", help="hierheen; - is de standaarduitvoer")

    def handle(self, *, out: str, **options: object) -> None:
        if connection.vendor != "postgresql":
            raise CommandError(ONLY_POSTGRESQL)
        told, screen = self._to_stdout() if out == STDOUT else self._to_file(Path(out))
        for line in (*lines_of(told), *advice_on_keeping(told)):
            screen.write(line)
        if told["frozen_differ"]:
            raise CommandError("De back-up is gemaakt, maar niet alle controlegetallen kloppen. Bewaar ook de vorige.")

    def _to_stdout(self) -> tuple[Receipt, OutputWrapper]:
        """Writes to the standard output, and tells of it elsewhere. Raises CommandError where that is a screen."""
        if sys.stdout.isatty():
            raise CommandError("Stuur de back-up naar een bestand of een ander programma, niet naar het scherm.")
        try:
            return _write(sys.stdout.buffer), self.stderr
        except OSError as fault:
            raise CommandError(f"Het andere programma nam de back-up niet aan: {fault.strerror}.") from None

    def _to_file(self, path: Path) -> tuple[Receipt, OutputWrapper]:
        """Writes to a file that only its owner can read, and that has its name once it is whole."""
        if path.exists():
            raise CommandError(f"{path} bestaat al. Kies een andere naam.")
        part = path.with_name(f"{path.name}.part")
        try:
            part.unlink(missing_ok=True)  # one that was left has rights of its own, and can lead elsewhere
            with os.fdopen(os.open(part, ONLY_NEW, 0o600), "wb") as file:
                told = _write(file)
                file.flush()
                os.fsync(file.fileno())
            part.rename(path)
        except OSError as fault:
            raise CommandError(f"De back-up kan niet naar {path} geschreven worden: {fault.strerror}.") from None
        finally:
            with suppress(OSError):
                part.unlink()
        return told, self.stdout


def _write(out: BinaryIO) -> Receipt:
    """Writes dump and receipt as one moment of the database. Raises CommandError."""
    try:
        with transaction.atomic():
            return write_archive(out, postgresql.dumped(postgresql.share_snapshot()), receipt)
    except postgresql.ProgramFailed as fault:
        raise CommandError(str(fault)) from None
