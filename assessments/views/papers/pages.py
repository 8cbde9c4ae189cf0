"""Shows the DPIA to whoever runs a network or the site, and to everybody what its measures and the OR's text are."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.access import reads_papers
from assessments.papers import dpia
from assessments.papers import dpia_pdf as printed
from assessments.papers.isms import standards
from assessments.papers.terms import terms
from assessments.views.request import SignedInRequest, signed_in
from samenwerking.downloads import file_response


@signed_in("GET")
def papers(request: SignedInRequest) -> HttpResponse:
    _may_read(request)
    return render(request, "papers/papers.html")


@signed_in("GET")
def dpia_pdf(request: SignedInRequest) -> HttpResponse:
    """Returns the DPIA on paper; making it takes seconds, and few ask for it, so nothing keeps it."""
    _may_read(request)
    return file_response(printed.dpia_pdf(), "application/pdf", "dpia-samenwerking.pdf")


@signed_in("GET")
def dpia_json(request: SignedInRequest) -> HttpResponse:
    """Returns the DPIA as the form of the Rijksoverheid reads it in."""
    _may_read(request)
    return file_response(dpia.as_json(), "application/json", "dpia-samenwerking.json")


@require_safe
def isms(request: HttpRequest) -> HttpResponse:
    return render(request, "papers/isms.html", standards())


@require_safe
def works_council(request: HttpRequest) -> HttpResponse:
    return render(request, "papers/works_council.html", {"terms": terms()})


def _may_read(request: SignedInRequest) -> None:
    """Raises Http404 where somebody neither runs networks nor the site."""
    if not reads_papers(request.user):
        raise Http404
