"""The oldest row that somebody can still see is found as PostgreSQL counts, whatever rights we have."""

import pytest

from assessments.anonymity import horizon
from tests.database_files import HOLDING, as_a_role_without_rights


@pytest.mark.parametrize(
    ("number", "near", "whole"),
    [
        (700, 900, 700),
        (900, 700, 900),
        (5, 2**32 + 7, 2**32 + 5),
        (2**32 - 3, 2**32 + 7, 2**32 - 3),
        (4, 2**32 - 2, 2**32 + 4),
        (10, 3 * 2**32 + 10, 3 * 2**32 + 10),
    ],
)
def test_a_number_of_32_bits_is_taken_for_the_nearest_of_64(number, near, whole):
    assert horizon.widen(number, near) == whole


@pytest.mark.attack
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("holding", HOLDING)
def test_a_role_without_rights_sees_who_holds_old_rows(holding):
    with holding(), as_a_role_without_rights():
        ended = horizon.above_all_ended()
        assert horizon.oldest_seen() < ended
