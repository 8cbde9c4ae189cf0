"""Lists what was agreed on a round's report, in the order of the phases, for all who may read that report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.report.facts import Agreed
from factors.instrument import Instrument

OF_NO_FACTOR = "Bij geen factor"


@dataclass(frozen=True)
class AgreedInPhase:
    """Holds what was agreed on the factors of one phase."""

    phase: str
    agreed: tuple[Agreed, ...]


def by_phase(agreed: Sequence[Agreed], instrument: Instrument) -> tuple[AgreedInPhase, ...]:
    """Returns what was agreed by phase, and at the end what belongs to no factor; only where something was agreed."""
    phase_of = {factor.name: phase.name for phase in instrument.phases for factor in instrument.in_phase(phase.key)}
    names = [*(phase.name for phase in instrument.phases), OF_NO_FACTOR]
    found = {name: tuple(a for a in agreed if phase_of.get(a.factor, OF_NO_FACTOR) == name) for name in names}
    return tuple(AgreedInPhase(name, some) for name, some in found.items() if some)
