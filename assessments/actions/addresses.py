"""Erases who was invited: of a closed round what leads to people, of a concept that nobody works on its whole list."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from assessments.anonymity.erasure import note_erasure
from assessments.anonymity.locks import own_round
from assessments.models import Meeting, Message, Participant, Round


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
    round.participants.update(email="", name="", job_title="")
    Meeting.objects.filter(round=round).update(words="")  # no mail can say it any more
    round.addresses_erased_at = now
    round.save(update_fields=["addresses_erased_at"])
    note_erasure(Participant, Message, Meeting)
    return 1


@transaction.atomic
def erase_list(*, round_id: UUID, now: datetime) -> int:
    """Takes everybody out of a concept that nobody works on any more; returns 1, or 0 where somebody just did."""
    own_round(round_id)
    round = Round.objects.get(pk=round_id)
    if round.list_goes_on is None or now.date() < round.list_goes_on:
        return 0
    round.participants.all().delete()
    note_erasure(Participant, Message)
    return 1
