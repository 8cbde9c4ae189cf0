"""Sends partners' contacts a message about the response, in words; shows it first, with who gets it."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from assessments import dutch
from assessments.actions.partner_messages import Told, may_be_told, tell_partners
from assessments.forms.partner_messages import PartnerMessageForm
from assessments.models import Round
from assessments.running.letters import Letter
from assessments.views.coordinator.rounds import page
from assessments.views.request import SignedInRequest, round_page


@dataclass(frozen=True)
class Sample:
    """Is the message as one partner gets it; `names` are of all that read the same of the response."""

    names: str
    letter: Letter


@round_page("GET", "POST", right="run")
def partner_messages(request: SignedInRequest, round: Round) -> HttpResponse:
    if not round.is_open:
        return redirect("round", round_id=round.pk)
    told = may_be_told(round)
    form = PartnerMessageForm(request.POST or None, told=told)
    if request.method == "POST" and form.is_valid() and "terug" not in request.POST:
        return _send(request, round, form) if "versturen" in request.POST else _preview(request, round, form)
    context = page(round) | {"form": form, "told": told, "others": [one for one in told if not one.can_be_told]}
    status = 400 if form.errors else 200
    return render(request, "coordinator/partner_messages.html", context, status=status)


def _preview(request: SignedInRequest, round: Round, form: PartnerMessageForm) -> HttpResponse:
    chosen = form.chosen()
    halves = [[one for one in chosen if one.is_below_half == below] for below in (True, False)]
    samples = [_sample(round, same, form.cleaned_data["words"]) for same in halves if same]
    context = page(round) | {"form": form, "chosen": chosen, "samples": samples}
    return render(request, "coordinator/partner_messages_preview.html", context)


def _sample(round: Round, same: list[Told], own: str) -> Sample:
    return Sample(dutch.listing([one.partner.name for one in same]), same[0].letter(round, own))


def _send(request: SignedInRequest, round: Round, form: PartnerMessageForm) -> HttpResponse:
    chosen = {one.partner for one in form.chosen()}
    sent = tell_partners(
        round_id=round.pk, partner_ids=[partner.pk for partner in chosen], words=form.cleaned_data["words"]
    )
    if sent:
        names = dutch.listing([partner.name for partner in sent])
        messages.success(request, f"Het bericht gaat naar de contactpersoon van {names}.")
    if left := chosen - set(sent):
        names = dutch.listing(sorted(partner.name for partner in left))
        messages.info(request, f"Niet verstuurd, want dat kan net niet meer: {names}.")
    return redirect("partner_messages", round_id=round.pk)
