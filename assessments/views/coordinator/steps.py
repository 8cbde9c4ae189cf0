"""Lists the steps that set up a round, as links above their pages."""

from dataclasses import dataclass

from django.urls import reverse

from assessments.models import Round
from assessments.running.readiness import STEPS, unmet


@dataclass(frozen=True)
class StepLink:
    key: str
    name: str
    url: str
    is_current: bool
    is_to_do: bool


def step_links(round: Round, current: str) -> list[StepLink]:
    """Returns the five steps, with which of them is shown and in which something must still be done."""
    to_do = {requirement.step for requirement in unmet(round)}
    return [
        StepLink(key, name, reverse("round_setup", args=[round.pk, key]), key == current, key in to_do)
        for key, name in STEPS.items()
    ]


def first_steps() -> list[StepLink]:
    return [StepLink(key, name, "", key == "gegevens", False) for key, name in STEPS.items()]
