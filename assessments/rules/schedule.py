"""Tells on which days a round's reminders go out. Pure: days in, days out; knows no clock, no round, no mail."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache

from holidays import HolidayBase
from holidays.countries import Netherlands

FIRST_HOUR, LAST_HOUR = 8, 18  # mail to people at work
MOST_REMINDERS = 3


@cache
def _holidays() -> HolidayBase:
    # Both the official ones and those on which offices are closed by custom: Good Friday, Liberation Day each year.
    return Netherlands(categories=("public", "optional"))


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in _holidays()


def is_working_time(now: datetime) -> bool:
    """Tells whether people who are at work read mail now, by the clock of where they are."""
    return is_working_day(now.date()) and FIRST_HOUR <= now.hour < LAST_HOUR


def on_or_after(day: date) -> date:
    """Returns the first working day from `day` on."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def before(day: date) -> date:
    """Returns the last working day before `day`."""
    day -= timedelta(days=1)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def closing_soon(opened: date, closes: date) -> date | None:
    """Returns the day of the last message: the last working day before `closes`.

    None where that is not at least two days after the opening.
    """
    day = before(closes)
    return day if (day - opened).days >= 2 else None


def reminders(opened: date, closes: date, number: int) -> list[date]:
    """Returns the working days of `number` reminders, spread evenly from opening to closing.

    There are fewer where the round is short: no two on one day or on days in a row, none within two days of the
    opening, and none on or after the day before the message that the round closes.
    """
    length = (closes - opened).days
    last = closing_soon(opened, closes) or closes
    days: list[date] = []
    for place in range(1, min(number, MOST_REMINDERS) + 1):
        day = on_or_after(opened + timedelta(days=length * place // (number + 1)))
        earliest = (days[-1] if days else opened) + timedelta(days=2)
        if day >= earliest and day < last - timedelta(days=1):
            days.append(day)
    return days
