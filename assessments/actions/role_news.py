"""Tells a network's coördinators by mail that a beheerder gave somebody a role there, or took it away."""

from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from assessments.models import Membership, Network, Role
from samenwerking.accounts.models import User
from samenwerking.mail import deliver, from_templates, mail_task


def tell_of_role(*, network_id: UUID, user_id: int, role: str, by_id: int) -> int:
    """Queues the mail to the coördinators and to whom it is about; without a role it was taken away.

    A coördinator who was shut out a moment ago is told too. Where no other coördinator can sign in, all other
    beheerders are told: whoever gives the role can make the account that gets it, and shut out who would have heard of
    it. Returns the number of mails.
    """
    coordinators = Membership.objects.filter(network=network_id, role=Role.COORDINATOR)
    told = {*coordinators.values_list("user", flat=True), user_id}
    if not coordinators.filter(user__is_active=True).exclude(user__in=[user_id, by_id]).exists():
        beheerders = User.objects.filter(Q(is_staff=True) | Q(is_superuser=True), is_active=True).exclude(pk=by_id)
        told |= {*beheerders.values_list("pk", flat=True)}
    for pk in sorted(told):
        send_role_news.enqueue(pk, str(network_id), user_id, role, by_id)
    return len(told)


@mail_task
def send_role_news(to_id: int, network_id: str, user_id: int, role: str, by_id: int) -> None:
    """Sends the mail, as a job; does nothing where the network, its reader or the beheerder is gone.

    Whoever it is about is not named once their account is gone.
    """
    people = User.objects.in_bulk([to_id, user_id, by_id])
    network = Network.objects.filter(pk=UUID(network_id)).first()
    if network is None or not {to_id, by_id} <= people.keys():
        return
    context = {
        "to": people[to_id],
        "who": people.get(user_id),
        "by": people[by_id],
        "role": Role(role).label if role else "",
        "network": network,
        "link": settings.BASE_URL + reverse("network", args=[network.pk]),
    }
    subject = f"Samenwerking: een rol in {network.name} is gewijzigd"
    deliver(from_templates("role_news", context, subject=subject, to=people[to_id].email))
