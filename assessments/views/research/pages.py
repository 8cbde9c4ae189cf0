"""Shows the onderzoeker published rounds, their reports and the published figures as files."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.access import makes_releases, reads_tables
from assessments.models import Release, Round
from assessments.report import export
from assessments.views.request import SignedInRequest, round_page, signed_in
from samenwerking.downloads import file_name, file_response

PER_PAGE, LONGEST_SEARCH = 25, 100
CSV, SPSS = "text/csv; charset=utf-8", "application/x-spss-sav"


@signed_in("GET")
def research(request: SignedInRequest) -> HttpResponse:
    """Lists releases and, by page and by what is looked for, the rounds that this onderzoeker may read."""
    sought = " ".join(request.GET.get("zoek", "").split())[:LONGEST_SEARCH]
    rounds = _allowed(request)
    found = rounds.filter(Q(network__name__icontains=sought) | Q(name__icontains=sought)) if sought else rounds
    context = {
        "rounds": Paginator(found.defer("frozen__facts"), PER_PAGE).get_page(request.GET.get("bladzijde")),
        "sought": sought,
        "query": urlencode({"zoek": sought}) if sought else "",
        "has_constructed": rounds.filter(network__is_constructed=True).exists(),
        "releases": Release.objects.defer("bundle", "tables") if reads_tables(request.user) else [],
        "makes_releases": makes_releases(request.user),
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


def _allowed(request: SignedInRequest) -> QuerySet[Round]:
    """Returns the published rounds that this onderzoeker may read.

    Whoever runs a network comes for the releases, and finds no rounds. Raises Http404 for all others.
    """
    if not (reads_tables(request.user) or makes_releases(request.user)):
        raise Http404
    rounds = Round.objects.for_research(request.user).with_instrument().select_related("frozen")
    return rounds.order_by("network__name", "closed_at", "id")


def _rounds(request: SignedInRequest) -> list[Round]:
    return list(_allowed(request))


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
