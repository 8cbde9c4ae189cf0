"""Releases can be made from fixed days on, once each."""

from datetime import date

from assessments.rules.releases import next_release_day, release_number, release_numbers


def test_the_number_says_the_fixed_day_and_not_the_day_of_making():
    days = [
        date(2027, 1, 1),
        date(2027, 3, 31),
        date(2027, 4, 1),
        date(2027, 9, 30),
        date(2027, 10, 1),
        date(2027, 12, 31),
    ]
    assert [release_number(day) for day in days] == ["2026-10", "2026-10", "2027-04", "2027-04", "2027-10", "2027-10"]


def test_the_next_fixed_day_is_ahead():
    assert next_release_day(date(2027, 3, 31)) == date(2027, 4, 1)
    assert next_release_day(date(2027, 4, 1)) == date(2027, 10, 1)
    assert next_release_day(date(2027, 10, 1)) == date(2028, 4, 1)


def test_between_two_days_there_can_be_a_release_for_each_half_year():
    assert release_numbers(date(2027, 4, 1), date(2027, 9, 30)) == ["2027-04"]
    assert release_numbers(date(2027, 3, 31), date(2027, 4, 1)) == ["2026-10", "2027-04"]
    assert release_numbers(date(2026, 12, 1), date(2028, 5, 1)) == ["2026-10", "2027-04", "2027-10", "2028-04"]
