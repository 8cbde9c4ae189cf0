"""Reminders go out on their days to whoever has not finished, and a round closes by itself."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from assessments.actions import mail
from assessments.actions.due import do_what_is_due
from assessments.models import Message, MessageKind, MessageState, Participant, Round, State
from tests.mail_server import server

__all__ = ["server"]  # a fixture

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
ASKED_AT = (0, 7, 8, 9, 17, 18, 23)


def at(day, hour=10):
    return datetime(day.year, day.month, day.day, hour, tzinfo=AMSTERDAM)


@pytest.fixture
def scheduled(cast):
    """Returns the cast; its round runs from Monday 2 to Monday 23 November 2026, with three reminders."""
    opened = datetime(2026, 11, 2, 9, tzinfo=AMSTERDAM)
    Round.objects.update(opened_at=opened, closes_on=datetime(2026, 11, 23).date(), reminders=3)
    Message.objects.update(state=MessageState.SENT, sent_at=opened)
    return cast


def days_of_mail(cast, start, end):
    """Returns when `due` first queues each kind of message, asked on both sides of office hours and in them.

    What is queued is sent at once.
    """
    found = {}
    moment = start
    while moment < end:
        before = set(Message.objects.values_list("kind", flat=True))
        do_what_is_due(moment)
        for kind in set(Message.objects.values_list("kind", flat=True)) - before:
            found[kind] = moment
        Message.objects.queued().update(state=MessageState.SENT, sent_at=moment)
        moment += timedelta(hours=1)
        while moment.hour not in ASKED_AT:
            moment += timedelta(hours=1)
    return found


def test_reminders_go_out_on_working_days_in_office_hours_and_once_each(scheduled):
    found = days_of_mail(scheduled, at(datetime(2026, 11, 2)), at(datetime(2026, 11, 23)))
    assert {kind: f"{moment:%a %d %H}" for kind, moment in found.items()} == {
        "reminder_1": "Mon 09 08",
        "reminder_2": "Thu 12 08",
        "reminder_3": "Tue 17 08",
        "closing_soon": "Fri 20 08",
    }
    assert Message.objects.filter(kind="reminder_1").count() == 10


def test_only_who_has_not_finished_and_wants_it_is_reminded(scheduled, server):
    done, quiet, gone, wrong, started, *_ = scheduled.participants()
    scheduled.answer(done)
    scheduled.answer(started, submit=False)
    Participant.objects.filter(pk=quiet.pk).update(no_reminders=True)
    Participant.objects.filter(pk=gone.pk).update(has_opted_out=True)
    Participant.objects.filter(pk=wrong.pk).update(is_wrong_person=True)
    do_what_is_due(at(datetime(2026, 11, 20)))
    mail.send_queued(round_id=scheduled.round.pk)
    left_alone = {person.email for person in (done, quiet, gone, wrong)}
    assert set(server.sent_to()) == {p.email for p in scheduled.participants()} - left_alone
    [subject] = {message["Subject"] for message in server.received}
    assert subject.startswith("Laatste kans")


def test_only_the_text_of_a_mail_tells_who_began(scheduled, server):
    """An answer goes to the coördinator under the subject of the mail, also one that a program sends by itself."""
    began, other, *_ = scheduled.participants()
    scheduled.answer(began, submit=False)
    do_what_is_due(at(datetime(2026, 11, 20)))
    mail.send_queued(round_id=scheduled.round.pk)
    got = {message["To"]: message for message in server.received}
    of_a_person = {"To", "Message-ID", "Date", "List-Unsubscribe", "Content-Type"}
    headers = [{name: got[p.email][name] for name in set(got[p.email].keys()) - of_a_person} for p in (began, other)]
    assert headers[0] == headers[1]
    assert "nog niet verstuurd" in str(got[began.email].get_body(("plain",)).get_content())


def test_whoever_finishes_while_the_reminder_waits_does_not_get_it(scheduled, server):
    do_what_is_due(at(datetime(2026, 11, 9)))
    first, *_ = scheduled.participants()
    scheduled.answer(first)
    assert mail.send_queued(round_id=scheduled.round.pk) == 9
    assert first.email not in server.sent_to()


def test_the_rows_of_mail_do_not_tell_who_began_from_who_did_not(scheduled, server):
    began, *_ = scheduled.participants()
    scheduled.answer(began, submit=False)
    do_what_is_due(at(datetime(2026, 11, 20)))
    mail.send_queued(round_id=scheduled.round.pk)
    rows = Message.objects.filter(kind=MessageKind.CLOSING_SOON).values("kind", "state", "attempts", "fault")
    assert len({tuple(row.values()) for row in rows}) == 1


# The end


def test_a_round_closes_by_itself_on_the_day_after_its_last(scheduled):
    for participant in scheduled.participants():
        scheduled.answer(participant)
    do_what_is_due(at(datetime(2026, 11, 23), 23))
    assert Round.objects.get(pk=scheduled.round.pk).state == State.OPEN
    do_what_is_due(at(datetime(2026, 11, 24), 0))
    assert Round.objects.get(pk=scheduled.round.pk).state == State.CLOSED
    assert do_what_is_due(at(datetime(2026, 11, 24), 1))["rounds closed"] == 0
