"""Looking open answers through while a colleague takes the round away from under it."""

import pytest

from assessments.actions.open_answers import check_open_answers
from assessments.actions.rounds import archive_round, close_round, publish_round
from assessments.models import OpenAnswer
from assessments.rules.workflow import NotAllowed
from tests.cast import build_cast
from tests.meanwhile import meanwhile


@pytest.mark.django_db(transaction=True)
def test_answers_that_archiving_erases_meanwhile_are_not_said_to_be_saved():
    cast = build_cast()
    for participant in cast.participants():
        cast.answer(participant, texts={cast.round.instrument.open_questions[0].key: "Het gaat goed."})
    close_round(round_id=cast.round.pk)
    publish_round(round_id=cast.round.pk)
    kept, erased, *_ = OpenAnswer.objects.all()
    check_open_answers(round_id=cast.round.pk, texts={kept.pk: kept.text})
    with meanwhile(lambda: archive_round(round_id=cast.round.pk)), pytest.raises(NotAllowed):
        check_open_answers(round_id=cast.round.pk, texts={kept.pk: "Iets anders.", erased.pk: erased.text})
    assert [answer.text for answer in OpenAnswer.objects.all()] == ["Het gaat goed."]
