"""Shows who did what in a network, page by page, and gives it along as CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone

from assessments.dutch import in_months
from assessments.forms.trail import TrailFilter
from assessments.models import Network
from assessments.running.trail import entries_of, lines_of, names_in
from assessments.views.request import SignedInRequest, network_page
from samenwerking.downloads import file_name

PER_PAGE = 50
BOM = "\ufeff"  # by which Excel knows UTF-8


@network_page("GET", right="run")
def network_trail(request: SignedInRequest, network: Network) -> HttpResponse:
    names = names_in(network)
    form = TrailFilter(request.GET, names.rounds)
    chosen = form.chosen
    pages = Paginator(entries_of(network, **chosen), PER_PAGE).get_page(request.GET.get("bladzijde"))
    query = request.GET.copy()
    query.pop("bladzijde", None)
    context = {
        "network": network,
        "form": form,
        "is_filtered": any(chosen.values()),
        "pages": pages,
        "lines": list(lines_of(pages, names)),
        "query": query.urlencode(),
        "kept_for": in_months(network.kept_for("audit")),
    }
    return render(request, "coordinator/network_trail.html", context)


@network_page("GET", right="run")
def network_trail_csv(request: SignedInRequest, network: Network) -> HttpResponseBase:
    """Streams all that the filter leaves, the newest first."""
    names = names_in(network)
    entries = entries_of(network, **TrailFilter(request.GET, names.rounds).chosen)
    lines = lines_of(entries.iterator(chunk_size=500), names)
    name = file_name(network.name, "logboek", f"{timezone.localdate()}", kind="csv")
    rows = (
        (f"{line.at:%Y-%m-%d}", f"{line.at:%H:%M}", _safe(line.who), _safe(line.what), _safe(line.round))
        for line in lines
    )
    return StreamingHttpResponse(
        _as_csv(rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


class _Echo:
    """Gives back what a writer of CSV writes."""

    def write(self, text: str) -> str:
        return text


def _as_csv(rows: Iterator[tuple[str, ...]]) -> Iterator[str]:
    writer = csv.writer(_Echo(), delimiter=";")
    yield BOM + writer.writerow(("dag", "tijd", "wie", "wat", "ronde"))
    for row in rows:
        yield writer.writerow(row)


def _safe(text: str) -> str:
    """Returns text that a spreadsheet takes for text, and not for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
