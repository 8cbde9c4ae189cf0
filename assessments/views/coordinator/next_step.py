"""Says the one thing to do next in a round, for the start page and the round's own page."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from assessments.dutch import listing
from assessments.models import ReaderGroup, Round, State
from assessments.running.pause import Pause


@dataclass(frozen=True)
class NextStep:
    text: str
    label: str
    url: str
    is_late: bool = False


def next_step(round: Round, *, unchecked: int, participants: int, pause: Pause | None = None) -> NextStep | None:
    """Returns what the coördinator of `round` does next, or None once it is archived.

    `unchecked` is the number of open answers that are not in the report yet, `pause` what a concept waits for.
    """
    match round.state:
        case State.CONCEPT:
            return _set_up(round, participants, pause)
        case State.OPEN:
            return _follow(round)
        case State.CLOSED:
            return _publish(round, unchecked)
        case State.PUBLISHED:
            return _discuss(round)
    return None


def _set_up(round: Round, participants: int, pause: Pause | None) -> NextStep:
    waits = f" Openen kan vanaf {date_format(pause.earliest, 'j F Y')}." if pause else ""
    if participants:
        then = waits or " Controleer alles en open de ronde."
        text = f"De ronde is nog in voorbereiding, met {_people(participants)}.{then}"
        return NextStep(text, "Verder met voorbereiden", reverse("round_open", args=[round.pk]))
    text = f"De ronde is nog in voorbereiding. Nodig deelnemers uit.{waits}"
    return NextStep(text, "Verder met voorbereiden", reverse("round", args=[round.pk]))


def _follow(round: Round) -> NextStep:
    url = reverse("round", args=[round.pk])
    if round.closes_on and round.closes_on < timezone.localdate():
        text = f"De laatste dag om in te vullen was {_day(round)}. Sluit de ronde of geef deelnemers meer tijd."
        return NextStep(text, "Naar de ronde", url, is_late=True)
    until = f" Invullen kan tot en met {_day(round)}." if round.closes_on else ""
    return NextStep(f"Deelnemers vullen nu in. Volg de respons.{until}", "Respons volgen", url)


def _publish(round: Round, unchecked: int) -> NextStep:
    if unchecked:
        text = f"De ronde is gesloten. Kijk de open antwoorden na op namen: {unchecked} te gaan."
        return NextStep(text, "Open antwoorden nakijken", reverse("open_answers", args=[round.pk]))
    text = "Het rapport is klaar als concept. Lees het door en publiceer het."
    return NextStep(text, "Concept bekijken", _report(round))


def _discuss(round: Round) -> NextStep:
    if round.is_published_to(ReaderGroup.PARTICIPANTS):
        text = "De uitkomsten zijn gepubliceerd. Bespreek het rapport met de partners, en leg vast wat u afspreekt."
        if round.keeps_addresses and not round.has_meeting:
            return NextStep(text, "Gesprek plannen", reverse("meeting", args=[round.pk]))
        return NextStep(text, "Rapport openen", _report(round))
    text = f"De uitkomsten zijn gepubliceerd voor {listing(sorted(round.readers))}. Deelnemers lezen ze nog niet."
    return NextStep(text, "Publiceren voor deelnemers", reverse("round_publish", args=[round.pk]))


def _report(round: Round) -> str:
    return reverse("report", args=[round.pk, "netwerk"])


def _day(round: Round) -> str:
    return date_format(round.closes_on, "l j F") if round.closes_on else ""


def _people(count: int) -> str:
    return "1 deelnemer" if count == 1 else f"{count} deelnemers"
