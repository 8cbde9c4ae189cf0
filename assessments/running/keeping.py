"""Tells on which day the texts and results of a round, a network without rounds, and an account are erased."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from assessments.models import Announcement, Membership, Network, Round, State
from assessments.models.rounds import RoundQuerySet
from assessments.rules import keeping
from assessments.rules.workflow import Work
from samenwerking.accounts.models import User

Kind = Announcement.Kind


@dataclass(frozen=True)
class Days:
    """Holds the days on which the open answers and the results of a round go; none of what is not kept."""

    texts: date | None = None
    results: date | None = None

    @property
    def results_go_soon(self) -> bool:
        return _is_soon(self.results)

    @property
    def texts_go_soon(self) -> bool:
        return _is_soon(self.texts)


def days_of(round: Round, today: date | None = None) -> Days:
    """Returns the days of one round; none before it is closed."""
    return days_of_all([round], today)[str(round.pk)]


def days_of_all(rounds: Iterable[Round], today: date | None = None) -> dict[str, Days]:
    """Returns the days of rounds by their ids, and asks the database once; read their networks with them."""
    rounds, today = list(rounds), today or timezone.localdate()
    told = told_of([Kind.TEXTS, Kind.RESULTS], (str(round.pk) for round in rounds))
    return {str(round.pk): _days(round, told, today) for round in rounds}


def _days(round: Round, told: dict[tuple[str, str], date], today: date) -> Days:
    by_rule, pk = days_by_rule(round), str(round.pk)
    if by_rule.results is None or by_rule.texts is None:
        return by_rule
    results = keeping.goes_once_told(by_rule.results, told.get((Kind.RESULTS, pk)), today)
    texts = keeping.goes_once_told(by_rule.texts, told.get((Kind.TEXTS, pk)), today)
    return Days(min(texts, results), results)


def days_by_rule(round: Round) -> Days:
    """Returns the days that follow from terms and from what the coördinator chose; whoever is not told yet waits."""
    if not (round.allows(Work.KEEPING) and round.closed_at):
        return Days()
    closed = timezone.localdate(round.closed_at)
    results = keeping.goes_on(closed, round.network.kept_for("reports"), _allowed(round, "reports"))
    texts = keeping.goes_on(closed, round.network.kept_for("open_answers"), _allowed(round, "open_answers"))
    return Days(min(texts, results), results)


def _allowed(round: Round, kind: str) -> date | None:
    """Returns until which day the coördinator keeps it, as far as the installation still allows that."""
    until = round.results_until if kind == "reports" else round.texts_until
    return min(until, longest(round, kind)) if until else None


def usual_days(round: Round) -> Days:
    """Returns the days of a closed round that follow from the terms of its network alone."""
    closed = timezone.localdate(round.closed_at)
    texts, results = (keeping.goes_on(closed, round.network.kept_for(kind)) for kind in ("open_answers", "reports"))
    return Days(min(texts, results), results)


def longest(round: Round, kind: str) -> date:
    """Returns the last day on which something of a closed round can be kept: 'reports' or 'open_answers'."""
    return keeping.months_later(timezone.localdate(round.closed_at), settings.RETENTION[kind].most)


def network_by_rule(network: Network) -> date | None:
    """Returns the day on which a network goes in which no round was ever opened; None where one was."""
    if network.rounds.exclude(state=State.CONCEPT).exists():
        return None
    return _network_day(network, network.rounds.aggregate(touched=Max("touched_at"))["touched"])


def networks_by_rule() -> dict[UUID, date]:
    """Returns by its id that day of each network in which no round was ever opened; asks the database once."""
    networks = networks_without_rounds().annotate(concepts_touched_at=Max("rounds__touched_at"))
    return {network.pk: _network_day(network, network.concepts_touched_at) for network in networks}


def _network_day(network: Network, concepts_touched_at: datetime | None) -> date:
    touched = max(filter(None, [network.touched_at, concepts_touched_at]))
    return keeping.goes_on(timezone.localdate(touched), network.kept_for("empty_network"))


def network_goes_on(network: Network, today: date | None = None) -> date | None:
    """Returns that day, never within a month of when its coördinators were told."""
    day, about = network_by_rule(network), str(network.pk)
    told = told_of([Kind.NETWORK], [about]).get((Kind.NETWORK, about))
    return keeping.goes_once_told(day, told, today or timezone.localdate()) if day else None


def account_by_rule(user: User) -> date | None:
    """Returns the day on which an account goes that nobody uses; None where it stays.

    That of a technisch beheerder stays, and that of whoever alone runs a network. A program that reads with a token
    uses the account too.
    """
    if user.is_superuser or runs_alone(user):
        return None
    used = timezone.localdate(user.last_login or user.date_joined)
    by_program = user.api_tokens.aggregate(day=Max("last_used_on"))["day"]
    return keeping.goes_on(max(used, by_program or used), settings.RETENTION["accounts"].usual)


def account_goes_on(user: User, today: date | None = None) -> date | None:
    """Returns that day, never within a month of when its owner was told."""
    day, about = account_by_rule(user), str(user.pk)
    told = told_of([Kind.ACCOUNT], [about]).get((Kind.ACCOUNT, about))
    return keeping.goes_once_told(day, told, today or timezone.localdate()) if day else None


def runs_alone(user: User) -> bool:
    """Tells whether a network would have no coördinator any more without this account."""
    runs = Membership.objects.who_run()
    own = runs.filter(user=user).values("network")
    return Network.objects.filter(pk__in=own).exclude(pk__in=runs.exclude(user=user).values("network")).exists()


def told_of(kinds: Iterable[str], ids: Iterable[str]) -> dict[tuple[str, str], date]:
    """Returns by kind and id since when it is told that something goes; nothing of what was not."""
    rows = Announcement.objects.filter(kind__in=list(kinds), about__in=list(ids))
    return {(kind, about): day for kind, about, day in rows.values_list("kind", "about", "told_on")}


def told_long_ago(kinds: Iterable[str], today: date) -> list[str]:
    """Returns the ids of what may go, for it was told so long ago that it would; not whether its day has come."""
    told = Announcement.objects.filter(kind__in=list(kinds), told_on__lte=today - keeping.TOLD_BEFORE)
    return list(told.values_list("about", flat=True))


def closed_rounds() -> RoundQuerySet:
    """Returns the rounds of which something is kept, with what their days follow from."""
    return Round.objects.allowing(Work.KEEPING).filter(closed_at__isnull=False).select_related("network")


def networks_without_rounds() -> QuerySet[Network]:
    """Returns the networks in which no round was ever opened, or none is left."""
    return Network.objects.exclude(pk__in=Round.objects.exclude(state=State.CONCEPT).values("network"))


def unused_since(moment: datetime) -> Q:
    """Returns who did not sign in since that moment, or has never done so and was there before it."""
    return Q(last_login__lt=moment) | Q(last_login=None, date_joined__lt=moment)


def _is_soon(day: date | None) -> bool:
    return day is not None and day - keeping.GOES_SOON <= timezone.localdate()
