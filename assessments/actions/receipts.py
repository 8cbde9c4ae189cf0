"""Gives receipts of what was erased, and notes in them since when the database's own files hold nothing of it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils import timezone

from assessments.anonymity.log import wipe_log
from assessments.models import Erasure, Receipt


def give_receipt(kind: str, count: int, rule: str, network: UUID | None = None) -> None:
    """Notes that so many of a kind were erased, within the transaction that did; nothing where there were none.

    Call it after `note_erasure`: a receipt is complete once all that was noted before it is gone from the files.
    """
    if count:
        Receipt.objects.create(kind=kind, count=count, rule=rule, network=network)


def complete_receipts() -> int:
    """Notes in receipts what is gone from the files meanwhile, and returns in how many it noted anything.

    First the tables: those that were to be rewritten before a receipt was given are. Then the database's own log, as
    far as the role of DATABASE_URL may see to that.
    """
    waiting = Erasure.objects.filter(erased_at__lte=OuterRef("done_at"))
    noted = Receipt.objects.awaiting_files().filter(~Exists(waiting)).update(wiped_at=timezone.now())
    cleaned = list(Receipt.objects.awaiting_log().values_list("pk", flat=True))
    if cleaned and wipe_log(cleaned):
        noted += Receipt.objects.filter(pk__in=cleaned).update(log_wiped_at=timezone.now())
    return noted
