"""The steps that set up a round, as links above their pages."""

from dataclasses import dataclass

from django.urls import reverse

from assessments.models import Round
from assessments.running.readiness import STEPS, lacks


@dataclass(frozen=True)
class StepLink:
    key: str
    name: str
    url: str
    is_current: bool
    is_lacking: bool


def step_links(round: Round, current: str) -> list[StepLink]:
    """The five steps, with which is shown and which still lacks something."""
    lacking = {lack.step for lack in lacks(round)}
    return [
        StepLink(key, name, reverse("round_setup", args=[round.pk, key]), key == current, key in lacking)
        for key, name in STEPS.items()
    ]


def first_steps() -> list[StepLink]:
    return [StepLink(key, name, "", key == "gegevens", False) for key, name in STEPS.items()]
