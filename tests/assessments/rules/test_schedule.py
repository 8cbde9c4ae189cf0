"""Mail goes out on working days, whatever the dates, and leaves the school holidays of a region alone."""

import itertools
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from assessments.rules import schedule

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
REGIONS = ("", "Noord", "Midden", "Zuid")
HOLIDAYS = "2026-12-25 2027-01-01 2027-03-26 2027-03-29 2027-04-27 2027-05-05 2027-05-06 2027-05-17 2028-12-26"
WEEKEND = "2026-11-21 2026-11-22"
WORKING = "2027-05-04 2027-05-07 2027-12-24 2025-04-28"  # the last: King's Day was kept on Saturday, not Sunday


def test_a_holiday_and_a_weekend_are_no_working_days():
    days = {day: schedule.is_working_day(date.fromisoformat(day)) for day in f"{HOLIDAYS} {WEEKEND} {WORKING}".split()}
    assert [day for day, works in days.items() if works] == WORKING.split()


def test_whatever_the_dates_reminders_keep_their_distance_and_their_number():
    for start in range(0, 300, 7):
        opened = (datetime(2026, 9, 1) + timedelta(days=start)).date()
        for length in range(1, 60):
            closes = opened + timedelta(days=length)
            days = schedule.reminders(opened, closes, 3)
            last = schedule.closing_soon(opened, closes)
            everything = [opened, *days, *([last] if last else [])]
            assert len(days) <= 3
            assert all(schedule.is_working_day(day) and opened < day < closes for day in everything[1:])
            assert all((b - a).days >= 2 for a, b in itertools.pairwise(everything))


def day(text):
    return date.fromisoformat(text)


SCHOOL_HOLIDAYS = [  # from the ministry's own list for 2026-2027
    ("Noord", "2026-10-10", "2026-10-18", "herfstvakantie"),
    ("Midden", "2026-10-17", "2026-10-25", "herfstvakantie"),
    ("Zuid", "2026-10-17", "2026-10-25", "herfstvakantie"),
    ("Noord", "2026-12-19", "2027-01-03", "kerstvakantie"),
    ("Zuid", "2027-02-13", "2027-02-21", "voorjaarsvakantie"),
    ("Noord", "2027-02-20", "2027-02-28", "voorjaarsvakantie"),
    ("Midden", "2027-04-24", "2027-05-02", "meivakantie"),
]


@pytest.mark.parametrize(("region", "first", "last", "name"), SCHOOL_HOLIDAYS)
def test_a_school_holiday_runs_from_saturday_to_sunday_in_its_region(region, first, last, name):
    inside = [day(first), day(last)]
    outside = [day(first) - timedelta(days=1), day(last) + timedelta(days=1)]
    assert [schedule.school_holiday(some, region) for some in (*inside, *outside)] == [name, name, "", ""]


def test_without_a_region_or_past_what_the_ministry_fixed_there_is_no_school_holiday():
    assert schedule.school_holiday(day("2026-12-28"), "") == ""
    assert day("2030-08-31") == schedule.SCHOOL_HOLIDAYS_UNTIL
    assert schedule.school_holiday(day("2030-07-25"), "Noord") == "zomervakantie"
    assert (
        schedule.school_holiday(day("2030-12-27"), "Noord") == schedule.school_holiday(day("2031-07-25"), "Noord") == ""
    )


@pytest.mark.parametrize("region", REGIONS)
def test_the_last_day_of_a_new_round_and_the_day_of_its_last_mail_are_for_work_and_school(region):
    for start in range(0, 1400, 3):
        opens = day("2026-09-01") + timedelta(days=start)
        last = schedule.last_day(opens, 21, region)
        assert 21 <= (last - opens).days <= 75
        assert schedule.is_working_day(last, region)
        assert schedule.is_working_day(schedule.before(last), region)


def test_a_round_of_december_ends_after_the_christmas_holiday():
    assert schedule.last_day(day("2026-11-30"), 21) == day("2026-12-21")
    assert schedule.last_day(day("2026-11-30"), 21, "Noord") == day("2027-01-05")


def test_no_reminder_falls_in_the_christmas_holiday_of_the_region():
    opened, closes = day("2026-12-07"), day("2027-01-14")
    without = schedule.reminders(opened, closes, 3)
    known = schedule.reminders(opened, closes, 3, "Midden")
    assert [some.isoformat() for some in without] == ["2026-12-16", "2026-12-28", "2027-01-04"]
    assert [some.isoformat() for some in known] == ["2026-12-16", "2027-01-04"]


def test_a_reminder_that_would_come_too_late_after_a_holiday_goes_before_it():
    assert schedule.reminders(day("2026-12-14"), day("2027-01-05"), 1, "Noord") == [day("2026-12-18")]


@pytest.mark.parametrize("region", REGIONS)
def test_whatever_the_region_reminders_keep_their_distance(region):
    for start in range(0, 700, 5):
        opened = day("2026-09-01") + timedelta(days=start)
        for length in range(1, 90, 4):
            days = schedule.reminders(opened, opened + timedelta(days=length), 3, region)
            assert all(schedule.is_working_day(some, region) for some in days)
            assert all((b - a).days >= 2 for a, b in itertools.pairwise([opened, *days]))


CLOCK_CHANGES = ["2026-10-25", "2027-03-28"]


@pytest.mark.parametrize("change", CLOCK_CHANGES)
def test_on_both_sides_of_a_change_of_the_clock_mail_goes_in_the_hours_of_an_office(change):
    """Counted in hours of UTC, so that two hours are one or there is an hour that never was."""
    start = datetime.combine(day(change) - timedelta(days=2), datetime.min.time(), AMSTERDAM).astimezone(
        ZoneInfo("UTC")
    )
    moments = [(start + timedelta(hours=hours)).astimezone(AMSTERDAM) for hours in range(24 * 5)]
    working = [moment for moment in moments if schedule.is_working_time(moment)]
    per_day = {some: [m.hour for m in working if m.date() == some] for some in {m.date() for m in working}}
    assert all(hours == list(range(8, 18)) for hours in per_day.values())
    assert all(schedule.is_working_day(some) for some in per_day)
    assert {schedule.mail_day(moment) for moment in moments} == {
        schedule.on_or_after(moment.date() + timedelta(days=moment.hour >= 18)) for moment in moments
    }


def test_it_is_the_turn_of_the_last_mail_whose_day_has_come():
    days = [(day("2026-11-09"), "first"), (day("2026-11-16"), "second"), (day("2026-11-16"), "third")]
    turns = {
        text: schedule.current(days, day(text)) for text in ("2026-11-08", "2026-11-09", "2026-11-13", "2026-11-20")
    }
    assert [turn and turn[1] for turn in turns.values()] == [None, "first", "first", "third"]
