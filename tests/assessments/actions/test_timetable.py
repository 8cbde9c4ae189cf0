"""Mail keeps to its timetable: what moves with the last day, what is moved or missed, and one mail a person a day."""

from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from assessments.actions import mail
from assessments.actions.due import do_what_is_due
from assessments.actions.rounds import extend_round, open_round
from assessments.actions.timetable import change_contact, plan_as_usual, plan_invitations, plan_mail
from assessments.models import Message, MessageKind, MessageState, Network, Participant, Round
from tests.cast import build_cast, ready
from tests.mail_server import server

__all__ = ["server"]  # a fixture

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def at(text, hour=10):
    return datetime.fromisoformat(text).replace(hour=hour, tzinfo=AMSTERDAM)


@pytest.fixture
def scheduled(cast):
    """Returns the cast; its round runs from Monday 2 to Monday 23 November 2026, with two reminders: on 9 and 16."""
    opened = at("2026-11-02", 9)
    Round.objects.update(opened_at=opened, closes_on=at("2026-11-23").date(), reminders=2)
    Message.objects.update(state=MessageState.SENT, sent_at=opened)
    return cast


def due(*moments):
    """Asks `due` at these moments; what it queues is sent at once. Returns how many of each kind, by moment."""
    return [sent_at(moment) for moment in moments]


def sent_at(moment):
    do_what_is_due(moment)
    queued = Message.objects.queued()
    kinds = Counter(queued.values_list("kind", flat=True))
    queued.update(state=MessageState.SENT, sent_at=moment)
    return dict(kinds)


def day_by_day(first, days, hour=10):
    """Returns the days, of so many, on which `due` sends something, each with what."""
    moments = [at(first, hour) + timedelta(days=number) for number in range(days)]
    return {f"{moment:%m-%d}": kinds for moment, kinds in zip(moments, due(*moments), strict=True) if kinds}


def extend(cast, last_day, now, *, tell=True):
    extend_round(round_id=cast.round.pk, closes_on=at(last_day).date(), tell=tell, now=now)


# More time


def test_whoever_is_not_ready_hears_of_more_time_and_gets_the_last_call_again(scheduled):
    assert day_by_day("2026-11-02", 20) == {
        "11-09": {"reminder_1": 10},
        "11-16": {"reminder_2": 10},
        "11-20": {"closing_soon": 10},
    }
    done, *_ = scheduled.participants()
    scheduled.answer(done)
    extend(scheduled, "2026-12-04", at("2026-11-22"))  # a Sunday
    assert day_by_day("2026-11-22", 12) == {"11-23": {"extended": 9}, "12-03": {"closing_soon": 9}}


def test_the_mail_says_the_new_day_and_a_second_one_has_an_id_of_its_own(scheduled, server):
    extend(scheduled, "2026-12-04", at("2026-11-12"))
    do_what_is_due(at("2026-11-12"))
    mail.send_queued(round_id=scheduled.round.pk)
    Message.objects.filter(kind="extended").update(sent_at=at("2026-11-12"))
    extend(scheduled, "2026-12-11", at("2026-11-25"))
    do_what_is_due(at("2026-11-25"))
    mail.send_queued(round_id=scheduled.round.pk)
    news = [message for message in server.received if message["Subject"].startswith("Meer tijd")]
    assert len(news) == len({message["Message-ID"] for message in news}) == 20
    texts = [message.get_body(("plain",)).get_content() for message in news]
    assert all("vrijdag 4 december" in text for text in texts[:10])
    assert all("vrijdag 11 december" in text for text in texts[10:])


def test_who_had_mail_on_the_day_of_the_news_hears_of_it_on_the_next_working_day(scheduled):
    assert due(at("2026-11-20", 8)) == [{"closing_soon": 10}]
    extend(scheduled, "2026-12-04", at("2026-11-20", 11))
    assert day_by_day("2026-11-20", 5, hour=12) == {"11-23": {"extended": 10}}


def test_unasked_or_for_an_earlier_day_there_is_no_news(scheduled):
    extend(scheduled, "2026-12-04", at("2026-11-12"), tell=False)
    extend(scheduled, "2026-11-27", at("2026-11-13"))
    assert "extended" not in str(day_by_day("2026-11-13", 12))


def test_news_that_was_not_sent_yet_goes_when_the_round_gets_shorter_again(scheduled):
    extend(scheduled, "2026-12-04", at("2026-11-13", 19))
    extend(scheduled, "2026-11-20", at("2026-11-13", 20))
    assert "extended" not in str(day_by_day("2026-11-14", 6))


def test_reminders_that_had_their_day_do_not_come_again(scheduled):
    assert due(at("2026-11-09")) == [{"reminder_1": 10}]
    extend(scheduled, "2027-01-15", at("2026-11-10"), tell=False)
    assert day_by_day("2026-11-10", 66) == {"12-21": {"reminder_2": 10}, "01-14": {"closing_soon": 10}}


def test_a_mail_that_waits_is_from_the_new_contact_and_says_the_new_text(scheduled, server):
    do_what_is_due(at("2026-11-09"))
    fields = {"contact_name": "Team Jeugd", "contact_email": "team@example.org", "reminder_text": "Doe mee!"}
    change_contact(round_id=scheduled.round.pk, fields=fields)
    mail.send_queued(round_id=scheduled.round.pk)
    first = server.received[0]
    assert first["Reply-To"] == "Team Jeugd <team@example.org>"
    assert "Doe mee!" in first.get_body(("plain",)).get_content()


# Moved, skipped, missed


def test_a_reminder_goes_on_the_day_that_was_chosen_or_is_skipped(scheduled):
    plan_mail(round_id=scheduled.round.pk, kind=MessageKind.REMINDER_1, day=at("2026-11-11").date())
    plan_mail(round_id=scheduled.round.pk, kind=MessageKind.REMINDER_2, day=None)
    assert day_by_day("2026-11-02", 20) == {"11-11": {"reminder_1": 10}, "11-20": {"closing_soon": 10}}


def test_a_reminder_that_was_moved_can_have_its_usual_day_back(scheduled):
    plan_mail(round_id=scheduled.round.pk, kind=MessageKind.REMINDER_1, day=at("2026-11-11").date())
    plan_as_usual(round_id=scheduled.round.pk, kind=MessageKind.REMINDER_1)
    assert day_by_day("2026-11-02", 10) == {"11-09": {"reminder_1": 10}}


def test_what_was_missed_goes_on_the_next_working_day_unless_the_next_mail_is_due(scheduled):
    assert day_by_day("2026-11-14", 2) == {}  # a weekend
    assert due(at("2026-11-13")) == [{"reminder_1": 10}]  # Friday: nobody asked since Monday
    assert due(at("2026-11-21"), at("2026-11-23")) == [{}, {"closing_soon": 10}]  # the second reminder is past


def test_whoever_was_invited_after_its_day_does_not_get_a_reminder_late(scheduled):
    assert due(at("2026-11-09")) == [{"reminder_1": 10}]
    late, *_ = scheduled.participants()
    late.messages.filter(kind="reminder_1").delete()
    late.messages.update(sent_at=at("2026-11-09"))
    assert day_by_day("2026-11-10", 6) == {}


def test_reminders_leave_the_christmas_holiday_of_the_region_alone(scheduled):
    Network.objects.update(school_region="Midden")
    Round.objects.update(opened_at=at("2026-12-07"), closes_on=at("2027-01-14").date(), reminders=3)
    Message.objects.update(sent_at=at("2026-12-07"))
    days = day_by_day("2026-12-07", 38)
    assert list(days) == ["12-16", "01-04", "01-13"]


@pytest.mark.parametrize(
    ("first", "change"),
    [("2026-10-19", "2026-10-25"), pytest.param("2027-03-22", "2027-03-28", marks=pytest.mark.long)],
)
def test_over_a_change_of_the_clock_each_mail_goes_once_from_eight_in_the_morning(scheduled, first, change):
    opened = at(first, 9) - timedelta(days=3)
    Round.objects.update(opened_at=opened, closes_on=(opened + timedelta(days=14)).date(), reminders=2)
    Message.objects.update(sent_at=opened)
    begin = opened.astimezone(ZoneInfo("UTC"))
    sent = []
    for hours in range(24 * 14):
        moment = (begin + timedelta(hours=hours)).astimezone(AMSTERDAM)
        sent += [(kind, moment.hour, number) for kind, number in sent_at(moment).items()]
    assert sorted(sent) == [("closing_soon", 8, 10), ("reminder_1", 8, 10), ("reminder_2", 8, 10)]


# By hand, and one a day


def test_a_reminder_by_hand_goes_to_whoever_had_no_mail_that_day_and_can_be_repeated(scheduled, server):
    done, quiet, today, *_ = scheduled.participants()
    scheduled.answer(done)
    Participant.objects.filter(pk=quiet.pk).update(no_reminders=True)
    today.messages.update(sent_at=datetime.now(AMSTERDAM))
    assert mail.remind_now(round_id=scheduled.round.pk) == 7
    assert mail.remind_now(round_id=scheduled.round.pk) == 0
    mail.send_queued(round_id=scheduled.round.pk)
    assert mail.remind_now(round_id=scheduled.round.pk) == 0
    Message.objects.update(sent_at=datetime.now(AMSTERDAM) - timedelta(days=1))
    assert mail.remind_now(round_id=scheduled.round.pk) == 8
    mail.send_queued(round_id=scheduled.round.pk)
    assert len({message["Message-ID"] for message in server.received}) == 15
    assert {done.email, quiet.email}.isdisjoint(server.sent_to())


def test_nobody_gets_two_mails_on_one_day_whatever_is_planned_for_it(scheduled):
    plan_mail(round_id=scheduled.round.pk, kind=MessageKind.REMINDER_1, day=at("2026-11-20").date())
    plan_mail(round_id=scheduled.round.pk, kind=MessageKind.REMINDER_2, day=at("2026-11-20").date())
    extend(scheduled, "2026-11-24", at("2026-11-20", 7))
    moments = [at("2026-11-18", hour) + timedelta(days=number) for number in range(7) for hour in (8, 12, 17)]
    days = []
    for moment in moments:
        before = set(Message.objects.values_list("pk", "version"))
        sent_at(moment)
        mailed = set(Message.objects.values_list("pk", "version")) - before
        people = Message.objects.filter(pk__in=[pk for pk, _ in mailed]).values_list("participant", flat=True)
        days += [(moment.date(), person) for person in people]
    assert days
    assert max(Counter(days).values()) == 1


def test_while_a_mail_waits_for_the_server_no_other_is_put_behind_it(scheduled):
    do_what_is_due(at("2026-11-09"))
    do_what_is_due(at("2026-11-16"))
    assert Counter(Message.objects.queued().values_list("kind", flat=True)) == {"reminder_1": 10}


# Invitations at a moment of their own


def test_invitations_wait_for_their_moment_and_reminders_count_from_there(db):
    cast = build_cast(is_open=False)
    ready(cast.round)
    open_round(round_id=cast.round.pk, invites_at=datetime.now(AMSTERDAM) + timedelta(days=3))
    assert not Message.objects.exists()
    days = {"opened_at": at("2026-11-02"), "invites_at": at("2026-11-09", 9), "closes_on": at("2026-11-27").date()}
    Round.objects.update(**days, reminders=1)
    assert day_by_day("2026-11-02", 25, hour=9) == {
        "11-09": {"invitation": 10},
        "11-18": {"reminder_1": 10},
        "11-26": {"closing_soon": 10},
    }


def test_invitations_that_wait_can_go_at_once(db):
    cast = build_cast(is_open=False)
    ready(cast.round)
    open_round(round_id=cast.round.pk, invites_at=datetime.now(AMSTERDAM) + timedelta(days=3))
    assert not Message.objects.exists()
    assert plan_invitations(round_id=cast.round.pk, invites_at=None) == 10
