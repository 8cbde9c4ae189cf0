"""What is agreed on the report of a round: noted after the conversation, and looked back on before the next report."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from assessments.access import round_for
from assessments.actions import improvements as actions
from assessments.forms.improvements import ImprovementForm, OutcomeForm
from assessments.models import Improvement
from assessments.views.coordinator.rounds import page
from assessments.views.request import SignedInRequest
from assessments.workflow import NotAllowed


@login_required
@require_safe
def improvements(request: SignedInRequest, round_id: UUID) -> HttpResponse:
    round = round_for(request.user, round_id, "run")
    if round.state not in actions.HAS_A_REPORT:
        return redirect("round", round_id=round.pk)
    names = {factor.key: factor.name for factor in round.instrument.factors}
    rows = [(improvement, names.get(improvement.factor, "")) for improvement in round.improvements.all()]
    is_told = round.next_rounds.with_results().exists()
    context = page(round) | {"rows": rows, "is_told": is_told, "is_fixed": round.is_followed_up}
    return render(request, "coordinator/improvements.html", context)


@login_required
def improvement_new(request: SignedInRequest, round_id: UUID) -> HttpResponse:
    round = round_for(request.user, round_id, "run")
    if round.state not in actions.HAS_A_REPORT:
        return redirect("round", round_id=round.pk)
    form = ImprovementForm(request.POST or None, round=round)
    if form.is_valid():
        add = partial(actions.add_improvement, round_id=round.pk, fields=form.cleaned_data)
        to = "improvement_new" if "nog_een" in request.POST else "improvements"
        return _written(request, round_id, add, "De verbeteractie is toegevoegd.", to)
    return render(request, "coordinator/improvement_new.html", page(round) | {"form": form})


@login_required
def improvement_edit(request: SignedInRequest, round_id: UUID, improvement_id: int) -> HttpResponse:
    round = round_for(request.user, round_id, "run")
    row = get_object_or_404(Improvement, round=round, pk=improvement_id)
    form = OutcomeForm(request.POST or None, instance=row, round=round)
    if form.is_valid():
        change = partial(actions.change_improvement, round_id=round.pk, improvement_id=row.pk, fields=form.cleaned_data)
        return _written(request, round_id, change, "De verbeteractie is opgeslagen.")
    return render(request, "coordinator/improvement_edit.html", page(round) | {"form": form, "row": row})


@login_required
def improvement_remove(request: SignedInRequest, round_id: UUID, improvement_id: int) -> HttpResponse:
    round = round_for(request.user, round_id, "run")
    row = get_object_or_404(Improvement, round=round, pk=improvement_id)
    if request.method == "POST":
        remove = partial(actions.remove_improvement, round_id=round.pk, improvement_id=row.pk)
        return _written(request, round_id, remove, "De verbeteractie is verwijderd.")
    return render(request, "coordinator/improvement_remove.html", page(round) | {"row": row})


def _written(
    request: SignedInRequest, round_id: UUID, write: Callable[[], object], done: str, to: str = "improvements"
) -> HttpResponse:
    try:
        write()
    except NotAllowed as refused:
        messages.error(request, str(refused))
        return redirect("improvements", round_id=round_id)
    messages.success(request, done)
    return redirect(to, round_id=round_id)
