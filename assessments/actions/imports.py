"""Adds and changes participants from a file: it is kept as read, judged again then, and does all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from assessments.actions.networks import add_partner
from assessments.actions.participants import Person, add_participants, change_participants
from assessments.anonymity.erasure import note_erasure
from assessments.anonymity.locks import own_round
from assessments.imports.cells import Facts, Reading, Sheet
from assessments.imports.fates import NEW, Choices, Judgement, Known, Takes
from assessments.imports.guesses import kind_of_partner
from assessments.imports.headings import find_heading
from assessments.imports.job_titles import levels_with
from assessments.imports.participants import judge
from assessments.imports.tables import Table, read_pasted, read_table
from assessments.models import JobTitleLevel, Participant, ParticipantFile, PartnerKind, Round
from assessments.models.imports import KEEP
from assessments.running.response import finished

PASTED = "geplakte adressen"


class Changed(Exception):
    """The list changed since it was looked through; nothing was added."""


class NotAllGood(Exception):
    """A row has a fault, or there is nothing new: nothing was added."""


@transaction.atomic
def keep_file(
    *, round_id: UUID, name: str, content: bytes, reading: Mapping[str, str] | None = None
) -> ParticipantFile:
    """Keeps the file as rows of text, in place of an earlier one; what was said of its partners still holds.

    `reading` says which sheet, and in which signs. Raises tables.Unreadable.
    """
    table = read_table(name, content, Reading(**(reading or {})))
    return _keep(round_id, table, {"name": name[:200], "content": content, "reading": dict(reading or {})})


@transaction.atomic
def keep_pasted(*, round_id: UUID, text: str) -> ParticipantFile:
    """Keeps addresses that were pasted, as `keep_file` keeps a file. Raises tables.Unreadable."""
    return _keep(round_id, read_pasted(text), {"name": PASTED, "content": b"", "reading": {}})


@transaction.atomic
def read_again(*, round_id: UUID, reading: Mapping[str, str]) -> None:
    """Reads the kept file once more, another sheet or in other signs. Raises tables.Unreadable, DoesNotExist."""
    kept = ParticipantFile.objects.select_for_update().get(round=round_id)
    keep_file(round_id=round_id, name=kept.name, content=bytes(kept.content), reading={**kept.reading, **reading})
    if "sheet" not in reading:
        mend(round_id=round_id, mended=kept.mended)  # in other signs the rows are the same


@transaction.atomic
def change_reading(*, round_id: UUID, fields: Mapping[str, Any]) -> None:
    """Notes what the coördinator says of the columns or unknown partners of the kept file."""
    ParticipantFile.objects.filter(round=round_id).update(**fields)


@transaction.atomic
def mend(*, round_id: UUID, mended: Mapping[str, Any], partners: Mapping[str, str] | None = None) -> None:
    """Adds to what was mended: of `edits` and `kinds` each by itself, of the rest the whole."""
    kept = ParticipantFile.objects.select_for_update().defer("content").filter(round=round_id).first()
    if kept is None:
        return
    joined = {name: {**kept.mended.get(name, {}), **mended.get(name, {})} for name in ("edits", "kinds")}
    kept.mended = {**kept.mended, **mended, **joined}
    kept.partners = {**kept.partners, **(partners or {})}
    kept.save(update_fields=["mended", "partners"])


@transaction.atomic
def skip_broken(*, round_id: UUID) -> tuple[int, int]:
    """Skips all rows that can't be added as they are, but for those that wait for a choice.

    An address that stands at two partners or levels waits for one too: the row that comes first need not be right.
    Returns how many rows were skipped, and how many such addresses are left.
    """
    kept = ParticipantFile.objects.select_related("round").defer("content").filter(round=round_id).first()
    broken = judge_file(kept).broken if kept else []
    skipped = [fate.number for fate in broken if not fate.rival]
    if kept and skipped:
        mend(round_id=round_id, mended={"skipped": sorted({*kept.mended.get("skipped", []), *skipped})})
    return len(skipped), len(broken) - len(skipped)


@transaction.atomic
def add_from_file(*, round_id: UUID, seal: str | None = None) -> tuple[int, int]:
    """Adds the new people of the kept file and the partners that it brings, and changes who takes part already.

    Returns the number of people who were added, and of those who were changed.
    `seal` is that of the judgement that was looked through. Raises NotAllGood where one row has a fault, Changed
    where something else would become of a row, NotAllowed where the round is closed, ParticipantFile.DoesNotExist.
    """
    own_round(round_id)
    kept = ParticipantFile.objects.select_related("round").defer("content").get(round=round_id)
    judgement = judge_file(kept)
    if judgement.count("fault"):
        raise NotAllGood
    if seal and seal != judgement.seal:
        raise Changed
    fates = [fate for fate in judgement.fates if fate.outcome in ("new", "changed")]
    named = dict.fromkeys(fate.partner for fate in fates if isinstance(fate.partner, str))  # once each, in their order
    added = _add_partners(kept, named)
    people = {
        fate.email: Person(
            fate.partner if isinstance(fate.partner, int) else added[str(fate.partner)],
            fate.level,
            fate.email,
            fate.job_title,
            fate.name,
        )
        for fate in fates
    }
    changed = _change(kept.round, [people[fate.email] for fate in fates if fate.outcome == "changed"])
    new = [people[fate.email] for fate in fates if fate.outcome == "new"]
    add_participants(round_id=round_id, people=new)
    kept.delete()
    note_erasure(ParticipantFile)
    return len(new), changed


def _change(round: Round, people: Sequence[Person]) -> int:
    """Gives participants what the list has for their address, and returns how many there were."""
    said = {person.email: person for person in people}
    changes = {
        pk: {"partner_id": said[email].partner_id, "level": said[email].level}
        | {name: value for name in ("job_title", "name") if (value := getattr(said[email], name))}
        for email, pk in round.participants.filter(email__in=said).values_list("email", "pk")
    }
    return len(change_participants(round_id=round.pk, changes=changes).changed)


def judge_file(kept: ParticipantFile) -> Judgement:
    """Returns what becomes of each row at this moment."""
    return judge(table_of(kept), kept.header, kept.columns, known_of(kept.round), choices_of(kept))


def table_of(kept: ParticipantFile) -> Table:
    facts: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in kept.facts.items()
    }
    sheets = tuple(Sheet(**sheet) for sheet in facts.pop("sheets", ()))
    return Table([(number, cells) for number, cells in kept.rows], Facts(**facts, sheets=sheets))


def choices_of(kept: ParticipantFile) -> Choices:
    mended = kept.mended
    return Choices(
        partners={**kept.partners, **({mended["everybody"]: NEW} if mended.get("everybody") else {})},
        edits={int(number): edited for number, edited in mended.get("edits", {}).items()},
        skipped=frozenset(mended.get("skipped", [])),
        everybody=mended.get("everybody", ""),
        everybodys_level=mended.get("level", ""),
        with_hidden=mended.get("with_hidden", False),
    )


def known_of(round: Round) -> Known:
    participants = Participant.objects.filter(round=round).exclude(email="")
    sent = finished(round)
    return Known(
        partners=dict(round.network.partners.values_list("pk", "name")),
        participants={
            email: Takes(partner, level, job_title, pk in sent, name)
            for pk, email, partner, level, job_title, name in participants.values_list(
                "pk", "email", "partner", "level", "job_title", "name"
            )
        },
        levels=levels_of(round),
    )


def levels_of(round: Round) -> dict[str, str]:
    """Returns the level by job title, or by word for a level, as the network of this round has them."""
    own = JobTitleLevel.objects.filter(network=round.network_id).values_list("simple_form", "level")
    return levels_with(dict(own))


@transaction.atomic
def erase_old_files(*, now: datetime) -> int:
    """Erases lists that were read but never added. Returns their number."""
    count, _ = ParticipantFile.objects.filter(read_at__lt=now - KEEP).delete()
    if count:
        note_erasure(ParticipantFile)
    return count


def _keep(round_id: UUID, table: Table, fields: dict[str, Any]) -> ParticipantFile:
    heading = find_heading(table)
    before = ParticipantFile.objects.filter(round=round_id).values_list("mended", flat=True).first()
    read = {
        "rows": table.rows,
        "facts": asdict(table.facts),
        "header": heading.place,
        "columns": heading.columns,
        "mended": {"kinds": (before or {}).get("kinds", {})},
    }
    kept, is_first = ParticipantFile.objects.update_or_create(round_id=round_id, defaults=fields | read)
    if not is_first:
        note_erasure(ParticipantFile)
    return kept


def _add_partners(kept: ParticipantFile, names: Iterable[str]) -> dict[str, int]:
    """Adds the partners of these names, each of the kind that was chosen or else guessed. Returns their ids by name."""
    kinds = {kind.key: kind for kind in PartnerKind.objects.all()}
    chosen = kept.mended.get("kinds", {})
    added = {}
    for name in names:
        kind = kinds.get(chosen.get(name, "")) or kinds.get(kind_of_partner(name)) or kinds[PartnerKind.OTHER]
        added[name] = add_partner(network_id=kept.round.network_id, name=name, kind=kind).pk
    return added
