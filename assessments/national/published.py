"""Takes from what a round published the numbers that releases count with. Knows no network and no release."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from assessments.national.tables import NETWORK, RESPONSE
from assessments.results.document import Results
from assessments.scores.groups import NETWORK as NETWORK_GROUP
from assessments.scores.groups import level_group
from assessments.scores.icc import Summary
from assessments.scores.readings import half_up
from factors.instrument import LEVELS, Instrument


def scales_of(instrument: Instrument) -> list[str]:
    """Returns the scales that releases tell of: the factors and the outcome."""
    return [*instrument.factor, instrument.outcome.key]


def means_of(results: Results, scales: Iterable[str]) -> dict[tuple[str, str], Decimal]:
    """Returns the published means of levels and network by (scale, level or NETWORK), and each level's response."""
    found = {}
    groups = {NETWORK: NETWORK_GROUP} | {level: level_group(level) for level in LEVELS}
    for scale in scales:
        for key, group in groups.items():
            figure = results.published.figure(group, scale)
            if figure and figure.mean is not None:
                found[scale, key] = figure.mean
    for level in LEVELS:
        shown = results.published.group(level_group(level))
        if shown and shown.invited:
            found[RESPONSE, level] = half_up(Fraction(100 * shown.n, shown.invited))
    return found


def moments_of(results: Results, scales: Iterable[str]) -> dict[tuple[str, str], Summary]:
    """Returns n, mean and variance of each level on each scale, as far as a level publishes its spread."""
    found = {}
    for scale in scales:
        for level in LEVELS:
            figure = results.published.figure(level_group(level), scale)
            if figure and figure.mean is not None and figure.sd is not None:
                found[scale, level] = Summary(figure.n, Fraction(figure.mean), Fraction(figure.sd) ** 2)
    return found
