"""Holds what every section is built from: results, instrument, facts, and whose report it is. Knows no database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from assessments import dutch
from assessments.disclosure.changes import Change, changes, of_other_partners
from assessments.disclosure.published import Published, PublishedGroup
from assessments.report.blocks import Citation
from assessments.report.facts import Facts, Previous
from assessments.report.subjects import Subject
from assessments.results.advice import Pick, up_front
from assessments.results.conditions import FIRST_HAND, LOW, Judge, Pair
from assessments.results.conditions import Subject as Reader
from assessments.results.document import Results
from assessments.results.importance import PRESSING, Rank, Standing, differences, standings
from assessments.scores.groups import NETWORK, Group, level_group
from factors.instrument import Citation as Cited
from factors.instrument import Instrument

LONGEST_NAME = 40
ADVISED_AS = {"vo": "school", "mbo": "school", "leerplicht": "gemeente"}  # kinds of partners that advice does not name


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
        if self.subject.is_part:  # alone: its people are of other levels, in other numbers, than the network's
            return (self.subject.group,)
        return tuple(level_group(level) for level in self.published.levels)

    @cached_property
    def drawn(self) -> tuple[Group, ...]:
        """Returns the groups that have marks and columns, as far as they are shown.

        Those are the compared and the network, for which the summary has no room.
        """
        is_alone = self.subject.is_part or self.subject.is_summary
        groups = self.compared if is_alone else (*self.compared, NETWORK)
        return tuple(group for group in groups if self.group(group))

    def texts(self, question: str, levels: Collection[str]) -> tuple[str, ...]:
        """Returns what people at these levels wrote to a question, in the order in which it was kept."""
        return tuple(text.text for text in self.facts.texts if text.question == question and text.level in levels)

    def name(self, group: Group) -> str:
        """Returns the name for a table or beside a mark, cut where it is too long, as a partner's can be."""
        return dutch.cut(self.whole_name(group), LONGEST_NAME)

    def whole_name(self, group: Group) -> str:
        return dutch.group_name(group, self.facts.part_name(group) if group.is_part else "")

    def group(self, group: Group) -> PublishedGroup | None:
        return self.published.group(group)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Returns what changed since the previous round for the report's subject; nothing without a previous round.

        The network's report has the changes of its levels too.
        """
        before = self.facts.previous
        if before is None:
            return ()
        own = (self.subject.group,) if self.subject.level or self.subject.is_part else (NETWORK, *self.compared)
        factors = [factor.key for factor in self.instrument.factors]
        same = {key for key in factors if before.wording.get(key) == self.facts.wording.get(key)}
        shown = [group for group in own if self.group(group)]
        found = changes(before.results.published, self.published, shown, factors, same)
        return found if self._had_the_same_partners(before) else tuple(map(of_other_partners, found))

    def _had_the_same_partners(self, before: Previous) -> bool:
        """Tells whether the report's sector had the same partners in the previous round; true of all else."""
        own = self.subject.group
        then = {sector.key: set(sector.partners) for sector in before.sectors}
        return own.kind != "sector" or then.get(own.key) == set(self.facts.sector(own.key).partners)

    @cached_property
    def standings(self) -> Mapping[str, Standing]:
        """Returns where each factor stands in the order of importance for the report's level, or for the network."""
        return standings(Judge(self.published, self.instrument, {}), Reader(self.subject.level))

    @cached_property
    def gap_labels(self) -> Mapping[str, str]:
        """Returns by factor how the two levels that differ most on it do so: 'verschil' or 'groot verschil'."""
        found = differences(Judge(self.published, self.instrument, {}), Reader(self.subject.level))
        return {difference.factor: difference.label for difference in found}

    @property
    def by_importance(self) -> list[str]:
        """Returns the factors that ask for attention, the most important first."""
        pressing = [item for item, standing in self.standings.items() if standing.rank <= PRESSING]
        return sorted((item for item in pressing if item in self.instrument.factor), key=self.standings.__getitem__)

    def low_where(self, item: str) -> str:
        """Returns at which level a factor that stands as low, or in part low, is so: ' op het uitvoerend niveau'.

        It is '' where the report's own scores are low; where one level is shown, the report is of that level.
        """
        if self.subject.group != NETWORK or len(self.published.shown_levels) == 1:
            return ""
        is_whole = self.standings[item].rank != Rank.PARTLY_LOW
        parts = [item] if is_whole else [part.key for part in self.instrument.factor[item].dimensions]
        figures = [self.published.figure(NETWORK, part) for part in parts]
        return "" if any(figure and figure.band == LOW for figure in figures) else f" {dutch.AT[FIRST_HAND]}"

    @cached_property
    def own_picks(self) -> tuple[Pick, ...]:
        """Returns the report's own advices; a part gets, of the network's ten, those that speak to its kinds."""
        picks = tuple(pick for pick in self.results.advice if pick.level == self.subject.level)
        if not self.subject.is_part:
            return picks
        kinds = {ADVISED_AS.get(partner.kind, partner.kind) for partner in self.facts.members(self.subject.group)}
        speaks_to = {key: set(given.partners or kinds) & kinds for key, given in self.instrument.advice_by_key.items()}
        return tuple(pick for pick in picks if speaks_to[pick.advice])

    @property
    def first_picks(self) -> tuple[Pick, ...]:
        """Returns those of them to begin with, on page 1 and up front among the advices."""
        return up_front(self.own_picks, self.subject.level)

    def up_front(self, level: str | None = None) -> tuple[Pick, ...]:
        """Returns the advices to begin with, of a level or of the network as a whole."""
        return up_front(self.results.advice, level)

    def title(self, pick: Pick) -> str:
        """Returns the title of an advice, with the factor, and levels that differ with their figures, filled in."""
        return self._filled(pick, "title")

    def first_step(self, pick: Pick) -> str:
        """Returns the first step of an advice, filled in as its title is."""
        return self._filled(pick, "first_step")

    def _filled(self, pick: Pick, part: str) -> str:
        given = self.instrument.advice_by_key[pick.advice]
        words = self.words(pick)
        try:
            filled = {name: text.format_map(words) for name, text in given.filled.items()}
        except KeyError:  # it speaks of two levels, or of a factor, and this pick does not: neither part is filled in
            filled = {}
        return filled.get(part, getattr(given, part))

    def words(self, pick: Pick) -> dict[str, str]:
        """Returns what is filled in where the texts of rules and advices leave it open; only what the pick knows."""
        named = {"factor": dutch.lower(self.instrument.name(pick.factor))} if pick.factor else {}
        return named | (self._words_of_pair(pick, pick.pair) if pick.pair else {"waar": self._where(pick)})

    def _words_of_pair(self, pick: Pick, pair: Pair) -> dict[str, str]:
        figures = {level: self.published.figure(level_group(level), pick.factor or "") for level in pair}
        others = [level for level in pair if level != pick.level]
        scores = [
            f"{'u' if level == pick.level else 'zij' if pick.level else dutch.SHORT[level]} {dutch.score(figure)}"
            for level, figure in sorted(figures.items(), key=lambda one: one[0] != pick.level)
            if figure
        ]
        return {
            "niveaus": dutch.listing([dutch.LEVEL[level] for level in pair]),
            "ander_niveau": dutch.LEVEL[others[0]] if pick.level else "elkaar",
            "cijfers": ", ".join(scores),
        }

    def _where(self, pick: Pick) -> str:
        """Returns where it is low what a rule for the network speaks of: everywhere, or for those who do the work."""
        rule = next(rule for rule in self.instrument.rules if rule.key == pick.rule)
        figures = [self.published.figure(NETWORK, item) for item in rule.when[0].items]
        is_everywhere = any(figure and figure.band in rule.when[0].readings for figure in figures)
        return "in het hele netwerk" if is_everywhere else dutch.AT[FIRST_HAND]

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
