"""Clears open answers for the report."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import transaction

from assessments.actions.owning import owned_round
from assessments.anonymity.erasure import note_erasure
from assessments.models import OpenAnswer, ReportFile, State
from assessments.report.tasks import make_reports
from assessments.rules.workflow import Work


@transaction.atomic
def check_open_answers(
    *,
    round_id: UUID,
    texts: Mapping[UUID, str],
    left_out: Collection[UUID] = (),
    unread: Collection[UUID] = (),
) -> None:
    """Puts the answers in `texts`, as they read there, in the report, except those in `left_out` and `unread`.

    What a text was before is kept nowhere: it may have named a child. The reports that were made of it go with it, and
    those of a published round are made again. Raises NotAllowed where the round is not closed or published.
    """
    round = owned_round(round_id, Work.CHECKING_OPEN_ANSWERS)
    changed = list(round.open_answers.filter(pk__in=texts))
    for answer in changed:
        answer.text, answer.is_left_out = texts[answer.pk].strip(), answer.pk in left_out
        answer.is_cleared = not answer.is_left_out and answer.pk not in unread
    OpenAnswer.objects.bulk_update(changed, ["text", "is_cleared", "is_left_out"], batch_size=200)
    ReportFile.objects.filter(round=round_id).delete()
    note_erasure(OpenAnswer, ReportFile)
    if round.state == State.PUBLISHED:
        make_reports.enqueue(str(round_id))
