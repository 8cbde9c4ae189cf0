"""A round takes its steps in order, and closing leaves nothing that ties an answer to a person."""

import threading
import time
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, connections, transaction
from django.urls import reverse
from django.utils import timezone

from assessments.actions.due import do_what_is_due
from assessments.actions.mail import queue_to_unfinished
from assessments.actions.open_answers import check_open_answers
from assessments.actions.rounds import (
    NotReady,
    archive_round,
    close_round,
    extend_round,
    open_round,
    publish_round,
)
from assessments.models import (
    FrozenResults,
    Message,
    MessageKind,
    MessageState,
    OpenAnswer,
    Response,
    Round,
    RoundSecret,
    State,
)
from assessments.rules.workflow import NotAllowed, Work
from assessments.running.response import finished, response_of
from tests.cast import build_cast, ready
from tests.html import MESSAGES, text_of, texts

pytestmark = pytest.mark.django_db


def closed(cast, finished=10):
    for number, participant in enumerate(cast.participants()):
        if number < finished:
            cast.answer(participant, number % 5 + 1, texts={"open_slot": f"tekst {number}"})
        else:
            cast.answer(participant, submit=False)
    close_round(round_id=cast.round.pk)
    return Round.objects.get(pk=cast.round.pk)


def test_a_round_takes_every_step_of_the_table_once_and_no_other(cast):
    steps = {
        State.OPEN: (Work.OPENING, open_round),
        State.CLOSED: (Work.CLOSING, close_round),
        State.PUBLISHED: (Work.PUBLISHING, publish_round),
        State.ARCHIVED: (Work.ARCHIVING, archive_round),
    }
    order = list(State)
    for state in order:
        if state != State.CONCEPT and (order[order.index(state) - 1], state) != (State.CONCEPT, State.OPEN):
            steps[state][1](round_id=cast.round.pk)
        here = Round.objects.get(pk=cast.round.pk).state
        if state == State.CONCEPT:
            here = State.OPEN  # the cast's round is open already
        for to, (work, step) in steps.items():
            if here not in work.states:
                with pytest.raises(NotAllowed, match=f"staat '{here}' kan niet '{to}' worden"):
                    step(round_id=cast.round.pk)


def test_a_round_that_lost_its_participants_after_the_page_was_shown_does_not_open():
    cast = build_cast(is_open=False)
    ready(cast.round)
    cast.round.participants.exclude(level="uitvoerend").delete()
    cast.round.participants.filter(email__lt="p003").delete()
    with pytest.raises(NotReady, match="minstens 3"):
        open_round(round_id=cast.round.pk)
    assert Round.objects.get(pk=cast.round.pk).state == State.CONCEPT


def test_an_open_round_without_a_last_day_is_refused_by_the_database(cast):
    with pytest.raises(IntegrityError, match="an_open_round_has_a_last_day"), transaction.atomic():
        Round.objects.filter(pk=cast.round.pk).update(closes_on=None)


def test_closing_erases_every_answer_and_the_secret_and_keeps_what_was_written(cast):
    closed(cast, finished=9)
    assert not Response.objects.exists()
    assert not RoundSecret.objects.exists()
    assert set(OpenAnswer.objects.values_list("text", flat=True)) == {f"tekst {number}" for number in range(9)}


def test_who_has_finished_is_known_while_the_round_is_open_and_not_after(cast):
    first, second, *_ = cast.participants()
    cast.answer(first)
    cast.answer(second, submit=False)
    assert finished(cast.round) == {first.pk}
    close_round(round_id=cast.round.pk)
    assert finished(Round.objects.get(pk=cast.round.pk)) == set()


def test_the_response_counts_by_level_and_partner_and_says_what_stays_hidden():
    cast = build_cast({("school", "uitvoerend"): 4, ("school", "bestuur"): 2, ("gemeente", "bestuur"): 1}, minimum=3)
    for participant in cast.participants()[:4]:
        cast.answer(participant)
    response = response_of(cast.round)
    assert (response.total.invited, response.total.finished) == (7, 4)
    levels = {group.key: (group.progress.finished, group.progress.invited, group.outlook) for group in response.levels}
    assert levels == {"uitvoerend": (4, 4, "shown"), "bestuur": (0, 3, "needs_more")}
    partners = {group.key: (group.progress.finished, group.progress.invited) for group in response.partners}
    assert partners == {"school": (4, 6), "gemeente": (0, 1)}
    assert next(group for group in response.partners if group.key == "gemeente").outlook == "stays_hidden"
    # The school's sum minus the level's would be the sum of two people.
    assert next(group for group in response.partners if group.key == "school").outlook == "stays_protective"


def test_closing_forgets_who_was_reminded(cast):
    Message.objects.update(state=MessageState.SENT, sent_at=timezone.now() - timedelta(days=5))
    first, *_ = cast.participants()
    cast.answer(first)
    assert queue_to_unfinished(round_id=cast.round.pk, kind=MessageKind.REMINDER_1) == 9
    close_round(round_id=cast.round.pk)
    assert set(Message.objects.values_list("kind", flat=True)) == {MessageKind.INVITATION}


def test_extending_changes_the_last_day_of_an_open_round_only(cast):
    day = timezone.localdate() + timedelta(days=30)
    assert extend_round(round_id=cast.round.pk, closes_on=day).closes_on == day
    close_round(round_id=cast.round.pk)
    with pytest.raises(NotAllowed):
        extend_round(round_id=cast.round.pk, closes_on=day + timedelta(days=1))


# Of this database: other tests run beside this one in databases of their own.
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


@pytest.mark.django_db(transaction=True)
def test_a_round_that_closes_while_somebody_extends_it_stays_closed_and_says_so(client):
    cast, is_closing = build_cast(), threading.Event()
    client.force_login(cast.coordinator)

    def close():
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                close_round(round_id=cast.round.pk)
                is_closing.set()
                for _ in range(3000):  # waits until the other one waits for us
                    cursor.execute(WAITING)
                    if cursor.fetchone() != (0,):
                        break
                    time.sleep(0.01)
        finally:
            connections.close_all()

    closing = threading.Thread(target=close)
    closing.start()
    is_closing.wait()
    day = timezone.localdate() + timedelta(days=30)
    after = client.post(reverse("round_extend", args=[cast.round.pk]), {"closes_on": day.isoformat()}, follow=True)
    closing.join()
    assert texts(after, MESSAGES) == ["De ronde is net gesloten. Er is niets gewijzigd."]
    assert Round.objects.get(pk=cast.round.pk).closes_on == cast.round.closes_on != day


def test_checking_open_answers_keeps_the_new_text_only_and_leaves_out_what_was_refused(cast):
    closed(cast)
    kept, refused, *_ = OpenAnswer.objects.all()
    check_open_answers(
        round_id=cast.round.pk, texts={kept.pk: "[naam] zei dit", refused.pk: refused.text}, left_out={refused.pk}
    )
    kept.refresh_from_db()
    refused.refresh_from_db()
    assert (kept.text, kept.is_cleared, refused.is_cleared) == ("[naam] zei dit", True, False)
    assert OpenAnswer.objects.unchecked().count() == 8


def test_an_answer_that_was_left_out_stays_out_when_the_coordinator_looks_again(client, cast):
    closed(cast)
    url = reverse("open_answers", args=[cast.round.pk])
    client.force_login(cast.coordinator)
    answers = list(OpenAnswer.objects.all())
    read = {f"klaar-{answer.pk}": "on" for answer in answers}
    client.post(url, {f"tekst-{answer.pk}": answer.text for answer in answers} | {f"weg-{answers[0].pk}": "on"} | read)
    again = client.get(url).context["form"]
    posted = {again[name].html_name: again[name].value() for name in again.fields if again[name].value()}
    client.post(url, posted)
    assert list(OpenAnswer.objects.filter(is_cleared=False)) == [answers[0]]
    assert "U liet er 1 weg" in text_of(client.get(reverse("round", args=[cast.round.pk])), "main > p")


@pytest.mark.parametrize("waited", [None, timedelta(minutes=5)])
def test_once_closed_the_times_of_an_invitation_do_not_tell_who_got_it_again_because_they_were_late(cast, waited):
    opened_at = timezone.now() - timedelta(minutes=10)
    Round.objects.update(opened_at=opened_at, invites_at=waited and opened_at + waited)
    kept = Message.objects.filter(participant__round=cast.round, kind=MessageKind.INVITATION)
    for days, message in enumerate(kept):
        moment = timezone.now() + timedelta(days=days)
        again = {"queued_at": moment, "claimed_at": moment, "sent_at": moment, "attempts": 1 + days}
        kept.filter(pk=message.pk).update(state=MessageState.SENT, **again)
    closed(cast)
    invited_at = opened_at + (waited or timedelta())
    told = kept.values_list("queued_at", "claimed_at", "sent_at", "attempts", "state", "fault")
    assert set(told) == {(invited_at, None, invited_at, 1, MessageState.SENT, "")}


@pytest.mark.django_db(transaction=True)  # `due` closes a connection that is amid a transaction
def test_what_fails_for_one_round_is_logged_with_its_id(cast, caplog):
    Round.objects.filter(pk=cast.round.pk).update(closes_on=timezone.localdate() - timedelta(days=1))
    FrozenResults.objects.create(round=cast.round, document={}, facts={}, checksum="")
    assert do_what_is_due()["rounds closed"] == 0
    assert f"what was due failed: round {cast.round.pk}" in caplog.text
    with pytest.raises(SystemExit) as ended:
        call_command("due")
    assert ended.value.code == 1
