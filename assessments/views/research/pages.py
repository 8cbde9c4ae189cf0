"""Shows the onderzoeker published rounds, their reports and the published figures as files."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.access import makes_releases, reads_tables
from assessments.dataset.codebook import codebook_of
from assessments.dataset.composing import round_table
from assessments.dataset.files import file_of
from assessments.dataset.load import kinds_of_partners, published_rounds
from assessments.dataset.tables import Table
from assessments.imports.tables import clean
from assessments.models import Release, Round
from assessments.report.xlsx import XLSX
from assessments.views.request import SignedInRequest, round_page, signed_in
from samenwerking.downloads import file_name, file_response

PER_PAGE, LONGEST_SEARCH = 25, 100
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "sav": "application/x-spss-sav",
    "xlsx": XLSX,
}


@signed_in("GET")
def research(request: SignedInRequest) -> HttpResponse:
    """Lists releases and, by page and by what is looked for, the rounds that this onderzoeker may read."""
    sought = clean(request.GET.get("zoek", ""))[:LONGEST_SEARCH]
    rounds = _allowed(request)
    found = rounds.filter(Q(network__name__icontains=sought) | Q(name__icontains=sought)) if sought else rounds
    context = {
        "rounds": Paginator(found.defer("frozen__facts"), PER_PAGE).get_page(request.GET.get("bladzijde")),
        "sought": sought,
        "query": urlencode({"zoek": sought}) if sought else "",
        "has_constructed": rounds.filter(network__is_constructed=True).exists(),
        "releases": Release.objects.defer("tables"),
        "makes_releases": makes_releases(request.user),
    }
    return render(request, "research/research.html", context)


@require_safe
def codebook(request: HttpRequest) -> HttpResponse:
    """Says what the columns mean; it says nothing of any round, so everybody may read it."""
    columns = [(column, list(enumerate((column.values or {}).items(), start=1))) for column in _empty_table().columns]
    return render(request, "research/codebook.html", {"columns": columns})


@require_safe
def codebook_csv(request: HttpRequest) -> HttpResponse:
    content = file_of(codebook_of([_empty_table()]), "csv")
    return file_response(content, MEDIA_TYPES["csv"], "codeboek.csv")


@round_page("GET", right="download_data")
def round_figures_csv(request: SignedInRequest, round: Round) -> HttpResponse:
    return _figures(round, "csv")


@round_page("GET", right="download_data")
def round_figures_sav(request: SignedInRequest, round: Round) -> HttpResponse:
    return _figures(round, "sav")


@round_page("GET", right="download_data")
def round_figures_xlsx(request: SignedInRequest, round: Round) -> HttpResponse:
    return _figures(round, "xlsx")


def _allowed(request: SignedInRequest) -> QuerySet[Round]:
    """Returns the published rounds that this onderzoeker may read.

    Whoever runs a network comes for the releases, and finds no rounds. Raises Http404 for all others.
    """
    if not (reads_tables(request.user) or makes_releases(request.user)):
        raise Http404
    rounds = Round.objects.for_research(request.user).with_instrument().select_related("frozen")
    return rounds.order_by("network__name", "closed_at", "id")


def _empty_table() -> Table:
    nothing = Round.objects.none()
    return round_table(published_rounds(nothing), kinds_of_partners(nothing))


def _figures(round: Round, kind: str) -> HttpResponse:
    """Returns the figures of a round as a file. Raises Http404 where it has none."""
    if not round.is_frozen:
        raise Http404
    alone = Round.objects.filter(pk=round.pk)
    content = file_of(round_table(published_rounds(alone), kinds_of_partners(alone)), kind)
    return file_response(content, MEDIA_TYPES[kind], file_name(round.network.name, round.name, "cijfers", kind=kind))
