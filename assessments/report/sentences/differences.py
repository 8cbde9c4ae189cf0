"""Says where levels differ, without taking sides, and which levels can't be compared."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from assessments import dutch
from assessments.disclosure.published import Difference, Published
from assessments.report.sentences.words import names
from assessments.scores.groups import NETWORK, level_group
from assessments.scores.readings import GAP
from factors.instrument import LEVELS, Instrument


class Widest(NamedTuple):
    """Is where levels differ most; not sure where a limit leaves open whether they differ more elsewhere."""

    differences: list[Difference]
    is_sure: bool


def of_level(published: Published, level: str | None = None) -> list[Difference]:
    """Returns the differences that one level has part in, or all, in the order of the phases."""
    return [difference for difference in published.differences if level in (None, *difference.levels)]


def counting(published: Published, level: str | None = None) -> list[Difference]:
    """Returns those of them that count."""
    return [difference for difference in of_level(published, level) if difference.label != "geen"]


def largest_first(published: Published, level: str | None = None) -> list[Difference]:
    """Returns the differences that count, largest label and then largest distance first; ties as the phases are."""
    return sorted(counting(published, level), key=lambda d: weight(d, published), reverse=True)


def weight(difference: Difference, published: Published) -> tuple[int, Decimal]:
    """Returns what differences are sorted by: their label, then how far apart two levels are at least."""
    return list(dutch.GAP).index(difference.label), reach(difference, published)[0]


def reach(difference: Difference, published: Published) -> tuple[Decimal, Decimal]:
    """Returns how far apart the two levels are at least, and at most: the same unless one of them is a limit."""
    (low_a, high_a), (low_b, high_b) = (figure.bounds for figure in published.both(difference))
    return max(low_a - high_b, low_b - high_a, Decimal()), max(high_a - low_b, high_b - low_a)


def is_known(difference: Difference, published: Published) -> bool:
    """Tells whether it is sure that the difference counts, or that it does not: a limit can leave that open."""
    least, most = reach(difference, published)
    return least >= GAP or most < GAP


def is_told(difference: Difference, published: Published) -> bool:
    """Tells whether something can be said of a difference: it counts, or it is sure that it does not."""
    return difference.label != "geen" or is_known(difference, published)


def widest(found: Sequence[Difference], published: Published) -> Widest:
    """Returns the largest of these differences or, where that is not sure, one that may well be.

    What does not count is among them: of a limit it is not known how far it is from the other score.
    """
    least = max(reach(d, published)[0] for d in found)
    top = [d for d in found if reach(d, published)[0] == least]
    is_top_known = len(top) == 1 or all(d.size is not None for d in top)
    is_sure = is_top_known and all(reach(d, published)[1] <= least for d in found if d not in top)
    return Widest(top if is_sure else top[:1], is_sure)


def largest_difference(published: Published, instrument: Instrument, level: str | None = None) -> str:
    """Returns where levels differ most, or why that can't be seen, and which level is missing."""
    shown = published.shown_levels
    if len(shown) < 2 or (level and level not in shown):
        return _no_comparison(shown)
    if counting(published, level):
        first = _largest(widest(of_level(published, level), published), published, instrument)
    else:
        first = _none_counts(published, level)
    return " ".join([first, *missing_levels(published)])


def _none_counts(published: Published, level: str | None) -> str:
    all_levels = "de niveaus die getoond worden," if missing_levels(published) else "de niveaus"
    whom = f"{dutch.LEVEL[level]} en de andere niveaus" if level else all_levels
    return f"Tussen {whom} is op geen enkele factor een verschil van {dutch.number(GAP)} punt of meer te zien."


def _largest(top: Widest, published: Published, instrument: Instrument) -> str:
    most = "is het grootst bij" if top.is_sure else "is groot bij onder meer"
    first, *others = top.differences
    if not others:
        return f"Het verschil {most} {names([first.factor], instrument)}: {_compared(first, published)}."
    factors = list(dict.fromkeys(d.factor for d in top.differences))
    size = f" ({dutch.number(abs(first.size))} punt)" if first.size is not None else ""
    example = f"{dutch.capital(names([first.factor], instrument))}: {_compared(first, published)}."
    return f"Het verschil {most} {names(factors, instrument)}{size}. {example}"


def difference_sentence(found: Sequence[Difference], published: Published) -> str:
    """Returns the differences on one factor: each level's score, then which levels differ."""
    factor = found[0].factor
    levels = [level for level in LEVELS if any(level in difference.levels for difference in found)]
    figures = [(level, published.figure(level_group(level), factor)) for level in levels]
    parts = [f"{dutch.SHORT[level]} {dutch.score(figure)}" for level, figure in figures if figure]
    return " ".join([f"{dutch.capital('; '.join(parts))}.", *_labelled(found)])


def _labelled(found: Sequence[Difference]) -> list[str]:
    """Returns 'Groot verschil: uitvoerend en bestuur (1,3).', one such sentence a label, the largest first."""
    sentences = []
    for label in ("groot_verschil", "verschil"):
        pairs = [_pair(difference) for difference in found if difference.label == label]
        if pairs:
            sentences.append(f"{dutch.capital(dutch.GAP[label])}: {'; '.join(pairs)}.")
    return sentences


def _pair(difference: Difference) -> str:
    named = " en ".join(dutch.SHORT[level] for level in difference.levels)
    return f"{named} ({dutch.number(abs(difference.size))})" if difference.size is not None else named


def _compared(difference: Difference, published: Published) -> str:
    (a, b), (first, second) = difference.levels, published.both(difference)
    return f"{dutch.LEVEL[a]} komt uit op {dutch.score(first)}, {dutch.LEVEL[b]} op {dutch.score(second)}"


def missing_levels(published: Published) -> list[str]:
    """Returns why levels are hidden, a sentence a reason, and one for those that were not asked."""
    sentences = []
    why = {hidden.group: hidden.why for hidden in published.hidden if hidden.item is None}
    for reason, said in dutch.WHY_HIDDEN.items():
        if hidden := [dutch.LEVEL[v] for v in published.hidden_levels if why[level_group(v)] == reason]:
            verb = "wordt" if len(hidden) == 1 else "worden"
            sentences.append(f"{dutch.capital(dutch.listing(hidden))} {verb} niet getoond: {said}.")
    if absent := [dutch.LEVEL[level] for level in published.absent_levels]:
        verb = "deed" if len(absent) == 1 else "deden"
        sentences.append(f"{dutch.capital(dutch.listing(absent))} {verb} niet mee in deze ronde.")
    return sentences


def _no_comparison(shown: Sequence[str]) -> str:
    if not shown:
        return "Verschillen tussen de niveaus zijn niet te zien: geen enkel niveau wordt getoond."
    return f"Verschillen tussen de niveaus zijn niet te zien: alleen {dutch.LEVEL[shown[0]]} wordt getoond."


def no_network_score(published: Published) -> str:
    """Returns why there is no score for the network as a whole, or '' where there is one."""
    if published.group(NETWORK):
        return ""
    if missing := missing_levels(published):
        return f"Er is geen score voor het hele netwerk. {' '.join(missing)}"
    return (
        "Er is geen score voor het hele netwerk: "
        "die is er alleen als van alle drie de niveaus een gemiddelde te zien is."
    )
