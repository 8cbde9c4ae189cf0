"""Draws the response over the days. Knows no person and no time of day: it has only a counter of each day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from django.utils import timezone

from assessments.models import DailyCount, Round

WIDTH, TOP, BOTTOM = 600, 10, 150  # of the drawing, in its own units


@dataclass(frozen=True)
class Day:
    day: date
    submitted: int
    total: int


def curve(round: Round) -> list[Day]:
    """Returns each day from the opening to today or the closing, also those on which nobody submitted."""
    if not round.opened_at:
        return []
    first = timezone.localdate(round.opened_at)
    last = timezone.localdate(round.closed_at) if round.closed_at else timezone.localdate()
    counts = dict(DailyCount.objects.filter(round=round).values_list("day", "submitted"))
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    submitted = [counts.get(day, 0) for day in days]
    return [Day(*row) for row in zip(days, submitted, accumulate(submitted), strict=True)]


def points(days: Sequence[Day], most: int) -> str:
    """Returns the running total as the points of an SVG line, with `most` at the top; whole numbers, no decimals."""
    steps = max(1, len(days) - 1)
    height = BOTTOM - TOP
    return " ".join(
        f"{WIDTH * place // steps},{BOTTOM - height * min(day.total, most) // max(1, most)}"
        for place, day in enumerate(days)
    )
