"""Tells coördinators and owners of accounts a month before that something of worth goes, and notes that it did.

A job has ids and no text. What is to go is read when the mail is sent: whoever keeps it longer by then hears nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from assessments.models import Announcement, Membership, Network, Role, Round
from assessments.rules.keeping import GOES_SOON, TOLD_BEFORE, months_later
from assessments.rules.schedule import is_working_time
from assessments.running.keeping import (
    account_by_rule,
    account_goes_on,
    closed_rounds,
    days_by_rule,
    days_of_all,
    network_by_rule,
    network_goes_on,
    networks_without_rounds,
    told_of,
    unused_since,
)
from samenwerking.accounts.models import User
from samenwerking.mail import deliver, html_of, mail_task, themed

Kind = Announcement.Kind
SUBJECT = "Dit wissen wij binnenkort"
Going = dict[tuple[str, str], UUID | None]
Attempt = Callable[[str, Callable[[], int | None]], int]


@transaction.atomic
def announce(now: datetime, attempt: Attempt) -> int:
    """Tells of what goes within a month or so, once each, and returns how many things that are; not on days off.

    What was told of and stays longer after all is to be told of again when its time comes. `attempt` asks each round:
    one whose day can't be said stops no other.
    """
    going, told = _going(now.date() + GOES_SOON, attempt), set(Announcement.objects.values_list("kind", "about"))
    for kind, about in told - going.keys():
        Announcement.objects.filter(kind=kind, about=about).delete()
    if not is_working_time(now):
        return 0
    new = [key for key in sorted(going.keys() - told) if _note(key, now.date())]
    _mail_coordinators({network for key in new if (network := going[key])})
    for kind, about in new:
        if kind == Kind.ACCOUNT and User.objects.filter(pk=about, is_active=True).exists():
            send_account_goes.enqueue(int(about))
    return len(new)


def _note(key: tuple[str, str], today: date) -> bool:
    """Notes that something is told of, and returns whether nobody did so meanwhile: there may be two of `due`."""
    kind, about = key
    return Announcement.objects.get_or_create(kind=kind, about=about, defaults={"told_on": today})[1]


def _going(last: date, attempt: Attempt) -> Going:
    """Returns what goes until that day by its kind and id, with the network whose coördinators are told of it."""
    return {**_going_of_rounds(last, attempt), **_going_of_networks(last), **_going_of_accounts(last)}


def _going_of_rounds(last: date, attempt: Attempt) -> Going:
    found: Going = {}
    with_texts = set(closed_rounds().filter(open_answers__isnull=False).values_list("pk", flat=True))
    for round in closed_rounds():
        attempt(f"round {round.pk}", partial(_add_round, found, round, last, has_texts=round.pk in with_texts))
    return found


def _add_round(found: Going, round: Round, last: date, *, has_texts: bool) -> None:
    """Adds the results of a round, or its open answers where these go before the results do."""
    days = days_by_rule(round)
    if days.results and days.results <= last:
        found[Kind.RESULTS.value, str(round.pk)] = round.network_id
    elif days.texts and days.texts <= last and has_texts:
        found[Kind.TEXTS.value, str(round.pk)] = round.network_id


def _going_of_networks(last: date) -> Going:
    days = {network.pk: network_by_rule(network) for network in networks_without_rounds()}
    return {(Kind.NETWORK.value, str(pk)): pk for pk, day in days.items() if day and day <= last}


def _going_of_accounts(last: date) -> Going:
    day = months_later(last, 1 - settings.RETENTION["accounts"].usual)  # a month too many: each is looked at below
    users = User.objects.filter(unused_since(timezone.make_aware(datetime(day.year, day.month, day.day))))
    days = {user.pk: account_by_rule(user) for user in users}
    return {(Kind.ACCOUNT.value, str(pk)): None for pk, day in days.items() if day and day <= last}


def _mail_coordinators(networks: set[UUID]) -> None:
    real = Network.objects.filter(pk__in=networks, is_constructed=False)
    runs = Membership.objects.filter(network__in=real, role=Role.COORDINATOR, user__is_active=True)
    for user, network in runs.order_by("pk").values_list("user", "network"):
        send_what_goes.enqueue(user, str(network))


@mail_task
def send_what_goes(user_id: int, network_id: str) -> None:
    """Sends a coördinator what of a network goes, as a job; nothing where it is kept longer meanwhile."""
    runs = Membership.objects.filter(
        role=Role.COORDINATOR, user__is_active=True, user=user_id, network=UUID(network_id)
    )
    membership = runs.select_related("user", "network").first()
    going = what_goes(membership.network) if membership else []
    if membership is None or not going:
        return
    context = {
        "user": membership.user,
        "network": membership.network,
        "going": going,
        "keeping_link": settings.BASE_URL + reverse("network_keeping", args=[network_id]),
        "organisation_name": settings.ORGANISATION_NAME,
    }
    _send(f"{membership.network.name}: {SUBJECT.lower()}", "what_goes", context, membership.user)


def what_goes(network: Network) -> list[str]:
    """Returns what was announced in a network and is not gone yet, a sentence each, in the order of days."""
    lines = []
    if told_of([Kind.NETWORK], [str(network.pk)]) and (day := network_goes_on(network)):
        lines.append((day, "het hele netwerk, want er is al lang geen ronde"))
    rounds = list(closed_rounds().filter(network=network))
    told, days = told_of([Kind.TEXTS, Kind.RESULTS], (str(round.pk) for round in rounds)), days_of_all(rounds)
    for round in rounds:
        own, pk = days[str(round.pk)], str(round.pk)
        if own.results and (Kind.RESULTS, pk) in told:
            lines.append((own.results, f"de ronde ‘{round.name}’, met alle uitkomsten, rapporten en afspraken"))
        elif own.texts and (Kind.TEXTS, pk) in told:
            lines.append((own.texts, f"de open antwoorden van ‘{round.name}’"))
    return [f"op {date_format(day, 'j F Y')}: {what}" for day, what in sorted(lines)]


@mail_task
def send_account_goes(user_id: int) -> None:
    """Tells its owner that an account goes that was not used, as a job; nothing where it was used meanwhile."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    day = account_goes_on(user) if user else None
    if user is None or day is None or not told_of([Kind.ACCOUNT], [str(user_id)]):
        return
    context = {
        "user": user,
        "day": day,
        "months": settings.RETENTION["accounts"].usual,
        "days": TOLD_BEFORE.days,
        "login_link": settings.BASE_URL + reverse(settings.LOGIN_URL),
        "organisation_name": settings.ORGANISATION_NAME,
    }
    _send("Samenwerking: uw account wordt binnenkort gewist", "account_goes", context, user)


def _send(subject: str, name: str, context: dict[str, object], user: User) -> None:
    text = render_to_string(f"mail/{name}.txt", context)
    deliver(themed(subject, text, html_of(f"mail/{name}.html", context), to=[user.email]))
