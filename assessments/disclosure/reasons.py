"""Says which groups and figures are hidden, and why."""

from __future__ import annotations

from dataclasses import dataclass

from assessments.disclosure.decisions import Decisions
from assessments.disclosure.figures import Figures
from assessments.disclosure.groups import Why
from assessments.disclosure.level_dimensions import is_large
from assessments.disclosure.population import Population
from assessments.disclosure.published import Hidden
from assessments.scores.groups import NETWORK, OUDERS_GROUP, Group, level_group
from factors.instrument import LEVELS, Scale

SMALL: Why = "small"
COMPLEMENTARY: Why = "complementary"


@dataclass(frozen=True)
class Reasons:
    """Knows why figures of a population are not among the published ones."""

    population: Population
    decisions: Decisions
    figures: Figures

    def hidden(self) -> tuple[Hidden, ...]:
        """Lists what is hidden, group by group: a whole group once, of a shown group each figure that is not there."""
        return tuple(entry for group in self.population.groups for entry in self._of(group))

    def _of(self, group: Group) -> list[Hidden]:
        shown = self.figures.by_group[group]
        asked = [scale for scale in self.population.instrument.scales.values() if _is_asked(group, scale)]
        missing = [scale for scale in asked if scale.key not in shown]
        if shown:
            return [Hidden(group, scale.key, self._why(group, scale)) for scale in missing]
        reasons = {self._why(group, scale) for scale in missing if scale.kind != "dimension"}
        return [Hidden(group, None, COMPLEMENTARY if reasons == {COMPLEMENTARY} else SMALL)]

    def _why(self, group: Group, scale: Scale) -> Why:
        """Tells whether too few people have a score, or enough, but then others' answers could be computed."""
        if group == NETWORK:
            missing = [level_group(level) for level in LEVELS if not self.figures.of_level(level, scale.key)]
            return SMALL if any(self._why(level, scale) == SMALL for level in missing) else COMPLEMENTARY
        if scale.kind != "dimension":
            return self.decisions.shown[scale.key].hidden.get(group, SMALL)
        is_enough = self.population.is_twice(group, scale.block) and is_large(self.population, group, scale)
        return COMPLEMENTARY if is_enough else SMALL


def _is_asked(group: Group, scale: Scale) -> bool:
    return (scale.kind == "perspective") == (group == OUDERS_GROUP)
