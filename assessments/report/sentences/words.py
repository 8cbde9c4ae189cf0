"""Holds the words that sentences share: names of factors, verbs that agree with them, a score with its word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from assessments import dutch
from assessments.disclosure.published import Figure, PublishedGroup
from factors.instrument import Instrument

MOST_NAMED = 4  # in a list of groups; a sentence about one group has room for more
MOST_NAMED_ALONE = 6
Figures = Mapping[str, Figure]  # of factors only, in the order of the phases
Chosen = tuple[list[str], Figure]  # the factors that share a value, and the figure that says it


def factor_figures(group: PublishedGroup | None, instrument: Instrument) -> Figures:
    """Returns a group's figures of factors, in the order of the phases; none where the group is hidden."""
    figures = group.figures if group else {}
    return {factor.key: figures[factor.key] for factor in instrument.factors if factor.key in figures}


def highest(figures: Figures) -> Chosen:
    """Returns what is surely higher than all the rest: one value or, where a limit is among it, all that it may be."""
    return _chosen(_down_to(figures, max(figure.bounds[0] for figure in figures.values())))


def lowest(figures: Figures) -> Chosen:
    """Returns what is surely lower than all the rest: one value or, where a limit is among it, all that it may be."""
    return _chosen(_up_to(figures, min(figure.bounds[1] for figure in figures.values())))


def _down_to(figures: Figures, floor: Decimal) -> Figures:
    reach = {item: figure for item, figure in figures.items() if figure.bounds[1] >= floor}
    least = min(figure.bounds[0] for figure in reach.values())
    return reach if least == floor else _down_to(figures, least)


def _up_to(figures: Figures, ceiling: Decimal) -> Figures:
    reach = {item: figure for item, figure in figures.items() if figure.bounds[0] <= ceiling}
    most = max(figure.bounds[1] for figure in reach.values())
    return reach if most == ceiling else _up_to(figures, most)


def _chosen(reach: Figures) -> Chosen:
    limited = [figure for figure in reach.values() if figure.limit]
    return list(reach), (limited or list(reach.values()))[0]


def names(items: Sequence[str], instrument: Instrument) -> str:
    return dutch.listing([dutch.lower(instrument.name(item)) for item in items])


def some(items: Sequence[str], instrument: Instrument, most: int = MOST_NAMED) -> str:
    """Returns the names of these factors or, where there are more than `most`, how many."""
    return names(items, instrument) if len(items) <= most else f"{dutch.count(len(items))} factoren"


def verb(items: Sequence[str], one: str, more: str) -> str:
    """Returns the verb for these factors; 'prikkels', 'regels' and 'middelen' are plural by themselves."""
    return more if len(items) > 1 or items[0] in ("prikkels", "regels", "middelen") else one


def with_band(figure: Figure) -> str:
    return f"{dutch.score(figure)} ({figure.band})"


def counted(number: int, instrument: Instrument) -> str:
    """Returns how many factors a claim is about: 'elf factoren', or 'acht getoonde factoren' where some are hidden."""
    return f"{dutch.count(number)} {_noun(number, instrument)}"


def every(number: int, instrument: Instrument) -> str:
    """Returns how a sentence about all of them begins: 'Alle elf factoren', 'Beide getoonde factoren'."""
    return f"{dutch.both(number)} {_noun(number, instrument)}"


def _noun(number: int, instrument: Instrument) -> str:
    return "factoren" if number == len(instrument.factors) else "getoonde factoren"
