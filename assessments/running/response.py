"""Counts the response of an open round: how many of those invited have finished, by group. Knows no answer.

Who has finished is worked out through the hash of the participant's id each time it is asked; nothing keeps it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal
from uuid import UUID

from assessments import dutch
from assessments.anonymity.secrets import keys_of
from assessments.disclosure.groups import decide
from assessments.models import OpenLink, Participant, Round, ShownBy
from assessments.running.open_links import sent_by_teams
from assessments.running.sectors import SectorOfRound, in_parts, sectors_of
from assessments.scores.groups import Group, level_group, partner_group
from factors.instrument import LEVELS, OUDERS

Cells = Mapping[tuple[str, str], int]  # people by (partner key, level)

Outlook = Literal["shown", "needs_more", "protects_others", "stays_hidden", "stays_protective", "in_sector"]


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
    """Is one level, partner or sector; `missing` is how many more must finish before it is large enough.

    A partner is `in_sector` where the round shows sectors: it is in the report as a part of one.
    """

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
    sectors: tuple[GroupProgress, ...] = ()
    by_open_links: int = 0  # sent by open links of teams, beside all these

    def least_first(self) -> RoundResponse:
        """Returns the same, with the partners of whom the largest share is missing on top."""
        return replace(self, partners=tuple(sorted(self.partners, key=lambda group: group.progress.share)))

    @property
    def is_anything_hidden(self) -> bool:
        return any(group.outlook != "shown" for group in (*self.levels, *self.partners, *self.sectors))


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
    sectors = sectors_of(round) if round.shown_by == ShownBy.SECTOR else []
    found = build_response(
        invited, ready, minimum=round.minimum, names=names, ouders=_enough_ouders(round), sectors=sectors
    )
    return replace(found, by_open_links=sent_by_teams(round))


def _enough_ouders(round: Round) -> bool | None:
    """Tells whether enough ouders answered; None where they are not asked.

    It never tells how many: whoever has their link and fills it in a few times would know how many are by others.
    """
    if not OpenLink.objects.filter(round=round, level=OUDERS).exists():
        return None
    submitted = round.responses.submitted().filter(open_link__level=OUDERS).count()
    return submitted >= round.ouders_minimum


def build_response(
    invited: Cells,
    ready: Cells,
    *,
    minimum: int,
    names: Mapping[str, str],
    ouders: bool | None = None,
    sectors: Sequence[SectorOfRound] = (),
) -> RoundResponse:
    """Returns sums by level and partner, and whether each can be in the report: now, with more answers, or never.

    Where the round shows `sectors`, these can, and not their partners.
    """
    part_of = {partner: sector.key for sector in sectors for partner in sector.partners}
    of_parts = _Counted(_in_parts(invited, part_of), _in_parts(ready, part_of), minimum)
    of_partners = _Counted(invited, ready, minimum)
    levels = [level for level in LEVELS if any(cell[1] == level for cell in invited)]
    partners = [
        of_partners.group(partner_group(key), 0, key, names[key])
        for key in sorted(names, key=lambda key: (names[key], key))
    ]
    return RoundResponse(
        minimum=minimum,
        total=Progress(sum(invited.values()), sum(ready.values())),
        levels=tuple(of_parts.group(level_group(level), 1, level, level) for level in levels),
        partners=tuple(replace(one, outlook="in_sector") if sectors else one for one in partners),
        ouders=ouders,
        sectors=tuple(of_parts.group(partner_group(one.key), 0, one.key, dutch.capital(one.name)) for one in sectors),
    )


class _Counted:
    """Holds people by (part, level), invited and ready, and what may be shown of them: now, and at best."""

    def __init__(self, invited: Cells, ready: Cells, minimum: int) -> None:
        self._invited, self._ready, self._minimum = invited, ready, minimum
        self._now = decide({cell: count for cell, count in ready.items() if count}, minimum).hidden
        self._at_best = decide(invited, minimum).hidden
        self._sums = [(_sums(invited, place), _sums(ready, place)) for place in (0, 1)]

    def group(self, group: Group, place: int, key: str, name: str) -> GroupProgress:
        """Returns how far a part (`place` 0) or a level (1) is."""
        progress = Progress(*(counts[key] for counts in self._sums[place]))
        missing = max(0, self._minimum - progress.finished)
        by_level = tuple((level, _cell(self._invited, self._ready, key, level)) for level in LEVELS if place == 0)
        return GroupProgress(key, name, progress, _outlook(group, self._now, self._at_best, missing), missing, by_level)


def _in_parts(cells: Cells, part_of: Mapping[str, str]) -> Cells:
    return {cell: people or 0 for cell, people in in_parts(cells, part_of).items()} if part_of else cells


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
