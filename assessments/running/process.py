"""Counts how a round went, for whoever judges its figures later: sums only, and none that tells of a single person.

What may be told is in docs/decisions.md, 'How a round went is frozen as counts'. Reminders are erased at closing, so
it counts before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from django.db.models import Count, Q, Sum

from assessments.disclosure.combinations import smallest_combination
from assessments.models import Message, MessageKind, OpenLink, Round
from assessments.models.mail import TO_THE_UNFINISHED
from assessments.scores.groups import Cell
from factors.instrument import LEVELS, OUDERS

Cells = Mapping[Cell, int | None]  # people by (partner, level); None where an open link leaves it open


def process_of(round: Round) -> dict[str, int]:
    """Returns how many were invited, mailed and reminded, and who declined; nothing of fewer than the minimum."""
    people = round.participants.order_by().aggregate(
        invited=Count("pk"),
        opted_out=Count("pk", filter=Q(has_opted_out=True)),
        wrong_person=Count("pk", filter=Q(is_wrong_person=True)),
    )
    return people | _mail(round) | _links(round) if people["invited"] >= round.minimum else {}


def _mail(round: Round) -> dict[str, int]:
    """Returns how many messages went out; one that was sent again counts once."""
    messages = Message.objects.of_round(round).order_by()
    sent = messages.filter(sent_at__isnull=False)
    dead = messages.to_dead_addresses().values("participant").distinct()
    return {
        "invitations_sent": sent.filter(kind=MessageKind.INVITATION).count(),
        "reminders_sent": sent.filter(kind__in=TO_THE_UNFINISHED).count(),
        "undelivered": dead.count(),
    }


def _links(round: Round) -> dict[str, int]:
    found = OpenLink.objects.filter(round=round).exclude(level=OUDERS).aggregate(links=Count("pk"), room=Sum("cap"))
    return {"open_links": found["links"], "open_links_room": found["room"] or 0}


def response_by_level(invited: Cells, answered: Mapping[Cell, int], minimum: int) -> dict[str, dict[str, int]]:
    """Returns by level how many were invited and answered; {} where these sums would tell of fewer than the minimum.

    What is told of partners is known too. So if a level less some partners is fewer people, no level is told. Neither
    is a level where nobody or everybody answered: that says of each of them whether they took part.
    """
    levels = {level for level in _told(invited, 1, minimum) if level in LEVELS}
    partners = _told(invited, 0, minimum)
    if smallest_combination({cell: people or 0 for cell, people in invited.items()}, levels, partners, minimum):
        return {}
    sums = {"invited": _sums(invited, 1), "answered": _sums(answered, 1)}
    told = {level: {what: sums[what][level] for what in sums} for level in LEVELS if level in levels}
    return {level: both for level, both in told.items() if 0 < both["answered"] < both["invited"]}


def partners_to_tell(
    invited: Mapping[Cell, int], shown: Collection[str], minimum: int, sector_of: Mapping[str, str]
) -> frozenset[str]:
    """Returns the partners of which it may be told how many answered, beside the figures of levels and of `shown`.

    `shown` are partners, or sectors where `sector_of` has these by partner. The figures say how many answered there. So
    a partner is not told of where all numbers together would be about fewer than the minimum invited.
    """
    fixed = {f"sector {key}" for key in shown} if sector_of else set(shown)
    levels = [level for level, people in _sums(invited, 1).items() if people >= minimum]
    sums = _sums(invited, 0)
    more = {partner for partner, people in sums.items() if people >= minimum} - fixed
    while found := smallest_combination(_in_rests(invited, more, sector_of), levels, fixed | more, minimum):
        telling = {own for own in more if {own, f"sector {sector_of.get(own)}"} & {*found.partners}}
        if not telling:
            return frozenset(fixed & sums.keys())
        more.remove(min(telling, key=lambda partner: (sums[partner], partner)))
    return frozenset(more | fixed & sums.keys())


def _in_rests(invited: Mapping[Cell, int], told: Collection[str], sector_of: Mapping[str, str]) -> Counter[Cell]:
    """Returns people by cell, with the partners of a sector that are not told of as one: its rest."""
    rests: Counter[Cell] = Counter()
    for (partner, level), people in invited.items():
        rest = f"sector {sector_of[partner]}" if partner in sector_of else partner
        rests[partner if partner in told else rest, level] += people
    return rests


def _told(invited: Cells, place: int, minimum: int) -> set[str]:
    """Returns the partners (place 0) or levels (1) of which it is known that enough were invited."""
    unknown = {cell[place] for cell, people in invited.items() if people is None}
    return {key for key, people in _sums(invited, place).items() if people >= minimum} - unknown


def _sums(cells: Cells, place: int) -> Counter[str]:
    sums: Counter[str] = Counter()
    for cell, people in cells.items():
        sums[cell[place]] += people or 0
    return sums
