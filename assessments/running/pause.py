"""Tells how long a network waits between two rounds: two that lie close together tell what one person answered.

Where they differ by one person, the second minus the first is that person's answer. Knows no answers and no pages.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format

from assessments.models import Network, Round, State

PAUSE = timedelta(days=60)


@dataclass(frozen=True)
class Pause:
    """Holds the round that a next one waits for, and the first day on which the next one can open."""

    after: Round
    earliest: date

    @property
    def text(self) -> str:
        """Says from when the next round can open, and why it waits."""
        name, first = self.after.name, _day(self.earliest)
        if self.after.is_open:
            until = f"‘{name}’ is nog open, tot en met {_day(self.after.closes_on)}."
            return f"{until} De volgende ronde kan {PAUSE.days} dagen na het sluiten open: vanaf {first}."
        since = f"‘{name}’ is gesloten op {_day(_closing_day(self.after))}."
        return f"{since} De volgende ronde kan {PAUSE.days} dagen later open: vanaf {first}."


def pause_of(network_id: UUID) -> Pause | None:
    """Returns what a next round in the network waits for; None where it can open today."""
    return pauses([network_id]).get(network_id)


def pauses(networks: Iterable[UUID | Network]) -> dict[UUID, Pause]:
    """Returns the pause of each network where a next round must wait, in one query, however many networks there are."""
    today = timezone.localdate()
    is_recent = Q(closed_at__gt=timezone.now() - PAUSE - timedelta(days=1))
    rounds = Round.objects.filter(Q(state=State.OPEN) | is_recent, network__in=networks)
    # Of each network's rows the last one stays: that of the round that closed last, or of an open one, if there is one.
    found = (_pause_after(round) for round in rounds.order_by(F("closed_at").asc(nulls_last=True)))
    return {pause.after.network_id: pause for pause in found if pause.earliest > today}


def _pause_after(round: Round) -> Pause:
    return Pause(round, _closing_day(round) + PAUSE)


def _closing_day(round: Round) -> date:
    """Returns the day of closing; an open round closes by itself on the day after its last one."""
    if round.closed_at:
        return timezone.localdate(round.closed_at)
    last = round.closes_on or timezone.localdate()
    return max(last + timedelta(days=1), timezone.localdate())


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""
