"""Who takes part can be changed before a round opens, and after that only whoever has not sent; one moves oneself."""

from uuid import uuid4

import pytest

from assessments.actions.participants import (
    Changes,
    Gone,
    HasFinished,
    change_participant,
    change_participants,
    remove_participants,
)
from assessments.actions.rounds import close_round
from assessments.models import Participant
from assessments.rules.workflow import NotAllowed
from tests.cast import build_cast, filled, save_answers
from tests.meanwhile import meanwhile


def change(cast, *people, **fields):
    return change_participants(round_id=cast.round.pk, changes={person.pk: fields for person in people})


def columns(*people):
    rows = Participant.objects.filter(pk__in=[person.pk for person in people]).order_by("email")
    return list(rows.values_list("partner__key", "level", "job_title", "name"))


@pytest.mark.django_db
def test_in_a_concept_everything_can_be_changed_of_many_at_once():
    cast = build_cast(is_open=False)
    people = cast.participants()[:3]
    fields = {"partner_id": cast.partners["gemeente"].pk, "level": "bestuur", "job_title": "wethouder", "name": "Noor"}
    done = change(cast, *people, **fields)
    assert done == Changes(frozenset(person.pk for person in people), frozenset())
    assert columns(*people) == [("gemeente", "bestuur", "wethouder", "Noor")] * 3
    assert change(cast, *people, **fields) == Changes(frozenset(), frozenset())


def test_who_has_sent_stays_and_the_others_are_changed(cast):
    sent, busy, other, *_ = cast.participants()
    cast.answer(sent)
    cast.answer(busy, submit=False)
    done = change(cast, sent, busy, other, level="bestuur", job_title="wethouder")
    assert done == Changes(frozenset({busy.pk, other.pk}), frozenset({sent.pk}))
    assert columns(sent, busy) == [("school", "uitvoerend", "", ""), ("school", "bestuur", "wethouder", "")]
    assert cast.round.responses.count() == 2


@pytest.mark.parametrize("fields", [{"level": "bestuur"}, {"partner_id": None}, {"email": "ander@example.org"}])
def test_nobody_moves_or_replaces_who_has_sent(cast, fields):
    sent = cast.participants()[0]
    cast.answer(sent)
    if "partner_id" in fields:
        fields = {"partner_id": cast.partners["gemeente"].pk}
    with pytest.raises(HasFinished):
        change_participant(participant_id=sent.pk, fields=fields)
    assert columns(sent) == [("school", "uitvoerend", "", "")]


def test_who_has_sent_gets_another_name_and_job_title_which_no_figure_knows(cast):
    sent = cast.participants()[0]
    cast.answer(sent)
    fields = {"name": "Noor", "job_title": "ib'er", "level": sent.level}
    assert change_participant(participant_id=sent.pk, fields=fields).pk == sent.pk
    assert columns(sent) == [("school", "uitvoerend", "ib'er", "Noor")]


def test_another_address_is_another_participant_with_all_else_as_it_is(cast):
    old = cast.participants()[0]
    change(cast, old, name="Noor", job_title="ib'er")
    fields = {"email": "goed@example.org", "level": "management"}
    new = change_participant(participant_id=old.pk, fields=fields)
    assert new.pk != old.pk
    assert columns(new) == [("school", "management", "ib'er", "Noor")]
    with pytest.raises(Gone):
        change_participant(participant_id=old.pk, fields={"level": "bestuur"})


def test_what_somebody_filled_in_moves_along(cast):
    busy = cast.participants()[0]
    save_answers(busy.pk, {"VG1": 2})
    change(cast, busy, level="bestuur")
    assert filled().answers == {"VG1": 2}


def test_who_is_gone_or_in_another_round_is_left_out(cast):
    other = build_cast_of_another(cast)
    changes = {uuid4(): {"level": "bestuur"}, other.pk: {"level": "bestuur"}}
    assert change_participants(round_id=cast.round.pk, changes=changes) == Changes(frozenset(), frozenset())
    assert remove_participants(round_id=cast.round.pk, ids=list(changes)).changed == frozenset()
    assert columns(other) == [("school", "uitvoerend", "", "")]


def build_cast_of_another(cast):
    cast.round.pk, cast.round.state, cast.round.name = uuid4(), "concept", "Najaar"
    cast.round.save(force_insert=True)
    other = Participant.objects.create(
        round=cast.round, partner=cast.partners["school"], level="uitvoerend", email="a@example.org"
    )
    cast.round = cast.network.rounds.get(name="Voorjaar")
    return other


def test_of_many_those_who_have_not_sent_are_taken_out_with_what_they_saved(cast):
    sent, busy, other, *_ = cast.participants()
    cast.answer(sent)
    cast.answer(busy, submit=False)
    done = remove_participants(round_id=cast.round.pk, ids=[sent.pk, busy.pk, other.pk])
    assert done == Changes(frozenset({busy.pk, other.pk}), frozenset({sent.pk}))
    assert cast.round.participants.count() == 8
    assert cast.round.responses.count() == 1


def test_after_closing_nobody_is_changed_or_taken_out(cast):
    people = cast.participants()
    for person in people:
        cast.answer(person)
    close_round(round_id=cast.round.pk)
    with pytest.raises(NotAllowed):
        change(cast, people[0], name="Noor")
    with pytest.raises(NotAllowed):
        remove_participants(round_id=cast.round.pk, ids=[people[0].pk])


@pytest.mark.django_db(transaction=True)
def test_who_sends_a_moment_before_is_not_moved(cast):
    """The round's lock decides: a save shares it, and the change waits for that."""
    first, second, *_ = cast.participants()
    with meanwhile(lambda: cast.answer(first)):
        done = change(cast, first, second, level="bestuur")
    assert done == Changes(frozenset({second.pk}), frozenset({first.pk}))
