"""Locks a respondent for saving: what somebody writes is saved for a respondent who was read under the lock.

What was read could otherwise change before it is written: the round could close, the person could leave in another tab,
and of two saves of one person the first could be lost. Knows no answers and no request.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from uuid import UUID

from django.db import transaction

from assessments.anonymity.keys import id_of
from assessments.anonymity.locks import share_round
from assessments.filling.joined import Joined
from assessments.filling.respondents import LINKED, Respondent, own_id, target_of
from assessments.models import OpenLink, Participant
from assessments.rules.workflow import NotAllowed, Work

WITH_ROUND: list[Joined[Participant | OpenLink]] = [Joined(model, ["round_id"]) for model in LINKED]


class LockEnded(Exception):
    """The lock under which a respondent was read is no longer held."""


@dataclass(eq=False)
class _Lock:
    """Is one lock, held as long as its block runs; only `lock_for_saving` makes one."""

    is_held: bool = True


@dataclass(frozen=True)
class LockedRespondent(Respondent):
    """Is a respondent as read under the lock, for `save_answers` and `erase_answers`, which take no other.

    Only the context managers below make one; once their block has ended, nothing can be saved with it. The
    coördinator's actions hold the whole round instead (`own_round`).
    """

    lock: _Lock = field(kw_only=True, repr=False)

    def check_lock(self) -> None:
        """Raises LockEnded where the block that locked this respondent has ended."""
        if not self.lock.is_held:
            raise LockEnded("save within the block of lock_for_saving")


@contextmanager
def lock_for_saving(
    some_id: UUID, guest_id: UUID | None = None, *, came_by: str = ""
) -> Iterator[LockedRespondent | None]:
    """Opens a transaction, locks the participant or open link with this id and yields the respondent.

    Yields None where no participant and no open link has this id. Until the transaction ends the round can't be closed,
    and nobody else saves as the same person: the participant, or the open link's guest. Guests of one link don't wait
    for each other, but at their first answer.
    """
    lock = _Lock()
    with transaction.atomic():
        round_id = _round_of(some_id)
        if round_id is not None:
            share_round(round_id, alone=guest_id or some_id)
        target = target_of(some_id) if round_id else None
        try:
            yield LockedRespondent(target, own_id(target, guest_id), came_by, lock=lock) if target else None
        finally:
            lock.is_held = False


@contextmanager
def lock_by_token(token: str, guest_id: UUID | None = None) -> Iterator[LockedRespondent | None]:
    """Does what `lock_for_saving` does, for the person a link is for; yields None for a link that leads to nobody."""
    some_id = id_of(token)
    if some_id is None:
        yield None
        return
    with lock_for_saving(some_id, guest_id, came_by=token) as person:
        yield person


@contextmanager
def lock_participant(participant_id: UUID) -> Iterator[LockedRespondent]:
    """Does what `lock_for_saving` does, for a participant of an open round.

    Raises NotAllowed where the round is not open, or where the coördinator has just removed the participant.
    """
    with lock_for_saving(participant_id) as person:
        if person is None or person.participant is None or not person.round.allows(Work.ANSWERING):
            raise NotAllowed(Work.ANSWERING.refusal)
        yield person


@lru_cache(maxsize=4096)
def _round_of(some_id: UUID) -> UUID | None:
    """Returns the id of a participant's or open link's round, or None; it never changes, so it is asked once."""
    found = (rows.with_key(some_id) for rows in WITH_ROUND)
    return next((row.round_id for row in found if row), None)
