"""Shows how long a network keeps what, what goes when and what went; lets its coördinator keep things longer."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render

from assessments.actions import keeping as actions
from assessments.forms.keeping import KeepRoundForm, TermsForm
from assessments.models import Network, OpenAnswer, Receipt, Round
from assessments.rules.keeping import AFTER_CLOSING, AFTER_PUBLISHING
from assessments.rules.workflow import NotAllowed, Work
from assessments.running.keeping import closed_rounds, days_of, days_of_all, network_goes_on
from assessments.views.coordinator.rounds import page
from assessments.views.request import SignedInRequest, network_page, round_page

PER_PAGE = 30


@network_page("GET", "POST", right="run")
def network_keeping(request: SignedInRequest, network: Network) -> HttpResponse:
    form = TermsForm(request.POST or None, network=network)
    if form.is_valid():
        actions.choose_terms(network_id=network.pk, fields=form.cleaned_data)
        messages.success(request, "De termijnen zijn opgeslagen. Hieronder staat wat er nu wanneer gaat.")
        return redirect("network_keeping", network_id=network.pk)
    rounds = list(closed_rounds().filter(network=network))
    days = days_of_all(rounds)
    with_texts = set(OpenAnswer.objects.filter(round__in=rounds).order_by().values_list("round", flat=True).distinct())
    receipts = Receipt.objects.filter(network=network.pk)
    context = {
        "network": network,
        "form": form,
        "lines": [(round, days[str(round.pk)], round.pk in with_texts) for round in rounds],
        "network_goes_on": network_goes_on(network),
        "receipts": Paginator(receipts, PER_PAGE).get_page(request.GET.get("bladzijde")),
        "after_publishing": AFTER_PUBLISHING.days,
        "after_closing": AFTER_CLOSING.days,
    }
    return render(request, "coordinator/network_keeping.html", context)


@network_page("POST", right="run")
def network_keep(request: SignedInRequest, network: Network) -> HttpResponse:
    """Lets the term of a network without rounds begin anew."""
    actions.keep_network(network_id=network.pk)
    messages.success(request, "Het netwerk blijft. De termijn begint vandaag opnieuw.")
    return redirect("network_keeping", network_id=network.pk)


@round_page("GET", "POST", right="run")
def round_keeping(request: SignedInRequest, round: Round) -> HttpResponse:
    """Keeps the open answers and results of one round longer than its network does, or as long again."""
    if not round.allows(Work.KEEPING):
        return redirect("round", round_id=round.pk)
    has_texts = round.open_answers.exists()
    form = KeepRoundForm(request.POST or None, round=round, has_texts=has_texts)
    if request.method == "POST" and form.is_valid():
        texts = form.cleaned_data.get("texts_until")
        try:
            actions.keep_round(round_id=round.pk, texts_until=texts, results_until=form.cleaned_data["results_until"])
        except NotAllowed as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "De dagen zijn opgeslagen.")
        return redirect("network_keeping", network_id=round.network_id)
    context = page(round) | {"form": form, "days": days_of(round), "has_texts": has_texts}
    return render(request, "coordinator/round_keeping.html", context)
