"""Guards what a release told that this database forgot: one made after a backup, which was put back since.

A reader may have it, and nobody knows here which rounds were in it together. So no release is made before somebody said
whether there was one; if so, nothing that it can have told of is in a later one.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import date, datetime

import structlog
from django.db import connection, transaction
from django.utils import timezone
from django.utils.formats import date_format

from assessments.models import ForgottenTime, Intake, Release
from assessments.rules.releases import next_release_day, release_number, release_numbers
from assessments.rules.workflow import NotAllowed

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Question:
    """Asks whether one of these releases was made between a backup and its being put back, or says that it was."""

    since: datetime
    until: datetime
    numbers: tuple[str, ...]
    is_answered: bool = False

    @property
    def next_day(self) -> date:
        """Returns on which day there can be a release again if one of these was made."""
        return next_release_day(timezone.localdate(self.until))


def releases_here() -> set[str]:
    """Returns the numbers of releases of real networks; none where the database has no tables."""
    if Release._meta.db_table not in connection.introspection.table_names():
        return set()
    return set(Release.objects.filter(is_constructed=False).values_list("number", flat=True))


@transaction.atomic
def note_forgotten(*, since: datetime, until: datetime, seen: Set[str]) -> Question | None:
    """Notes that the database knows nothing of a time, and returns which releases can have been made in it.

    There is one for each half year, so where it has all of these none was, and it returns None. Where one that it lacks
    was `seen` in the database that the backup replaces, nobody is asked.
    """
    numbers = _possible(since, until)
    if not numbers:
        return None
    ForgottenTime.objects.create(since=since, until=until)
    if made := tuple(number for number in numbers if number in seen):
        tell_of_forgotten(had_release=True)
    return Question(since, until, made or numbers, is_answered=bool(made))


def question() -> Question | None:
    """Returns what somebody must say before there can be a release; None where nothing is asked."""
    asked = list(ForgottenTime.objects.filter(had_release=None))
    if not asked:
        return None
    since, until = min(own.since for own in asked), max(own.until for own in asked)
    return Question(since, until, _possible(since, until))


@transaction.atomic
def tell_of_forgotten(*, had_release: bool) -> bool:
    """Says of all times that the database forgot whether a release was made in them; it can't be taken back.

    Returns whether that was still asked: somebody else may have just answered.
    """
    if not ForgottenTime.objects.filter(had_release=None).update(had_release=had_release):
        return False
    if had_release:
        Intake.objects.filter(is_constructed=False).update(is_past=True)
    log.info("releases.forgotten", had_release=had_release)
    return True


def past_until() -> datetime | None:
    """Returns up to when rounds may be in a release that was forgotten; None where there is none."""
    found = ForgottenTime.objects.filter(had_release=True).order_by("until").last()
    return found.until if found else None


def is_forgotten(day: date) -> bool:
    """Tells whether the release of this day may be one that the database forgot: its number is not given twice."""
    until = past_until()
    return until is not None and release_number(day) <= release_number(timezone.localdate(until))


def refuse_beside_forgotten(day: date) -> None:
    """Raises NotAllowed where a release of this day could stand beside one that the database forgot."""
    if asked := question():
        moment = date_format(timezone.localtime(asked.since), r"j F Y \o\m H.i \u\u\r")
        raise NotAllowed(
            f"De database is teruggezet naar {moment}. Zeg eerst of er daarna een uitgave is gemaakt: op de pagina"
            " Nieuwe uitgave, of met manage.py release --forgotten."
        )
    if is_forgotten(day):
        following = date_format(next_release_day(day), "j F Y")
        raise NotAllowed(
            f"Er is al een uitgave gemaakt die niet meer op deze site staat. De volgende kan vanaf {following}."
        )


def _possible(since: datetime, until: datetime) -> tuple[str, ...]:
    own = releases_here()
    numbers = release_numbers(timezone.localdate(since), timezone.localdate(until))
    return tuple(number for number in numbers if number not in own)
