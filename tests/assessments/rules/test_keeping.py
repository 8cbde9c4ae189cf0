"""Tables of days: when addresses go, and all else that is kept for a term; and what a setting may say of terms."""

from datetime import date

import pytest

from assessments.rules.keeping import (
    TERMS,
    Term,
    addresses_go,
    goes_on,
    goes_once_told,
    list_goes,
    months_later,
    terms_of,
)

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


def test_a_network_may_have_such_lists_go_sooner_and_never_later():
    assert list_goes(date(2026, 12, 1), 30) == date(2026, 12, 31)
    assert list_goes(date(2026, 12, 1), 365) == date(2027, 5, 30)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 3, 2), 24, date(2028, 3, 2)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_that_month(day, months, later):
    assert months_later(day, months) == later


def test_what_is_kept_until_a_day_goes_the_day_after_and_never_sooner_than_usual():
    assert goes_on(CLOSED, 12) == date(2027, 3, 2)
    assert goes_on(CLOSED, 12, date(2027, 6, 30)) == date(2027, 7, 1)
    assert goes_on(CLOSED, 12, date(2026, 6, 30)) == date(2027, 3, 2)


def test_nothing_of_worth_goes_within_a_month_of_when_that_was_told():
    day, today = date(2027, 3, 2), date(2027, 2, 20)
    assert goes_once_told(day, date(2027, 1, 26), today) == day
    assert goes_once_told(day, date(2027, 2, 10), today) == date(2027, 3, 12)
    assert goes_once_told(day, None, today) == date(2027, 3, 22)
    assert goes_once_told(day, None, date(2029, 1, 1)) == date(2029, 1, 31)


def test_what_a_network_chose_counts_within_what_the_installation_allows():
    term = Term(12, 60, 120)
    assert [term.within(months) for months in (None, 6, 12, 84, 240)] == [60, 12, 12, 84, 120]


def test_a_setting_names_terms_in_the_place_of_the_usual_ones():
    found = terms_of("reports=12-36-84, accounts=18")
    assert (found["reports"], found["accounts"]) == (Term(12, 36, 84), Term(18, 18, 18))
    assert {kind: term for kind, term in found.items() if kind not in ("reports", "accounts")} == {
        kind: term for kind, term in TERMS.items() if kind not in ("reports", "accounts")
    }
    assert terms_of("") == TERMS


@pytest.mark.parametrize(
    "setting",
    [
        "reports",
        "reports=",
        "reports=0",
        "reports=60-12-120",
        "reports=12-60-601",
        "reports=1-2",
        "letters=5",
        "reports=-5",
    ],
)
def test_a_setting_that_says_no_term_is_refused(setting):
    with pytest.raises(ValueError, match=r"\."):
        terms_of(setting)
