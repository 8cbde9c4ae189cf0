"""Tells a colleague by mail that a network is open to them."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from assessments.models import Membership, Role
from samenwerking.accounts.mail import password_link, provider_names
from samenwerking.accounts.models import User
from samenwerking.accounts.sso.linking import can_come_in
from samenwerking.jobs import Job, jobs_of
from samenwerking.mail import deliver, from_templates, mail_task

BETWEEN = timedelta(hours=1)  # at least, for the mails to one colleague: a second click sends nothing
MAY: dict[str, str] = {
    Role.COORDINATOR: "u maakt rondes, nodigt mensen uit en publiceert de uitkomsten",
    Role.READER: "u leest de rapporten die voor meelezers zijn gepubliceerd",
    Role.RESEARCHER: "u leest de rapporten en cijfers die voor onderzoekers zijn gepubliceerd",
}


def invite_colleague(*, user_id: int, network_id: UUID, by_id: int | None = None) -> None:
    """Queues the mail, which says `by_id` whom; a colleague without a password gets a link to set one."""
    send_colleague_mail.enqueue(user_id, str(network_id), by_id)


def may_be_invited_again(membership: Membership, job: Job | None) -> bool:
    """Tells whether the network was not opened yet, and the mail is not on its way or just sent."""
    if membership.opened_at is not None:
        return False
    return job is None or job.has_failed or not (job.is_waiting or job.enqueued_at > timezone.now() - BETWEEN)


def invitations(network_id: UUID) -> dict[int, Job]:
    """Returns by user the last job that was to mail a colleague of this network, of the last week."""
    jobs = (job for job in jobs_of(send_colleague_mail) if job.arguments[1] == str(network_id))
    return {job.arguments[0]: job for job in jobs}


@mail_task
def send_colleague_mail(user_id: int, network_id: str, by_id: int | None = None) -> None:
    """Sends the mail. Whoever lost the role in the meantime hears nothing."""
    membership = (
        Membership.objects.select_related("user", "network").filter(user=user_id, network=UUID(network_id)).first()
    )
    if membership is None:
        return
    context = {
        "membership": membership,
        "by": User.objects.filter(pk=by_id or 0).first(),
        "may": MAY[membership.role],
        "overview_link": settings.BASE_URL + reverse("overview"),
        "password_link": None if can_come_in(membership.user) else password_link(membership.user),
        "providers": provider_names(),
        "forgotten_link": settings.BASE_URL + reverse("account_reset_password"),
    }
    subject = f"Uitnodiging: werk mee in {membership.network.name}"
    deliver(from_templates("colleague", context, subject=subject, to=membership.user.email))
