"""The steps that set up a round, each saved on its own: it can be left and resumed, or done in another order."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from assessments.access import network_for, round_for
from assessments.actions.setup import change_round, create_round, remove_round
from assessments.forms.setup import InvitationForm, NewRoundForm, PlanningForm, defaults, one_line
from assessments.models import Round, State
from assessments.readiness import STEPS, consequences
from assessments.views.coordinator.request import SignedInRequest
from assessments.views.coordinator.rounds import page
from assessments.views.coordinator.steps import first_steps, step_links
from assessments.workflow import NotAllowed
from factors.models import InstrumentVersion

FORMS: dict[str, Callable[..., forms.Form]] = {
    "gegevens": NewRoundForm,
    "planning": PlanningForm,
    "uitnodiging": InvitationForm,
}


@login_required
def round_new(request: SignedInRequest, network_id: UUID) -> HttpResponse:
    """The first step makes the round; after an earlier one as a copy of the last."""
    network = network_for(request.user, network_id, "run")
    previous = network.rounds.exclude(state=State.CONCEPT).first()
    version = InstrumentVersion.objects.first()
    form = NewRoundForm(request.POST or None, network=network, initial={"instrument_version": version})
    if form.is_valid():
        fields = defaults(network) | form.cleaned_data | _sender(request)
        round = create_round(network_id=network.pk, previous_id=previous.pk if previous else None, fields=fields)
        return redirect("round_setup", round_id=round.pk, step="planning")
    context = {"network": network, "form": form, "previous": previous, "steps": first_steps()}
    return render(request, "coordinator/round_new.html", context)


@login_required
def round_setup(request: SignedInRequest, round_id: UUID, step: str) -> HttpResponse:
    round = round_for(request.user, round_id, "run")
    if step not in STEPS:
        raise Http404
    if round.state != State.CONCEPT or step not in FORMS:
        return redirect("participants" if step == "deelnemers" else "round_open", round_id=round.pk)
    form = _form(step, round, request)
    if form.is_valid():
        return _save(request, round, step, form)
    minimum = round.minimum
    context = page(round) | {
        "form": form,
        "step": step,
        "step_name": STEPS[step],
        "steps": step_links(round, step),
        "consequences": consequences(round, minimum),
    }
    return render(request, "coordinator/round_setup.html", context)


@login_required
def round_remove(request: SignedInRequest, round_id: UUID) -> HttpResponse:
    round = round_for(request.user, round_id, "run")
    if round.state != State.CONCEPT:
        return redirect("round", round_id=round.pk)
    if request.method == "POST":
        remove_round(round_id=round.pk)
        messages.success(request, f"De ronde ‘{round.name}’ is weggegooid.")
        return redirect("network", network_id=round.network_id)
    return render(request, "coordinator/round_remove.html", page(round))


def _sender(request: SignedInRequest) -> dict[str, str]:
    return {"contact_name": one_line(request.user.name)[:100], "contact_email": request.user.email}


def _form(step: str, round: Round, request: SignedInRequest) -> forms.Form:
    options: dict[str, Any] = {"network": round.network, "round": round} if step == "gegevens" else {}
    names = FORMS[step].base_fields  # type: ignore[attr-defined]
    return FORMS[step](request.POST or None, initial={name: getattr(round, name) for name in names}, **options)


def _save(request: SignedInRequest, round: Round, step: str, form: forms.Form) -> HttpResponse:
    try:
        change_round(round_id=round.pk, fields=form.cleaned_data)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect("round", round_id=round.pk)
    if "later" in request.POST:
        messages.success(request, "Opgeslagen. U kunt later verder.")
        return redirect("network", network_id=round.network_id)
    steps = list(STEPS)
    following = steps[steps.index(step) + 1]  # type: ignore[arg-type]
    return redirect("round_setup", round_id=round.pk, step=following)
