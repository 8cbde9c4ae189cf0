"""What is due, in its order; what each step does is tested beside the step."""

import pytest
from django.utils import timezone

from assessments.actions.due import ERASES, do_what_is_due, erase_what_is_due

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_restored_backup_erases_by_steps_that_there_are_and_in_their_order():
    steps = [what for what in do_what_is_due() if what in ERASES]
    assert list(erase_what_is_due(timezone.now())) == steps == list(ERASES)
