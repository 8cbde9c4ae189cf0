"""Gives programs what the owner of their token may take along now: the instrument, releases, rounds and results."""

from uuid import UUID

from django.db.models import Count, F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from assessments.access import reads_releases, reads_tables, rounds_for
from assessments.models import Release, Round
from assessments.models.rounds import RoundQuerySet
from assessments.results.document import for_scripts
from assessments.views.api.guard import Json, TokenRequest, as_json, by_token, open_to_all
from assessments.views.api.paging import link, listed
from factors import export
from factors.models import InstrumentVersion
from samenwerking.accounts.models import User

COLLECTIONS = {"instrumentversies": "api_instruments", "rondes": "api_rounds", "uitgaven": "api_releases"}


@open_to_all
def api_root(request: HttpRequest) -> HttpResponse:
    """Says where everything is; it tells nothing of anybody, so it asks for no token."""
    ways = {"self": "api_root", "service-desc": "api_openapi_json", **COLLECTIONS}
    return as_json(request, {"_links": {rel: link(reverse(name)) for rel, name in ways.items()}})


@by_token(is_list=True)
def api_instruments(request: TokenRequest) -> Json:
    versions = InstrumentVersion.objects.order_by("-loaded_at", "version")
    return listed("instrumentversies", versions, request.page, _version, reverse("api_instruments"))


@by_token()
def api_instrument(request: TokenRequest, version: str) -> Json:
    """Returns the same document as `manage.py instrument` prints."""
    if not version.isprintable():  # PostgreSQL takes no text with a NUL
        raise Http404
    return export.as_json(get_object_or_404(InstrumentVersion, version=version).instrument)


@by_token(of_rounds=True, is_list=True)
def api_rounds(request: TokenRequest) -> Json:
    rounds = _rounds(request.reader).order_by("network__name", "closed_at", "id")
    return listed("rondes", rounds, request.page, _round, reverse("api_rounds"))


@by_token(of_rounds=True)
def api_round(request: TokenRequest, round_id: UUID) -> Json:
    return _round(get_object_or_404(_rounds(request.reader), pk=round_id))


@by_token(of_rounds=True)
def api_results(request: TokenRequest, round_id: UUID) -> Json:
    """Returns the same document as `manage.py results` prints."""
    return for_scripts(get_object_or_404(_rounds(request.reader).select_related("frozen"), pk=round_id).frozen.document)


@by_token(is_list=True)
def api_releases(request: TokenRequest) -> Json:
    def each(release: Release) -> Json:
        return _release(release, request.reader)

    return listed("uitgaven", _releases(request.reader), request.page, each, reverse("api_releases"))


@by_token()
def api_release(request: TokenRequest, number: str) -> Json:
    return _release(get_object_or_404(_releases(request.reader), pk=number), request.reader)


def _rounds(reader: User) -> RoundQuerySet:
    """Returns the closed rounds of which `reader` may take the figures now, with the versions that they followed."""
    rounds = rounds_for(reader, "download_data").frozen().select_related("network")
    return rounds.annotate(versions=F("frozen__document__versions"))


def _releases(reader: User) -> QuerySet[Release]:
    """Returns the releases, without what is large in them. Raises Http404 for whoever may read none."""
    if not reads_tables(reader):
        raise Http404
    return Release.objects.defer("tables").annotate(rounds=Count("entries")).order_by("-made_at", "number")


def _version(version: InstrumentVersion) -> Json:
    return {
        "versie": version.pk,
        "geladenOp": timezone.localdate(version.loaded_at).isoformat(),
        "_links": {"self": link(reverse("api_instrument", args=[version.pk]))},
    }


def _round(round: Round) -> Json:
    versions: Json = round.versions  # type: ignore[attr-defined]  # of `_rounds`
    return {
        "id": str(round.pk),
        "naam": round.name,
        "netwerk": {"id": str(round.network_id), "naam": round.network.name},
        "isVoorbeeld": round.network.is_constructed,
        "staat": round.state,
        "geslotenOp": timezone.localdate(round.closed_at).isoformat() if round.closed_at else None,
        "versies": {"instrument": versions["instrument"], "adviesregels": versions["rules"]},
        "_links": {
            "self": link(reverse("api_round", args=[round.pk])),
            "uitkomsten": link(reverse("api_results", args=[round.pk])),
            "instrumentversie": link(reverse("api_instrument", args=[round.instrument_version_id])),
        },
    }


def _release(release: Release, reader: User) -> Json:
    """Returns what a release is; its files are for whoever may take along the figures of each network."""
    has_files = release.is_ready and reads_releases(reader)
    return {
        "nummer": release.pk,
        "gemaaktOp": release.day.isoformat(),
        "isVoorbeeld": release.is_constructed,
        "aantalNetwerken": release.networks,
        "aantalRondes": release.rounds,  # type: ignore[attr-defined]  # of `_releases`
        "bestanden": {"grootte": release.size, "sha256": release.checksum} if has_files else None,
        "_links": {
            "self": link(reverse("api_release", args=[release.pk])),
            "pagina": link(reverse("release", args=[release.pk])),
        },
    }
