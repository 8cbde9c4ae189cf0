"""Shows releases: what is in each, how to cite it, its bundle, and what it tells of networks together."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib import messages
from django.db.models import Max, Min
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from assessments.access import makes_releases, reads_releases, reads_tables
from assessments.actions.forgotten import Question, is_forgotten, question, tell_of_forgotten
from assessments.actions.releases import make_release_of, outlook
from assessments.dataset.tasks import citation_of
from assessments.forms.releases import ForgottenForm
from assessments.models import PartnerKind, Release
from assessments.national import stored
from assessments.report.blocks import Report
from assessments.report.national import About, Choice, choices, national_report, workbook_of
from assessments.report.pdf import pdf_of
from assessments.report.tasks import PDF
from assessments.report.xlsx import XLSX, xlsx_of
from assessments.rules.releases import LEAST_NETWORKS, next_release_day
from assessments.views.request import SignedInRequest, signed_in
from factors.instrument import Instrument
from factors.models import InstrumentVersion
from samenwerking.downloads import file_name, file_response, streamed_file

ZIP = "application/zip"


@signed_in("GET")
def release(request: SignedInRequest, number: str) -> HttpResponse:
    found = _release(request, number)
    context = {
        "release": found,
        "days": _days(found),
        "rounds": found.entries.count(),
        "may_take_bundle": reads_releases(request.user),
        "citation": citation_of(found),
    }
    return render(request, "research/release.html", context)


@signed_in("GET")
def release_bundle(request: SignedInRequest, number: str) -> StreamingHttpResponse:
    if not reads_releases(request.user):
        raise Http404
    found = get_object_or_404(Release.objects.defer("tables"), pk=number, size__isnull=False)
    name = file_name("samenwerking", "uitgave", found.number, kind="zip")
    return streamed_file(found.read_bundle(), found.size or 0, ZIP, name)


@signed_in("GET")
def release_tables(request: SignedInRequest, number: str) -> HttpResponse:
    found = _release(request, number)
    offered, report = _report(request, found)
    context = {"release": found, "choices": offered, "report": report, "chosen": _chosen(request, offered)}
    return render(request, "research/release_tables.html", context)


@signed_in("GET")
def release_tables_pdf(request: SignedInRequest, number: str) -> HttpResponse:
    """Gives the table that `tabel` in the address names, as PDF."""
    _, report = _report(request, _release(request, number))
    if report is None:
        raise Http404
    name = file_name("samenwerking", "uitgave", number, report.network, kind="pdf")
    return file_response(pdf_of(report), PDF, name, is_shown=True)


@signed_in("GET")
def release_tables_xlsx(request: SignedInRequest, number: str) -> HttpResponse:
    found, instrument = _release(request, number), _instrument()
    names = {key: instrument.name(key) for key in instrument.scales}
    workbook = workbook_of(stored.from_json(found.tables), names, _kinds(), _about(found))
    name = file_name("samenwerking", "uitgave", number, "netwerken", kind="xlsx")
    return file_response(xlsx_of(workbook), XLSX, name)


@signed_in("GET", "POST")
def release_new(request: SignedInRequest) -> HttpResponse:
    """Shows what a release of today would have, and makes it; asks first what only people know after a restore."""
    if not makes_releases(request.user):
        raise Http404
    if asked := question():
        return _ask_of_forgotten(request, asked)
    today = timezone.localdate()
    ahead = outlook(today)
    is_made, is_gone = Release.objects.filter(pk=ahead.number).exists(), is_forgotten(today)
    if "maken" in request.POST and not (is_made or is_gone) and ahead.networks >= LEAST_NETWORKS:
        make_release_of.enqueue(today.isoformat())
        messages.success(request, "De uitgave wordt gemaakt. Dat kan enkele minuten duren.")
        return redirect("research")
    context = {
        "outlook": ahead,
        "is_made": is_made,
        "is_gone": is_gone,
        "next_day": next_release_day(today),
        "least": LEAST_NETWORKS,
    }
    return render(request, "research/release_new.html", context)


def _ask_of_forgotten(request: SignedInRequest, asked: Question) -> HttpResponse:
    """Asks whether a release was made in a time that the database forgot."""
    form = ForgottenForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if tell_of_forgotten(had_release=form.cleaned_data["had_release"]):
            messages.success(request, "Dat is bewaard.")
        else:
            messages.warning(request, "Iemand anders beantwoordde deze vraag net. Uw antwoord is niet bewaard.")
        return redirect("release_new")
    return render(request, "research/release_forgotten.html", {"asked": asked, "form": form})


def _days(release: Release) -> dict[str, date | None]:
    """Returns from when to when its rounds were held; where that was not kept yet, of rounds that are still there."""
    if release.first_day:
        return {"first": release.first_day, "last": release.last_day}
    return release.entries.aggregate(first=Min("round__opened_at"), last=Max("round__closed_at"))


def _release(request: SignedInRequest, number: str) -> Release:
    """Returns the release without its large files. Raises Http404 for whoever may read none."""
    if not (reads_tables(request.user) or makes_releases(request.user)):
        raise Http404
    return get_object_or_404(Release, pk=number)


def _report(request: SignedInRequest, release: Release) -> tuple[list[Choice], Report | None]:
    """Returns the tables to choose from, and the one that is asked for; None where the release has none."""
    told = stored.from_json(release.tables)
    offered = choices(told, _kinds())
    chosen = _chosen(request, offered)
    holding = stored.reliability_of(release.tables)
    return offered, national_report(told, holding, chosen, _instrument(), _about(release)) if chosen else None


def _chosen(request: SignedInRequest, offered: list[Choice]) -> Choice | None:
    """Returns the table that is asked for, or the first."""
    key = request.GET.get("tabel", "")
    return next((choice for choice in offered if choice.key == key), offered[0] if offered else None)


def _about(release: Release) -> About:
    return About(release.number, settings.ORGANISATION_NAME, release.made_at, release.is_constructed)


def _kinds() -> dict[str, str]:
    return dict(PartnerKind.objects.values_list("key", "name"))


def _instrument() -> Instrument:
    """Returns the newest instrument: its factors have the names and the order of the tables."""
    version = InstrumentVersion.objects.first()
    if version is None:
        raise Http404
    return version.instrument
