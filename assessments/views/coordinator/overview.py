"""Shows the start page of whoever signed in: their networks, the rounds in them, and what to do next."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery, prefetch_related_objects
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import render

from assessments.access import is_researcher, roles_with, rounds_for
from assessments.actions.networks import note_opened
from assessments.models import Membership, Network, OpenAnswer, Participant, Release, Round, State
from assessments.running.pause import Pause, pauses
from assessments.views.coordinator.next_step import NextStep, next_step
from assessments.views.request import SignedInRequest, signed_in
from samenwerking.accounts.models import User


@dataclass(frozen=True)
class RoundLine:
    round: Round
    next_step: NextStep | None


@dataclass(frozen=True)
class NetworkLine:
    network: Network
    role: str
    runs: bool
    rounds: tuple[RoundLine, ...]


@signed_in("GET")
def overview(request: SignedInRequest) -> HttpResponse:
    rows = Membership.objects.filter(user=request.user).select_related("network").order_by("network__name")
    memberships, rounds = list(rows), defaultdict(list)
    if any(membership.opened_at is None for membership in memberships):
        note_opened(request.user)
    runs = [membership.network_id for membership in memberships if membership.role in roles_with("run")]
    for round in _rounds_of(request.user, memberships, runs):
        rounds[round.network_id].append(round)
    waiting = pauses(runs)
    lines = [_network_line(row, rounds[row.network_id], waiting.get(row.network_id)) for row in memberships]
    to_do = [line for network in lines if network.runs for line in network.rounds if line.next_step]
    context = {"networks": lines, "to_do": to_do, "does_research": is_researcher(request.user)}
    context["release"] = Release.objects.only("number").first() if runs else None
    return render(request, "coordinator/overview.html", context)


def with_counts(rounds: QuerySet[Round]) -> list[Round]:
    """Returns the rounds with the number of participants and of unchecked open answers, and with who reads them."""
    counted = rounds.select_related("meeting").annotate(
        participant_count=_count(Participant.objects.all()), unchecked_count=_count(OpenAnswer.objects.unchecked())
    )
    prefetch_related_objects([round for round in counted if round.is_published], "publications")
    return list(counted)


def _count(rows: QuerySet) -> Coalesce:
    counted = rows.filter(round=OuterRef("pk")).order_by().values("round").annotate(rows=Count("pk"))
    return Coalesce(Subquery(counted.values("rows")), 0)


def round_line(round: Round, *, runs: bool, pause: Pause | None = None) -> RoundLine:
    """Returns the line of a round that came through `with_counts`; only somebody who runs it gets a next step."""
    if not runs:
        return RoundLine(round, None)
    unchecked, participants = round.unchecked_count, round.participant_count  # type: ignore[attr-defined]
    return RoundLine(round, next_step(round, unchecked=unchecked, participants=participants, pause=pause))


def _rounds_of(user: User, memberships: Sequence[Membership], runs: Sequence[UUID]) -> list[Round]:
    """Returns what is run and not archived, and what was published to whoever only reads.

    The networks are named by their ids, and each of the two is a query of its own: as one query over all networks it
    took as much longer as there were networks of others.
    """
    reads = [membership.network_id for membership in memberships if membership.network_id not in runs]
    own = with_counts(Round.objects.filter(network__in=runs).exclude(state=State.ARCHIVED)) if runs else []
    if reads:
        readable = rounds_for(user, "read_report").filter(network__in=reads).values_list("pk", flat=True)
        own += with_counts(Round.objects.filter(pk__in=list(readable)))
    networks = {membership.network_id: membership.network for membership in memberships}
    for round in own:
        round.network = networks[round.network_id]
    return own


def _network_line(membership: Membership, rounds: Sequence[Round], pause: Pause | None) -> NetworkLine:
    runs = membership.role in roles_with("run")
    last = max((round.opened_at for round in rounds if round.opened_at), default=None)
    shown = [round_line(round, runs=runs and not _is_done(round, last), pause=pause) for round in rounds]
    return NetworkLine(membership.network, membership.get_role_display(), runs, tuple(shown))


def _is_done(round: Round, last: datetime | None) -> bool:
    """Tells whether a published round asks for nothing any more: the network's next one was opened, at `last`."""
    return round.state == State.PUBLISHED and round.opened_at != last
