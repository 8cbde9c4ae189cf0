"""Invites colleagues to a network, changes what they may do there, and lets somebody leave or delete a network."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from assessments.actions.colleagues import invitations, invite_colleague, may_be_invited_again
from assessments.actions.discarding import delete_network, keeps_network
from assessments.actions.networks import (
    LastCoordinator,
    add_colleague,
    change_role,
    leave_network,
    other_coordinators,
    remove_colleague,
)
from assessments.forms.networks import ColleagueForm, NamedNetworkForm, RoleForm
from assessments.models import Membership, Network, Role, Round
from assessments.rules.workflow import NotAllowed
from assessments.views.request import SignedInRequest, network_page
from samenwerking.jobs import Job
from samenwerking.mail import Trouble, trouble_with


@dataclass(frozen=True)
class Colleague:
    """Is one who works in a network, with the job that mails them, as long as that is known."""

    membership: Membership
    invitation: Job | None

    @property
    def can_be_invited_again(self) -> bool:
        return may_be_invited_again(self.membership, self.invitation)

    @property
    def trouble(self) -> Trouble:
        return trouble_with(self.invitation)


def colleagues(network: Network) -> list[Colleague]:
    """Returns who works in the network."""
    jobs = invitations(network.pk)
    members = network.memberships.select_related("user").order_by("role", "user__email")
    return [Colleague(membership, jobs.get(membership.user_id)) for membership in members]


@network_page("GET", "POST", right="run")
def colleague_invite(request: SignedInRequest, network: Network) -> HttpResponse:
    role = request.GET.get("rol")
    initial = {"role": role} if role in Role.values else None
    form = ColleagueForm(request.POST or None, network=network, initial=initial)
    if form.is_valid():
        user = add_colleague(network_id=network.pk, **form.cleaned_data)
        invite_colleague(user_id=user.pk, network_id=network.pk, by_id=request.user.pk)
        messages.success(request, f"{user.email} krijgt een uitnodiging.")
        return redirect("network", network_id=network.pk)
    return render(request, "coordinator/colleague_invite.html", {"network": network, "form": form})


@network_page("POST", right="run")
def colleague_invite_again(request: SignedInRequest, network: Network, membership_id: int) -> HttpResponse:
    """Queues the mail once more, for whoever it could not be sent to or who has not come yet."""
    membership = get_object_or_404(network.memberships.select_related("user"), pk=membership_id)
    if may_be_invited_again(membership, invitations(network.pk).get(membership.user_id)):  # not for a second click
        invite_colleague(user_id=membership.user_id, network_id=network.pk, by_id=request.user.pk)
        messages.success(request, f"{membership.user.email} krijgt een uitnodiging.")
    elif membership.opened_at:
        messages.info(request, f"{membership.user.email} heeft het netwerk al geopend.")
    else:
        messages.info(
            request, f"De uitnodiging aan {membership.user.email} is net verstuurd, of gaat nog uit. Wacht een uur."
        )
    return redirect("network", network_id=network.pk)


@network_page("GET", "POST", right="run")
def colleague_role(request: SignedInRequest, network: Network, membership_id: int) -> HttpResponse:
    """Gives a colleague another role, and tells them by mail."""
    membership = get_object_or_404(network.memberships.select_related("user"), pk=membership_id)
    form = RoleForm(request.POST or None, initial={"role": membership.role})
    if form.is_valid():
        role = form.cleaned_data["role"]
        try:
            change_role(membership_id=membership.pk, role=role)
        except LastCoordinator:
            messages.error(request, "Dit is de enige coördinator. Wijs eerst een andere coördinator aan.")
            return redirect("network", network_id=network.pk)
        if role != membership.role:
            invite_colleague(user_id=membership.user_id, network_id=network.pk, by_id=request.user.pk)
            messages.success(request, f"{membership.user.email} is nu {Role(role).label}, en krijgt daarvan een mail.")
        if membership.user_id == request.user.pk:
            return redirect("overview")
        return redirect("network", network_id=network.pk)
    return render(
        request, "coordinator/colleague_role.html", {"network": network, "membership": membership, "form": form}
    )


@network_page("GET", "POST", right="run")
def colleague_remove(request: SignedInRequest, network: Network, membership_id: int) -> HttpResponse:
    membership = get_object_or_404(network.memberships.select_related("user"), pk=membership_id)
    if request.method == "POST":
        try:
            remove_colleague(membership_id=membership.pk)
        except LastCoordinator:
            messages.error(request, "Dit is de enige coördinator. Wijs eerst een andere coördinator aan.")
        else:
            messages.success(request, f"{membership.user.email} heeft geen toegang meer.")
        if membership.user_id == request.user.pk:
            return redirect("overview")
        return redirect("network", network_id=network.pk)
    return render(request, "coordinator/colleague_remove.html", {"network": network, "membership": membership})


@network_page("GET", "POST", right="leave")
def network_leave(request: SignedInRequest, network: Network) -> HttpResponse:
    """Lets anybody leave; the last coördinator is told first how to hand the network over."""
    own = get_object_or_404(network.memberships, user=request.user)
    others = other_coordinators(network.pk, request.user).exists()
    may_leave = own.role != Role.COORDINATOR or others
    if request.method == "POST":
        try:
            leave_network(network_id=network.pk, user=request.user)
        except LastCoordinator:
            messages.error(request, "U bent de enige coördinator. Draag het netwerk eerst over.")
            return redirect("network_leave", network_id=network.pk)
        messages.success(request, f"U hebt geen toegang meer tot {network.name}.")
        return redirect("overview")
    replies = Round.objects.filter(network=network, contact_email__iexact=request.user.email)
    context = {
        "network": network,
        "own": own,
        "may_leave": may_leave,
        "runs": own.role == Role.COORDINATOR,
        "waiting": network.memberships.filter(role=Role.COORDINATOR, opened_at=None).exclude(user=request.user),
        "readers": network.memberships.exclude(role=Role.COORDINATOR).select_related("user"),
        "replies": replies.filter(state__in=["concept", "open"]) if own.role == Role.COORDINATOR else [],
    }
    return render(request, "coordinator/network_leave.html", context)


@network_page("GET", "POST", right="run")
def network_remove(request: SignedInRequest, network: Network) -> HttpResponse:
    """Deletes the network once its last coördinator has typed its name; says before what is erased and what stays."""
    why_not = keeps_network(network, request.user)
    form = NamedNetworkForm(request.POST or None, network=network)
    if not why_not and form.is_valid():
        try:
            delete_network(network_id=network.pk, user=request.user)
        except NotAllowed as refused:
            messages.error(request, str(refused))
            return redirect("network", network_id=network.pk)
        messages.success(request, "Het netwerk is verwijderd.")  # without its name: a session is a row too
        return redirect("overview")
    rounds = network.rounds.prefetch_related("publications")
    context = {
        "network": network,
        "form": form,
        "why_not": why_not,
        "rounds": rounds,
        "is_published": any(round.is_published for round in rounds),
        "partners": network.partners.count(),
        "colleagues": network.memberships.exclude(user=request.user).count(),
    }
    return render(request, "coordinator/network_remove.html", context)
