"""Tells whose reports there are: the network's, a level's, a partner's, one page for a wethouder. Knows no database."""

from __future__ import annotations

from dataclasses import dataclass

from assessments import dutch
from assessments.disclosure.published import Published
from assessments.report.facts import Facts
from assessments.scores.groups import NETWORK, Group, level_group

NETWORK_REPORT, SUMMARY = "netwerk", "samenvatting"


class NoSuchReport(LookupError):
    """There is no such subject, or what it is about may not be shown."""


@dataclass(frozen=True)
class Subject:
    """Is what a report is about; `name` is how a list of reports calls it, `at` and `who` how a sentence does."""

    key: str
    group: Group
    name: str
    at: str
    who: str

    @property
    def level(self) -> str | None:
        return self.group.key if self.group.kind == "level" else None

    @property
    def is_part(self) -> bool:
        """Tells whether it is a partner, or a sector of partners."""
        return self.group.is_part

    @property
    def yours(self) -> str:
        """Returns what a partner's report calls the partner, and a sector's the sector, to whoever reads it."""
        return "uw sector" if self.group.kind == "sector" else "uw organisatie"

    @property
    def is_summary(self) -> bool:
        return self.key == SUMMARY

    @property
    def title(self) -> str:
        if self.is_summary:
            return "Samenvatting"
        return f"Rapport voor {self.who}" if self.level or self.is_part else "Rapport van het netwerk"


def subjects(published: Published, facts: Facts) -> tuple[Subject, ...]:
    """Returns the subjects of a round's reports, in the order in which they are offered; what is hidden has none."""
    whole = Subject(NETWORK_REPORT, NETWORK, "Netwerk", "in het netwerk", "het netwerk")
    summary = Subject(SUMMARY, NETWORK, "Samenvatting", "in het netwerk", "het netwerk")
    levels = [
        Subject(level, level_group(level), dutch.capital(dutch.SHORT[level]), dutch.AT[level], dutch.LEVEL[level])
        for level in published.shown_levels
    ]
    parts = sorted(published.shown_parts, key=lambda part: (facts.part_name(part), part.key))
    return (whole, *levels, *(_part(part, facts) for part in parts), summary)


def _part(part: Group, facts: Facts) -> Subject:
    """Returns a partner, or a sector; a sector of a single partner is called as that partner is."""
    key, name = f"{part.kind}:{part.key}", facts.part_name(part)
    if part.kind == "sector" and len(facts.sector(part.key).partners) != 1:
        return Subject(key, part, dutch.capital(name), f"in de {name}", f"de {name}")
    return Subject(key, part, name, f"bij {name}", name)


def subject(key: str, published: Published, facts: Facts) -> Subject:
    """Returns the subject with this key. Raises NoSuchReport."""
    for found in subjects(published, facts):
        if found.key == key:
            return found
    raise NoSuchReport(key)
