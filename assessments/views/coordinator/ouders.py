"""Makes the one open link for ouders en jongeren, a perspective of their own; it is nobody's personal link."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from assessments.actions.open_links import open_to_ouders
from assessments.filling.links import full_link
from assessments.models import OpenLink, Perspective, Round
from assessments.rules.workflow import NotAllowed, Work
from assessments.views.coordinator.open_links import withdraw
from assessments.views.coordinator.rounds import page
from assessments.views.request import SignedInRequest, round_page


@round_page("GET", "POST", right="run")
def ouders_link(request: SignedInRequest, round: Round) -> HttpResponse:
    if not round.allows(Work.GIVING_OUT_LINKS):
        return redirect("round", round_id=round.pk)
    link = OpenLink.objects.filter(round=round, level=Perspective.OUDERS).first()
    if link and "intrekken" in request.POST:
        return withdraw(request, round, link, "ouders_link")
    if request.method == "POST":
        try:
            open_to_ouders(round_id=round.pk)
        except NotAllowed:
            messages.error(request, "De ronde is net gesloten. Er is geen link gemaakt.")
        else:
            messages.success(request, "Ouders en jongeren kunnen meedoen met de link hieronder.")
        return redirect("ouders_link", round_id=round.pk)
    address = full_link(link.pk) if link else None
    return render(request, "coordinator/ouders_link.html", page(round) | {"link": link, "address": address})
