"""Picks advice by the instrument's written rules, from published figures only; what is hidden is never looked at."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from assessments.disclosure.published import Figure, Published
from assessments.scores.groups import NETWORK, level_group
from factors.instrument import (
    EVERY,
    EVERY_LEVEL,
    HIDDEN,
    LEVELS,
    SOME,
    SOME_LEVEL,
    SPLIT,
    Advice,
    Condition,
    Instrument,
    Rule,
)

UP_FRONT = 3
LOW, APART, STRONG, LUKEWARM = range(4)  # what a rule speaks of, the most pressing first


@dataclass(frozen=True)
class Pick:
    """Is one advice for a level (None: for the network as a whole), and the rule that picked it.

    `pair` has the two levels whose difference the rule speaks of.
    """

    advice: str
    level: str | None
    rule: str
    pair: tuple[str, str] | None = None


@dataclass(frozen=True)
class _Subject:
    """Says whom a rule is judged for: a level, a pair of levels or (neither) the network."""

    level: str | None = None
    pair: tuple[str, str] | None = None


def pick(published: Published, instrument: Instrument) -> tuple[Pick, ...]:
    """Returns the advice that the rules call for, in print order: by phase and factor, then network before levels.

    A level gets the same advice once, from the most pressing of the rules that give it. Of equally pressing rules, one
    that names the advice's own factor comes first, and then the first of the rules. Advice about two levels is given
    for those furthest apart. Returns nothing where nobody answered.
    """
    if not published.groups and not published.hidden:
        return ()
    picks = [pick for subject in _subjects(published) for pick in _picks(subject, published, instrument)]
    return tuple(sorted(_once_each(picks, instrument), key=lambda p: _order(p, instrument)))


def up_front(
    picks: Sequence[Pick], level: str | None, published: Published, instrument: Instrument
) -> tuple[Pick, ...]:
    """Returns the advices of a level (None: the network) to begin with, three at most, in print order.

    There is at most one for each factor, which is what its lowest figure or its largest difference asks for, and one
    for each rule. Where more than three factors ask for advice, they are chosen in this order: that two levels that
    differ talk; what is low, the earliest phase first; the largest differences; what is strong and should stay so; what
    is in between, the lowest first.
    """
    rules = {rule.key: rule for rule in instrument.rules}
    by_factor: dict[str, list[Pick]] = {}
    for p in picks:
        if p.level == level:
            by_factor.setdefault(_factor(p, rules[p.rule], instrument), []).append(p)
    firsts = [_lead(found, rules, published) for found in by_factor.values()]
    by_rule: dict[str, Pick] = {}
    for p in sorted(firsts, key=lambda p: _urgency(p, rules[p.rule], published)):
        by_rule.setdefault(p.rule, p)
    chosen = list(by_rule.values())[:UP_FRONT]
    return tuple(p for p in picks if p in chosen)


def _factor(p: Pick, rule: Rule, instrument: Instrument) -> str:
    """Returns the factor that a pick speaks of: its advice's, or else its rule's, or else the rule's key."""
    named = rule.when[0].item.split(".")[0]
    return instrument.advice_by_key[p.advice].factor or (named if named in instrument.factor else rule.key)


def _lead(found: Sequence[Pick], rules: Mapping[str, Rule], published: Published) -> Pick:
    """Returns of one factor's picks what the most pressing rule names first, whichever rule gave it."""
    pressing = min(found, key=lambda p: (_stakes(rules[p.rule]), _lowest(p, rules[p.rule], published)))
    given = {p.advice: p for p in reversed(found)}
    return next(given[key] for key in rules[pressing.rule].advice if key in given)


def _urgency(p: Pick, rule: Rule, published: Published) -> tuple[int, Decimal]:
    stakes = _stakes(rule)
    return stakes, Decimal() if stakes == LOW else _lowest(p, rule, published)


def _stakes(rule: Rule) -> int:
    asked = {reading for condition in rule.when for reading in condition.readings}
    if asked == {"bespreken"}:
        return LUKEWARM
    if asked == {"sterk"}:
        return STRONG
    return APART if rule.scope == "pair" and rule.when[0].item != SOME else LOW


def _lowest(p: Pick, rule: Rule, published: Published) -> Decimal:
    """Returns the lowest of the figures that a rule names; of a pair the largest difference, turned negative."""
    items = {condition.item for condition in rule.when}
    if p.pair:
        return -_furthest(p.pair, published, items)
    group = level_group(p.level) if p.level else NETWORK
    figures = [published.figure(group, item) for item in items]
    return min((figure.value for figure in figures if figure), default=Decimal())


def _subjects(published: Published) -> Iterator[_Subject]:
    yield _Subject()
    apart = {pair: _furthest(pair, published) for pair in combinations(published.shown_levels, 2)}
    yield from (_Subject(pair=pair) for pair in sorted(apart, key=lambda pair: -apart[pair]))
    yield from (_Subject(level=level) for level in published.shown_levels)


def _furthest(pair: tuple[str, str], published: Published, items: Collection[str] = ()) -> Decimal:
    """Returns the largest difference between two levels, on `items` or on all."""
    found = [d for d in published.differences if d.levels == pair and (not items or d.factor in items)]
    return max((abs(d.size) for d in found if d.size is not None), default=Decimal())


def _picks(subject: _Subject, published: Published, instrument: Instrument) -> Iterator[Pick]:
    rules = [rule for rule in instrument.rules if _speaks_of(rule, subject)]
    holding = {rule.key for rule in rules if _holds(rule, subject, published, instrument)}
    for rule in rules:
        if rule.key in holding and not holding.intersection(rule.unless):
            for key in rule.advice:
                if _fits(instrument.advice_by_key[key], rule, subject, published):
                    yield Pick(key, subject.level, rule.key, subject.pair)


def _fits(advice: Advice, rule: Rule, subject: _Subject, published: Published) -> bool:
    """Tells whether the level can act on it; a factor that is in between asks for nothing that is strong already."""
    if subject.level and subject.level not in advice.levels:
        return False
    is_strong = advice.dimension is not None and "sterk" in _readings(advice.dimension, subject, published)
    return not (_stakes(rule) == LUKEWARM and is_strong)


def _speaks_of(rule: Rule, subject: _Subject) -> bool:
    if rule.scope == "pair":
        return subject.pair is not None and (not rule.levels or rule.levels == subject.pair)
    if rule.scope == "level":
        return subject.level is not None and (not rule.levels or subject.level in rule.levels)
    return subject == _Subject()


def _holds(rule: Rule, subject: _Subject, published: Published, instrument: Instrument) -> bool:
    return all(_satisfied(condition, subject, published, instrument) for condition in rule.when)


def _satisfied(condition: Condition, subject: _Subject, published: Published, instrument: Instrument) -> bool:
    if condition.item not in (EVERY, SOME, EVERY_LEVEL, SOME_LEVEL):
        return bool(_readings(condition.item, subject, published) & set(condition.readings))
    if condition.item in (EVERY_LEVEL, SOME_LEVEL):
        readings = [_level_readings(level, published) for level in published.levels]
    else:
        readings = [_readings(factor.key, subject, published) for factor in instrument.factors]
    asked = [bool(reading & set(condition.readings)) for reading in readings if reading != {HIDDEN}]
    if HIDDEN in condition.readings:
        asked += [True for reading in readings if reading == {HIDDEN}]
    return bool(asked) and (all(asked) if condition.item in (EVERY, EVERY_LEVEL) else any(asked))


def _level_readings(level: str, published: Published) -> set[str]:
    return {"getoond"} if published.group(level_group(level)) else {HIDDEN}


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


def _once_each(picks: Sequence[Pick], instrument: Instrument) -> list[Pick]:
    rules = {rule.key: rule for rule in instrument.rules}

    def precedence(p: Pick) -> tuple[int, bool]:
        named = {condition.item.split(".")[0] for condition in rules[p.rule].when}
        return _stakes(rules[p.rule]), instrument.advice_by_key[p.advice].factor not in {None, *named}

    first: dict[tuple[str, str | None], Pick] = {}
    for p in sorted(picks, key=precedence):
        first.setdefault((p.advice, p.level), p)
    return [p for p in picks if first[p.advice, p.level] == p]


def _order(p: Pick, instrument: Instrument) -> tuple[int, int, int]:
    """Returns the place in print: by the factor that the advice (or else its rule) speaks of, network before levels.

    What speaks of no factor comes last, but two levels that differ talk before anything else is done.
    """
    factors = [factor.key for factor in instrument.factors]
    rules = {rule.key: rule for rule in instrument.rules}
    spoken_of = [instrument.advice_by_key[p.advice].factor, *(c.item.split(".")[0] for c in rules[p.rule].when)]
    place = next((factors.index(factor) for factor in spoken_of if factor in factors), -1 if p.pair else len(factors))
    return place, 0 if p.level is None else 1 + LEVELS.index(p.level), list(rules).index(p.rule)
