"""Counts the response of an open round: how many of those invited have finished, by group. Knows no answer.

Who has finished is worked out through the hash of the participant's id each time it is asked; nothing keeps it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Literal
from uuid import UUID

from assessments.anonymity.secrets import keys_of
from assessments.disclosure.groups import decide
from assessments.models import OpenLink, Participant, Round
from assessments.scores.groups import Group, level_group, partner_group
from factors.instrument import LEVELS, OUDERS

Cells = Mapping[tuple[str, str], int]  # people by (partner key, level)

Outlook = Literal["shown", "needs_more", "protects_others", "stays_hidden", "stays_protective"]


@dataclass(frozen=True)
class Progress:
    invited: int
    finished: int

    @property
    def share(self) -> int:
        """Returns whole per cents, rounded down, so that only everybody makes a hundred."""
        return self.finished * 100 // self.invited if self.invited else 0


@dataclass(frozen=True)
class GroupProgress:
    """Is one level or partner; `missing` is how many more must finish before it is large enough."""

    key: str
    name: str
    progress: Progress
    outlook: Outlook
    missing: int
    by_level: tuple[tuple[str, Progress | None], ...] = ()


@dataclass(frozen=True)
class RoundResponse:
    minimum: int
    total: Progress
    levels: tuple[GroupProgress, ...]
    partners: tuple[GroupProgress, ...]
    ouders: bool | None  # whether enough of them answered; None where they are not asked

    def least_first(self) -> RoundResponse:
        """Returns the same, with the partners of whom the largest share is missing on top."""
        return replace(self, partners=tuple(sorted(self.partners, key=lambda group: group.progress.share)))

    @property
    def is_anything_hidden(self) -> bool:
        return any(group.outlook != "shown" for group in (*self.levels, *self.partners))


def finished(round: Round, among: Collection[UUID] | None = None) -> set[UUID]:
    """Returns the ids of the participants who have submitted, of all or `among` these; none where it isn't open.

    Raises SecretChanged.
    """
    if not round.is_open:
        return set()
    keys, submitted = keys_of(round), round.responses.submitted().order_by().values_list("key", flat=True)
    ids = round.participants.order_by().values_list("pk", flat=True) if among is None else among
    by_key = {keys.response_key(participant): participant for participant in ids}
    if among is not None:
        submitted = submitted.filter(pk__in=list(by_key))
    return {by_key[key] for key in submitted if key in by_key}


def response_of(round: Round) -> RoundResponse:
    """Returns the live response of an open round. Raises SecretChanged."""
    response_key = keys_of(round).response_key
    submitted = set(round.responses.submitted().order_by().values_list("key", flat=True))
    invited: Counter[tuple[str, str]] = Counter()
    ready: Counter[tuple[str, str]] = Counter()
    partners = {pk: (key, name) for pk, key, name in round.network.partners.values_list("pk", "key", "name")}
    people = Participant.objects.filter(round=round).order_by().values_list("pk", "partner", "level")
    for participant, partner, level in people:
        cell = partners[partner][0], level
        invited[cell] += 1
        ready[cell] += response_key(participant) in submitted
    names = {key: name for key, name in partners.values() if any((key, level) in invited for level in LEVELS)}
    return build_response(invited, ready, minimum=round.minimum, names=names, ouders=_enough_ouders(round))


def _enough_ouders(round: Round) -> bool | None:
    """Tells whether enough ouders answered; None where they are not asked.

    It never tells how many: whoever has their link and fills it in a few times would know how many are by others.
    """
    if not OpenLink.objects.filter(round=round, level=OUDERS).exists():
        return None
    submitted = round.responses.submitted().filter(open_link__level=OUDERS).count()
    return submitted >= round.ouders_minimum


def build_response(
    invited: Cells, ready: Cells, *, minimum: int, names: Mapping[str, str], ouders: bool | None = None
) -> RoundResponse:
    """Returns sums by level and partner, and whether each can be in the report: now, with more answers, or never."""
    now = decide({cell: count for cell, count in ready.items() if count}, minimum).hidden
    at_best = decide(invited, minimum).hidden
    sums = [(_sums(invited, place), _sums(ready, place)) for place in (0, 1)]

    def group(group: Group, place: int, key: str) -> GroupProgress:
        progress = Progress(*(counts[key] for counts in sums[place]))
        missing = max(0, minimum - progress.finished)
        by_level = tuple((level, _cell(invited, ready, key, level)) for level in LEVELS) if place == 0 else ()
        name = key if place else names[key]
        return GroupProgress(key, name, progress, _outlook(group, now, at_best, missing), missing, by_level)

    levels = [level for level in LEVELS if any(cell[1] == level for cell in invited)]
    return RoundResponse(
        minimum=minimum,
        total=Progress(sum(invited.values()), sum(ready.values())),
        levels=tuple(group(level_group(level), 1, level) for level in levels),
        partners=tuple(group(partner_group(key), 0, key) for key in sorted(names, key=lambda key: (names[key], key))),
        ouders=ouders,
    )


def _outlook(group: Group, now: Mapping[Group, str], at_best: Mapping[Group, str], missing: int) -> Outlook:
    if group in at_best:
        return "stays_hidden" if at_best[group] == "small" else "stays_protective"
    if missing:
        return "needs_more"
    return "protects_others" if group in now else "shown"


def _sums(cells: Cells, place: int) -> Counter[str]:
    """Returns people by partner (place 0) or by level (1)."""
    sums: Counter[str] = Counter()
    for cell, count in cells.items():
        sums[cell[place]] += count
    return sums


def _cell(invited: Cells, ready: Cells, partner: str, level: str) -> Progress | None:
    count = invited.get((partner, level))
    return Progress(count, ready.get((partner, level), 0)) if count else None
