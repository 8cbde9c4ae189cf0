"""Says of open links how they are used, and which can't lead to a figure that is shown. Knows no answer."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Q, QuerySet

from assessments import dutch
from assessments.models import OpenLink, Partner, Round
from assessments.running.sectors import invited_in_parts, part_names, parts_of
from factors.instrument import OUDERS


def links_of_teams(round: Round) -> QuerySet[OpenLink]:
    """Returns the links of teams, each with how many began by it (`begun`) and how many of those sent (`sent`).

    Not that of ouders: whoever fills theirs in a few times would know how many are by others.
    """
    links = OpenLink.objects.filter(round=round).exclude(level=OUDERS).select_related("partner")
    is_sent = Q(responses__is_submitted=True)
    return links.annotate(begun=Count("responses"), sent=Count("responses", filter=is_sent))


def sent_by_teams(round: Round) -> int:
    return round.responses.submitted().filter(open_link__partner__isnull=False).count()


def groups_that_stay_hidden(round: Round, partner: Partner, level: str) -> list[str]:
    """Returns, in sentences, which groups stay hidden however many of this team answer by an open link.

    A group is judged by its people with a personal link (docs/disclosure.md, rule 7a), as many as are invited now.
    """
    part, invited = parts_of(round)[partner.key], invited_in_parts(round)
    of_part = sum(people for cell, people in invited.items() if cell[0] == part)
    of_level = sum(people for cell, people in invited.items() if cell[1] == level)
    return list(_too_few(round.minimum, {part_names(round)[part]: of_part, f"het niveau {level}": of_level}))


def _too_few(minimum: int, groups: dict[str, int]) -> Iterator[str]:
    for name, people in groups.items():
        if people < minimum:
            count = f"{dutch.count(people)} {'mens' if people == 1 else 'mensen'}" if people else "niemand"
            yield f"{dutch.capital(name)}: {count} met een persoonlijke link, {dutch.count(minimum)} nodig."
