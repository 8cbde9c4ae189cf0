"""Tells a colleague by mail that a network is open to them."""

from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django_tasks import task

from assessments.models import Membership
from samenwerking.accounts.mail import password_link
from samenwerking.jobs import Job, jobs_of
from samenwerking.mail import URGENT, deliver, html_of, themed


def invite_colleague(*, user_id: int, network_id: UUID) -> None:
    """Queues the mail; a colleague without a password gets a link to set one."""
    send_colleague_mail.enqueue(user_id, str(network_id))


def invitations(network_id: UUID) -> dict[int, Job]:
    """Returns by user the last job that was to mail a colleague of this network, of the last week."""
    jobs = (job for job in jobs_of(send_colleague_mail) if job.arguments[1] == str(network_id))
    return {job.arguments[0]: job for job in jobs}


@task(priority=URGENT)
def send_colleague_mail(user_id: int, network_id: str) -> None:
    """Sends the mail. Whoever lost the role in the meantime hears nothing."""
    membership = (
        Membership.objects.select_related("user", "network").filter(user=user_id, network=UUID(network_id)).first()
    )
    if membership is None:
        return
    context = {
        "membership": membership,
        "overview_link": settings.BASE_URL + reverse("overview"),
        "password_link": None if membership.user.has_usable_password() else password_link(membership.user),
        "forgotten_link": settings.BASE_URL + reverse("account_reset_password"),
    }
    mail = themed(
        f"U hebt toegang tot {membership.network.name}",
        render_to_string("mail/colleague.txt", context),
        html_of("mail/colleague.html", context),
        to=[membership.user.email],
    )
    deliver(mail)
