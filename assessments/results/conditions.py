"""Tells which rules hold, and for whom. Reads published figures only; what is hidden reads as hidden."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from assessments.disclosure.published import Figure, Published
from assessments.scores.groups import NETWORK, Group, level_group
from factors.instrument import (
    CONTEXT,
    EVERY,
    EVERY_LEVEL,
    EVERYBODY,
    HIDDEN,
    NOT_EVERYBODY,
    RESPONSE,
    SOME,
    SOME_LEVEL,
    SPLIT,
    Condition,
    Instrument,
    Rule,
)

LOW = "zorg"
FIRST_HAND = "uitvoerend"  # who do the work: what is low there is low in the network, whatever the mean says
Pair = tuple[str, str]


@dataclass(frozen=True)
class Subject:
    """Says whom a rule is judged for: a level, two levels that differ or (neither) the network."""

    level: str | None = None
    pair: Pair | None = None

    @property
    def group(self) -> Group:
        return level_group(self.level) if self.level else NETWORK


@dataclass(frozen=True, eq=False)
class Judge:
    """Judges the rules of an instrument by what is published of a round.

    `context` has what the network said of itself, by the words of CONTEXT; what it did not say is absent. Each reading
    and each subject's rules are looked up once.
    """

    published: Published
    instrument: Instrument
    context: Mapping[str, str]
    _read: dict[tuple[str, Subject], frozenset[str]] = field(default_factory=dict, repr=False)
    _held: dict[Subject, list[Rule]] = field(default_factory=dict, repr=False)

    def holding(self, subject: Subject) -> list[Rule]:
        """Returns the rules that hold for a subject and are not passed over, in the order of the instrument."""
        if subject not in self._held:
            self._held[subject] = self._holding(subject)
        return self._held[subject]

    def readings(self, item: str, subject: Subject) -> frozenset[str]:
        """Returns how an item reads for a subject.

        For the network, what is low for those who do the work is low, also where the mean of the levels hides it.
        """
        if (item, subject) not in self._read:
            self._read[item, subject] = frozenset(self._readings(item, subject))
        return self._read[item, subject]

    def _holding(self, subject: Subject) -> list[Rule]:
        held = [rule for rule in self.instrument.rules if _speaks_of(rule, subject) and self._holds(rule, subject)]
        keys = {rule.key for rule in held}
        return [rule for rule in held if not keys.intersection(rule.unless)]

    def _readings(self, item: str, subject: Subject) -> set[str]:
        if item in CONTEXT:
            return {self.context[item]} if item in self.context else set()
        if item == RESPONSE:
            return {EVERYBODY if self._has_everybody_answered(subject) else NOT_EVERYBODY}
        if subject.pair:
            labels = {d.label for d in self.published.differences if (d.factor, d.levels) == (item, subject.pair)}
            return set(labels) or {HIDDEN}
        if not subject.level and self.is_low_at_first_hand(item):
            return {LOW}
        return _of(self.published.figure(subject.group, item))

    def about(self, rule: Rule, subject: Subject) -> str:
        """Returns what a rule that holds is about, a factor mostly: its first item that reads as asked."""
        first = rule.when[0]
        found = (item for item in first.items if self._reads(item, set(first.readings), subject))
        return next(found, first.items[0]).split(".")[0]

    def is_low_at_first_hand(self, item: str) -> bool:
        return LOW in _of(self.published.figure(level_group(FIRST_HAND), item))

    def is_partly_low_at_first_hand(self, factor: str) -> bool:
        """Tells whether a factor, or a dimension of it, is low for those who do the work."""
        whole = self.instrument.factor.get(factor)
        items = [factor, *(dimension.key for dimension in whole.dimensions)] if whole else []
        return any(self.is_low_at_first_hand(item) for item in items)

    def lowest(self, item: str, subject: Subject) -> Decimal:
        """Returns the lowest published value of an item: of two levels, and for the network also at first hand.

        It is the end of the scale where nothing is shown of it, or where it has no value.
        """
        figures = [self.published.figure(group, item) for group in _groups(subject)]
        return min((figure.value for figure in figures if figure), default=Decimal(5))

    def _holds(self, rule: Rule, subject: Subject) -> bool:
        return all(self._satisfied(condition, subject) for condition in rule.when)

    def _satisfied(self, condition: Condition, subject: Subject) -> bool:
        asked = set(condition.readings)
        return any(self._reads(item, asked, subject) for item in condition.items)

    def _reads(self, item: str, asked: set[str], subject: Subject) -> bool:
        if item in (EVERY, SOME, EVERY_LEVEL, SOME_LEVEL):
            return self._of_all(item, asked, subject)
        return bool(self.readings(item, subject) & asked)

    def _of_all(self, word: str, asked: set[str], subject: Subject) -> bool:
        """Tells whether all that are shown, or some, read as asked; what is hidden counts where that is asked."""
        if word in (EVERY_LEVEL, SOME_LEVEL):
            found = [self._of_level(level) for level in self.published.levels]
        else:
            found = [self.readings(factor.key, subject) for factor in self.instrument.factors]
        answers = [bool(reading & asked) for reading in found if reading != {HIDDEN} or HIDDEN in asked]
        return bool(answers) and (all(answers) if word in (EVERY, EVERY_LEVEL) else any(answers))

    def _has_everybody_answered(self, subject: Subject) -> bool:
        """Tells whether all who were invited answered, of a level or of all levels that are shown."""
        levels = [subject.level] if subject.level else self.published.shown_levels
        shown = [self.published.group(level_group(level)) for level in levels]
        return bool(shown) and all(group and group.n == group.invited for group in shown)

    def _of_level(self, level: str) -> frozenset[str]:
        return frozenset({"getoond" if self.published.group(level_group(level)) else HIDDEN})


def _groups(subject: Subject) -> list[Group]:
    if subject.pair:
        return [level_group(level) for level in subject.pair]
    return [subject.group] if subject.level else [NETWORK, level_group(FIRST_HAND)]


def _of(figure: Figure | None) -> set[str]:
    if figure is None:
        return {HIDDEN}
    return {figure.band, SPLIT} if figure.split else {figure.band}


def _speaks_of(rule: Rule, subject: Subject) -> bool:
    if rule.scope == "pair":
        return subject.pair is not None and set(rule.levels) <= set(subject.pair)
    if rule.scope == "level":
        return subject.level is not None and (not rule.levels or subject.level in rule.levels)
    return subject == Subject()
