"""Tells what must be done before a round in concept can open, by the steps that set it up. Knows no page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils import timezone

from assessments.disclosure.groups import decide, totals
from assessments.models import Level, Round, ShownBy
from assessments.running.pause import Pause, pause_of
from assessments.running.sectors import invited_in_parts, part_names
from assessments.scores.groups import level_group, partner_group

Step = Literal["gegevens", "planning", "deelnemers", "uitnodiging", "controle"]

STEPS: dict[Step, str] = {
    "gegevens": "Naam en vragenlijst",
    "planning": "Planning en kleinste groep",
    "deelnemers": "Deelnemers",
    "uitnodiging": "Uitnodiging",
    "controle": "Controleren en openen",
}


@dataclass(frozen=True)
class Requirement:
    """Says what is to be done first, and in which step."""

    step: Step
    text: str


def unmet(round: Round) -> list[Requirement]:
    """Returns what must be done before the round can open: nothing where it is ready."""
    found = []
    pause = pause_of(round.network_id)
    if without_days := _no_days_to_fill_in(round, pause):
        found.append(Requirement("planning", without_days))
    invited = round.participants.count()
    if not invited:
        found.append(Requirement("deelnemers", "Er zijn nog geen deelnemers. Voeg ze toe."))
    elif invited < round.minimum:
        present = "Er is 1 deelnemer" if invited == 1 else f"Er zijn {invited} deelnemers"
        text = f"{present}. Er zijn er minstens {round.minimum} nodig om een uitkomst te zien."
        found.append(Requirement("deelnemers", text))
    if not round.contact_email:
        found.append(Requirement("uitnodiging", "Vul in op welk adres deelnemers u kunnen bereiken."))
    if pause:
        found.append(Requirement("controle", pause.text))
    return found


def _no_days_to_fill_in(round: Round, pause: Pause | None) -> str:
    """Says what is wrong with the last day; nothing where it leaves days to fill in, however late the round opens."""
    if not round.closes_on:
        return "Kies de laatste dag om in te vullen."
    if round.closes_on <= timezone.localdate():
        return "De laatste dag om in te vullen is vandaag of al voorbij. Kies een latere dag."
    if pause and round.closes_on <= pause.earliest:
        return "De laatste dag om in te vullen is voorbij voordat de ronde open kan. Kies een latere dag."
    return ""


@dataclass(frozen=True)
class Consequence:
    """Says what a minimum group size means for one level, partner or sector of this round, if everybody takes part."""

    name: str
    invited: int
    minimum: int
    is_hidden: bool

    @property
    def is_protective(self) -> bool:
        """Tells whether it is hidden though it is large enough: a smaller group could be computed from it."""
        return self.is_hidden and self.invited >= self.minimum


def consequences(round: Round, minimum: int) -> list[Consequence]:
    """Returns for each level, and each partner or sector, with people in it whether their score can be shown at all."""
    invited = invited_in_parts(round)
    names = {partner_group(key): name for key, name in part_names(round).items()}
    names |= {level_group(level): f"niveau {label}" for level, label in Level.choices}
    hidden = decide(invited, minimum).hidden
    counts = sorted(totals(invited).items(), key=lambda pair: (pair[0].kind, pair[0].order[1], names[pair[0]]))
    return [Consequence(names[group], people, minimum, group in hidden) for group, people in counts]


@dataclass(frozen=True)
class Choice:
    """Is one way to show a network's parts: of how many it shows a score if everybody takes part, and of which."""

    shown_by: str
    shown: tuple[str, ...]
    of: int


def choices(round: Round) -> list[Choice]:
    """Returns what showing partners, and showing sectors, would each show of those invited; nothing before anybody is.

    Judged on numbers invited alone.
    """
    if not round.participants.exists():
        return []
    return [_choice(round, shown_by) for shown_by in ShownBy.values]


def _choice(round: Round, shown_by: str) -> Choice:
    invited, names = invited_in_parts(round, shown_by), part_names(round, shown_by)
    parts = {part for part, _ in invited}
    hidden = decide(invited, round.minimum).hidden
    shown = sorted(names[part] for part in parts if partner_group(part) not in hidden)
    return Choice(shown_by, tuple(shown), len(parts))
