"""Puts a backup back into the database, and says whether all of it is as it was."""

import signal
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
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
from assessments.actions.forgotten import releases_here
from assessments.management.commands.backup import ONLY_POSTGRESQL
from samenwerking.backups import postgresql
from samenwerking.backups.archive import CHANGED, Archive, UnfitArchive, read_archive
from samenwerking.backups.engine.base import restoring

MOMENTS = 20  # tenths of a second
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # the last one comes where the terminal is lost


class Command(BaseCommand):
    help = "Zet een back-up terug, en zegt of alles gelijk is aan toen. Zie docs/backup.md."
    requires_system_checks = ()  # there may be no tables yet
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", help="wat manage.py backup schreef")
        parser.add_argument("--check", action="store_true", help="kijk het bestand alleen na")
        parser.add_argument("--replace", action="store_true", help="gooi weg wat nu in de database staat")
        parser.add_argument("--undo", action="store_true", help="haal terug wat er was voor een afgebroken terugzetten")
        parser.add_argument("--other-secrets", action="store_true", help="ook als de geheimen hier andere zijn")

    def handle(self, *, file: Path | None, undo: bool, replace: bool, **options: bool) -> None:
        if connection.vendor != "postgresql":
            raise CommandError(ONLY_POSTGRESQL)
        if undo == bool(file):
            raise CommandError("Geef het bestand van een back-up, of --undo.")
        with restoring(), _stopped_as_by_ctrl_c():
            if file:
                self._put_in_place(file, replace=replace, check=options["check"], others=options["other_secrets"])
            else:
                self._undo(replace=replace)

    def _put_in_place(self, file: Path, *, check: bool, replace: bool, others: bool) -> None:
        backup = self._read(file)
        self._refuse_newer(backup)
        self._tell_of_secrets(backup)
        self._refuse_forged(backup)
        if check:
            self._say(lines_of(backup.receipt))
            return
        _refuse_other_secrets(backup, are_expected=others)
        _refuse_while_connected()
        if postgresql.has_aside():
            _undo_what_was_broken_off(replace=replace)
        _refuse_to_lose_data(replace=replace)
        self._restore(backup)

    def _undo(self, *, replace: bool) -> None:
        """Brings back what was there before a restore that was broken off. Raises CommandError where there was none."""
        _refuse_while_connected()
        if not postgresql.has_aside():
            raise CommandError("Er is geen terugzetten afgebroken. Er is niets veranderd.")
        _undo_what_was_broken_off(replace=replace)
        self.stdout.write("In de database staat weer wat er was voor het terugzetten.")

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
        """Restores, compares, brings up to date and settles; whatever fails, the former tables are back after it.

        Where this is killed they stand aside, and nothing but this command opens the database.
        """
        told, releases = backup.receipt, releases_here()
        postgresql.put_aside()
        try:
            _refuse_while_connected()  # whoever came before the tables stood aside
            postgresql.restored(backup.pieces())
            differ = differences(told)
            self._say(lines_of(told, differ))
            if differ:
                raise CommandError(f"Niet gelijk aan het bewijs: {', '.join(differ)}. Er is niets veranderd.")
            done = self._bring_up_to_date(backup, releases)
            postgresql.forget_aside()
        except BaseException as fault:
            connection.close()
            _others_still_connected()  # what pg_restore was doing when it was ended
            if not postgresql.has_aside():  # all was done
                raise
            postgresql.put_back()
            if isinstance(fault, (postgresql.ProgramFailed, UnfitArchive)):
                raise CommandError(f"{fault} Er is niets veranderd.") from None
            if isinstance(fault, KeyboardInterrupt):
                raise CommandError("Gestopt. Er is niets veranderd.") from None
            raise
        self._say(lines_after(told, done))

    def _bring_up_to_date(self, backup: Archive, releases: set[str]) -> Settled:
        call_command("migrate", interactive=False, verbosity=0)
        return settle(made_at=moment_of(backup.receipt), now=timezone.localtime(), releases=releases)

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


def _refuse_while_connected() -> None:
    """Raises CommandError where the site still runs."""
    if others := _others_still_connected():
        raise CommandError(
            f"Er zijn nog {others} andere verbindingen met deze database. Zet eerst de site, de worker en due uit."
        )


def _undo_what_was_broken_off(*, replace: bool) -> None:
    """Puts back what stood aside. Raises CommandError where data would go and nobody said that these may."""
    if has_data() and not replace:
        raise CommandError(
            "Een eerder terugzetten is afgebroken. Wat daarvan in de database staat, is niet bijgewerkt. Met --replace"
            " erbij gooit u dat weg. Met --undo --replace, zonder bestand, gaat u terug naar wat er daarvoor was."
        )
    postgresql.put_back()


def _refuse_to_lose_data(*, replace: bool) -> None:
    """Raises CommandError where the database has data and nobody said that these may go."""
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


@contextmanager
def _stopped_as_by_ctrl_c() -> Iterator[None]:
    """Lets a lost terminal, or the system, stop this as Ctrl-C does; while it tidies up nothing stops it again."""
    former = {number: signal.getsignal(number) for number in STOPS}

    def stop(*_: object) -> None:
        for number in STOPS:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    for number, handler in former.items():
        if handler is not signal.SIG_IGN:  # as nohup has it
            signal.signal(number, stop)
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
