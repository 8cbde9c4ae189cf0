"""Answers are written only with a respondent who was read under the lock, and only while that lock is held."""

import uuid

import pytest
from django.db import transaction

from assessments.actions.responses import erase_answers, save_answers
from assessments.anonymity.keys import link_token
from assessments.filling.lock import LockedRespondent, LockEnded, lock_by_token, lock_for_saving, lock_participant
from assessments.models import OpenLink, Response, Round
from assessments.rules.workflow import NotAllowed
from tests.cast import build_cast, filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return build_cast()


@pytest.fixture
def anna(cast):
    return cast.participants()[0]


def test_nobody_makes_a_locked_respondent_without_a_lock(anna):
    with pytest.raises(TypeError):
        LockedRespondent(anna, anna.pk)


def test_once_the_lock_has_ended_nothing_is_saved_or_erased(anna):
    with lock_for_saving(anna.pk) as person:
        save_answers(person=person, answers={"VG1": 1})
    with pytest.raises(LockEnded), transaction.atomic():
        save_answers(person=person, answers={"VG1": 2})
    with pytest.raises(LockEnded), transaction.atomic():
        erase_answers(person=person)
    assert filled().answers == {"VG1": 1}


def test_a_fault_after_a_save_takes_it_back(anna):
    def save_and_fail():
        with lock_for_saving(anna.pk) as person:
            save_answers(person=person, answers={"VG1": 1})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        save_and_fail()
    assert not Response.objects.exists()


def test_a_token_locks_whoever_it_is_for(cast, anna):
    link = OpenLink.objects.create(round=cast.round, partner=cast.partners["school"], level="uitvoerend", cap=2)
    guest = uuid.uuid4()
    for target, own_id in ((anna, anna.pk), (link, guest)):
        with lock_by_token(link_token(target.pk), guest) as person:
            assert (person.target, person.id, person.token) == (target, own_id, link_token(target.pk))


@pytest.mark.parametrize("token", ["onzin", link_token(uuid.UUID(int=1))], ids=["no token", "of nobody"])
def test_a_token_that_leads_to_nobody_locks_nobody(token):
    with lock_by_token(token) as person:
        assert person is None


def test_a_participant_of_a_closed_round_or_who_is_gone_is_not_locked(anna):
    Round.objects.update(state="gesloten")
    for some_id in (anna.pk, uuid.uuid4()):
        with pytest.raises(NotAllowed), lock_participant(some_id):
            raise AssertionError("never comes here")
