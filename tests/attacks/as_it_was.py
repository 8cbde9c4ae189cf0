"""This is the rule as it was before extremes had one, for people with personal links: the attacks must succeed on it.

It is kept for that alone, and has less than there was: no interval of the network, no share of 'weet ik niet', no
differences.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from assessments.disclosure.combinations import smallest_combination
from assessments.disclosure.groups import large_enough, totals
from assessments.scores.groups import Group, level_group, partner_group
from assessments.scores.moments import Moments
from assessments.scores.readings import half_up, is_split, limit_of
from assessments.scores.scoring import Scores
from factors.instrument import LEVELS, Scale
from tests.attacks.reader import Part, Rule
from tests.attacks.reader import half_up as in_tenths
from tests.people import INSTRUMENT, Person, plain_scores, statements_of

THEN = Rule(least_spread=0, points=None)
Cell = tuple[str, str]
People = dict[Cell, int]
Keys = tuple[str, ...]


def published(people: list[Person], minimum: int, invited: People) -> dict:
    """Returns what a reader had of a round, as far as the attacks use it."""
    scores = plain_scores(people)
    groups: dict[Group, dict] = {}
    for scale in INSTRUMENT.scales.values():
        if scale.kind in ("factor", "outcome"):
            for group in _shown(scores, scale.key, minimum):
                own = groups.setdefault(group, {"factors": {}, "dimensions": {}, "outcome": {}, "statements": {}})
                _add(own, scores, people, group, scale, minimum, invited)
    return {
        "groups": [
            *({"kind": group.kind, "key": group.key, **own} for group, own in groups.items()),
            {"kind": "network", "key": "network", **_network(scores, groups)},
        ]
    }


def _add(own: dict, scores: Scores, people: list[Person], group: Group, scale: Scale, minimum: int, invited: People):
    own["outcome" if scale.kind == "outcome" else "factors"][scale.key] = _figure(
        scores, group, scale.key, minimum, invited
    )
    if group.kind == "level":
        masks = [masks for (_, level), masks in scores.masks[scale.key].items() if level == group.key]
        if scale.kind == "factor" and scores.moments[scale.key][group].n >= 2 * minimum:
            for key in _dimensions(masks, scale, minimum):
                own["dimensions"][key] = _figure(scores, group, key, minimum, invited)
        if _people(masks, _complete) >= 2 * minimum and not _people(masks, _partial):
            own["statements"] |= {key: _counts(people, group.key, key) for key in statements_of(scale)}


def _figure(scores: Scores, group: Group, item: str, minimum: int, invited: People) -> dict:
    moments = scores.moments[item][group]
    limit = limit_of(moments.mean) if moments.n < 2 * minimum else None
    if limit:
        return {"n": moments.n, "limit": limit}
    figure = {"n": moments.n, "mean": float(half_up(moments.mean))}
    if moments.n < 2 * minimum or (group.kind == "partner" and not _in_full(scores, item, minimum)):
        return figure
    return figure | {"split": is_split(moments)} | _interval(moments, _invited(group, invited))


def _interval(moments: Moments, invited: int) -> dict:
    if moments.n == invited:
        return {}
    half = Part(range(moments.n), None, None, invited).half_width(float(moments.variance), THEN)
    mean = float(moments.mean)
    return {"low": in_tenths(max(mean - half, 1)) / 10, "high": in_tenths(min(mean + half, 5)) / 10}


def _invited(group: Group, invited: People) -> int:
    return sum(number for cell, number in invited.items() if group.key == cell[0 if group.kind == "partner" else 1])


def _network(scores: Scores, groups: dict[Group, dict]) -> dict:
    found: dict = {"factors": {}, "dimensions": {}, "outcome": {}}
    levels = [level_group(level) for level in LEVELS]
    for part, figures in found.items():
        own = [groups.get(level, {}).get(part, {}) for level in levels]
        for item in own[0]:
            if all("mean" in level.get(item, {}) for level in own):
                moments = [scores.moments[item][level] for level in levels]
                figures[item] = {
                    "n": sum(m.n for m in moments),
                    "mean": float(half_up(sum(m.mean for m in moments) / 3)),
                }
    return found


def _counts(people: list[Person], level: str, key: str) -> tuple[int, ...]:
    given = Counter(person.answers.get(key) for person in people if person.level == level)
    return tuple(given[value] for value in "12345")


def _in_full(scores: Scores, item: str, minimum: int) -> bool:
    large = [group for group in _shown(scores, item, minimum) if scores.moments[item][group].n >= 2 * minimum]
    levels, partners = _keys(large)
    counts = ((scores.scored[item], 2 * minimum), (scores.given[item], minimum))
    return not any(smallest_combination(people, levels, partners, least) for people, least in counts)


# Which groups were shown.


def _shown(scores: Scores, item: str, minimum: int) -> list[Group]:
    people, moments = scores.scored.get(item, {}), scores.moments.get(item, {})
    limited = {g for g, own in moments.items() if own.n < 2 * minimum and limit_of(own.mean)}
    shown = set(large_enough(people, minimum))
    while True:
        combination = smallest_combination(people, *_keys(shown), minimum)
        taken = (
            map(partner_group, combination.partners)
            if combination
            else _revealing(people, shown, limited, moments, minimum)
        )
        hidden = min(taken, key=lambda group: (totals(people)[group], group.key), default=None)
        if hidden is None:
            return sorted(shown, key=lambda group: group.order)
        shown -= {hidden}


def _keys(groups) -> tuple[set[str], set[str]]:
    return {g.key for g in groups if g.kind == "level"}, {g.key for g in groups if g.kind == "partner"}


def _revealing(people: People, shown: set[Group], limited: set[Group], moments: dict, minimum: int) -> list[Group]:
    """Returns the partners that gave something away, or an empty list.

    They gave away a limit, or the mean near an end of a few people who are left of levels and partners.
    """
    exact = shown - limited
    for group in sorted(limited, key=lambda group: group.order):
        members = _connected(people, group)
        if members - exact == {group}:
            return [member for member in members & exact if member.kind == "partner"]
    for levels, partners in _remainders(people, *_keys(exact)):
        groups = [(1, level_group(key)) for key in levels] + [(-1, partner_group(key)) for key in partners]
        n = abs(sum(sign * moments[group].n for sign, group in groups))
        total = abs(sum(sign * moments[group].total for sign, group in groups))
        if 0 < n < 2 * minimum and limit_of(Moments(n, total, 0, 0, 0, next(iter(moments.values())).unit).mean):
            return [partner_group(key) for key in partners]
    return []


def _connected(people: People, group: Group) -> set[Group]:
    members = {group}
    while True:
        cells = [c for c, n in people.items() if n and {level_group(c[1]), partner_group(c[0])} & members]
        larger = members | {own for cell in cells for own in (level_group(cell[1]), partner_group(cell[0]))}
        if larger == members:
            return members
        members = larger


def _remainders(
    people: People, levels: set[str], partners: set[str]
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yields (levels, partners) to subtract from each other.

    These are levels minus partners that were wholly within them, all or all but one, and partners minus all of their
    levels.
    """
    for size in range(1, len(levels) + 1):
        for chosen in combinations(sorted(levels), size):
            touching = sorted({p for (p, level), n in people.items() if n and level in chosen})
            beyond = {p for (p, level), n in people.items() if n and level not in chosen}
            within = [partner for partner in touching if partner in partners - beyond]
            for kept in (None, *within):
                less = tuple(partner for partner in within if partner != kept)
                if less and set(touching) - set(less):
                    yield chosen, less
            if set(touching) & beyond and set(touching) <= partners:
                yield chosen, tuple(touching)


# Which dimensions.


def _dimensions(cells: list[dict[str, int]], factor: Scale, minimum: int) -> list[str]:
    dimensions = [s for s in INSTRUMENT.scales.values() if s.kind == "dimension" and s.block == factor.key]
    shown = [d for d in dimensions if _scored(cells, d) >= 2 * minimum]
    shown = [d for d in shown if _may_differ(cells, factor, d, dimensions, minimum)]
    if _people(cells, _complete) < minimum and _people(cells, _partial):
        return []

    def differs(mask: str) -> bool:
        return _mixes_otherwise(factor, dimensions, mask)

    if len(shown) == len(dimensions) and _people(cells, differs) and _lesser(cells, differs, _complete) < minimum:
        shown.remove(min(reversed(shown), key=lambda d: _scored(cells, d)))
    return [d.key for d in shown]


def _may_differ(cells, factor: Scale, dimension: Scale, dimensions: list[Scale], minimum: int) -> bool:
    if not _people(cells, lambda mask: _scores(factor, mask) != _scores(dimension, mask)):
        return True
    others = [d for d in dimensions if d is not dimension]
    return minimum <= _lesser(
        cells,
        lambda m: _scores(factor, m) and not _scores(dimension, m) and all(_scores(d, m) for d in others),
        lambda m: _scores(dimension, m) and all(_scores(d, m) for d in others),
    )


def _lesser(cells, differs, complete) -> int:
    return sum(min(_people([cell], differs), _people([cell], complete)) for cell in cells)


def _mixes_otherwise(factor: Scale, dimensions: list[Scale], mask: str) -> bool:
    own = [(sum(mask[place] == "1" for place in d.places), len(d.places)) for d in dimensions]
    return any(count * len(factor.places) != size * mask.count("1") for count, size in own)


def _scores(scale: Scale, mask: str) -> bool:
    return sum(mask[place] == "1" for place in scale.places) >= scale.needed


def _scored(cells, scale: Scale) -> int:
    return _people(cells, lambda mask: _scores(scale, mask))


def _complete(mask: str) -> bool:
    return "0" not in mask


def _partial(mask: str) -> bool:
    return "0" in mask and "1" in mask


def _people(cells, test) -> int:
    return sum(people for cell in cells for mask, people in cell.items() if test(mask))
