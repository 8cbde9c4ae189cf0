"""Gives a whole network along as a file that another installation reads in."""

from tempfile import TemporaryFile

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from assessments.actions.exchange import note_export
from assessments.exchange.shape import Unfit
from assessments.exchange.writing import write_network
from assessments.models import Network
from assessments.rules.workflow import Work
from assessments.views.request import SignedInRequest, network_page
from samenwerking.downloads import file_name


@network_page("GET", right="run")
def network_export(request: SignedInRequest, network: Network) -> HttpResponse:
    """Says what the file holds and what not."""
    closed = network.rounds.allowing(Work.KEEPING)
    context = {"network": network, "closed": closed, "left_out": network.rounds.exclude(pk__in=closed.values("pk"))}
    return render(request, "coordinator/network_export.html", context)


@network_page("POST", right="run")
def network_file(request: SignedInRequest, network: Network) -> HttpResponseBase:
    """Makes the file, notes in the trail that it was taken along, and sends it piece by piece."""
    file = TemporaryFile()  # noqa: SIM115 (the response closes it)
    now = timezone.now()
    try:
        write_network(network, file, now)
    except Unfit as refused:
        file.close()
        messages.error(request, str(refused))
        return redirect("network_export", network_id=network.pk)
    note_export(network)
    file.seek(0)
    name = file_name(network.name, "export", f"{timezone.localdate(now)}", kind="zip")
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")
