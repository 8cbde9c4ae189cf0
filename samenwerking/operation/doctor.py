"""Looks at the whole installation for `manage.py doctor`: what was found, and what to do. It knows no round."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core import checks
from django.db import Error, connection
from django.utils import timezone

from factors.models import InstrumentVersion
from samenwerking import health
from samenwerking.checks import changed_secrets
from samenwerking.database import Unsettled, may_wipe_log
from samenwerking.jobs import counts_of_jobs, waiting_since
from samenwerking.statics import HashedFiles
from samenwerking.workers import heartbeats

LEAST_VERSION = 15  # of PostgreSQL
MOST_LOG = 32  # MB of its log that it may keep for later
LEAST_SPACE = 200  # MB for temporary files: a release is written there before it is kept
MB = 1024 * 1024
# Settings of deploy/compose/settings.env.example that others see.
OF_THE_EXAMPLE = ("BASE_URL", "DEFAULT_FROM_EMAIL", "SECURITY_CONTACT", "SUPPORT_CONTACT")
EXAMPLE = re.compile(r"\bexample\.(nl|org|com)\b")
BEHEER = "Zie docs/beheer.md"
AFTER_A_RESTORE = (
    "Zet de back-up dan opnieuw terug (manage.py restore BESTAND --replace), of ga terug naar wat er daarvoor was"
    " (manage.py restore --undo --replace). Tot dan blijft de site dicht. Zie docs/backup.md."
)


@dataclass(frozen=True)
class Finding:
    """Is what was found of one part, in Dutch; `todo` says what to do, and is empty where all is well."""

    what: str
    fact: str
    todo: str = ""


def findings() -> Iterator[Finding]:
    """Yields what was found of each part; without a database only of what needs none."""
    try:
        connection.ensure_connection()
    except Unsettled:
        todo = f"Is restore nog bezig? Wacht dan. Is het afgebroken? {AFTER_A_RESTORE}"
        yield Finding("database", "er wordt een back-up teruggezet, of dat is afgebroken", todo)
    except Error as fault:
        yield Finding(
            "database", f"antwoordt niet ({type(fault).__name__})", "Start PostgreSQL of verbeter DATABASE_URL."
        )
    else:
        yield from _in_the_database()
    yield from _settings()
    yield from _cache()
    yield _mail()
    yield _fonts()
    yield _static_files()
    yield _space()


def _in_the_database() -> Iterator[Finding]:
    yield from _database()
    if unapplied := health.migrations():
        yield Finding("migraties", unapplied, "Draai manage.py prepare_database.")
        return
    yield Finding("migraties", "alle toegepast")
    yield _instrument()
    yield _secrets()
    yield _clock()
    yield from _work(timezone.now())


def _settings() -> Iterator[Finding]:
    """Yields what `manage.py check --deploy` would say, in its own words; of secrets there is a line elsewhere."""
    every = checks.run_checks(include_deployment_checks=True)
    told = [found for found in every if found.id != "assessments.E001" and not found.is_silenced()]
    for found in told:
        todo = (found.hint or "Verbeter deze instelling.") if found.level >= checks.WARNING else ""
        yield Finding("instellingen", f"{found.msg} ({found.id})", todo)
    if left := [name for name in OF_THE_EXAMPLE if EXAMPLE.search(getattr(settings, name))]:
        yield Finding("instellingen", f"nog van het voorbeeld: {', '.join(left)}", "Vul er uw eigen adressen in.")
    elif not told:
        yield Finding("instellingen", "geen opmerkingen")


def _database() -> Iterator[Finding]:
    if connection.vendor != "postgresql":
        yield Finding("database", "SQLite, voor de demo", "Gebruik PostgreSQL 15 of nieuwer voor een echte ronde.")
        return
    version = connection.get_database_version()[0]
    size = int(_asked("SELECT pg_database_size(current_database())"))
    largest = _asked(
        "SELECT relname FROM pg_class WHERE relkind = 'r' ORDER BY pg_total_relation_size(oid) DESC LIMIT 1"
    )
    too_old = "" if version >= LEAST_VERSION else f"Neem PostgreSQL {LEAST_VERSION} of nieuwer."
    yield Finding("database", f"PostgreSQL {version}, {size / MB:.0f} MB, met als grootste tabel {largest}", too_old)
    yield _owner()
    yield _log_of_the_database()
    yield _rights_for_the_log()


def _owner() -> Finding:
    others = _asked(
        "SELECT count(*) FROM pg_tables"
        " WHERE schemaname = current_schema() AND NOT pg_has_role(current_user, tableowner, 'USAGE')"
    )
    if not others:
        return Finding("rechten in de database", "de tabellen zijn van de rol in DATABASE_URL")
    todo = "Maak die rol eigenaar (ALTER TABLE … OWNER TO …): anders kan niets voorgoed worden gewist."
    return Finding("rechten in de database", f"tabellen van een andere rol dan die in DATABASE_URL: {others}", todo)


def _log_of_the_database() -> Finding:
    """Tells whether what was erased stays long in files of the log, which PostgreSQL keeps to use again."""
    recycles = _asked("SELECT setting FROM pg_settings WHERE name = 'wal_recycle'") == "on"
    kept = int(_asked("SELECT setting FROM pg_settings WHERE name = 'min_wal_size'"))
    fact = f"wal_recycle={'on' if recycles else 'off'}, min_wal_size={kept}MB"
    good = not recycles and kept <= MOST_LOG
    todo = f"Zet wal_recycle=off en min_wal_size={MOST_LOG}MB: anders blijft in het log lang staan wat gewist is."
    return Finding("log van de database", fact, "" if good else todo)


def _rights_for_the_log() -> Finding:
    if may_wipe_log():
        return Finding("rechten voor het log", "wat gewist is, kan ook uit het log van de database")
    todo = "Geef de rol in DATABASE_URL pg_checkpoint, pg_monitor en EXECUTE op pg_switch_wal(): zie docs/beheer.md."
    return Finding("rechten voor het log", "geen bewijs van wissen kan zeggen dat het log schoon is", todo)


def _instrument() -> Finding:
    latest = InstrumentVersion.objects.first()
    if latest is None:
        return Finding("instrument", "er is nog geen", "Draai manage.py prepare_database.")
    return Finding("instrument", str(latest))


def _secrets() -> Finding:
    changed = changed_secrets()
    if not changed:
        return Finding("geheimen", "dezelfde als eerst")
    todo = "Zet de vorige waarde terug, of in …_FALLBACKS: zie docs/secrets.md."
    return Finding("geheimen", f"veranderd: {', '.join(changed)}", todo)


def _clock() -> Finding:
    todo = "Zet op beide machines de tijd gelijk, met chrony of systemd-timesyncd."
    return Finding(
        "klok", f"{abs(health.seconds_ahead()):.1f} s verschil met de database", todo if health.clock() else ""
    )


def _work(now: datetime) -> Iterator[Finding]:
    seen = heartbeats.last_seen()
    for kind, silence, todo in (
        (heartbeats.Kind.WORKER, heartbeats.SILENT, "Start manage.py db_worker, en laat het systeem dat herstarten."),
        (heartbeats.Kind.DUE, heartbeats.SILENT_DUE, "Laat manage.py due elke paar minuten draaien."),
    ):
        last = seen.get(kind)
        fact = f"{(now - last).total_seconds():.0f} s geleden gezien" if last else "nog nooit gezien"
        yield Finding(kind, fact, "" if last and last >= now - silence else f"{todo} {BEHEER}.")
    if failures := heartbeats.failures_of_due():
        yield Finding("due", f"de laatste keer mislukt: {failures}", "Zoek in het log van due wat mislukte.")
    yield from _queue(now)


def _queue(now: datetime) -> Iterator[Finding]:
    jobs, since = counts_of_jobs(), waiting_since(now)
    is_late = since is not None and since < now - health.LATE
    fact = f"taken die wachten: {jobs['waiting']}, bezig: {jobs['running']}"
    yield Finding("rij", fact, "Start nog een worker, of kijk waarom er geen werkt." if is_late else "")
    if failed := jobs["failed"]:
        todo = "Kijk met manage.py failed_jobs wat er misging; --again probeert ze opnieuw."
        yield Finding("rij", f"taken die mislukten in de laatste week: {failed}", todo)


def _cache() -> Iterator[Finding]:
    """Yields whether the processes count together who tries too often; the checks say whether the cache answers."""
    if not settings.CACHES["default"]["BACKEND"].endswith("LocMemCache"):
        yield Finding("cache", "alle processen tellen samen")
        return
    machines = _machines_that_serve()
    todo = "Zet CACHE_URL: anders mag wie te vaak probeert dat op elke machine opnieuw." if machines > 1 else ""
    yield Finding("cache", "elk proces telt zelf wie te vaak probeert; genoeg voor één machine", todo)


def _machines_that_serve() -> int:
    if connection.vendor != "postgresql" or connection.connection is None:
        return 1
    return int(
        _asked(
            "SELECT count(DISTINCT coalesce(client_addr::text, '')) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = 'samenwerking gunicorn'"
        )
    )


def _mail() -> Finding:
    trouble = health.mail_now()
    todo = "Verbeter EMAIL_URL, of vraag de beheerder van de mailserver. Tot die tijd wacht alle mail."
    return Finding("mail", trouble or "de mailserver antwoordt", todo if trouble else "")


def _fonts() -> Finding:
    trouble = health.fonts()
    todo = "Installeer fontconfig, libpango-1.0-0, fonts-dejavu-core en fonts-noto-core: anders lukt geen pdf."
    return Finding("lettertypen", trouble or "alle gevonden", todo if trouble else "")


def _static_files() -> Finding:
    if not isinstance(staticfiles_storage, HashedFiles):
        return Finding("statische bestanden", "met DEBUG niet nodig")
    missing = [name for name in _ours() if name not in staticfiles_storage.hashed_files]
    todo = "Draai manage.py collectstatic --noinput en herstart de site."
    fact = f"er ontbreken er {len(missing)}, zoals {missing[0]}" if missing else "alle verzameld"
    return Finding("statische bestanden", fact, todo if missing else "")


def _ours() -> Iterable[str]:
    return (name for finder in get_finders() for name, _ in finder.list([]))


def _space() -> Finding:
    try:
        with tempfile.TemporaryFile() as file:
            file.write(b"x")
    except OSError:
        return Finding("tijdelijke bestanden", "er is geen map om in te schrijven", "Geef de site een /tmp van 1 GB.")
    free = shutil.disk_usage(tempfile.gettempdir()).free // MB
    todo = f"Maak ruimte: er is {LEAST_SPACE} MB nodig." if free < LEAST_SPACE else ""
    return Finding("tijdelijke bestanden", f"{free} MB vrij; verder staat alles in de database", todo)


def _asked(question: str) -> int | str:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]
