"""Lets somebody take part otherwise than as invited: not at all, without reminders, or at another level.

The lock brings its transaction: no decorator opens a second one within it.
"""

from uuid import UUID

from assessments.actions.responses import erase_answers
from assessments.filling.lock import lock_participant
from assessments.models import Level, Participant


def opt_out(*, participant_id: UUID) -> None:
    """Takes the participant out of the round and erases what was answered. Raises NotAllowed where it is not open."""
    with lock_participant(participant_id) as person:
        erase_answers(person=person)
        Participant.objects.filter(pk=participant_id).update(has_opted_out=True, no_reminders=True)


def report_wrong_person(*, participant_id: UUID) -> None:
    """Notes for the coördinator that this link reached somebody else, and erases what was answered by it.

    Raises NotAllowed where the round is not open.
    """
    with lock_participant(participant_id) as person:
        erase_answers(person=person)
        Participant.objects.filter(pk=participant_id).update(is_wrong_person=True, no_reminders=True)


def rejoin(*, participant_id: UUID) -> None:
    """Lets the participant take part after all. Raises NotAllowed where the round is not open."""
    with lock_participant(participant_id):
        Participant.objects.filter(pk=participant_id).update(
            has_opted_out=False, is_wrong_person=False, no_reminders=False
        )


def set_reminders(*, participant_id: UUID, wanted: bool) -> None:
    """Notes whether the participant wants reminders; the invitation and the result are mailed all the same."""
    Participant.objects.filter(pk=participant_id).update(no_reminders=not wanted)


def correct_level(*, participant_id: UUID, level: Level, partner_id: int | None = None) -> None:
    """Moves the participant to another level and partner; answers that were given count there: they say no place.

    Only participants themselves do this once they have answered: whoever else could move an answer would see from
    the counts that it is there. Raises NotAllowed where the round is not open.
    """
    with lock_participant(participant_id):
        person = Participant.objects.filter(pk=participant_id)
        person.exclude(level=level).update(level=level)
        if partner_id is not None:
            person.exclude(partner=partner_id).update(partner=partner_id)
