"""An invitation sent again is the same link in a new message, once a day, and never to somebody who wants no mail."""

from datetime import timedelta

import pytest
from auditlog.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from assessments.actions import mail
from assessments.actions.invitations import ask_to_check_level
from assessments.actions.rounds import close_round
from assessments.anonymity.keys import link_token
from assessments.models import Message, MessageKind, MessageState, Participant
from assessments.rules.workflow import NotAllowed
from tests.cast import build_cast
from tests.html import MESSAGES, text_of
from tests.mail_server import server

__all__ = ["server"]  # a fixture

BUTTON = "Uitnodiging opnieuw sturen<"


@pytest.fixture
def cast(server, db):
    cast = build_cast()
    mail.send_queued(round_id=cast.round.pk)
    Message.objects.update(sent_at=timezone.now() - timedelta(hours=25))
    return cast


def again(client, participant):
    address = reverse("participant_invite_again", args=[participant.round_id, participant.pk])
    return text_of(client.post(address, follow=True), MESSAGES)


def offered(client, cast):
    return client.get(reverse("participants", args=[cast.round.pk])).content.decode().count(BUTTON)


def test_whoever_lost_the_invitation_gets_the_same_link_in_a_new_message(server, coordinator, cast):
    first = cast.participants()[0]
    before = first.messages.get()
    assert f"De uitnodiging aan {first} wordt opnieuw verstuurd." in again(coordinator, first)
    assert mail.send_queued(round_id=cast.round.pk) == 1
    sent = [message for message in server.received if message["To"] == first.email]
    assert len(sent) == 2
    assert len({message["Message-ID"] for message in sent}) == 2
    for message in sent:
        assert link_token(first.pk) in message.get_body(("plain",)).get_content()
    after = first.messages.get()
    assert (after.kind, after.state) == (MessageKind.INVITATION, MessageState.SENT)
    assert after.sent_at > before.sent_at


def test_it_is_offered_once_a_day_and_a_second_click_sends_nothing(coordinator, cast):
    assert offered(coordinator, cast) == 10
    first = cast.participants()[0]
    again(coordinator, first)
    assert "kan nu niet opnieuw worden verstuurd" in again(coordinator, first)
    mail.send_queued(round_id=cast.round.pk)
    assert "kan nu niet opnieuw worden verstuurd" in again(coordinator, first)
    assert offered(coordinator, cast) == 9


@pytest.mark.parametrize("said", ["has_opted_out", "is_wrong_person", "no_reminders"])
def test_nobody_who_wants_no_mail_is_invited_again(coordinator, cast, said):
    first = cast.participants()[0]
    Participant.objects.filter(pk=first.pk).update(**{said: True})
    assert "kan nu niet opnieuw worden verstuurd" in again(coordinator, first)
    assert not Message.objects.queued().exists()
    assert offered(coordinator, cast) == 9


def test_whoever_is_done_or_cannot_be_reached_is_not_invited_again(coordinator, cast):
    done, gone, *_ = cast.participants()
    cast.answer(done)
    gone.messages.update(state=MessageState.BOUNCED)
    for participant in (done, gone):
        assert "kan nu niet opnieuw worden verstuurd" in again(coordinator, participant)
    assert not Message.objects.queued().exists()
    assert offered(coordinator, cast) == 8


def test_after_closing_there_is_no_such_page(coordinator, cast):
    for participant in cast.participants():
        cast.answer(participant)
    close_round(round_id=cast.round.pk)
    first = cast.participants()[0]
    address = reverse("participant_invite_again", args=[cast.round.pk, first.pk])
    assert coordinator.post(address).status_code == 404


def test_the_audit_trail_tells_who_did_it_in_which_round_and_not_to_whom(coordinator, cast):
    first = cast.participants()[0]
    LogEntry.objects.all().delete()
    again(coordinator, first)
    entry = LogEntry.objects.get()
    assert (entry.actor, entry.object_pk) == (cast.coordinator, str(cast.round.pk))
    assert entry.changes == {"uitnodiging": ["verstuurd", "opnieuw verstuurd"]}
    assert first.email not in str(LogEntry.objects.values())
    assert str(first.pk) not in str(LogEntry.objects.values())


def ask(client, participant):
    address = reverse("participant_ask", args=[participant.round_id, participant.pk])
    return text_of(client.post(address, follow=True), MESSAGES)


def test_who_has_sent_is_asked_to_look_at_the_own_level_once_a_day(server, coordinator, cast):
    first = cast.participants()[0]
    Participant.objects.filter(pk=first.pk).update(name="Intern begeleider 3")
    cast.answer(first)
    page = coordinator.get(reverse("participants", args=[cast.round.pk]))
    assert page.content.decode().count("Vragen of het niveau klopt") == 1
    assert "krijgt een mail met de vraag of het niveau klopt" in ask(coordinator, first)
    assert "kan dit nu niet worden gevraagd" in ask(coordinator, first)
    assert mail.send_queued(round_id=cast.round.pk) == 1
    sent = server.received[-1]
    text = sent.get_body(("plain",)).get_content()
    assert sent["Subject"] == "Klopt uw niveau bij Netwerk Oost?"
    assert text.startswith("Beste Intern begeleider 3,")
    assert "als uitvoerend bij School" in text
    assert reverse("level", args=[link_token(first.pk)]) in text
    assert "Beste collega," in server.received[0].get_body(("plain",)).get_content()


def test_closing_forgets_who_was_asked_for_that_says_who_had_sent(coordinator, cast):
    for participant in cast.participants():
        cast.answer(participant)
    ask(coordinator, cast.participants()[0])
    mail.send_queued(round_id=cast.round.pk)
    close_round(round_id=cast.round.pk)
    assert set(Message.objects.values_list("kind", flat=True)) == {MessageKind.INVITATION}


def test_nobody_who_wants_no_mail_or_cannot_be_reached_is_asked(cast):
    for participant, said in zip(cast.participants(), ("has_opted_out", "no_reminders", "bounced"), strict=False):
        if said == "bounced":
            participant.messages.update(state=MessageState.BOUNCED)
        else:
            Participant.objects.filter(pk=participant.pk).update(**{said: True})
        with pytest.raises(NotAllowed):
            ask_to_check_level(round_id=cast.round.pk, participant_id=participant.pk)
    assert not Message.objects.queued().exists()
