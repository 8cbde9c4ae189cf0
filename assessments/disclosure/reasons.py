"""Says which groups and figures are hidden, and why."""

from __future__ import annotations

from collections.abc import Mapping

from assessments.disclosure.figures import Figures
from assessments.disclosure.groups import Shown, Why
from assessments.disclosure.published import Figure, Hidden
from assessments.scores.groups import NETWORK, OUDERS_GROUP, Group, level_group
from factors.instrument import LEVELS, Instrument, Scale


def list_hidden(instrument: Instrument, shown: Mapping[str, Shown], figures: Figures) -> tuple[Hidden, ...]:
    """Lists what is hidden, group by group: a whole group once, of a shown group each figure that is not there."""
    return tuple(entry for group, own in figures.items() for entry in _of(group, instrument, shown, own))


def _of(
    group: Group, instrument: Instrument, shown: Mapping[str, Shown], figures: Mapping[str, Figure]
) -> list[Hidden]:
    asked = [scale for scale in instrument.scales.values() if _is_asked(group, scale)]
    missing = [scale for scale in asked if scale.key not in figures]
    if figures:
        return [Hidden(group, scale.key, _why(group, shown[scale.key])) for scale in missing]
    reasons = {_why(group, shown[scale.key]) for scale in missing if scale.kind != "dimension"}
    return [Hidden(group, None, "complementary" if reasons == {"complementary"} else "small")]


def _why(group: Group, shown: Shown) -> Why:
    """Tells which it is: too few people have a score, or enough have, but others' answers would follow."""
    groups = map(level_group, LEVELS) if group == NETWORK else [group]
    return "small" if "small" in map(shown.why_not, groups) else "complementary"


def _is_asked(group: Group, scale: Scale) -> bool:
    return (scale.kind == "perspective") == (group == OUDERS_GROUP)
