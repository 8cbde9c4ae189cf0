"""Tells a partner's contact how the response goes: in words, and only where enough people were invited."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from assessments.anonymity.erasure import note_erasure
from assessments.models import Partner, PartnerMessage, Round
from assessments.running.letters import Letter, letter_to_partner, mail_to_partner
from assessments.running.response import GroupProgress, response_of
from samenwerking.jobs import Job, jobs_of
from samenwerking.mail import Trouble, deliver, mail_task, trouble_with

BETWEEN = timedelta(days=1)  # at least, for the messages to one partner


@dataclass(frozen=True)
class Told:
    """Is a partner of which enough people were invited, with what its contact can be told.

    `is_told` where that was done less than a day ago, or is about to be; `trouble` keeps the last message from them.
    """

    partner: Partner
    is_below_half: bool
    is_told: bool = False
    trouble: Trouble = ""

    @property
    def words(self) -> str:
        """Says how the response goes: with few people, a number would tell who answered."""
        return "minder dan de helft deed tot nu toe mee" if self.is_below_half else "de helft of meer deed al mee"

    @property
    def can_be_told(self) -> bool:
        return bool(self.partner.contact_email) and not self.is_told

    def letter(self, round: Round, own: str) -> Letter:
        return letter_to_partner(round, self.partner, self.words, own)


def may_be_told(round: Round) -> list[Told]:
    """Returns the partners of an open round where at least the minimum were invited, of a real network."""
    if not round.is_open or round.network.is_constructed:
        return []
    partners = {partner.key: partner for partner in Partner.objects.filter(network=round.network_id)}
    jobs = jobs_of(send_partner_message, about=str(round.pk), since=timezone.now() - BETWEEN)
    groups = [group for group in response_of(round).partners if group.progress.invited >= round.minimum]
    return [_told(partners[group.key], group, jobs) for group in groups]


@transaction.atomic
def tell_partners(*, round_id: UUID, partner_ids: Collection[int], words: str = "") -> list[Partner]:
    """Queues the message, with the coördinator's own words, to the contacts of those partners that can be told.

    Returns these partners.
    """
    round = Round.objects.select_related("network").get(pk=round_id)
    locked = Partner.objects.select_for_update().filter(network=round.network_id, pk__in=partner_ids)
    chosen = {partner.pk for partner in locked.order_by("pk")}
    able = [told.partner for told in may_be_told(round) if told.can_be_told and told.partner.pk in chosen]
    for partner in able:
        PartnerMessage.objects.update_or_create(round=round, partner=partner, defaults={"words": words})
        send_partner_message.enqueue(str(round_id), partner.pk)
    note_erasure(PartnerMessage)  # what was written the time before
    return able


@mail_task
def send_partner_message(round_id: str, partner_id: int) -> None:
    """Sends the message, as a job: says how the response is then, or nothing where that can't be told any more."""
    round = Round.objects.select_related("network").filter(pk=UUID(round_id)).first()
    told = next((one for one in may_be_told(round) if one.partner.pk == partner_id), None) if round else None
    if round is None or told is None or not told.partner.contact_email:
        return
    written = PartnerMessage.objects.filter(round=round, partner=told.partner).first()
    letter = told.letter(round, written.words if written else "")
    deliver(mail_to_partner(letter, round, told.partner))


def _told(partner: Partner, group: GroupProgress, jobs: list[Job]) -> Told:
    own = [job for job in jobs if job.arguments[1] == partner.pk]
    is_told = any(not job.has_failed for job in own)
    below = 2 * group.progress.finished < group.progress.invited
    return Told(partner, below, is_told, trouble_with(own[-1] if own else None))
