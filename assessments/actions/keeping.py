"""Writes how long a network keeps things, and keeps a round or a network longer than that."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from assessments.actions.owning import owned_round
from assessments.models import Announcement, Network, Round, State
from assessments.rules.workflow import NotAllowed, Work
from assessments.running.keeping import longest

TERMS = ("keeps_open_answers", "keeps_reports", "keeps_audit", "keeps_empty", "keeps_lists")


@transaction.atomic
def choose_terms(*, network_id: UUID, fields: Mapping[str, int | None]) -> Network:
    """Sets how long the network keeps things; None leaves a term to the installation.

    Where lists are kept shorter from now on, those of concepts count from now: no list goes at once.
    """
    network = Network.objects.select_for_update().get(pk=network_id)
    days = network.days_of_lists
    for name in TERMS:
        setattr(network, name, fields[name])
    network.touched_at = timezone.now()
    network.save(update_fields=[*TERMS, "touched_at"])
    if network.days_of_lists < days:
        network.rounds.filter(state=State.CONCEPT).update(touched_at=network.touched_at)
    return network


@transaction.atomic
def keep_round(*, round_id: UUID, texts_until: date | None, results_until: date | None) -> Round:
    """Keeps the open answers and the results of a round until these days, or as long as usual.

    Raises NotAllowed where the installation keeps nothing so long, or where the round is not closed.
    """
    round = owned_round(round_id, Work.KEEPING)
    for day, kind in ((texts_until, "open_answers"), (results_until, "reports")):
        if day and day > longest(round, kind):
            raise NotAllowed("Zo lang kan niet op deze site. Kies een eerdere dag.")
    round.texts_until, round.results_until = texts_until, results_until
    round.save(update_fields=["texts_until", "results_until"])
    return round


@transaction.atomic
def keep_network(*, network_id: UUID) -> None:
    """Lets the term of a network without rounds begin anew."""
    touch(network_id)
    Announcement.objects.filter(kind=Announcement.Kind.NETWORK, about=str(network_id)).delete()


def touch(network_id: UUID) -> None:
    """Notes that somebody works in the network, which is kept as long as that happens."""
    Network.objects.filter(pk=network_id).update(touched_at=timezone.now())
