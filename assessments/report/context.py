"""Holds what every section is built from: results, instrument, facts, and whose report it is. Knows no database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assessments import dutch
from assessments.disclosure.changes import Change, changes
from assessments.disclosure.published import Figure, Published, PublishedGroup
from assessments.report.blocks import Citation
from assessments.report.facts import Facts
from assessments.report.subjects import Subject
from assessments.results.advice import Pick, up_front
from assessments.results.document import Results
from assessments.scores.groups import NETWORK, Group, level_group
from factors.instrument import Citation as Cited
from factors.instrument import Instrument

LONGEST_NAME = 40


@dataclass(frozen=True)
class Context:
    results: Results
    instrument: Instrument
    facts: Facts
    subject: Subject

    @property
    def published(self) -> Published:
        return self.results.published

    @cached_property
    def compared(self) -> tuple[Group, ...]:
        """Returns the groups that stand beside each other in this report's charts and tables."""
        if not self.subject.is_partner:
            return tuple(level_group(level) for level in self.published.levels)
        beside = [NETWORK] if self.published.group(NETWORK) else [level_group(level) for level in self.published.levels]
        return (self.subject.group, *beside)

    def name(self, group: Group) -> str:
        """Returns the name for a table or beside a mark, cut where it is too long, as a partner's can be."""
        return dutch.cut(self.whole_name(group), LONGEST_NAME)

    def whole_name(self, group: Group) -> str:
        partner = self.facts.partner(group.key).name if group.kind == "partner" else ""
        return dutch.group_name(group, partner)

    def group(self, group: Group) -> PublishedGroup | None:
        return self.published.group(group)

    def figures(self, item: str) -> Mapping[Group, Figure]:
        """Returns the shown figures of one scale, by group, in the order of `compared`."""
        found = {group: self.published.figure(group, item) for group in self.compared}
        return {group: figure for group, figure in found.items() if figure}

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Returns what changed since the previous round for the report's subject; nothing without a previous round.

        The network's report has the changes of its levels too.
        """
        before = self.facts.previous
        if before is None:
            return ()
        own = (self.subject.group,) if self.subject.level or self.subject.is_partner else (NETWORK, *self.compared)
        factors = [factor.key for factor in self.instrument.factors]
        same = {key for key in factors if before.wording.get(key) == self.facts.wording.get(key)}
        shown = [group for group in own if self.group(group)]
        return changes(before.results.published, self.published, shown, factors, same)

    def up_front(self, picks: Sequence[Pick] | None = None, level: str | None = None) -> tuple[Pick, ...]:
        """Returns the advices to begin with, of the whole round or of `picks`."""
        return up_front(self.results.advice if picks is None else picks, level, self.published, self.instrument)

    def cite(self, sources: Iterable[Cited]) -> tuple[Citation, ...]:
        """Returns each source once, with all the sections that are meant."""
        sections: dict[str, list[str]] = {}
        for cited in sources:
            sections.setdefault(cited.source, []).append(cited.section)
        return tuple(
            Citation(
                self.instrument.source_by_key[key].short, dutch.listing(some), self.facts.source_pages.get(key, "")
            )
            for key, some in sections.items()
        )
