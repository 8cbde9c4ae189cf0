"""Shows and changes the level of each job title: the network's own table, which goes before the usual one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from assessments.actions.job_titles import remove_level, set_levels
from assessments.forms.job_titles import JobTitleForm, LevelForm
from assessments.imports.job_titles import USUAL, USUAL_LEVELS, simple
from assessments.models import JobTitleLevel, Level, Network
from assessments.views.request import SignedInRequest, network_page


@network_page("GET", right="run")
def job_titles(request: SignedInRequest, network: Network) -> HttpResponse:
    own = list(network.job_title_levels.all())
    elsewhere = {row.simple_form for row in own}
    usual = [
        (level, [job_title for job_title in USUAL[level] if simple(job_title) not in elsewhere])
        for level in Level.values
    ]
    return render(request, "coordinator/job_titles.html", {"network": network, "own": own, "usual": usual})


@network_page("GET", "POST", right="run")
def job_title_new(request: SignedInRequest, network: Network) -> HttpResponse:
    form = JobTitleForm(request.POST or None, network=network)
    if form.is_valid():
        job_title, level = form.cleaned_data["job_title"], form.cleaned_data["level"]
        set_levels(network_id=network.pk, levels={job_title: level})
        messages.success(request, f"‘{job_title}’ hoort nu bij het niveau {level}.")
        return redirect("job_title_new" if "nog_een" in request.POST else "job_titles", network_id=network.pk)
    return render(request, "coordinator/job_title_new.html", {"network": network, "form": form})


@network_page("GET", "POST", right="run")
def job_title_edit(request: SignedInRequest, network: Network, job_title_id: int) -> HttpResponse:
    row = get_object_or_404(JobTitleLevel, network=network, pk=job_title_id)
    form = LevelForm(request.POST or None, initial={"level": row.level})
    if form.is_valid():
        set_levels(network_id=network.pk, levels={row.job_title: form.cleaned_data["level"]})
        messages.success(request, f"‘{row.job_title}’ hoort nu bij het niveau {form.cleaned_data['level']}.")
        return redirect("job_titles", network_id=network.pk)
    return render(request, "coordinator/job_title_edit.html", {"network": network, "row": row, "form": form})


@network_page("GET", "POST", right="run")
def job_title_remove(request: SignedInRequest, network: Network, job_title_id: int) -> HttpResponse:
    row = network.job_title_levels.filter(pk=job_title_id).first()
    if request.method == "POST":
        if row:
            remove_level(job_title_id=row.pk)
            messages.success(request, f"‘{row.job_title}’ is verwijderd.")
        return redirect("job_titles", network_id=network.pk)
    row = get_object_or_404(network.job_title_levels, pk=job_title_id)
    context = {"network": network, "row": row, "usual": USUAL_LEVELS.get(row.simple_form)}
    return render(request, "coordinator/job_title_remove.html", context)
