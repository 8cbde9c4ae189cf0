"""Says what may colour what: a factor that is low, as a study says, and never that it is the cause."""

from __future__ import annotations

from assessments import dutch
from assessments.disclosure.published import Figure, Published, PublishedGroup
from assessments.report.sentences.words import names, with_band
from assessments.scores.groups import NETWORK, level_group
from factors.instrument import MAINLY, Factor, Instrument

MAY = "kan volgens een van de studies andere factoren kleuren, vooral"


def may_colour(published: Published, instrument: Instrument, level: str | None = None) -> str:
    """Returns what may colour what in a network, or at a level; '' where the instrument does not say it.

    Low is what has the word 'zorg'. The network is low on average or else at the levels that are named.
    """
    colouring = instrument.colouring
    if colouring is None:
        return ""
    group = published.group(level_group(level) if level else NETWORK)
    own = group.figures.get(colouring.key) if group else None
    main = [item for item, how in colouring.colours.items() if how == MAINLY]
    if own and own.band == "zorg":
        coloured = dutch.listing([scored(item, group, instrument) for item in main])
        return f"{colouring.name} scoort laag ({dutch.score(own)}: {own.band}) en {MAY} {coloured}."
    coloured = names(main, instrument)
    if low := [] if level else _low_at(published, instrument, colouring):
        low_there = f"gemiddeld niet laag ({dutch.score(own)}), maar wel {low}" if own else f"laag {low}"
        return f"{colouring.name} scoort {low_there}; dat {MAY} {coloured}."
    return f"{colouring.name} {MAY} {coloured}, maar {_not_low(own, published, colouring, level)}."


def is_low(published: Published, instrument: Instrument, level: str | None = None) -> bool:
    """Tells whether the factor that may colour others is low, on average or at a level."""
    colouring = instrument.colouring
    groups = [level_group(level)] if level else [NETWORK, *map(level_group, published.shown_levels)]
    figures = [published.figure(group, colouring.key) for group in groups] if colouring else []
    return any(figure.band == "zorg" for figure in figures if figure)


def scored(item: str, group: PublishedGroup | None, instrument: Instrument) -> str:
    """Returns a factor with its score, 'vertrouwen (2,8)', or that this is not shown."""
    figure = group.figures.get(item) if group else None
    said = dutch.score(figure) if figure else dutch.HIDDEN
    return f"{dutch.lower(instrument.name(item))} ({said})"


def _low_at(published: Published, instrument: Instrument, colouring: Factor) -> str:
    """Returns at which levels it is low, 'op het uitvoerend niveau (2,6) en in het management (2,9)', or ''."""
    found = [(level, published.figure(level_group(level), colouring.key)) for level in published.shown_levels]
    return dutch.listing([f"{dutch.AT[v]} ({dutch.score(f)})" for v, f in found if f and f.band == "zorg"])


def _not_low(own: Figure | None, published: Published, colouring: Factor, level: str | None) -> str:
    if own:
        return f"scoort hier niet laag: {with_band(own)}"
    others = () if level else published.shown_levels
    if any(published.figure(level_group(other), colouring.key) for other in others):
        return "scoort nergens laag, voor zover dat te zien is"
    return "is hier niet te tonen"
