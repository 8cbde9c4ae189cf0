"""Tells a partner's contact how the response goes: in words, and only where enough people were invited."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from assessments.models import Partner, Round
from assessments.running.response import GroupProgress, response_of
from samenwerking.jobs import Job, jobs_of
from samenwerking.mail import Trouble, deliver, html_of, mail_task, themed, trouble_with

BETWEEN = timedelta(days=1)  # at least, for the messages to one partner


class TooFew(Exception):
    """Fewer than the minimum were invited at this partner, or nobody is there to tell."""


class ToldAlready(Exception):
    """The partner got a message less than a day ago, or it is about to go."""


@transaction.atomic
def tell_partner(*, round_id: UUID, partner_id: int) -> None:
    """Queues the message to the contact of a partner. Raises TooFew, and ToldAlready."""
    round = Round.objects.get(pk=round_id)
    partner = Partner.objects.select_for_update().get(pk=partner_id, network=round.network_id)
    if not partner.contact_email or partner.key not in {group.key for group in may_be_told(round)}:
        raise TooFew
    if partner_id in told_already():
        raise ToldAlready
    send_partner_message.enqueue(str(round_id), partner_id)


def told_already() -> set[int]:
    """Returns the ids of partners with a message of the last day; one that failed doesn't count."""
    return {job.arguments[1] for job in _of_the_last_day() if not job.has_failed}


def troubles() -> dict[int, Trouble]:
    """Returns by id of a partner what keeps its last message of the last day from its contact."""
    return {job.arguments[1]: trouble_with(job) for job in _of_the_last_day()}


def _of_the_last_day() -> list[Job]:
    return jobs_of(send_partner_message, since=timezone.now() - BETWEEN)


def may_be_told(round: Round) -> list[GroupProgress]:
    """Returns the partners of an open round where at least the minimum were invited."""
    if not round.is_open:
        return []
    return [group for group in response_of(round).partners if group.progress.invited >= round.minimum]


def in_words(group: GroupProgress) -> str:
    """Returns in words how the response goes: with few people, a number would tell who answered."""
    has_half = 2 * group.progress.finished >= group.progress.invited
    return "de helft of meer deed al mee" if has_half else "minder dan de helft deed tot nu toe mee"


@mail_task
def send_partner_message(round_id: str, partner_id: int) -> None:
    """Sends the message, as a job: says how the response is then, or nothing where that can't be told any more."""
    round = Round.objects.select_related("network").filter(pk=UUID(round_id)).first()
    if round is None:
        return
    partner = Partner.objects.filter(pk=partner_id).exclude(contact_email="").first()
    told = next((group for group in may_be_told(round) if partner and group.key == partner.key), None)
    if partner is None or told is None:
        return
    context = {"round": round, "network": round.network, "partner": partner, "words": in_words(told)}
    mail = themed(
        f"Meedoen aan de vragenlijst over {round.network.name}",
        render_to_string("mail/partner.txt", context),
        html_of("mail/partner.html", context),
        to=[partner.contact_email],
        reply_to=[round.contact_email] if round.contact_email else None,
    )
    deliver(mail)
