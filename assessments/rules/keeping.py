"""Tells on which day people's addresses go. Pure: days in, days out; knows no clock, no round, no mail."""

from __future__ import annotations

from datetime import date, timedelta

AFTER_PUBLISHING = timedelta(days=30)  # to participants: time to talk about it, and to take the list along
AFTER_CLOSING = timedelta(days=60)  # whatever happens
UNTOUCHED = timedelta(days=180)  # the list of a round that nobody works on, and that never opens


def addresses_go(closed: date, published: date | None) -> date:
    """Returns the day on which addresses, names and job titles of a closed round are erased.

    `published` is the day on which its participants could read the results, if they can.
    """
    last = closed + AFTER_CLOSING
    return min(published + AFTER_PUBLISHING, last) if published else last


def list_goes(touched: date) -> date:
    """Returns the day on which the people in a concept are erased, if nobody works on it after `touched`."""
    return touched + UNTOUCHED
