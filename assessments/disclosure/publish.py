"""Publishes scores, as the package's entrance: who is counted, then what may be shown, then what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessments.disclosure.decisions import Decisions
from assessments.disclosure.figures import Figures
from assessments.disclosure.population import Invited, Population
from assessments.disclosure.published import Published, PublishedGroup
from assessments.disclosure.reasons import Reasons
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
    decisions = Decisions(population)
    figures = Figures(population, decisions)
    shown = tuple(
        PublishedGroup(group, population.respondents[group], population.invited_of(group), own)
        for group, own in figures.by_group.items()
        if own
    )
    return Published(minimum, shown, figures.differences(), Reasons(population, decisions, figures).hidden())
