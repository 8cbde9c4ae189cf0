"""Tells on which days a round's mails go out. Pure: days in, days out; knows no clock, no round, no mail."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from functools import cache

from holidays import HolidayBase
from holidays.countries import Netherlands

FIRST_HOUR, LAST_HOUR = 8, 18  # mail to people at work
MOST_REMINDERS = 3
# The ministry fixed the school holidays up to this school year; of later ones holidays gives some by a rule of thumb.
SCHOOL_HOLIDAYS_UNTIL = date(max(Netherlands.autumn_break_weeks) + 1, 8, 31)


@cache
def _holidays() -> HolidayBase:
    # Both the official ones and those on which offices are closed by custom: Good Friday, Liberation Day each year.
    return Netherlands(categories=("public", "optional"))


@cache
def _school_holidays(region: str) -> HolidayBase:
    return Netherlands(categories="school", subdiv=region, language="nl")


def school_holiday(day: date, region: str) -> str:
    """Returns the name of the school holiday on `day` in the region; '' where there is none, or no region is known.

    After SCHOOL_HOLIDAYS_UNTIL nothing is known.
    """
    if not region or day > SCHOOL_HOLIDAYS_UNTIL:
        return ""
    return str(_school_holidays(region).get(day, "")).lower()


def is_working_day(day: date, region: str = "") -> bool:
    """Tells whether offices are open on `day`, and, where a region is given, schools too."""
    return day.weekday() < 5 and day not in _holidays() and not school_holiday(day, region)


def is_working_time(now: datetime) -> bool:
    """Tells whether people who are at work read mail now, by the clock of where they are."""
    return is_working_day(now.date()) and FIRST_HOUR <= now.hour < LAST_HOUR


def on_or_after(day: date, region: str = "") -> date:
    """Returns the first working day from `day` on."""
    while not is_working_day(day, region):
        day += timedelta(days=1)
    return day


def before(day: date, region: str = "") -> date:
    """Returns the last working day before `day`."""
    day -= timedelta(days=1)
    while not is_working_day(day, region):
        day -= timedelta(days=1)
    return day


def mail_day(now: datetime) -> date:
    """Returns the first day on which mail that is asked for now can go out in office hours."""
    return on_or_after(now.date() + timedelta(days=now.hour >= LAST_HOUR))


def last_day(opens: date, days: int, region: str = "") -> date:
    """Returns a day on which a round may end, `days` after it opens or as soon as can be after that.

    That is a working day outside school holidays, and so is the working day before it, when the last mail goes out.
    """
    day = on_or_after(opens + timedelta(days=days), region)
    while before(day) != before(day, region):
        day = on_or_after(day + timedelta(days=1), region)
    return day


def closing_soon(opened: date, closes: date) -> date | None:
    """Returns the day of the last message: the last working day before `closes`.

    None where that is not at least two days after the opening. It can fall in a school holiday: weeks before the end
    it would not be the last message.
    """
    day = before(closes)
    return day if (day - opened).days >= 2 else None


def reminders(opened: date, closes: date, number: int, region: str = "") -> list[date]:
    """Returns the working days of `number` reminders, spread evenly from opening to closing.

    There are fewer where the round is short: no two on one day or on days in a row, none within two days of the
    opening, and none on or after the day before the message that the round closes. One that would fall in a school
    holiday goes after it, or before it where it would then be too late.
    """
    length = (closes - opened).days
    last = closing_soon(opened, closes) or closes
    days: list[date] = []
    for place in range(1, min(number, MOST_REMINDERS) + 1):
        wanted = opened + timedelta(days=length * place // (number + 1))
        earliest = (days[-1] if days else opened) + timedelta(days=2)
        around = (on_or_after(wanted, region), before(wanted, region))
        fitting = [day for day in around if earliest <= day < last - timedelta(days=1)]
        days += fitting[:1]
    return days


def current(days: Collection[tuple[date, str]], today: date) -> tuple[date, str] | None:
    """Returns the day and kind of the mail whose turn it is: the last one whose day has come. None before the first.

    So what was missed is caught up until the next mail's day. Of two on one day it is the later one in `days`.
    """
    come = [entry for entry in days if entry[0] <= today]
    return sorted(come, key=lambda entry: entry[0])[-1] if come else None
