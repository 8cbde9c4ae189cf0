"""Tells how long filling in takes, as measured, once enough people were. Knows no round and no person."""

from itertools import accumulate

from django.core.cache import cache
from django.db.models import QuerySet

from assessments.models import Duration

ENOUGH = 20  # people; with fewer there is an estimate, which says that it is one
KEEP = 600  # seconds that the outcome is kept in memory: it hardly changes


def measured_minutes(version: str, *, by_ouders: bool = False) -> int | None:
    """Returns in how many minutes half of the people had answered every statement, or None for too few people."""
    key = f"measured-minutes.{version}.{by_ouders}"
    found = cache.get(key)
    if found is None:
        found = _half(Duration.objects.filter(instrument_version=version, by_ouders=by_ouders))
        cache.set(key, found, KEEP)
    return found or None


def _half(rows: QuerySet[Duration]) -> int:
    """Returns the median in minutes, or 0 for too few people."""
    counted = list(rows.order_by("minutes").values_list("minutes", "people"))
    total = sum(people for _, people in counted)
    if total < ENOUGH:
        return 0
    until = accumulate(people for _, people in counted)
    return next(minutes for (minutes, _), people in zip(counted, until, strict=True) if 2 * people >= total)
