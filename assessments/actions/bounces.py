"""Notes mail that came back: the coördinator saw it in the mailbox for replies, and tells of one or twenty at once."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from assessments.models import Message, MessageKind, MessageState, Round
from assessments.models.mail import MessageQuerySet


@transaction.atomic
def mark_bounced(*, message_id: UUID) -> None:
    _mark(Message.objects.filter(pk=message_id, state__in=[MessageState.SENT, MessageState.REFUSED]))


@transaction.atomic
def mark_bounced_addresses(*, round_id: UUID, addresses: Collection[str]) -> list[str]:
    """Marks the last message that went to each of these addresses. Returns, sorted, those that had got one."""
    last = last_sent(Round.objects.get(pk=round_id), addresses)
    _mark(Message.objects.filter(pk__in=last.values()))
    return sorted(last)


def last_sent(round: Round, addresses: Collection[str]) -> dict[str, UUID]:
    """Returns the last message of the round that went to each of these addresses, as far as one did."""
    sent = Message.objects.of_round(round).filter(state=MessageState.SENT)
    went = sent.order_by("sent_at").values_list("participant__email", "pk")
    return {email: pk for email, pk in went if email in addresses}


@transaction.atomic
def mark_arrived(*, participant_id: UUID) -> None:
    """Notes that mail to somebody did arrive after all."""
    bounced = Message.objects.filter(participant=participant_id, state=MessageState.BOUNCED)
    bounced.filter(sent_at__isnull=True).update(state=MessageState.REFUSED)
    bounced.update(state=MessageState.SENT)


def _mark(messages: MessageQuerySet) -> None:
    """Marks messages as bounced, and the invitations before them: those stay when closing erases who was reminded."""
    people = list(messages.values_list("participant", flat=True))
    invitations = Message.objects.filter(participant__in=people, kind=MessageKind.INVITATION, state=MessageState.SENT)
    invitations.update(state=MessageState.BOUNCED)
    messages.update(state=MessageState.BOUNCED)
