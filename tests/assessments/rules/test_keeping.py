"""Addresses go thirty days after publishing, and never later than sixty after closing: a table of days."""

from datetime import date

import pytest

from assessments.rules.keeping import addresses_go, list_goes

CLOSED = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("published", "goes"),
    [
        (None, date(2026, 5, 1)),
        (date(2026, 3, 2), date(2026, 4, 1)),
        (date(2026, 3, 20), date(2026, 4, 19)),
        (date(2026, 4, 1), date(2026, 5, 1)),
        (date(2026, 4, 2), date(2026, 5, 1)),
        (date(2026, 5, 20), date(2026, 5, 1)),
    ],
)
def test_addresses_go_on_the_first_of_two_days(published, goes):
    assert addresses_go(CLOSED, published) == goes


def test_the_list_of_a_concept_goes_half_a_year_after_somebody_worked_on_it():
    assert list_goes(date(2026, 12, 1)) == date(2027, 5, 30)
