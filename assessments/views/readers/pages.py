"""Shows one report by a link with a last day: on screen, as PDF, and what was agreed on it. Nothing leads elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from assessments.actions.report_links import note_use
from assessments.anonymity.keys import link_token
from assessments.filling.links import link_url
from assessments.models import ReportLink
from assessments.report.load import reports_of
from assessments.report.subjects import NETWORK_REPORT
from assessments.running.report_links import link_of, subjects_to_link
from assessments.views.filling import limits
from assessments.views.filling.requests import guarded
from assessments.views.pasted import token_in
from assessments.views.reports.showing import Address, agreements_page, or_404, pdf_response, report_page

View = Callable[[HttpRequest, ReportLink], HttpResponse]
PAGES = {"report", "report_pdf"}
WITH_AGREEMENTS = PAGES | {"report_agreements"}


def by_report_link(view: View) -> Callable[[HttpRequest, str], HttpResponse]:
    """Lets in whoever has a link that works; a wrong, ended and withdrawn one all give the same page."""

    @require_safe
    @wraps(view)
    def wrapped(request: HttpRequest, report_token: str) -> HttpResponse:
        link = link_of(report_token)
        if link is None:
            return (
                _wrong(request)
                if token_in(report_token) == report_token
                else no_such_report_link(request, report_token)
            )
        try:
            response = view(request, link)
        except Http404:
            response = _not_there(request)
        else:
            if request.method == "GET":
                note_use(link_id=link.pk)
        return _guarded(response)

    return wrapped


@by_report_link
def reader_report(request: HttpRequest, link: ReportLink) -> HttpResponse:
    reports = reports_of(link.round)
    _check(link)
    found = or_404(reports.report, link.subject)
    return report_page(request, link.round, found, (), _address(link), _frame(link))


@by_report_link
def reader_report_pdf(request: HttpRequest, link: ReportLink) -> HttpResponse:
    _check(link)
    return pdf_response(reports_of(link.round), link.subject)


@by_report_link
def reader_report_agreements(request: HttpRequest, link: ReportLink) -> HttpResponse:
    _check(link)
    return agreements_page(request, link.round, link.subject, _address(link), _frame(link))


@require_safe
def no_such_report_link(request: HttpRequest, pasted: str) -> HttpResponse:
    """Leads a link that was pasted with signs around it, or without its last slash, to where it was meant to.

    Every other address under this prefix leads nowhere.
    """
    token = token_in(pasted)
    return _guarded(redirect("reader_report", token)) if token else _wrong(request)


def _wrong(request: HttpRequest) -> HttpResponse:
    """Returns the page for a link that leads nowhere, or 429 after too many."""
    if limits.tries_too_many_links(request):
        return _guarded(render(request, "429.html", status=429))
    limits.count_wrong_link(request)
    return _guarded(_not_there(request))


def _not_there(request: HttpRequest) -> HttpResponse:
    return render(request, "readers/no_such_link.html", status=404)


def _check(link: ReportLink) -> None:
    """Raises Http404 unless the link's report is one to which there can be links."""
    if link.subject not in [subject.key for subject in subjects_to_link(link.round)]:
        raise Http404


def _address(link: ReportLink) -> Address:
    """Returns the function that makes the addresses: of this link's own report only, and '' for all others."""
    known = WITH_AGREEMENTS if link.subject == NETWORK_REPORT else PAGES
    token = link_token(link.pk)
    return lambda name, subject: link_url(f"reader_{name}", token) if name in known and subject == link.subject else ""


def _frame(link: ReportLink) -> dict[str, object]:
    return {"frame": "readers/base.html", "link": link, "home": link_url("reader_report", link_token(link.pk))}


def _guarded(response: HttpResponse) -> HttpResponse:
    """Sets the headers of pages behind a link; there is no form here, so not even the site's name goes elsewhere."""
    guarded(response)
    response["Referrer-Policy"] = "no-referrer"
    return response
