"""The entry for a calendar is read back by its library: what it says, and that its hours are those of the clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from assessments.models import Meeting
from assessments.running.calendar_entry import calendar_entry

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def meeting(cast):
    cast.round.contact_name, cast.round.contact_email = "Noor, Oostdorp", "noor@example.org"
    return Meeting(
        round=cast.round,
        day=date(2027, 1, 12),
        begins=time(14),
        ends=time(15, 30),
        place="Zaal 2; ‘De Raad’, tweede verdieping\\links, ingang aan de kant van het plein",
        words="Neem het rapport mee.",
        changed_at=datetime(2026, 12, 1, 9, tzinfo=UTC),
    )


def event_in(content):
    [event] = Calendar.from_ical(content).walk("VEVENT")
    return event


def test_it_says_when_where_and_what_and_names_nobody_who_is_invited(meeting, settings):
    content = calendar_entry(meeting)
    calendar, event = Calendar.from_ical(content), event_in(content)
    assert (calendar["VERSION"], calendar["METHOD"]) == ("2.0", "PUBLISH")
    assert event["DTSTART"].dt == datetime(2027, 1, 12, 14, tzinfo=AMSTERDAM)
    assert event["DTEND"].dt == datetime(2027, 1, 12, 15, 30, tzinfo=AMSTERDAM)
    assert event["LOCATION"] == meeting.place
    assert event["SUMMARY"] == "Gesprek over de samenwerking in Netwerk Oost"
    assert (event["STATUS"], event["SEQUENCE"]) == ("CONFIRMED", 0)
    assert event["UID"] == f"{meeting.pk}@127.0.0.1"
    assert event["DTSTAMP"].dt == meeting.changed_at
    assert (event["ORGANIZER"], event["ORGANIZER"].params["CN"]) == ("mailto:noor@example.org", "Noor, Oostdorp")
    assert "ATTENDEE" not in event
    assert "http" not in content.decode()


def test_a_change_keeps_its_id_and_a_cancellation_says_so(meeting):
    first = event_in(calendar_entry(meeting))
    meeting.sequence, meeting.is_cancelled = 3, True
    content = calendar_entry(meeting)
    assert Calendar.from_ical(content)["METHOD"] == "CANCEL"
    last = event_in(content)
    assert (last["UID"], last["SEQUENCE"], last["STATUS"]) == (first["UID"], 3, "CANCELLED")


def test_no_line_is_longer_than_a_calendar_takes_and_all_end_as_it_asks(meeting):
    lines = calendar_entry(meeting).split(b"\r\n")
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line for line in lines)


def zone_of(content):
    [zone] = Calendar.from_ical(content).walk("VTIMEZONE")
    assert zone["TZID"] == "Europe/Amsterdam"
    return zone.to_tz(lookup_tzid=False)


def test_the_hours_are_those_of_the_clock_on_both_sides_of_each_change_of_ten_years(meeting):
    """What the file itself says of its time zone is held against that of the system, by the hour around each change."""
    zone = zone_of(calendar_entry(meeting))
    changes = 0
    for year in range(2026, 2036):
        for month in (3, 10):
            for hours in range(-48, 48):
                last_day = datetime(year, month, 31, 12, tzinfo=UTC)
                sunday = last_day - timedelta(days=(last_day.weekday() + 1) % 7)
                local = (sunday + timedelta(hours=hours)).astimezone(AMSTERDAM)
                if local.fold or not _is_plain(local):  # the two hours that there are twice or not at all
                    continue
                assert local.replace(tzinfo=zone).utcoffset() == local.utcoffset(), local
            changes += 1
    assert changes == 20


def _is_plain(local):
    return local.replace(fold=1).utcoffset() == local.utcoffset()


@pytest.mark.parametrize(
    ("day", "begins_in_utc"),
    [
        (date(2027, 3, 27), 13),
        (date(2027, 3, 28), 12),
        (date(2026, 10, 24), 12),
        (date(2026, 10, 25), 13),
    ],
)
def test_two_o_clock_is_two_o_clock_before_and_after_the_clock_changes(meeting, day, begins_in_utc):
    meeting.day = day
    content = calendar_entry(meeting)
    assert b"DTSTART;TZID=Europe/Amsterdam:" + f"{day:%Y%m%d}T140000".encode() in content
    wall = event_in(content)["DTSTART"].dt.replace(tzinfo=zone_of(content))
    assert wall.astimezone(UTC).hour == begins_in_utc
