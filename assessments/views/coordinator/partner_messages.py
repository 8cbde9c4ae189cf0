"""Sends a partner's contact a message about the response, in words, where enough people were invited."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from assessments.actions.partner_messages import (
    ToldAlready,
    TooFew,
    in_words,
    may_be_told,
    tell_partner,
    told_already,
    troubles,
)
from assessments.models import Partner, Round
from assessments.views.coordinator.rounds import page
from assessments.views.request import SignedInRequest, round_page


@round_page("GET", "POST", right="run")
def partner_messages(request: SignedInRequest, round: Round) -> HttpResponse:
    if not round.is_open:
        return redirect("round", round_id=round.pk)
    partners = {partner.key: partner for partner in Partner.objects.filter(network=round.network_id)}
    if request.method == "POST":
        return _tell(request, round, partners)
    found = troubles()
    told = [(one, in_words(group), found.get(one.pk)) for group in may_be_told(round) if (one := partners[group.key])]
    context = page(round) | {"told": told, "told_already": told_already()}
    return render(request, "coordinator/partner_messages.html", context)


def _tell(request: SignedInRequest, round: Round, partners: dict[str, Partner]) -> HttpResponse:
    partner = partners.get(request.POST.get("partner", ""))
    try:
        if partner is None:
            raise TooFew
        tell_partner(round_id=round.pk, partner_id=partner.pk)
    except TooFew:
        messages.error(
            request,
            "Dit bericht kan niet worden verstuurd: er zijn daar te weinig mensen uitgenodigd, of er is geen adres.",
        )
    except ToldAlready:
        messages.info(
            request,
            "Deze partner kreeg minder dan een dag geleden al een bericht. Morgen kunt u weer een bericht sturen.",
        )
    else:
        messages.success(request, f"Het bericht aan {partner.name} wordt verstuurd.")
    return redirect("partner_messages", round_id=round.pk)
