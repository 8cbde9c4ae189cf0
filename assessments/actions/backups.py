"""Makes the receipt of a backup, holds one against what was restored, and puts to rest what would happen twice then.

A restored database believes that it is still the moment of the backup: mail that went out since waits to be sent, who
signed out is signed in, what was erased is there.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path

import structlog
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from assessments.actions.due import erase_what_is_due
from assessments.actions.forgotten import Question, note_forgotten
from assessments.actions.mail import queue_invitations, queue_results
from assessments.actions.nudges import nudge
from assessments.anonymity.erasure import note_erasure
from assessments.anonymity.secrets import fingerprint, generations
from assessments.models import (
    Announcement,
    Erasure,
    FrozenResults,
    Message,
    MessageState,
    PlannedMail,
    Round,
    RoundSecret,
)
from assessments.models.mail import HELD
from assessments.results.document import checksum
from assessments.rules import schedule
from assessments.rules.workflow import Work
from assessments.running.timetable import mail_days
from factors.models import InstrumentVersion
from samenwerking.accounts.models import ApiToken
from samenwerking.backups import postgresql
from samenwerking.backups.archive import Receipt
from samenwerking.jobs import hold_jobs_that_mail
from samenwerking.workers.models import Heartbeat

FORMAT = 1
PARTS = frozenset(
    [
        "format",
        "made_at",
        "version",
        "migrations",
        "tables",
        "open_rounds",
        "frozen",
        "frozen_differ",
        "instruments",
        "secrets",
        "dump",
    ]
)
KEEP = timedelta(days=30)  # what people were told: docs/anonymity.md
# What a receipt names for people, by its table.
NAMED = {
    "assessments_network": "netwerken",
    "assessments_round": "rondes",
    "assessments_response": "vragenlijsten van open rondes",
    "assessments_frozenresults": "vastgelegde uitkomsten",
    "assessments_reportfile": "rapporten",
    "assessments_release": "uitgaven",
    "accounts_user": "accounts",
}

log = structlog.get_logger(__name__)


def receipt() -> Receipt:
    """Returns what is in the database as the caller's transaction sees it; no name, no address and no answer."""
    frozen = list(_checksums())
    return {
        "format": FORMAT,
        "made_at": postgresql.began_at().isoformat(),  # the dump can take an hour
        "version": site_version(),
        "postgresql": postgresql.server_version(),
        "migrations": sorted(map(list, MigrationLoader(connection).applied_migrations)),
        "tables": postgresql.sums(),
        "open_rounds": Round.objects.open().count(),
        "frozen": {pk: found for pk, _, found in frozen},
        "frozen_differ": [pk for pk, kept, found in frozen if found != kept],
        "instruments": dict(InstrumentVersion.objects.values_list("version", "checksum")),
        "secrets": _needed_secrets(),
    }


def differences(told: Receipt) -> list[str]:
    """Returns the parts of a receipt that are not so in the database, as a table's name or that of another part."""
    with transaction.atomic():
        found = receipt()
    tables = {*told["tables"], *found["tables"]} - {postgresql.SESSIONS}  # older backups have its sum
    parts = ("frozen", "frozen_differ", "instruments", "open_rounds")
    return [
        *sorted(name for name in tables if told["tables"].get(name) != found["tables"].get(name)),
        *(name for name in parts if told[name] != found[name]),
    ]


def unknown_migrations(told: Receipt) -> list[str]:
    """Returns what was done to the database of a backup and this version does not know."""
    loader = MigrationLoader(None)
    known = {*(loader.disk_migrations or {}), *(old for new in loader.replacements.values() for old in new.replaces)}
    return [f"{app} {name}" for app, name in map(tuple, told["migrations"]) if (app, name) not in known]


def missing_secrets(told: Receipt) -> dict[str, list[str]]:
    """Returns the fingerprints of secrets that a backup needs and this server lacks, by the name of the secret."""
    own = {name: {fingerprint(secret) for secret in known} for name, known in generations().items()}
    lacking = {name: sorted({*needed} - own.get(name, set())) for name, needed in told["secrets"].items()}
    return {name: prints for name, prints in lacking.items() if prints}


def has_data() -> bool:
    """Tells whether the database has anything that somebody made; what migrations put there counts for nothing."""
    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in NAMED.keys() & there:
            cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {connection.ops.quote_name(table)})")  # noqa: S608 (our own)
            if cursor.fetchone()[0]:
                return True
    return False


@dataclass(frozen=True)
class Settled:
    """Counts what was put to rest after a restore, and what was erased again at once."""

    messages: int
    jobs: int
    skipped: int
    tokens: int
    forgotten: Question | None
    failed: int
    erased: Mapping[str, int] = field(default_factory=dict)


def settle(*, made_at: datetime, now: datetime, releases: Set[str] = frozenset()) -> Settled:
    """Lets nothing happen twice in a database of `made_at`, and erases at once what had to go by now.

    Mail that waited then, or had its day since, is held until the coördinator asks for it: nobody knows whether it
    went out. Everybody signs in again, and API tokens end: one may have been taken back since. `releases` are those of
    the former database: one that the backup lacks was made since.
    """
    with transaction.atomic():
        _queue_what_would_go(now)
        held = Message.objects.queued().update(state=MessageState.REFUSED, fault=HELD, claimed_at=None)
        skipped = sum(_skip_what_had_its_day(round, made_at, now) for round in Round.objects.open())
        jobs = hold_jobs_that_mail()
        Announcement.objects.all().delete()  # what somebody kept longer since is not in it: all is told of again
        Erasure.objects.all().delete()  # no file of this database ever had what was erased before
        Session.objects.all().delete()  # older backups have them
        note_erasure(Session)
        tokens, _ = ApiToken.objects.all().delete()
        forgotten = note_forgotten(since=made_at, until=now, seen=releases)
        Heartbeat.objects.all().delete()
    erased = erase_what_is_due(now)
    counts = {name: count for name, count in erased.items() if count}
    done = Settled(held, jobs, skipped, tokens, forgotten, erased.failed, counts)
    log.info("backup.restored", made_at=made_at.isoformat(), messages=held, jobs=jobs, failed=erased.failed)
    return done


@cache
def site_version() -> str:
    """Returns the version of this code, or nothing where it stands without its pyproject.toml."""
    file = Path(settings.BASE_DIR) / "pyproject.toml"
    return str(tomllib.loads(file.read_text())["project"]["version"]) if file.exists() else ""


def _checksums() -> Iterator[tuple[str, str, str]]:
    """Yields of each frozen document its round, the checksum that was kept with it, and the one that it has."""
    rows = FrozenResults.objects.order_by("pk").values_list("pk", "checksum", "document")
    for pk, kept, document in rows.iterator(chunk_size=1):  # one may have a few hundred kB
        yield str(pk), kept, checksum(document)


def _needed_secrets() -> dict[str, list[str]]:
    """Returns the fingerprint of each secret in use, and of former ones that open rounds still need."""
    columns = {"RESPONSE_SECRET": "response_generation", "LINK_SECRET": "link_generation"}
    in_use = {name: {fingerprint(known[0])} for name, known in generations().items()}
    for name, column in columns.items():
        in_use[name] |= set(RoundSecret.objects.values_list(column, flat=True))
    return {name: sorted(prints) for name, prints in in_use.items()}


def _queue_what_would_go(now: datetime) -> None:
    """Queues what `due` would queue by itself but for reminders, so that it can be held with the others."""
    for pk in Round.objects.allowing(Work.MAILING).filter(addresses_erased_at=None).values_list("pk", flat=True):
        queue_invitations(round_id=pk)
        queue_results(round_id=pk)
    for pk in Round.objects.published().values_list("pk", flat=True):
        nudge(round_id=pk, now=now)


def _skip_what_had_its_day(round: Round, made_at: datetime, now: datetime) -> int:
    """Skips reminders whose day came after the backup; the timetable shows that, and can take it back."""
    since = timezone.localdate(made_at)
    come = [kind for kind, day in mail_days(round).items() if day >= since and _first_moment(day) <= now]
    for kind in come:
        PlannedMail.objects.update_or_create(round=round, kind=kind, defaults={"day": None})
    return len(come)


def _first_moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(schedule.FIRST_HOUR)))
