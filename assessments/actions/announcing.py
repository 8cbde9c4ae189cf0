"""Tells coördinators and owners of accounts a month before that something of worth goes, and notes that it did.

A job has ids, a day and no text. What is to go is read when the mail is sent: whoever keeps it longer by then hears
nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django_tasks.base import Task

from assessments.anonymity.locks import own_telling
from assessments.models import Announcement, Membership, Network, Round
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
    networks_by_rule,
    unused_since,
)
from samenwerking.accounts.models import User
from samenwerking.jobs import jobs_of
from samenwerking.mail import MailRefused, deliver, from_templates, mail_task

Kind = Announcement.Kind
Key = tuple[str, str]  # kind and id
Going = dict[Key, UUID | None]
Mail = tuple[Task[..., None], tuple[int | str, ...]]
Attempt = Callable[[str, Callable[[], int | None]], int]


@transaction.atomic
def announce(now: datetime, attempt: Attempt) -> int:
    """Asks for mail about what goes within a month or so, and returns of how many things; not on days off.

    The month counts from a mail that was delivered: until then one is asked for each day. Where there is nobody to
    tell, it counts from now. What was told of and stays longer after all is to be told of again when its time comes.
    `attempt` asks each round: one whose day can't be said stops no other.
    """
    own_telling()  # there may be two of `due`
    going, told = _going(now.date() + GOES_SOON, attempt), set(Announcement.objects.values_list("kind", "about"))
    for kind, about in sorted(told - going.keys()):
        Announcement.objects.filter(kind=kind, about=about).delete()
    if not is_working_time(now):
        return 0
    new = sorted(going.keys() - told)
    mails = {key: _mails_about(key, going[key]) for key in new}
    _note([key for key in new if not mails[key]], now.date())
    _ask({mail for key in new for mail in mails[key]}, now.date())
    return len(new)


def _mails_about(key: Key, network: UUID | None) -> list[Mail]:
    """Returns which mails tell of something, one for each of its coördinators or owners who can be told."""
    kind, about = key
    if kind == Kind.ACCOUNT:
        return [(send_account_goes, (int(about),))] if User.objects.filter(pk=about, is_active=True).exists() else []
    runs = Membership.objects.who_run().filter(network=network, network__is_constructed=False).order_by("pk")
    return [(send_what_goes, (user, str(network))) for user in runs.values_list("user", flat=True)]


def _ask(mails: set[Mail], today: date) -> None:
    """Asks for each of these mails, unless one like it waits, or was asked for today and may have failed."""
    jobs = jobs_of(send_what_goes, send_account_goes)
    asked = {
        (job.task, job.arguments[:-1])
        for job in jobs
        if job.is_waiting or job.is_running or job.arguments[-1] == today.isoformat()
    }
    for task, about in sorted(mails, key=lambda mail: (mail[0].module_path, mail[1])):
        if (task.module_path, about) not in asked:
            task.enqueue(*about, today.isoformat())


def _note(keys: Iterable[Key], today: date) -> None:
    """Notes that these were told of, where nobody did so before."""
    for kind, about in sorted(keys):
        Announcement.objects.get_or_create(kind=kind, about=about, defaults={"told_on": today})


def _going(last: date, attempt: Attempt) -> Going:
    """Returns what goes until that day by its kind and id, with the network whose coördinators are told of it."""
    return {**_going_of(closed_rounds(), last, attempt), **_going_of_networks(last), **_going_of_accounts(last)}


def _going_of(rounds: Iterable[Round], last: date, attempt: Attempt) -> Going:
    found: Going = {}
    with_texts = set(closed_rounds().filter(open_answers__isnull=False).values_list("pk", flat=True))
    for round in rounds:
        attempt(f"round {round.pk}", partial(_add_round, found, round, last, has_texts=round.pk in with_texts))
    return found


def _add_round(found: Going, round: Round, last: date, *, has_texts: bool) -> None:
    """Adds the results of a round, and its open answers where these go before the results do."""
    days = days_by_rule(round)
    if days.results and days.results <= last:
        found[Kind.RESULTS.value, str(round.pk)] = round.network_id
    if days.texts and days.texts <= last and has_texts and days.texts != days.results:
        found[Kind.TEXTS.value, str(round.pk)] = round.network_id


def _going_of_networks(last: date) -> Going:
    return {(Kind.NETWORK.value, str(pk)): pk for pk, day in networks_by_rule().items() if day <= last}


def _going_of_accounts(last: date) -> Going:
    day = months_later(last, 1 - settings.RETENTION["accounts"].usual)  # a month too many: each is looked at below
    users = User.objects.filter(unused_since(timezone.make_aware(datetime(day.year, day.month, day.day))))
    days = {user.pk: account_by_rule(user) for user in users}
    return {(Kind.ACCOUNT.value, str(pk)): None for pk, day in days.items() if day and day <= last}


@mail_task
def send_what_goes(user_id: int, network_id: str, asked_on: str) -> None:
    """Sends a coördinator what of a network goes, as a job, and notes that; nothing where it is kept longer by now."""
    runs = Membership.objects.who_run().filter(user=user_id, network=UUID(network_id))
    membership, today = runs.select_related("user", "network").first(), _day(asked_on)
    going = what_goes(membership.network, today) if membership else {}
    if membership is None or not going:
        return
    context = {
        "user": membership.user,
        "network": membership.network,
        "going": [line for _, line in sorted(going.values())],
        "keeping_link": settings.BASE_URL + reverse("network_keeping", args=[network_id]),
    }
    subject = f"{membership.network.name}: dit wissen wij binnenkort"
    deliver(from_templates("what_goes", context, subject=subject, to=membership.user.email))
    _note(going, today)


def what_goes(network: Network, today: date) -> dict[Key, tuple[date, str]]:
    """Returns what of a network goes within a month or so: by kind and id its day, and a sentence with that."""
    found: dict[Key, tuple[date, str]] = {}
    last = today + GOES_SOON
    if (day := network_by_rule(network)) and day <= last:
        day = network_goes_on(network, today) or day
        found[Kind.NETWORK.value, str(network.pk)] = day, "het hele netwerk, want er is al lang geen ronde"
    rounds = list(closed_rounds().filter(network=network))
    going = _going_of(rounds, last, _if_it_can_be_said)
    rounds = [round for round in rounds if {(Kind.RESULTS, str(round.pk)), (Kind.TEXTS, str(round.pk))} & going.keys()]
    days = days_of_all(rounds, today)
    for round in rounds:
        own, pk = days[str(round.pk)], str(round.pk)
        if own.results and (Kind.RESULTS, pk) in going:
            what = f"de ronde ‘{round.name}’, met alle uitkomsten, rapporten en afspraken"
            found[Kind.RESULTS.value, pk] = own.results, what
        if own.texts and (Kind.TEXTS, pk) in going:
            found[Kind.TEXTS.value, pk] = own.texts, f"de open antwoorden van ‘{round.name}’"
    return {key: (day, f"op {date_format(day, 'j F Y')}: {what}") for key, (day, what) in found.items()}


@mail_task
def send_account_goes(user_id: int, asked_on: str) -> None:
    """Tells its owner that an account goes that was not used, as a job; nothing where it was used meanwhile.

    Whom a mail server does not know will never be told, and counts as told. Any other refusal can be about us, and then
    about everybody: that mail is asked for again.
    """
    user, today = User.objects.filter(pk=user_id, is_active=True).first(), _day(asked_on)
    by_rule = account_by_rule(user) if user else None
    if user is None or by_rule is None or by_rule > today + GOES_SOON:
        return
    context = {
        "user": user,
        "day": account_goes_on(user, today),
        "months": settings.RETENTION["accounts"].usual,
        "days": TOLD_BEFORE.days,
        "login_link": settings.BASE_URL + reverse(settings.LOGIN_URL),
    }
    key, subject = (Kind.ACCOUNT.value, str(user_id)), "Samenwerking: uw account wordt binnenkort gewist"
    try:
        deliver(from_templates("account_goes", context, subject=subject, to=user.email))
    except MailRefused as fault:
        if fault.knows_nobody:
            _note([key], today)
        raise
    _note([key], today)


def _day(asked_on: str) -> date:
    """Returns the day on which a mail goes, which is not before it was asked for."""
    return max(date.fromisoformat(asked_on), timezone.localdate())


def _if_it_can_be_said(what: str, do: Callable[[], int | None]) -> int:
    """Passes over a round of which no day can be said, as `due` does, which tells of it too."""
    try:
        return do() or 0
    except (OverflowError, ValueError):
        return 0
