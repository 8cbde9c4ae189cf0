"""Shows the onderzoeker published rounds, their reports and the published figures as files."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.access import is_researcher
from assessments.models import Round
from assessments.report import export
from assessments.report.load import subjects_of
from assessments.views.request import SignedInRequest, round_page, signed_in
from samenwerking.downloads import file_name, file_response

CSV, SPSS = "text/csv; charset=utf-8", "application/x-spss-sav"


@signed_in("GET")
def research(request: SignedInRequest) -> HttpResponse:
    rounds = _rounds(request)
    context = {
        "entries": [(round, _reports(round)) for round in rounds if round.frozen.is_readable],
        "unreadable": [round for round in rounds if not round.frozen.is_readable],
        "has_constructed": any(round.network.is_constructed for round in rounds),
    }
    return render(request, "research/research.html", context)


@require_safe
def codebook(request: HttpRequest) -> HttpResponse:
    """Says what the columns mean; it says nothing of any round, so everybody may read it."""
    columns = [(column, list(enumerate((column.values or {}).items(), start=1))) for column in export.COLUMNS]
    return render(request, "research/codebook.html", {"columns": columns})


@require_safe
def codebook_csv(request: HttpRequest) -> HttpResponse:
    return file_response(export.codebook_csv(), CSV, "codeboek.csv")


@signed_in("GET")
def figures_csv(request: SignedInRequest) -> HttpResponse:
    return _csv(_readable(request), "cijfers.csv")


@signed_in("GET")
def figures_sav(request: SignedInRequest) -> HttpResponse:
    return file_response(export.as_sav(_published(_readable(request))), SPSS, "cijfers.sav")


@round_page("GET", right="download_data")
def round_figures_csv(request: SignedInRequest, round: Round) -> HttpResponse:
    return _csv([_frozen(round)], _name(round, "csv"))


@round_page("GET", right="download_data")
def round_figures_sav(request: SignedInRequest, round: Round) -> HttpResponse:
    return file_response(export.as_sav(_published([_frozen(round)])), SPSS, _name(round, "sav"))


def _rounds(request: SignedInRequest) -> list[Round]:
    """Returns the published rounds that this onderzoeker may read. Raises Http404 for whoever does no research."""
    if not is_researcher(request.user):
        raise Http404
    rounds = Round.objects.for_research(request.user).with_instrument().select_related("frozen")
    rounds = rounds.prefetch_related("network__partners")
    return list(rounds.order_by("network__name", "closed_at", "id"))


def _frozen(round: Round) -> Round:
    """Returns the round if it has results. Raises Http404 otherwise."""
    if not round.is_frozen:
        raise Http404
    return round


def _readable(request: SignedInRequest) -> list[Round]:
    """Returns those of `_rounds` whose results this version of the site can read; the page names the others."""
    return [round for round in _rounds(request) if round.frozen.is_readable]


def _published(rounds: Iterable[Round]) -> list[export.PublishedRound]:
    return [
        export.PublishedRound(
            id=str(round.pk),
            name=round.name,
            network=round.network.name,
            is_constructed=round.network.is_constructed,
            closed_on=timezone.localdate(round.closed_at) if round.closed_at else None,
            results=round.frozen.results,
            instrument=round.instrument,
            context=export.context_of(round.network),
        )
        for round in rounds
    ]


def _csv(rounds: Iterable[Round], name: str) -> HttpResponse:
    return file_response(export.as_csv(_published(rounds)), CSV, name)


def _name(round: Round, kind: str) -> str:
    return file_name(round.network.name, round.name, "cijfers", kind=kind)


def _reports(round: Round) -> list[tuple[str, str, str]]:
    """Returns whose each report of a round is, and its addresses on screen and as PDF; hidden groups have none."""
    return [
        (
            f"{subject.who}, op één pagina" if subject.is_summary else subject.who,
            reverse("report", args=[round.pk, subject.key]),
            reverse("report_pdf", args=[round.pk, subject.key]),
        )
        for subject in subjects_of(round)
    ]
