"""Puts a backup back into the database, and says whether all of it is as it was."""

from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from time import sleep

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from assessments.actions.backup_words import lines_after, lines_of, lines_of_secrets, moment_of
from assessments.actions.backups import (
    FORMAT,
    PARTS,
    Settled,
    differences,
    has_data,
    missing_secrets,
    settle,
    unknown_migrations,
)
from assessments.management.commands.backup import ONLY_POSTGRESQL
from samenwerking.backups import postgresql
from samenwerking.backups.archive import CHANGED, Archive, UnfitArchive, read_archive

MOMENTS = 20  # tenths of a second


class Command(BaseCommand):
    help = "Zet een back-up terug, en zegt of alles gelijk is aan toen. Zie docs/backup.md."
    requires_system_checks = ()  # there may be no tables yet
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="wat manage.py backup schreef")
        parser.add_argument("--check", action="store_true", help="kijk het bestand alleen na")
        parser.add_argument("--replace", action="store_true", help="gooi weg wat nu in de database staat")
        parser.add_argument("--other-secrets", action="store_true", help="ook als de geheimen hier andere zijn")

    def handle(self, *, file: Path, check: bool, replace: bool, other_secrets: bool, **options: object) -> None:
        if connection.vendor != "postgresql":
            raise CommandError(ONLY_POSTGRESQL)
        backup = self._read(file)
        self._refuse_newer(backup)
        self._tell_of_secrets(backup)
        self._refuse_forged(backup)
        if check:
            self._say(lines_of(backup.receipt))
            return
        _refuse_other_secrets(backup, are_expected=other_secrets)
        _refuse_what_is_in_use(replace=replace)
        self._restore(backup)

    def _read(self, file: Path) -> Archive:
        try:
            return read_archive(file)
        except (UnfitArchive, OSError) as fault:
            raise CommandError(str(fault)) from None

    def _refuse_newer(self, backup: Archive) -> None:
        """Raises CommandError where the backup is of a version that this one does not know."""
        told = backup.receipt
        if not told.keys() >= PARTS:
            raise CommandError(CHANGED)
        if told["format"] != FORMAT or unknown_migrations(told):
            version = told.get("version") or "onbekend"
            raise CommandError(
                f"Deze back-up is van een andere, nieuwere versie van de site ({version}). Installeer die versie eerst."
            )

    def _tell_of_secrets(self, backup: Archive) -> None:
        self.stdout.write("Geheimen van deze server, vergeleken met die van de back-up:")
        self._say(lines_of_secrets(backup.receipt))

    def _refuse_forged(self, backup: Archive) -> None:
        """Says whether the seal is right. Raises CommandError where it is not."""
        if backup.is_sealed_here:
            self.stdout.write("Zegel: klopt. Een server met dit SECRET_KEY schreef deze back-up.")
        elif "SECRET_KEY" in missing_secrets(backup.receipt):
            self.stdout.write(
                "Zegel: niet na te gaan. Deze server heeft een ander SECRET_KEY, of iemand veranderde het bewijs."
            )
        else:
            raise CommandError("Het zegel van deze back-up klopt niet: het bewijs erin is veranderd. Neem een andere.")

    def _restore(self, backup: Archive) -> None:
        """Restores, compares, brings up to date and settles; whatever fails, the former tables are back after it."""
        told = backup.receipt
        postgresql.put_aside()
        try:
            postgresql.restored(backup.pieces())
            differ = differences(told)
            self._say(lines_of(told, differ))
            if differ:
                raise CommandError(f"Niet gelijk aan het bewijs: {', '.join(differ)}. Er is niets veranderd.")
            done = self._bring_up_to_date(backup)
            postgresql.forget_aside()
        except BaseException as fault:
            connection.close()
            postgresql.put_back()
            if isinstance(fault, (postgresql.ProgramFailed, UnfitArchive)):
                raise CommandError(f"{fault} Er is niets veranderd.") from None
            raise
        self._say(lines_after(told, done))

    def _bring_up_to_date(self, backup: Archive) -> Settled:
        call_command("migrate", interactive=False, verbosity=0)
        return settle(made_at=moment_of(backup.receipt), now=timezone.localtime())

    def _say(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.stdout.write(line)


def _refuse_other_secrets(backup: Archive, *, are_expected: bool) -> None:
    """Raises CommandError where this server lacks a secret and nobody said so."""
    if missing_secrets(backup.receipt) and not are_expected:
        raise CommandError(
            "Deze server heeft niet alle geheimen van de back-up. Zet ze eerst terug. Zijn ze echt weg, lees dan"
            " docs/secrets.md en gebruik --other-secrets."
        )


def _refuse_what_is_in_use(*, replace: bool) -> None:
    """Raises CommandError where the site still runs, or the database has data and nobody said that these may go."""
    if others := _others_still_connected():
        raise CommandError(
            f"Er zijn nog {others} andere verbindingen met deze database. Zet eerst de site, de worker en due uit."
        )
    if postgresql.has_aside():  # an earlier restore was killed
        postgresql.put_back()
    if has_data() and not replace:
        raise CommandError(
            "In deze database staan al gegevens. Neem een lege database, of gooi deze gegevens weg met --replace."
        )


def _others_still_connected() -> int:
    """Returns how many stay: one that was just closed takes the server a moment."""
    for _ in range(MOMENTS):
        if not (others := postgresql.others_connected()):
            return 0
        sleep(0.1)
    return others
