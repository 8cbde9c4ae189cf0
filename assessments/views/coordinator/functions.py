"""At which level people with a function stand: the network's own table, over what is usual."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from assessments.access import network_for
from assessments.actions.functions import remove_level, set_levels
from assessments.forms.functions import FunctionForm, LevelForm
from assessments.imports.functions import USUAL, USUAL_LEVELS, simple
from assessments.models import FunctionLevel, Level
from assessments.views.request import SignedInRequest


@login_required
@require_safe
def functions(request: SignedInRequest, network_id: UUID) -> HttpResponse:
    network = network_for(request.user, network_id, "run")
    own = list(network.function_levels.all())
    elsewhere = {row.simple_form for row in own}
    usual = [
        (level, [function for function in USUAL[level] if simple(function) not in elsewhere]) for level in Level.values
    ]
    return render(request, "coordinator/functions.html", {"network": network, "own": own, "usual": usual})


@login_required
def function_new(request: SignedInRequest, network_id: UUID) -> HttpResponse:
    network = network_for(request.user, network_id, "run")
    form = FunctionForm(request.POST or None, network=network)
    if form.is_valid():
        function, level = form.cleaned_data["function"], form.cleaned_data["level"]
        set_levels(network_id=network.pk, levels={function: level})
        messages.success(request, f"‘{function}’ hoort nu bij het niveau {level}.")
        return redirect("function_new" if "nog_een" in request.POST else "functions", network_id=network.pk)
    return render(request, "coordinator/function_new.html", {"network": network, "form": form})


@login_required
def function_edit(request: SignedInRequest, network_id: UUID, function_id: int) -> HttpResponse:
    network = network_for(request.user, network_id, "run")
    row = get_object_or_404(FunctionLevel, network=network, pk=function_id)
    form = LevelForm(request.POST or None, initial={"level": row.level})
    if form.is_valid():
        set_levels(network_id=network.pk, levels={row.function: form.cleaned_data["level"]})
        messages.success(request, f"‘{row.function}’ hoort nu bij het niveau {form.cleaned_data['level']}.")
        return redirect("functions", network_id=network.pk)
    return render(request, "coordinator/function_edit.html", {"network": network, "row": row, "form": form})


@login_required
def function_remove(request: SignedInRequest, network_id: UUID, function_id: int) -> HttpResponse:
    network = network_for(request.user, network_id, "run")
    row = network.function_levels.filter(pk=function_id).first()
    if request.method == "POST":
        if row:
            remove_level(function_id=row.pk)
            messages.success(request, f"‘{row.function}’ is verwijderd.")
        return redirect("functions", network_id=network.pk)
    row = get_object_or_404(network.function_levels, pk=function_id)
    context = {"network": network, "row": row, "usual": USUAL_LEVELS.get(row.simple_form)}
    return render(request, "coordinator/function_remove.html", context)
