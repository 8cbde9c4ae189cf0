"""Correcting and removing participants while a colleague, or the participant, does something too."""

import pytest

from assessments.actions.participants import AlreadyInvited, Gone, change_participant, remove_participant
from assessments.actions.participation import correct_level
from assessments.models import Participant
from tests.cast import filled, save_answers
from tests.meanwhile import meanwhile

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_coordinators_who_correct_an_address_at_once_leave_one_participant(cast):
    wrong = cast.participants()[0]
    with (
        meanwhile(lambda: change_participant(participant_id=wrong.pk, fields={"email": "eerst@example.org"})),
        pytest.raises(Gone),
    ):
        change_participant(participant_id=wrong.pk, fields={"email": "daarna@example.org"})
    assert Participant.objects.filter(round=cast.round).count() == 10
    assert Participant.objects.filter(email="eerst@example.org").exists()


def test_a_level_that_the_participant_corrects_meanwhile_is_kept(cast):
    anna = cast.participants()[0]
    assert anna.level == "uitvoerend"
    with meanwhile(lambda: correct_level(participant_id=anna.pk, level="bestuur")):
        change_participant(participant_id=anna.pk, fields={"email": "anna@example.org"})
    assert Participant.objects.get(email="anna@example.org").level == "bestuur"


def test_who_was_taken_out_by_a_colleague_a_moment_before_is_gone(cast):
    anna = cast.participants()[0]
    with meanwhile(lambda: remove_participant(participant_id=anna.pk)), pytest.raises(Gone):
        remove_participant(participant_id=anna.pk)
    with pytest.raises(Gone):
        remove_participant(participant_id=anna.pk)


def test_an_address_that_takes_part_already_costs_nobody_a_draft(cast):
    anna, other = cast.participants()[:2]
    save_answers(anna.pk, {"VG1": 2})
    with pytest.raises(AlreadyInvited):
        change_participant(participant_id=anna.pk, fields={"email": other.email})
    assert filled().answers == {"VG1": 2}
    assert Participant.objects.filter(pk=anna.pk).exists()
