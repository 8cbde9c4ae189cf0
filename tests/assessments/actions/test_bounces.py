"""Mail that came back is found in whatever is pasted, and its address is not mailed again until that is taken back."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.actions import mail
from assessments.actions.bounces import mark_bounced_addresses
from assessments.models import Message, MessageKind, MessageState, Participant, Round
from tests.html import BUTTONS, MESSAGES, elements, text_of, texts
from tests.mail_server import server

__all__ = ["server"]  # a fixture


def send(cast):
    return mail.send_queued(round_id=cast.round.pk)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("p001@example.org\nP002@Example.ORG; <p003@example.org>", {1, 2, 3}),
        ("Final-Recipient: rfc822;p004@example.org.\nmailto:p005@example.org, onbekend@elders.example", {4, 5}),
        ("Uw bericht aan 'p001@example.org' kwam niet aan. Antwoord aan noor@example.org.", {1}),
        ("niemand@example.org", set()),
        ("a" * 200_000 + "@", set()),
    ],
)
def test_twenty_addresses_that_bounced_are_marked_at_once(server, cast, client, text, found):
    Round.objects.update(contact_email="noor@example.org")
    Participant.objects.filter(email="p010@example.org").update(email="noor@example.org")
    send(cast)
    client.force_login(cast.coordinator)
    address = reverse("messages_bounced", args=[cast.round.pk])
    assert client.post(address, {"text": text}).status_code == (302 if found else 400)
    bounced = Message.objects.filter(state=MessageState.BOUNCED).values_list("participant__email", flat=True)
    assert set(bounced) == {f"p{number:03}@example.org" for number in found}
    if found:
        page = client.get(reverse("round_mail", args=[cast.round.pk]))
        assert f"Genoteerd als niet aangekomen ({len(found)})" in text_of(page, MESSAGES)


def test_what_bounced_gets_no_mail_any_more_until_that_is_taken_back(server, cast, client):
    send(cast)
    first, *_ = cast.participants()
    week_ago = timezone.now() - timedelta(days=7)
    Message.objects.update(sent_at=week_ago)
    Message.objects.create(participant=first, kind=MessageKind.REMINDER_1, state="sent", sent_at=timezone.now())
    other = Round.objects.create(network=cast.network, name="Later", instrument_version=cast.round.instrument_version)
    assert mark_bounced_addresses(round_id=other.pk, addresses={first.email}) == []
    assert mark_bounced_addresses(round_id=cast.round.pk, addresses={first.email}) == [first.email]
    assert set(first.messages.values_list("kind", "state")) == {("invitation", "bounced"), ("reminder_1", "bounced")}
    assert mail.queue_to_unfinished(round_id=cast.round.pk, kind=MessageKind.REMINDER_2) == 9
    client.force_login(cast.coordinator)
    page = client.get(reverse("round_mail", args=[cast.round.pk]))
    assert f"Toch aangekomen: {first}" in texts(page, BUTTONS)
    assert len(elements(page, ".lines .address wbr")) == 4  # of one address in two mails, after its @ and its dot
    client.post(reverse("mail_arrived", args=[cast.round.pk, first.pk]))
    assert mail.queue_to_unfinished(round_id=cast.round.pk, kind=MessageKind.REMINDER_2) == 1


def test_whoever_the_invitation_did_not_reach_is_not_reminded(server, cast):
    send(cast)
    first, *_ = cast.participants()
    mark_bounced_addresses(round_id=cast.round.pk, addresses={first.email})
    Message.objects.update(sent_at=timezone.now() - timedelta(days=3))
    assert mail.queue_to_unfinished(round_id=cast.round.pk, kind=MessageKind.REMINDER_1) == 9
    assert not first.messages.filter(kind=MessageKind.REMINDER_1).exists()
