"""Taking part otherwise than as invited: not, without reminders, or at another level."""

from uuid import UUID

from django.db import transaction
from django.db.models import Case, F, Q, Value, When

from assessments.actions.responses import erase_answers, move_answers, participant_of_open_round
from assessments.models import Level, Participant


@transaction.atomic
def opt_out(*, participant_id: UUID) -> None:
    """Takes the participant out of the round and erases what was answered. Raises NotAllowed where it is not open."""
    participant = participant_of_open_round(participant_id)
    erase_answers(participant)
    _write_among_colleagues(participant, has_opted_out=True, no_reminders=True)


@transaction.atomic
def report_wrong_person(*, participant_id: UUID) -> None:
    """Notes for the coördinator that this link reached somebody else, and erases what was answered by it.

    Raises NotAllowed where the round is not open.
    """
    participant = participant_of_open_round(participant_id)
    erase_answers(participant)
    _write_among_colleagues(participant, is_wrong_person=True, no_reminders=True)


@transaction.atomic
def rejoin(*, participant_id: UUID) -> None:
    """Lets the participant take part after all. Raises NotAllowed where the round is not open."""
    participant_of_open_round(participant_id)
    Participant.objects.filter(pk=participant_id).update(has_opted_out=False, is_wrong_person=False, no_reminders=False)


def set_reminders(*, participant_id: UUID, wanted: bool) -> None:
    """Whether the participant wants reminders; the invitation and the result are mailed all the same."""
    Participant.objects.filter(pk=participant_id).update(no_reminders=not wanted)


@transaction.atomic
def correct_level(*, participant_id: UUID, level: Level) -> None:
    """Moves the participant to another level: the answers and the number invited go together.

    Only participants themselves do this once they have answered: whoever else could move an answer would see from
    the counts that it is there. Raises NotAllowed where the round is not open.
    """
    participant = participant_of_open_round(participant_id)
    if participant.level != level:
        move_answers(participant, level)
        _write_among_colleagues(participant, level=level)


def _write_among_colleagues(participant: Participant, **changes: object) -> None:
    """Changes a participant, and writes everybody of the same partner and level again with the same statement.

    A transaction leaves its number (xmin) on every row that it writes. Answers that it wrote or erased would lead to
    the one participant with that number; now to all who can have given them anyway.
    """
    level = changes.get("level", participant.level)
    colleagues = Q(round=participant.round_id, partner=participant.partner_id, level=level)
    rows = Participant.objects.filter(colleagues | Q(pk=participant.pk))
    # In one order, so that nobody waits for each other; and no keys, which mail that is being queued holds in its own.
    list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    rows.update(
        **{name: Case(When(pk=participant.pk, then=Value(new)), default=F(name)) for name, new in changes.items()}
    )
