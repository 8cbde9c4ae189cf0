"""Mails coördinators when the day of what was agreed has come, and half a year after a round was published; once each.

What came too late for its day goes out on the first working day after it. A job has ids and no text: what is agreed is
read when the mail is sent, and whoever has noted an outcome by then hears nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from assessments.anonymity.locks import own_round
from assessments.models import Improvement, Membership, Publication, Round, State
from assessments.models.rounds import RoundQuerySet
from assessments.rules.schedule import is_working_time
from assessments.rules.workflow import Work
from samenwerking.links import holds_link
from samenwerking.mail import deliver, from_templates, mail_task

HALF_A_YEAR = timedelta(weeks=26)  # to the same day of the week
WITH_A_LINK = "een afspraak met een link erin: die leest u op de site"


def rounds_to_nudge(now: datetime) -> list[UUID]:
    """Returns the rounds of which coördinators are to be mailed now; none at night and on days off."""
    if not is_working_time(now):
        return []
    due = Q(pk__in=Improvement.objects.to_nudge_on(now.date()).values("round"))
    rounds = _to_be_mailed_of().filter(due | Q(pk__in=_to_look_back_on(now)))
    return list(rounds.order_by().values_list("pk", flat=True))


@transaction.atomic
def nudge(*, round_id: UUID, now: datetime) -> int:
    """Queues what coördinators of this round are to be mailed, and returns how many mails that are."""
    own_round(round_id)
    round = _to_be_mailed_of().filter(pk=round_id).first()
    if round is None:
        return 0
    users = list(_coordinators(round).values_list("user", flat=True))
    due = Improvement.objects.to_nudge_on(now.date()).filter(round=round)
    ids = list(due.values_list("pk", flat=True))
    looks_back = _to_look_back_on(now).filter(pk=round_id).exists()
    for user in users:
        if ids:
            send_agreements_due.enqueue(user, str(round_id), ids)
        if looks_back:
            send_look_back.enqueue(user, str(round_id))
    due.update(nudged_for=F("due_on"))
    if looks_back:
        Round.objects.filter(pk=round_id).update(looked_back_at=now)
    return len(users) * (bool(ids) + looks_back)


@mail_task
def send_agreements_due(user_id: int, round_id: str, improvement_ids: Collection[int]) -> None:
    """Sends a coördinator one mail about all whose day has come, as a job; nothing where all were told meanwhile."""
    membership = _membership(user_id, round_id)
    due = Improvement.objects.untold().filter(round=UUID(round_id), pk__in=improvement_ids)
    if membership and due:
        _send("Wat kwam er van de afspraken?", "agreements_due", membership, UUID(round_id), agreed=_said(due))


@mail_task
def send_look_back(user_id: int, round_id: str) -> None:
    """Sends a coördinator the mail of half a year later, as a job; with what was agreed and is not told of yet."""
    if membership := _membership(user_id, round_id):
        untold = Improvement.objects.untold().filter(round=UUID(round_id))
        _send("Een half jaar na de uitkomsten", "look_back", membership, UUID(round_id), agreed=_said(untold))


def _to_be_mailed_of() -> RoundQuerySet:
    """Returns the rounds of real networks with somebody to mail, of which what was agreed is not fixed yet."""
    somebody = Membership.objects.who_run().filter(network=OuterRef("network"))
    rounds = Round.objects.allowing(Work.AGREEING_ON_IMPROVEMENTS).filter(Exists(somebody))
    return rounds.filter(network__is_constructed=False).exclude(next_rounds__state=State.ARCHIVED)


def _to_look_back_on(now: datetime) -> RoundQuerySet:
    """Returns the rounds that were published half a year ago, and of which no mail went out; not once there is a next.

    Half a year is counted from the first publication, to whomever it was.
    """
    long_ago = Publication.objects.filter(round=OuterRef("pk"), published_at__lte=now - HALF_A_YEAR)
    later = Round.objects.filter(network=OuterRef("network"), created_at__gt=OuterRef("created_at"))
    return Round.objects.published().filter(Exists(long_ago), ~Exists(later), looked_back_at=None)


def _coordinators(round: Round) -> QuerySet[Membership]:
    return Membership.objects.who_run().filter(network=round.network_id)


def _membership(user_id: int, round_id: str) -> Membership | None:
    """Returns the coördinator as such; None where they or the round are gone, or nothing can be noted any more."""
    round = _to_be_mailed_of().filter(pk=UUID(round_id)).first()
    return _coordinators(round).select_related("user", "network").filter(user=user_id).first() if round else None


def _said(improvements: Collection[Improvement]) -> list[str]:
    """Returns what was agreed, a line each: mail under our address has no link that somebody typed."""
    return [WITH_A_LINK if holds_link(row.what) else row.what for row in improvements]


def _send(subject: str, name: str, membership: Membership, round_id: UUID, *, agreed: list[str]) -> None:
    round = Round.objects.get(pk=round_id)
    context = {
        "round": round,
        "network": membership.network,
        "user": membership.user,
        "agreed": agreed,
        "improvements_link": settings.BASE_URL + reverse("improvements", args=[round_id]),
        "network_link": settings.BASE_URL + reverse("network", args=[membership.network_id]),
    }
    title = f"{membership.network.name}: {subject}"
    deliver(from_templates(name, context, subject=title, to=membership.user.email))
