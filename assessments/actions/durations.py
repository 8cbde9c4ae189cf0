"""Counts how long filling in took, without a trace of who filled in."""

from math import ceil

from django.db.models import F

from assessments.models import Duration
from assessments.models.durations import LONGEST


def count_duration(*, version: str, by_ouders: bool, seconds: float) -> None:
    """Adds one to the number of people who took so many minutes.

    Less than a minute or more than an hour is not counted: nobody answers every statement so fast, or takes so long.
    Call it outside the transaction that writes answers: these are in, whatever comes of the count.
    """
    if not 60 <= seconds <= 60 * LONGEST:
        return
    minutes = ceil(seconds / 60)
    same = Duration.objects.filter(instrument_version=version, by_ouders=by_ouders, minutes=minutes)
    if not same.update(people=F("people") + 1):
        Duration.objects.get_or_create(instrument_version_id=version, by_ouders=by_ouders, minutes=minutes)
        same.update(people=F("people") + 1)
