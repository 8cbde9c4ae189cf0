"""Writes the conversation about a report as an entry for a calendar (RFC 5545). It holds no link and names no guest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from typing import TYPE_CHECKING

from django.conf import settings

from assessments.models import Meeting, Round

if TYPE_CHECKING:
    from icalendar import Calendar, Component, Timezone

FILE = "gesprek.ics"
WINTER, SUMMER = timedelta(hours=1), timedelta(hours=2)


def method_of(meeting: Meeting) -> str:
    """Returns PUBLISH or CANCEL (RFC 5546, 4.1): both go without guests, so no calendar answers who comes."""
    return "CANCEL" if meeting.is_cancelled else "PUBLISH"


def calendar_entry(meeting: Meeting) -> bytes:
    """Returns the file: of one conversation always with the same UID, and a higher SEQUENCE at each change."""
    from icalendar import Event

    round = meeting.round
    event = Event()
    event.add("uid", meeting.uid)
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.changed_at.astimezone(UTC))
    event.add("summary", f"Gesprek over de samenwerking in {round.network.name}")
    event.add("dtstart", meeting.begins_at)
    event.add("dtend", meeting.ends_at)
    event.add("location", meeting.place)
    event.add("description", f"Over de uitkomsten van ‘{round.name}’. Lees het rapport van tevoren.")
    event.add("organizer", f"mailto:{_organiser(round)}", {"CN": round.contact_name} if round.contact_name else {})
    event.add("status", "CANCELLED" if meeting.is_cancelled else "CONFIRMED")
    calendar = _calendar(method_of(meeting))
    calendar.add_component(event)
    return calendar.to_ical()


def _organiser(round: Round) -> str:
    """Returns the address that answers to mails of the round go to."""
    return round.contact_email or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def _calendar(method: str) -> Calendar:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Samenwerking//NL")
    calendar.add("method", method)
    calendar.add_component(_amsterdam())
    return calendar


def _amsterdam() -> Timezone:
    """Returns the time zone as a rule, which every calendar reads, and not as the list of days that icalendar makes."""
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    zone = Timezone()
    zone.add("tzid", settings.TIME_ZONE)
    zone.add_component(_half(TimezoneDaylight(), "CEST", WINTER, SUMMER, datetime(1996, 3, 31, 2)))
    zone.add_component(_half(TimezoneStandard(), "CET", SUMMER, WINTER, datetime(1996, 10, 27, 3)))
    return zone


def _half(half: Component, name: str, before: timedelta, after: timedelta, first: datetime) -> Component:
    half.add("tzname", name)
    half.add("tzoffsetfrom", before)
    half.add("tzoffsetto", after)
    half.add("dtstart", first)
    half.add("rrule", {"freq": "yearly", "bymonth": first.month, "byday": "-1su"})  # the last Sunday
    return half
