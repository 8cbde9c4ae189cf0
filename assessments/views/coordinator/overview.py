"""Shows the start page of whoever signed in: their networks, the rounds in them, and what to do next."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import render

from assessments.access import is_researcher, roles_with, rounds_for
from assessments.models import Membership, Network, OpenAnswer, Participant, Round, State
from assessments.running.pause import Pause, pauses
from assessments.views.coordinator.next_step import NextStep, next_step
from assessments.views.request import SignedInRequest, signed_in


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
    memberships = Membership.objects.filter(user=request.user).select_related("network").order_by("network__name")
    run, read = rounds_for(request.user, "run"), rounds_for(request.user, "read_report")
    mine = Q(pk__in=run.exclude(state=State.ARCHIVED)) | Q(pk__in=read.exclude(pk__in=run))
    rounds = with_counts(Round.objects.filter(mine).select_related("network"))
    waiting = pauses(Network.objects.for_role(request.user, *roles_with("run")))
    lines = [_network_line(membership, rounds, waiting.get(membership.network_id)) for membership in memberships]
    to_do = [line for network in lines if network.runs for line in network.rounds if line.next_step]
    context = {"networks": lines, "to_do": to_do, "does_research": is_researcher(request.user)}
    return render(request, "coordinator/overview.html", context)


def with_counts(rounds: QuerySet[Round]) -> QuerySet[Round]:
    """Returns the rounds with the number of participants and of unchecked open answers, and with who reads them."""
    return rounds.annotate(
        participant_count=_count(Participant.objects.all()),
        unchecked_count=_count(OpenAnswer.objects.unchecked()),
    ).prefetch_related("publications")


def _count(rows: QuerySet) -> Coalesce:
    counted = rows.filter(round=OuterRef("pk")).order_by().values("round").annotate(rows=Count("pk"))
    return Coalesce(Subquery(counted.values("rows")), 0)


def round_line(round: Round, *, runs: bool, pause: Pause | None = None) -> RoundLine:
    """Returns the line of a round that came through `with_counts`; only somebody who runs it gets a next step."""
    if not runs:
        return RoundLine(round, None)
    unchecked, participants = round.unchecked_count, round.participant_count  # type: ignore[attr-defined]
    return RoundLine(round, next_step(round, unchecked=unchecked, participants=participants, pause=pause))


def _network_line(membership: Membership, rounds: QuerySet[Round], pause: Pause | None) -> NetworkLine:
    runs = membership.role in roles_with("run")
    own = [round for round in rounds if round.network_id == membership.network_id]
    shown = [round_line(round, runs=runs, pause=pause) for round in own]
    return NetworkLine(membership.network, membership.get_role_display(), runs, tuple(shown))
