"""Finds the partners that give away, by numbers alone, whether one of a few took part, or skipped a factor (rule 2b).

Every figure says on how many people it rests. Where a level less a partner is one colleague, and both are shown over as
many people, that colleague stayed away, or said 'weet ik niet' to most of the factor. Rule 2 does not see it: what is
left rests on nobody there, and on every other factor it hides the partner. So here those are counted who were invited,
and then those who answered anything; what is found is hidden on every scale, whoever answered.
"""

from __future__ import annotations

from collections.abc import Mapping

from assessments.disclosure.groups import decide
from assessments.disclosure.population import Population
from assessments.scores.groups import Cell, Group
from factors.instrument import LEVELS


def telling_partners(population: Population) -> frozenset[Group]:
    """Returns the large partners that are shown on no scale, since numbers of people would tell of a few."""
    answered = _answered(population)
    invited = population.invited or {}
    asked = {cell: answered.get(cell, 0) if (n := invited.get(cell)) is None else n for cell in {*invited, *answered}}
    hidden = _hidden(asked, population.minimum)
    return hidden | _hidden(answered, population.minimum, hidden)


def _hidden(people: Mapping[Cell, int], minimum: int, known: frozenset[Group] = frozenset()) -> frozenset[Group]:
    decision = decide(people, minimum, never=known)
    return frozenset(group for group, why in decision.hidden.items() if why == "complementary")


def _answered(population: Population) -> dict[Cell, int]:
    """Counts the judged who gave any answer, by cell: as many as that on one scale, at the least."""
    judged = population.judged
    counts = [judged.respondents, *judged.given.values()]
    cells = {cell for own in counts for cell in own if cell[1] in LEVELS}
    return {cell: max(own.get(cell, 0) for own in counts) for cell in cells}
