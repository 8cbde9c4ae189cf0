"""Mail that came back is found in whatever is pasted, and its address is not mailed again until that is taken back."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.actions import mail
from assessments.actions.bounces import mark_bounced_addresses
from assessments.models import Message, MessageKind, MessageState, Participant, Round
from tests.html import BUTTONS, FAULTS, MESSAGES, elements, text_of, texts
from tests.mail_server import server

__all__ = ["server"]  # a fixture


def send(cast):
    return mail.send_queued(round_id=cast.round.pk)


REPORT = """De bezorging van uw bericht aan p004@example.org is mislukt. Een kopie ging naar p006@example.org.

Reporting-MTA: dns; mail.example.org

Final-Recipient: rfc822;P004@example.org
Action: failed
Status: 5.1.1

Final-Recipient: rfc822; p005@example.org
Action: delayed
Status: 4.4.1

From: noor@example.org
To: p007@example.org
"""


@pytest.mark.parametrize(
    ("text", "failed", "named"),
    [
        ("p001@example.org\nP002@Example.ORG;\n<p003@example.org>: host mx said: 550 no such user", {1, 2, 3}, set()),
        (REPORT, {4}, {5, 6, 7}),
        (REPORT.replace("\n", "\r\n"), {4}, {5, 6, 7}),
        ("mailto:p005@example.org, onbekend@elders.example", {5}, set()),
        ("Uw bericht aan 'p001@example.org' kwam niet aan. Antwoord aan noor@example.org.", set(), {1}),
        ("niemand@example.org", set(), set()),
        ("a" * 200_000 + "@", set(), set()),
    ],
)
def test_only_what_is_ticked_is_marked_and_ticked_is_what_is_said_to_have_failed(
    server, cast, client, text, failed, named
):
    Round.objects.update(contact_email="noor@example.org")
    Participant.objects.filter(email="p010@example.org").update(email="noor@example.org")
    send(cast)
    client.force_login(cast.coordinator)
    address = reverse("messages_bounced", args=[cast.round.pk])
    page = client.post(address, {"text": text})
    assert not Message.objects.filter(state=MessageState.BOUNCED).exists()
    if not failed | named:
        assert page.status_code == 400
        return
    form = page.context["chosen"]
    assert {value for value, _ in form.fields["addresses"].choices} == emails(failed | named)
    assert set(form["addresses"].value()) == emails(failed)
    ticked = emails(failed or named)
    noted = client.post(address, {"text": text, "gekozen": "1", "addresses": [*ticked]}, follow=True)
    bounced = Message.objects.filter(state=MessageState.BOUNCED).values_list("participant__email", flat=True)
    assert set(bounced) == ticked
    assert f"Genoteerd als niet aangekomen ({len(ticked)})" in text_of(noted, MESSAGES)


def emails(numbers):
    return {f"p{number:03}@example.org" for number in numbers}


def test_an_address_that_is_not_in_the_text_can_not_be_marked_and_none_is_asked_again(server, cast, client):
    send(cast)
    client.force_login(cast.coordinator)
    address = reverse("messages_bounced", args=[cast.round.pk])
    other = {"text": "p001@example.org", "gekozen": "1", "addresses": ["p002@example.org"]}
    assert client.post(address, other).status_code == 400
    none = client.post(address, {"text": "p001@example.org", "gekozen": "1"})
    assert "Vink aan welke adressen niet kloppen" in text_of(none, FAULTS)
    assert not Message.objects.filter(state=MessageState.BOUNCED).exists()


def test_what_bounced_gets_no_mail_any_more_until_that_is_taken_back(server, cast, client):
    send(cast)
    first, *_ = cast.participants()
    week_ago = timezone.now() - timedelta(days=7)
    Message.objects.update(sent_at=week_ago)
    Message.objects.create(participant=first, kind=MessageKind.REMINDER_1, state="sent", sent_at=week_ago)
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
