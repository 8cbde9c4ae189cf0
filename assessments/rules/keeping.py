"""Tells on which day addresses, texts, results and all else go. Pure: days in, days out; knows no clock and no row."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

AFTER_PUBLISHING = timedelta(days=30)  # to participants: time to talk about it, and to take the list along
AFTER_CLOSING = timedelta(days=60)  # whatever happens
UNTOUCHED = timedelta(days=180)  # the list of a round that nobody works on, and that never opens
TOLD_BEFORE = timedelta(days=30)  # what is of worth goes so long after somebody could read that it will
GOES_SOON = timedelta(days=35)  # so long before its day it is told of: no mail goes on days off

LIST_DAYS = (30, 90, 180)  # what a network may choose for such a list; people are told that 180 is the most


@dataclass(frozen=True)
class Term:
    """Is how many months something is kept: what is usual, and between which numbers a network may choose."""

    least: int
    usual: int
    most: int

    def within(self, months: int | None) -> int:
        """Returns what counts where a network chose so many months, or nothing."""
        return self.usual if months is None else min(max(months, self.least), self.most)


# Why so long is in docs/retention.md. The first four are for a network to choose, the others for the installation.
TERMS: dict[str, Term] = {
    "open_answers": Term(3, 24, 60),
    "reports": Term(12, 60, 240),
    "audit": Term(12, 36, 120),
    "empty_network": Term(6, 24, 60),
    "accounts": Term(6, 24, 60),
    "general_audit": Term(12, 36, 120),
}
OF_A_NETWORK = ("open_answers", "reports", "audit", "empty_network")
LIMIT = 600  # months; what is kept longer is for an archive


def terms_of(setting: str) -> dict[str, Term]:
    """Returns TERMS with what a setting says in their place: 'reports=12-60-120, accounts=24'.

    One number is fixed: nobody can choose. Raises ValueError, with a sentence for whoever wrote the setting.
    """
    found = dict(TERMS)
    for part in filter(None, map(str.strip, setting.split(","))):
        kind, _, numbers = (piece.strip() for piece in part.partition("="))
        if kind not in TERMS:
            raise ValueError(f"'{kind}' is none of {', '.join(TERMS)}.")
        found[kind] = _term(kind, numbers)
    return found


def _term(kind: str, numbers: str) -> Term:
    if not re.fullmatch(r"[0-9]{1,3}|[0-9]{1,3}-[0-9]{1,3}-[0-9]{1,3}", numbers):
        raise ValueError(f"{kind} must be months, as in {kind}=12-60-120 (least, usual, most) or {kind}=60.")
    months = [int(number) for number in numbers.split("-")]
    least, usual, most = months * 3 if len(months) == 1 else months
    if not 1 <= least <= usual <= most <= LIMIT:
        raise ValueError(f"{kind}={numbers} must rise from 1 to {LIMIT} months at most.")
    return Term(least, usual, most)


def addresses_go(closed: date, published: date | None) -> date:
    """Returns the day on which addresses, names and job titles of a closed round are erased.

    `published` is the day on which its participants could read the results, if they can.
    """
    last = closed + AFTER_CLOSING
    return min(published + AFTER_PUBLISHING, last) if published else last


def list_goes(touched: date, days: int | None = None) -> date:
    """Returns the day on which the people in a concept are erased, if nobody works on it after `touched`."""
    return touched + (UNTOUCHED if days is None else min(timedelta(days=days), UNTOUCHED))


def months_later(day: date, months: int) -> date:
    """Returns the same day of the month so many months later, or the last day of that month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def goes_on(since: date, months: int, until: date | None = None) -> date:
    """Returns the day on which something is erased that is kept so many months `since`, or `until` a later day."""
    day = months_later(since, months)
    return max(day, until + timedelta(days=1)) if until else day


def goes_once_told(day: date, told: date | None, today: date) -> date:
    """Returns the day on which something of worth goes: its `day`, but never within a month of when that was told.

    So nothing goes at once where a term is made shorter, or where the site was away for a while. `told` is None as
    long as nobody was.
    """
    return max(day, (told or today) + TOLD_BEFORE)
