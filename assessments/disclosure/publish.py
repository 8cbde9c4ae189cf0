"""Publishes scores, as the package's entrance: who is counted, then what may be shown, then what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessments.disclosure.decisions import decide_full, decide_scales
from assessments.disclosure.dimensions import decide_dimensions
from assessments.disclosure.figures import make_differences, make_figures
from assessments.disclosure.limits import find_limits
from assessments.disclosure.population import Invited, Population
from assessments.disclosure.published import Published, PublishedGroup
from assessments.disclosure.reasons import list_hidden
from assessments.rules.minimum import DEFAULT_MINIMUM, LEAST_MINIMUM
from factors.instrument import Instrument

if TYPE_CHECKING:
    from assessments.scores.scoring import Scores

__all__ = ["Invited", "publish"]


def publish(
    scores: Scores, instrument: Instrument, *, minimum: int = DEFAULT_MINIMUM, invited: Invited | None = None
) -> Published:
    """Returns what may be shown of `scores` at a minimum group size of `minimum`.

    `invited` is the number of people invited by (partner, level), None where nobody knows. Raises ValueError for a
    minimum under 3 and where a group has more scores than people invited.
    """
    if minimum < LEAST_MINIMUM:
        raise ValueError(f"the minimum group size is {LEAST_MINIMUM} at the least")
    population = Population(scores, instrument, minimum, invited)
    population.check_invited()
    limits = find_limits(population)  # rules 3a and 7c
    scales = decide_scales(population, limits)  # rules 1, 2, 3b, 7 and 8
    shown = scales | decide_dimensions(population, limits, scales)  # rule 6
    full = decide_full(population, shown)  # rule 5
    figures = make_figures(population, limits, shown, full)  # and rule 4, the network
    groups = tuple(
        PublishedGroup(group, population.respondents[group], population.invited_of(group), own)
        for group, own in figures.items()
        if own
    )
    differences, hidden = make_differences(instrument, figures), list_hidden(instrument, shown, figures)
    return Published(minimum, groups, differences, hidden)
