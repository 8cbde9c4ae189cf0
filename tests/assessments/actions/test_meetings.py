"""The conversation is mailed to a real server, for all who were asked to fill in: at first, at a change, at its end."""

import threading
from collections import Counter
from datetime import date, time, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django_tasks_db.models import DBTaskResult
from icalendar import Calendar

from assessments.actions import mail
from assessments.actions.addresses import erase_addresses
from assessments.actions.due import do_what_is_due
from assessments.actions.meetings import cancel_meeting, change_meeting, plan_meeting
from assessments.actions.rounds import archive_round, close_round, publish_round
from assessments.anonymity.keys import link_token
from assessments.models import Meeting, Message, MessageKind, MessageState, Participant, Round
from assessments.rules.workflow import NotAllowed
from assessments.running import letters
from tests.cast import build_cast
from tests.mail_server import server

__all__ = ["server"]  # a fixture

EVERYBODY = Q()


def facts(**changed):
    day = timezone.localdate() + timedelta(days=14)
    asked = {"day": day, "begins": time(14), "ends": time(15, 30), "place": "Raadzaal", "words": "Neem tijd."}
    return asked | changed


def published(answers=3, **options):
    cast = build_cast(**options)
    for participant in cast.participants()[:answers]:
        cast.answer(participant)
    close_round(round_id=cast.round.pk)
    publish_round(round_id=cast.round.pk)
    Message.objects.update(state=MessageState.SENT, sent_at=timezone.now())
    return cast


@pytest.fixture
def cast(db):
    return published()


def plan(cast, guests=EVERYBODY, **changed):
    return plan_meeting(round_id=cast.round.pk, fields=facts(**changed), guests=guests)


def change(cast, guests=None, **changed):
    return change_meeting(round_id=cast.round.pk, fields=facts(**changed), guests=guests)


def cancel(cast, words=""):
    return cancel_meeting(round_id=cast.round.pk, words=words)


def send(cast):
    return mail.send_queued(round_id=cast.round.pk)


def taken(server):
    """Returns what the server received since it was last asked."""
    found, server.received = server.received, []
    return found


def entry_of(message):
    [part] = message.iter_attachments()
    assert (part.get_filename(), part.get_content_type()) == ("gesprek.ics", "text/calendar")
    calendar = Calendar.from_ical(part.get_content())
    assert part["Content-Type"].params["method"] == calendar["METHOD"]
    [event] = calendar.walk("VEVENT")
    return calendar["METHOD"], event


def states():
    return Counter(Message.objects.filter(kind=MessageKind.MEETING).values_list("state", flat=True))


# What goes out


def test_all_who_were_asked_are_invited_whether_they_answered_or_not(server, cast):
    plan(cast)
    assert send(cast) == 10
    sent = taken(server)
    assert Counter(message["To"] for message in sent) == {person.email: 1 for person in cast.participants()}
    by_address = {person.email: person for person in cast.participants()}
    said = set()
    for message in sent:
        link = f"{django_settings.BASE_URL}/v/{link_token(by_address[message['To']].pk)}/"
        for kind in ("plain", "html"):
            assert link in message.get_body((kind,)).get_content()
        said.add(message.get_body(("plain",)).get_content().replace(link, "LINK"))
        method, event = entry_of(message)
        assert (method, event["SEQUENCE"], event["LOCATION"]) == ("PUBLISH", 0, "Raadzaal")
    [text] = said  # nothing in a mail tells one person from another
    assert "van 14.00 tot 15.30 uur" in text
    assert "Waar: Raadzaal" in text
    assert "Neem tijd." in text
    assert "Dat kan ook als u de vragenlijst niet invulde" in text
    goes = Round.objects.get(pk=cast.round.pk).addresses_go_on
    assert f"uiterlijk op {date_format(goes, 'j F Y')}" in text


def test_the_file_stands_behind_all_that_the_mail_shows(server, cast):
    plan(cast)
    send(cast)
    parts = [part.get_content_type() for part in taken(server)[0].walk()]
    assert parts[0] == "multipart/mixed"
    assert parts[-1] == "text/calendar"
    assert parts.index("text/plain") < parts.index("text/html")


def test_only_those_at_a_chosen_level_and_partner_are_invited(server, cast):
    plan(cast, Q(level__in=["uitvoerend", "bestuur"]) & Q(partner=cast.partners["school"]))
    send(cast)
    invited = {message["To"] for message in taken(server)}
    assert invited == {person.email for person in cast.participants() if person.level == "uitvoerend"}


def test_who_wants_no_mail_does_not_take_part_or_can_t_be_reached_is_not_invited(server, cast):
    quiet, gone, wrong, bounced, *others = cast.participants()
    for person, name in ((quiet, "no_reminders"), (gone, "has_opted_out"), (wrong, "is_wrong_person")):
        Participant.objects.filter(pk=person.pk).update(**{name: True})
    Message.objects.filter(participant=bounced, kind=MessageKind.RESULT).update(state=MessageState.BOUNCED)
    plan(cast)
    assert send(cast) == 6
    assert {message["To"] for message in taken(server)} == {person.email for person in others}


def test_who_turns_mail_off_after_the_invitation_was_queued_does_not_get_it(server, cast):
    plan(cast)
    first = cast.participants()[0]
    Participant.objects.filter(pk=first.pk).update(no_reminders=True)
    assert send(cast) == 9
    assert first.email not in {message["To"] for message in taken(server)}


# What changes


def test_a_change_is_told_to_all_with_the_same_uid_the_next_sequence_and_another_message_id(server, cast):
    meeting = plan(cast)
    send(cast)
    first = {message["To"]: message for message in taken(server)}
    assert change(cast, begins=time(15), ends=time(16)) == 10
    assert states() == {"queued": 10}
    assert send(cast) == 10
    for message in taken(server):
        before = first[message["To"]]
        assert message["Message-ID"] != before["Message-ID"]
        assert message["Subject"].startswith("Gewijzigd: gesprek op")
        assert "van 15.00 tot 16.00 uur" in message.get_body(("plain",)).get_content()
        (method, event), (_, old) = entry_of(message), entry_of(before)
        assert (method, event["UID"], event["SEQUENCE"]) == ("PUBLISH", old["UID"], 1)
        assert event["DTSTAMP"].dt >= old["DTSTAMP"].dt  # of whole seconds
    assert Meeting.objects.get().pk == meeting.pk


def test_without_a_change_nobody_is_mailed(cast):
    plan(cast)
    assert change(cast) == 0
    assert Meeting.objects.get().sequence == 0


def test_a_partner_can_be_invited_afterwards_and_the_others_hear_nothing(server, cast):
    plan(cast, Q(partner=cast.partners["school"]))
    assert send(cast) == 7
    taken(server)
    assert change(cast, guests=Q(partner=cast.partners["gemeente"])) == 3
    assert send(cast) == 3
    late = taken(server)
    assert {message["Subject"].split(":")[0] for message in late} == {"Uitnodiging"}
    assert change(cast, guests=Q(partner=cast.partners["gemeente"])) == 0


def test_whoever_was_not_mailed_yet_gets_an_invitation_and_no_news_of_a_change(server, cast):
    plan(cast)
    assert change(cast, place="Bibliotheek") == 10
    assert send(cast) == 10
    sent = taken(server)
    assert {message["Subject"].split(":")[0] for message in sent} == {"Uitnodiging"}
    assert {entry_of(message)[1]["LOCATION"] for message in sent} == {"Bibliotheek"}


@pytest.mark.django_db(transaction=True)
def test_a_change_while_an_invitation_is_on_its_way_is_told_after_it(server):
    """The worker that is sending the first version does not write that the second one was sent."""
    cast = published()
    plan(cast, Q(pk=cast.participants()[0].pk))
    is_on_its_way, may_arrive = threading.Event(), threading.Event()

    def hold(message):
        is_on_its_way.set()
        assert may_arrive.wait(60)

    server.on_data = hold

    def work():
        send(cast)
        connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    assert is_on_its_way.wait(60)
    change(cast, place="Bibliotheek")
    server.on_data = lambda message: None
    may_arrive.set()
    worker.join(60)
    send(cast)
    assert [entry_of(message)[1]["SEQUENCE"] for message in server.received] == [0, 1]
    assert len({message["Message-ID"] for message in server.received}) == 2
    assert states() == {"sent": 1}


def test_an_attempt_that_is_repeated_has_the_same_message_id(server, cast):
    plan(cast, Q(pk=cast.participants()[0].pk))
    tries = []
    server.on_data = lambda message: tries.append(message["Message-ID"]) or "451 try later"
    send(cast)
    Message.objects.filter(kind=MessageKind.MEETING).update(claimed_at=None)
    server.on_data = lambda message: tries.append(message["Message-ID"])
    send(cast)
    assert len(tries) == 2
    assert len(set(tries)) == 1


# What goes


def test_cancelling_tells_all_who_were_invited_and_takes_it_out_of_their_calendar(server, cast):
    plan(cast)
    send(cast)
    uid = entry_of(taken(server)[0])[1]["UID"]
    assert cancel(cast, "Er komt een nieuwe datum.") == 10
    send(cast)
    sent = taken(server)
    assert len(sent) == 10
    for message in sent:
        method, event = entry_of(message)
        assert (method, event["STATUS"], event["UID"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", uid, 1)
        text = message.get_body(("plain",)).get_content()
        assert "gaat niet door" in text
        assert "Er komt een nieuwe datum." in text
        assert "Neem tijd." not in text


def test_who_never_got_an_invitation_gets_no_cancellation(server, cast):
    server.on_rcpt = lambda address: "550 no such user" if address == "p001@example.org" else None
    plan(cast, Q(level="uitvoerend"))
    send(cast)
    assert change(cast, guests=Q(level="bestuur")) == 3  # these wait
    server.on_rcpt = lambda address: None
    taken(server)
    assert cancel(cast) == 3
    send(cast)
    assert {message["To"] for message in taken(server)} == {"p002@example.org", "p003@example.org", "p004@example.org"}


def test_a_new_one_is_planned_once_the_cancellation_has_gone_and_is_another_entry(server, cast):
    first = plan(cast)
    send(cast)
    cancel(cast)
    with pytest.raises(NotAllowed, match="nog verstuurd"):
        plan(cast)
    send(cast)
    taken(server)
    second = plan(cast, Q(level="bestuur"))
    assert second.pk != first.pk
    assert send(cast) == 3
    assert {entry_of(message)[1]["SEQUENCE"] for message in taken(server)} == {0}


def test_after_a_conversation_there_can_be_another(cast):
    plan(cast)
    Meeting.objects.update(day=date(2026, 1, 12))
    plan(cast)
    assert Meeting.objects.get().is_planned


# What is not possible


def test_an_address_that_mail_did_not_reach_is_not_mailed_about_the_next_conversation_either(server, cast):
    plan(cast)
    send(cast)
    cancel(cast)
    send(cast)
    dead = Message.objects.filter(kind=MessageKind.MEETING).first()
    Message.objects.filter(pk=dead.pk).update(state=MessageState.BOUNCED)
    taken(server)
    plan(cast)
    assert send(cast) == 9
    assert dead.participant.email not in {message["To"] for message in taken(server)}


@pytest.mark.parametrize("act", [plan, change, cancel])
def test_nobody_is_told_of_a_conversation_before_participants_can_read_the_report(db, act):
    cast = build_cast()
    with pytest.raises(NotAllowed):
        act(cast)
    for participant in cast.participants():
        cast.answer(participant)
    close_round(round_id=cast.round.pk)
    with pytest.raises(NotAllowed):
        act(cast)
    publish_round(round_id=cast.round.pk, readers=["meelezers"])
    with pytest.raises(NotAllowed, match="Publiceer het rapport eerst voor de deelnemers"):
        act(cast)


@pytest.mark.parametrize("act", [change, cancel])
def test_once_the_addresses_are_gone_it_stays_as_it_is_without_its_words(cast, act):
    plan(cast)
    erase_addresses(round_id=cast.round.pk, now=timezone.now())
    with pytest.raises(NotAllowed, match="gewist"):
        act(cast)
    kept = Meeting.objects.get()
    assert (kept.place, kept.words, kept.is_planned) == ("Raadzaal", "", True)


def test_what_is_planned_is_planned_once_and_what_is_not_is_not_changed(cast):
    for act in (change, cancel):
        with pytest.raises(NotAllowed, match="geen gesprek"):
            act(cast)
    plan(cast)
    with pytest.raises(NotAllowed, match="al een gesprek"):
        plan(cast)
    archive_round(round_id=cast.round.pk)
    with pytest.raises(NotAllowed):
        cancel(cast)


def test_nobody_is_mailed_about_constructed_people(db):
    cast = published()
    cast.network.is_constructed = True
    cast.network.save()
    plan(cast)
    assert states() == {}
    assert change(cast, place="Elders") == 0


def test_a_crash_after_planning_leaves_nobody_out(server, cast):
    plan(cast)
    DBTaskResult.objects.all().delete()
    assert do_what_is_due()["rounds with mail to send"] == 1
    assert send(cast) == 10


def test_a_mail_as_it_is_written_can_be_read_back_whole(cast):
    plan(cast)
    message = Message.objects.filter(kind=MessageKind.MEETING).first()
    content = letters.mail(message).message().as_bytes()
    read = message_from_bytes(content, policy=default)
    assert entry_of(read)[0] == "PUBLISH"
    assert read.get_body(("plain",)) is not None
