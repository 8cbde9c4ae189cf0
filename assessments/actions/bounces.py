"""Mail that came back: the coördinator saw it in the mailbox for replies, and says so one by one or twenty at once."""

from __future__ import annotations

import re
from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from assessments.models import Message, MessageState, Round

BETWEEN_ADDRESSES = re.compile(r"[\s<>()\[\]{}\"'`,;:|=/\\]+")  # what never stands in an address that we send to


@transaction.atomic
def mark_bounced(*, message_id: UUID) -> None:
    sent = Message.objects.filter(pk=message_id, state__in=[MessageState.SENT, MessageState.REFUSED])
    sent.update(state=MessageState.BOUNCED)


@transaction.atomic
def mark_bounced_addresses(*, round_id: UUID, addresses: Collection[str]) -> list[str]:
    """Marks the last message that went to each of these addresses; the addresses that one had gone to, in order."""
    round = Round.objects.get(pk=round_id)
    sent = Message.objects.of_round(round).filter(state=MessageState.SENT, participant__email__in=addresses)
    last = {message.participant.email: message.pk for message in sent.select_related("participant").order_by("sent_at")}
    Message.objects.filter(pk__in=last.values()).update(state=MessageState.BOUNCED)
    return sorted(last)


def addresses_in(text: str) -> set[str]:
    """All that looks like an address in a list, or in pasted mails. In one pass, however long the text is."""
    words = (word.strip(".").lower() for word in BETWEEN_ADDRESSES.split(text))
    return {word for word in words if word.count("@") == 1 and not word.startswith("@") and "." in word.split("@")[1]}
