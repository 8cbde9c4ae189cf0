"""Picks advice by the instrument's written rules, from published figures only; what is hidden is never looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from assessments.disclosure.published import Figure, Published
from assessments.scores.groups import NETWORK, level_group
from factors.instrument import EVERY, HIDDEN, LEVELS, SOME, SPLIT, Condition, Instrument, Rule

UP_FRONT = 3


@dataclass(frozen=True)
class Pick:
    """One advice for a level (None: for the network as a whole), and the rule that picked it.

    `pair` are the two levels whose difference the rule speaks of.
    """

    advice: str
    level: str | None
    rule: str
    pair: tuple[str, str] | None = None


@dataclass(frozen=True)
class _Subject:
    """Whom a rule is judged for: a level, a pair of levels or (neither) the network."""

    level: str | None = None
    pair: tuple[str, str] | None = None


def pick(published: Published, instrument: Instrument) -> tuple[Pick, ...]:
    """The advice that the rules call for, in print order: by phase and factor, then network before levels.

    The same advice is given to a level once, by the first of its rules. Nothing where nobody answered.
    """
    if not published.groups and not published.hidden:
        return ()
    picks = [pick for subject in _subjects(published) for pick in _picks(subject, published, instrument)]
    return tuple(sorted(_first_of_each(picks), key=lambda p: _order(p, instrument)))


def up_front(picks: Sequence[Pick], level: str | None) -> tuple[Pick, ...]:
    """The at most three advices of a level to begin with: the first of each rule, in the order of the phases."""
    firsts: dict[str, Pick] = {}
    for p in picks:
        if p.level == level:
            firsts.setdefault(p.rule, p)
    return tuple(firsts.values())[:UP_FRONT]


def _subjects(published: Published) -> Iterator[_Subject]:
    shown = [level for level in LEVELS if published.group(level_group(level))]
    yield _Subject()
    yield from (_Subject(pair=pair) for pair in combinations(shown, 2))
    yield from (_Subject(level=level) for level in shown)


def _picks(subject: _Subject, published: Published, instrument: Instrument) -> Iterator[Pick]:
    rules = [rule for rule in instrument.rules if _speaks_of(rule, subject)]
    holding = {rule.key for rule in rules if _holds(rule, subject, published, instrument)}
    for rule in rules:
        if rule.key in holding and not holding.intersection(rule.unless):
            for key in rule.advice:
                if subject.level is None or subject.level in instrument.advice_by_key[key].levels:
                    yield Pick(key, subject.level, rule.key, subject.pair)


def _speaks_of(rule: Rule, subject: _Subject) -> bool:
    if rule.scope == "pair":
        return subject.pair is not None and (not rule.levels or rule.levels == subject.pair)
    if rule.scope == "level":
        return subject.level is not None and (not rule.levels or subject.level in rule.levels)
    return subject == _Subject()


def _holds(rule: Rule, subject: _Subject, published: Published, instrument: Instrument) -> bool:
    return all(_satisfied(condition, subject, published, instrument) for condition in rule.when)


def _satisfied(condition: Condition, subject: _Subject, published: Published, instrument: Instrument) -> bool:
    if condition.item not in (EVERY, SOME):
        return bool(_readings(condition.item, subject, published) & set(condition.readings))
    readings = [_readings(factor.key, subject, published) for factor in instrument.factors]
    asked = [bool(reading & set(condition.readings)) for reading in readings if reading != {HIDDEN}]
    if HIDDEN in condition.readings:
        asked += [True for reading in readings if reading == {HIDDEN}]
    return bool(asked) and (all(asked) if condition.item == EVERY else any(asked))


def _readings(item: str, subject: _Subject, published: Published) -> set[str]:
    if subject.pair:
        return _pair_readings(item, subject.pair, published)
    figure = published.figure(level_group(subject.level) if subject.level else NETWORK, item)
    return {HIDDEN} if figure is None else _figure_readings(figure)


def _figure_readings(figure: Figure) -> set[str]:
    return {figure.band, SPLIT} if figure.split else {figure.band}


def _pair_readings(item: str, pair: tuple[str, str], published: Published) -> set[str]:
    labels = {d.label for d in published.differences if d.factor == item and d.levels == pair}
    return set(labels) or {HIDDEN}


def _first_of_each(picks: Sequence[Pick]) -> list[Pick]:
    first: dict[tuple[str, str | None], Pick] = {}
    for p in picks:
        first.setdefault((p.advice, p.level), p)
    return list(first.values())


def _order(p: Pick, instrument: Instrument) -> tuple[int, int, int]:
    """By the factor that the advice (or else its rule) speaks of, general advice last; network before levels."""
    factors = [factor.key for factor in instrument.factors]
    rules = {rule.key: rule for rule in instrument.rules}
    spoken_of = [instrument.advice_by_key[p.advice].factor, *(c.item.split(".")[0] for c in rules[p.rule].when)]
    place = next((factors.index(factor) for factor in spoken_of if factor in factors), len(factors))
    return place, 0 if p.level is None else 1 + LEVELS.index(p.level), list(rules).index(p.rule)
