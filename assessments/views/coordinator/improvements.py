"""Notes what is agreed on a round's report, after it is discussed, and what came of it before the next report."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from assessments.actions import improvements as actions
from assessments.forms.improvements import ImprovementForm, OutcomeForm
from assessments.models import Improvement, Round
from assessments.report.blocks import AdviceCard
from assessments.report.load import report_of
from assessments.report.subjects import NoSuchReport
from assessments.rules.workflow import NotAllowed, Work
from assessments.views.coordinator.rounds import page
from assessments.views.request import SignedInRequest, round_page

A_FIRST_STEP_TAKES = timedelta(days=90)


@round_page("GET", right="run")
def improvements(request: SignedInRequest, round: Round) -> HttpResponse:
    if not round.allows(Work.AGREEING_ON_IMPROVEMENTS):
        return redirect("round", round_id=round.pk)
    names = {factor.key: factor.name for factor in round.instrument.factors}
    rows = [(improvement, names.get(improvement.factor, "")) for improvement in round.improvements.all()]
    is_told = round.next_rounds.published().exists()
    context = page(round) | {"rows": rows, "is_told": is_told, "is_fixed": round.is_followed_up}
    return render(request, "coordinator/improvements.html", context)


@round_page("GET", "POST", right="run")
def improvement_new(request: SignedInRequest, round: Round) -> HttpResponse:
    if not round.allows(Work.AGREEING_ON_IMPROVEMENTS):
        return redirect("round", round_id=round.pk)
    advice = _advice(round, request.GET)
    form = ImprovementForm(request.POST or None, round=round, initial=_agreed_from(advice) if advice else {})
    add = partial(actions.add_improvement, round_id=round.pk)
    if form.is_valid() and _is_written(form, add):
        messages.success(request, "De verbeteractie is toegevoegd.")
        return redirect("improvement_new" if "nog_een" in request.POST else "improvements", round_id=round.pk)
    return render(request, "coordinator/improvement_new.html", page(round) | {"form": form, "advice": advice})


def _advice(round: Round, asked: Mapping[str, str]) -> AdviceCard | None:
    """Returns the advice of a report from which somebody comes, or None."""
    if "advies" not in asked:
        return None
    try:
        found = report_of(round, asked.get("rapport", ""))
    except NoSuchReport:
        return None
    return next((card for card in found.advices if card.key == asked["advies"]), None)


def _agreed_from(advice: AdviceCard) -> dict[str, object]:
    """Returns what an advice proposes to agree: its first step, who can take it, in three months."""
    when = timezone.localdate() + A_FIRST_STEP_TAKES
    return {"what": advice.first_step, "who": advice.who, "due_on": when, "factor": advice.factor}


@round_page("GET", "POST", right="run")
def improvement_edit(request: SignedInRequest, round: Round, improvement_id: int) -> HttpResponse:
    row = get_object_or_404(Improvement, round=round, pk=improvement_id)
    form = OutcomeForm(request.POST or None, instance=row, round=round)
    change = partial(actions.change_improvement, round_id=round.pk, improvement_id=row.pk)
    if form.is_valid() and _is_written(form, change):
        messages.success(request, "De verbeteractie is opgeslagen.")
        return redirect("improvements", round_id=round.pk)
    return render(request, "coordinator/improvement_edit.html", page(round) | {"form": form, "row": row})


@round_page("GET", "POST", right="run")
def improvement_remove(request: SignedInRequest, round: Round, improvement_id: int) -> HttpResponse:
    row = get_object_or_404(Improvement, round=round, pk=improvement_id)
    if request.method == "POST":
        try:
            actions.remove_improvement(round_id=round.pk, improvement_id=row.pk)
        except NotAllowed as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "De verbeteractie is verwijderd.")
        return redirect("improvements", round_id=round.pk)
    return render(request, "coordinator/improvement_remove.html", page(round) | {"row": row})


def _is_written(form: ImprovementForm, write: Callable[..., object]) -> bool:
    """Writes the form and tells whether that was allowed; if not, the form says why and keeps what was typed."""
    try:
        write(fields=form.cleaned_data)
    except NotAllowed as refused:
        form.add_error(None, str(refused))
        return False
    return True
