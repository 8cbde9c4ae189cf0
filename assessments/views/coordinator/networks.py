"""Shows and changes a network: its rounds and its partners."""

from copy import copy

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from assessments.actions.networks import (
    CannotMerge,
    PartnerInUse,
    add_partner,
    change_kinds,
    change_network,
    change_partner,
    create_network,
    is_in_use,
    merge_partners,
    remove_partner,
)
from assessments.forms.networks import KindsForm, MergeForm, NetworkForm, PartnerForm
from assessments.models import Network, Partner, Role, Round, State
from assessments.running.pause import pause_of
from assessments.views.coordinator.colleagues import colleagues
from assessments.views.coordinator.overview import round_line, with_counts
from assessments.views.request import SignedInRequest, network_page, signed_in


@network_page("GET", right="run")
def network(request: SignedInRequest, network: Network) -> HttpResponse:
    pause, rounds = pause_of(network.pk), with_counts(Round.objects.filter(network=network))
    lines = [round_line(round, runs=True, pause=pause) for round in rounds]
    context = {
        "network": network,
        "rounds": [line for line in lines if line.round.state != State.ARCHIVED],
        "archived": [line.round for line in lines if line.round.state == State.ARCHIVED],
        "pause": pause,
        "partners": network.partners.select_related("kind"),
        "colleagues": colleagues(network),
    }
    return render(request, "coordinator/network.html", context)


@signed_in("GET", "POST")
def network_new(request: SignedInRequest) -> HttpResponse:
    if not request.user.can_make_networks:
        raise Http404
    form = NetworkForm(request.POST or None)
    own = Network.objects.for_role(request.user, Role.COORDINATOR)
    if form.is_valid() and own.filter(name__iexact=form.cleaned_data["name"]).exists():
        form.add_error("name", "U hebt al een netwerk met deze naam. Kies een andere, of open het in uw overzicht.")
    if form.is_valid():
        network = create_network(user=request.user, fields=form.cleaned_data)
        messages.success(request, "Het netwerk is gemaakt. Voeg nu de partners toe.")
        return redirect("network", network_id=network.pk)
    return render(request, "coordinator/network_new.html", {"form": form})


@network_page("GET", "POST", right="run")
def network_edit(request: SignedInRequest, network: Network) -> HttpResponse:
    # The form writes its input to its instance, so it gets a copy: the page shows the network as it is.
    form = NetworkForm(request.POST or None, instance=copy(network))
    if form.is_valid():
        change_network(network_id=network.pk, fields=form.cleaned_data)
        messages.success(request, "De gegevens zijn opgeslagen.")
        return redirect("network", network_id=network.pk)
    return render(request, "coordinator/network_edit.html", {"network": network, "form": form})


@network_page("GET", "POST", right="run")
def partner_new(request: SignedInRequest, network: Network) -> HttpResponse:
    form = PartnerForm(request.POST or None, network=network)
    if form.is_valid():
        partner = add_partner(network_id=network.pk, **form.cleaned_data)
        messages.success(request, f"{partner.name} is toegevoegd.")
        return redirect("partner_new" if "nog_een" in request.POST else "network", network_id=network.pk)
    return render(request, "coordinator/partner_new.html", {"network": network, "form": form})


@network_page("GET", "POST", right="run")
def partner_edit(request: SignedInRequest, network: Network, partner_id: int) -> HttpResponse:
    partner = get_object_or_404(Partner, network=network, pk=partner_id)
    form = PartnerForm(request.POST or None, network=network, instance=partner)
    if form.is_valid():
        change_partner(partner_id=partner_id, **form.cleaned_data)
        messages.success(request, "De partner is opgeslagen.")
        return redirect("network", network_id=network.pk)
    return render(request, "coordinator/partner_edit.html", {"network": network, "partner": partner, "form": form})


@network_page("GET", "POST", right="run")
def partner_remove(request: SignedInRequest, network: Network, partner_id: int) -> HttpResponse:
    if request.method == "POST" and not network.partners.filter(pk=partner_id).exists():
        return redirect("network", network_id=network.pk)  # a second click
    partner = get_object_or_404(Partner, network=network, pk=partner_id)
    if request.method == "POST":
        try:
            remove_partner(partner_id=partner.pk)
        except PartnerInUse:
            messages.error(
                request, f"{partner.name} doet mee in een ronde. U kunt deze partner daarom niet verwijderen."
            )
        else:
            messages.success(request, f"{partner.name} is verwijderd.")
        return redirect("network", network_id=network.pk)
    context = {"network": network, "partner": partner, "in_use": is_in_use(partner)}
    return render(request, "coordinator/partner_remove.html", context)


@network_page("GET", "POST", right="run")
def partner_kinds(request: SignedInRequest, network: Network) -> HttpResponse:
    """Asks the kind, and with it the sector, of all partners on one page."""
    form = KindsForm(request.POST or None, network=network)
    if form.is_valid():
        changed = change_kinds(network_id=network.pk, kinds=form.kinds)
        partners = "1 partner kreeg" if changed == 1 else f"{changed} partners kregen"
        messages.success(request, f"{partners} een andere soort." if changed else "Er is niets gewijzigd.")
        return redirect("network", network_id=network.pk)
    return render(request, "coordinator/partner_kinds.html", {"network": network, "form": form})


@network_page("GET", "POST", right="run")
def partner_merge(request: SignedInRequest, network: Network, partner_id: int) -> HttpResponse:
    """Makes one of two partners that are the same organisation."""
    partner = get_object_or_404(Partner, network=network, pk=partner_id)
    form = MergeForm(request.POST or None, partner=partner)
    if form.is_valid():
        try:
            stays = merge_partners(partner_id=partner.pk, into_id=form.cleaned_data["into"].pk)
        except CannotMerge as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{partner.name} is samengevoegd met {stays.name}.")
            return redirect("network", network_id=network.pk)
    return render(request, "coordinator/partner_merge.html", {"network": network, "partner": partner, "form": form})
