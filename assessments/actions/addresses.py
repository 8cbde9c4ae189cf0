"""Erases who was invited: of a closed round what leads to people, of a concept that nobody works on its whole list."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from assessments.actions.receipts import give_receipt
from assessments.anonymity.erasure import note_erasure
from assessments.anonymity.locks import own_round
from assessments.models import Meeting, Message, Participant, Receipt, Round
from assessments.rules.keeping import AFTER_CLOSING, AFTER_PUBLISHING

ADDRESSES = (
    f"adressen: {AFTER_PUBLISHING.days} dagen na publiceren voor deelnemers, hooguit {AFTER_CLOSING.days} na sluiten,"
    " of eerder als de coördinator dat wil"
)


@transaction.atomic
def erase_addresses(*, round_id: UUID, now: datetime) -> int:
    """Erases addresses, names and job titles of a closed round; the links go on leading to the report.

    Returns 1 where there was anything to erase, and 0 where not.
    """
    own_round(round_id)
    round = Round.objects.get(pk=round_id)
    if not round.keeps_addresses:
        return 0
    Message.objects.of_round(round).queued().delete()
    people = round.participants.exclude(email="").count()
    round.participants.update(email="", name="", job_title="")
    Meeting.objects.filter(round=round).update(words="")  # no mail can say it any more
    round.addresses_erased_at = now
    round.save(update_fields=["addresses_erased_at"])
    note_erasure(Participant, Message, Meeting)
    give_receipt(Receipt.Kind.ADDRESSES, people, ADDRESSES, round.network_id)
    return 1


@transaction.atomic
def erase_list(*, round_id: UUID, now: datetime) -> int:
    """Takes everybody out of a concept that nobody works on any more; returns 1, or 0 where somebody just did."""
    own_round(round_id)
    round = Round.objects.get(pk=round_id)
    if round.list_goes_on is None or now.date() < round.list_goes_on:
        return 0
    people = round.participants.count()
    round.participants.all().delete()
    note_erasure(Participant, Message)
    rule = f"lijsten: {round.network.days_of_lists} dagen nadat iemand eraan werkte"
    give_receipt(Receipt.Kind.LIST, people, rule, round.network_id)
    return 1
