"""Which dimensions of a factor a level may show beside the factor itself.

A factor's score is a mix of its dimensions' scores. For somebody who answered every statement the mix is fixed,
so the dimensions of such people tell nothing more about the factor. For somebody who skipped a statement the mix is
another one, and the factor's sum less the fixed mix of the dimensions' sums leaves just those people's answers. And
where a dimension was scored by one person fewer than the factor was, the two sums differ by one person.

So beside the factor a dimension is shown only where the people who make the difference are at least the minimum.
Dimensions are shown for levels only, never for partners: levels have no people in common, so nothing but the
factor's own sums, which partners do share, can be combined with them. Those may single out any partner's part of
a level; therefore the people who make the difference are counted partner by partner, and in each partner no more of
them than of the people who answered everything (the reader can take away the one or the other, not both).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache

from factors.instrument import Scale

Masks = Mapping[str, int]  # which statements were answered, '1' or '0' each, to the number of people
Test = Callable[[str], bool]  # of a mask; there are few, and each comes back at every partner: they are cached


def dimensions_to_show(
    cells: Sequence[Masks], factor: Scale, dimensions: Sequence[Scale], minimum: int
) -> tuple[str, ...]:
    """The keys of `dimensions` that a level may show beside `factor`.

    `cells` has the level's masks, one mapping a partner. A dimension needs 2 · `minimum` people with a score, as
    everything but a mean does.
    """
    shown = [d for d in dimensions if _people(cells, _scores(d)) >= 2 * minimum]
    shown = [d for d in shown if _may_differ(cells, factor, d, dimensions, minimum)]
    if _people(cells, _complete) < minimum and _people(cells, is_partial):
        return ()
    if len(shown) == len(dimensions) and not _safe(cells, _mixes_otherwise(factor, dimensions), minimum):
        fewest = min(reversed(shown), key=lambda d: _people(cells, _scores(d)))
        shown.remove(fewest)
    return tuple(d.key for d in shown)


def _may_differ(
    cells: Sequence[Masks], factor: Scale, dimension: Scale, dimensions: Sequence[Scale], minimum: int
) -> bool:
    """Whether those who scored the factor are those who scored the dimension, or enough skipped just the latter."""
    scores_factor, scores_dimension = _scores(factor), _scores(dimension)
    if not _people(cells, lambda mask: scores_factor(mask) != scores_dimension(mask)):
        return True
    others = [_scores(d) for d in dimensions if d is not dimension]

    @cache
    def skipped_only_this(mask: str) -> bool:
        return scores_factor(mask) and not scores_dimension(mask) and all(scores(mask) for scores in others)

    @cache
    def scored_all(mask: str) -> bool:
        return scores_dimension(mask) and all(scores(mask) for scores in others)

    return _lower_bound(cells, skipped_only_this, scored_all) >= minimum


def _safe(cells: Sequence[Masks], differs: Test, minimum: int) -> bool:
    return not _people(cells, differs) or _lower_bound(cells, differs, _complete) >= minimum


def _lower_bound(cells: Sequence[Masks], differs: Test, complete: Test) -> int:
    """The fewest people that a combination which uses the difference can rest on: the lesser part of each cell."""
    return sum(min(_people([cell], differs), _people([cell], complete)) for cell in cells)


def _mixes_otherwise(factor: Scale, dimensions: Sequence[Scale]) -> Test:
    """Whether somebody's factor score is another mix of their dimension scores than that of complete answers."""

    @cache
    def test(mask: str) -> bool:
        answered = mask.count("1")
        own = [(sum(mask[place] == "1" for place in d.places), len(d.places)) for d in dimensions]
        return any(count * len(factor.places) != size * answered for count, size in own)

    return test


def _scores(scale: Scale) -> Test:
    return cache(lambda mask: sum(mask[place] == "1" for place in scale.places) >= scale.needed)


def _complete(mask: str) -> bool:
    return "0" not in mask


def is_partial(mask: str) -> bool:
    return "0" in mask and "1" in mask


def _people(cells: Sequence[Masks], test: Test) -> int:
    return sum(people for cell in cells for mask, people in cell.items() if test(mask))
