"""How many began and did not send is said only where nobody can be told by it."""

from uuid import uuid4

import pytest

from assessments.models import OpenLink
from assessments.running.response import drafts
from tests.cast import save_answers

pytestmark = pytest.mark.django_db


def begin(cast, count):
    for person in cast.participants()[:count]:
        save_answers(person.pk, {"VG1": 4})


@pytest.mark.parametrize(("begun", "said"), [(2, None), (3, 3), (7, 7), (8, None), (10, None)])
def test_drafts_are_counted_where_enough_began_and_enough_others_did_not(cast, begun, said):
    begin(cast, begun)
    assert drafts(cast.round) == said


def test_who_sent_or_left_is_not_among_the_others(cast):
    begin(cast, 5)
    *_, sent, left, gone = cast.participants()
    save_answers(sent.pk, {"VG1": 4}, submit=True)
    assert drafts(cast.round) == 5
    cast.round.participants.filter(pk=left.pk).update(has_opted_out=True)
    assert drafts(cast.round) == 5
    cast.round.participants.filter(pk=gone.pk).update(is_wrong_person=True)
    assert drafts(cast.round) is None


def test_who_came_by_an_open_link_tells_nothing_of_the_rest(cast):
    begin(cast, 2)
    link = OpenLink.objects.create(round=cast.round, partner=cast.partners["school"], level="uitvoerend", cap=9)
    save_answers(link.pk, {"VG1": 4}, guest_id=uuid4())
    assert drafts(cast.round) is None
