"""Removes a round, after saying what is lost with it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from assessments.actions.discarding import discard_round
from assessments.forms.rounds import NamedRoundForm
from assessments.models import Round, State
from assessments.rules.workflow import NotAllowed
from assessments.views.coordinator.rounds import page
from assessments.views.request import SignedInRequest, round_page


@round_page("GET", "POST", right="run")
def round_remove(request: SignedInRequest, round: Round) -> HttpResponse:
    """Removes a concept at one click; once people were invited to it, it asks for the round's name first."""
    if not round.can_be_discarded:
        messages.error(request, "Deze ronde is gepubliceerd. U kunt die niet meer verwijderen.")
        return redirect("round", round_id=round.pk)
    form = None
    if round.state != State.CONCEPT:
        form = NamedRoundForm(request.POST or None, round=round, verb="verwijderen")
    if request.method == "POST" and (form is None or form.is_valid()):
        return _remove(request, round)
    context = page(round) | {
        "form": form,
        "invited": round.participants.count(),
        "has_open_links": round.open_links.exists(),
        "improvements": round.improvements.count(),
    }
    return render(request, "coordinator/round_remove.html", context)


def _remove(request: SignedInRequest, round: Round) -> HttpResponse:
    try:
        discard_round(round_id=round.pk, seen_as=round.state)
    except NotAllowed:
        messages.error(request, "Een collega opende, sloot of publiceerde deze ronde net. Er is niets verwijderd.")
        return redirect("round", round_id=round.pk)
    messages.success(request, f"De ronde ‘{round.name}’ is verwijderd.")
    return redirect("network", network_id=round.network_id)
