"""Tells whose reports there are: the network's, a level's, a partner's, one page for a wethouder. Knows no database."""

from __future__ import annotations

from dataclasses import dataclass

from assessments import dutch
from assessments.disclosure.published import Published
from assessments.report.facts import Facts
from assessments.scores.groups import NETWORK, Group, level_group, partner_group

NETWORK_REPORT, SUMMARY, PARTNER = "netwerk", "samenvatting", "partner:"


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
    def is_partner(self) -> bool:
        return self.group.kind == "partner"

    @property
    def is_summary(self) -> bool:
        return self.key == SUMMARY

    @property
    def title(self) -> str:
        if self.is_summary:
            return "Samenvatting"
        if self.level:
            return f"Rapport voor {self.who}"
        return f"Rapport voor {self.name}" if self.is_partner else "Rapport van het netwerk"


def subjects(published: Published, facts: Facts) -> tuple[Subject, ...]:
    """Returns the subjects of a round's reports, in the order in which they are offered; what is hidden has none."""
    whole = Subject(NETWORK_REPORT, NETWORK, "Netwerk", "in het netwerk", "het netwerk")
    summary = Subject(SUMMARY, NETWORK, "Samenvatting", "in het netwerk", "het netwerk")
    levels = [
        Subject(level, level_group(level), dutch.capital(dutch.SHORT[level]), dutch.AT[level], dutch.LEVEL[level])
        for level in published.shown_levels
    ]
    partners = [
        Subject(f"{PARTNER}{p.key}", partner_group(p.key), p.name, f"bij {p.name}", p.name)
        for p in sorted((facts.partner(key) for key in published.shown_partners), key=lambda p: (p.name, p.key))
    ]
    return (whole, *levels, *partners, summary)


def subject(key: str, published: Published, facts: Facts) -> Subject:
    """Returns the subject with this key. Raises NoSuchReport."""
    for found in subjects(published, facts):
        if found.key == key:
            return found
    raise NoSuchReport(key)
