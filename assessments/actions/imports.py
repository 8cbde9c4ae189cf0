"""Adds participants from a file: it is kept as read, judged again when they are added, and adds all of them or none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from assessments.actions.networks import add_partner
from assessments.actions.participants import Person, add_participants
from assessments.anonymity.erasure import note_erasure
from assessments.anonymity.locks import own_round
from assessments.imports.job_titles import levels_with
from assessments.imports.participants import Choices, Judgement, Known, find_columns, judge
from assessments.imports.tables import Table, read_table
from assessments.models import JobTitleLevel, Participant, ParticipantFile, PartnerKind, Round
from assessments.models.imports import KEEP


class Changed(Exception):
    """The list changed since it was looked through; nothing was added."""


class NotAllGood(Exception):
    """A row has a fault, or there is nothing new: nothing was added."""


@transaction.atomic
def keep_file(*, round_id: UUID, name: str, content: bytes) -> ParticipantFile:
    """Keeps the file as rows of text, in place of an earlier one; what was said of its partners still holds.

    Raises tables.Unreadable.
    """
    table = read_table(name, content)
    header, columns = find_columns(table)
    kept, is_first = ParticipantFile.objects.update_or_create(
        round_id=round_id,
        defaults={"name": name[:200], "rows": table.rows, "header": header, "columns": columns},
    )
    if not is_first:
        note_erasure(ParticipantFile)
    return kept


@transaction.atomic
def change_reading(*, round_id: UUID, fields: Mapping[str, Any]) -> None:
    """Notes what the coördinator says of the columns or unknown partners of the kept file."""
    ParticipantFile.objects.filter(round=round_id).update(**fields)


@transaction.atomic
def add_from_file(*, round_id: UUID, seal: str | None = None) -> int:
    """Adds the new people of the kept file, and the partners that it brings. Returns the number of people.

    `seal` is that of the judgement that was looked through. Raises NotAllGood where one row has a fault, Changed
    where something else would become of a row, NotAllowed where the round is closed, ParticipantFile.DoesNotExist.
    """
    own_round(round_id)
    kept = ParticipantFile.objects.select_related("round").get(round=round_id)
    judgement = judge_file(kept)
    if judgement.count("fault"):
        raise NotAllGood
    if seal and seal != judgement.seal:
        raise Changed
    new = [fate for fate in judgement.fates if fate.outcome == "new"]
    added: dict[str, int] = {}
    other = PartnerKind.objects.get(key=PartnerKind.OTHER)
    for name in {fate.partner for fate in new if isinstance(fate.partner, str)}:
        partner = add_partner(network_id=kept.round.network_id, name=name, kind=other)
        added[name] = partner.pk
    people = [
        Person(
            fate.partner if isinstance(fate.partner, int) else added[str(fate.partner)],
            fate.level,
            fate.email,
            fate.job_title,
        )
        for fate in new
    ]
    add_participants(round_id=round_id, people=people)
    kept.delete()
    note_erasure(ParticipantFile)
    return len(people)


def judge_file(kept: ParticipantFile) -> Judgement:
    """Returns what becomes of each row at this moment."""
    table = Table([(number, cells) for number, cells in kept.rows])
    choices = Choices(partners=kept.partners)
    return judge(table, kept.header, kept.columns, known_of(kept.round), choices)


def known_of(round: Round) -> Known:
    participants = Participant.objects.filter(round=round).exclude(email="")
    own = JobTitleLevel.objects.filter(network=round.network_id).values_list("simple_form", "level")
    return Known(
        partners=dict(round.network.partners.values_list("pk", "name")),
        participants={email: (pk, level) for email, pk, level in participants.values_list("email", "partner", "level")},
        levels=levels_with(dict(own)),
    )


@transaction.atomic
def erase_old_files(*, now: datetime) -> int:
    """Erases lists that were read but never added. Returns their number."""
    count, _ = ParticipantFile.objects.filter(read_at__lt=now - KEEP).delete()
    if count:
        note_erasure(ParticipantFile)
    return count
