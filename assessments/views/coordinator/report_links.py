"""Makes links to a report for a reader without an account, shows which are in use, and withdraws them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from assessments.actions import report_links as actions
from assessments.forms.report_links import ReportLinkForm
from assessments.models import ReaderGroup, ReportLink, Round
from assessments.rules.workflow import NotAllowed
from assessments.running.report_links import full_report_link, subjects_to_link
from assessments.views.coordinator.rounds import page
from assessments.views.request import SignedInRequest, round_page


@round_page("GET", "POST", right="run")
def report_links(request: SignedInRequest, round: Round) -> HttpResponse:
    if not round.is_frozen:
        return redirect("round", round_id=round.pk)
    subjects = subjects_to_link(round)
    form = ReportLinkForm(request.POST or None, subjects)
    if form.is_valid():
        try:
            actions.make_report_link(round_id=round.pk, **form.cleaned_data)
        except NotAllowed as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "De link is klaar. Kopieer hem en geef hem door.")
        return redirect("report_links", round_id=round.pk)
    titles = {subject.key: subject.title for subject in subjects}
    links = [(link, full_report_link(link), titles.get(link.subject, "")) for link in round.report_links.all()]
    may_be_made = round.is_published_to(ReaderGroup.READERS)
    context = page(round) | {"form": form, "links": links, "may_be_made": may_be_made}
    return render(request, "coordinator/report_links.html", context)


@round_page("GET", "POST", right="run")
def report_link_withdraw(request: SignedInRequest, round: Round, report_link_id: UUID) -> HttpResponse:
    link = get_object_or_404(ReportLink, round=round, pk=report_link_id)
    if request.method == "POST":
        actions.withdraw_report_link(round_id=round.pk, link_id=link.pk)
        messages.success(request, f"De link voor ‘{link.audience}’ is ingetrokken.")
        return redirect("report_links", round_id=round.pk)
    return render(request, "coordinator/report_link_withdraw.html", page(round) | {"link": link})
