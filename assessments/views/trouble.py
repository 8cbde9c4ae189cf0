"""Shows the pages for what no view can help: what can't be opened or read, or was just removed by a colleague."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.defaults import page_not_found

from assessments.anonymity.seal import Unreadable
from assessments.anonymity.secrets import JustClosed, SecretChanged
from assessments.models import Membership, Network, ParticipantFile, Partner, Round
from assessments.results.document import UnknownFormat

log = logging.getLogger(__name__)


class Trouble:
    """Is the middleware that answers with a page where any view raised one of these exceptions, or takes no GET."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and request.method == "GET":
            response.content = render_to_string("405.html", request=request)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        match exception:
            case (  # removed between a page's checks and its write
                Round.DoesNotExist()
                | Network.DoesNotExist()
                | Partner.DoesNotExist()
                | Membership.DoesNotExist()
                | ParticipantFile.DoesNotExist()
            ):
                return page_not_found(request, exception)
            case SecretChanged() | Unreadable():
                return out_of_reach(request, exception)
            case UnknownFormat():
                return unknown_format(request, exception)
            case JustClosed():  # between two queries of this page; nothing was written
                return redirect(request.get_full_path())
        return None


def out_of_reach(request: HttpRequest, fault: Exception) -> HttpResponse:
    """Returns the page that says so; nothing was saved, and nothing that was saved before is lost."""
    log.error("answers of a round can't be opened or saved: %s", fault)
    return render(request, "503_secret.html", {"is_damaged": isinstance(fault, Unreadable)}, status=503)


def unknown_format(request: HttpRequest, fault: UnknownFormat) -> HttpResponse:
    """Returns the page that says so: the results were frozen by another version of the site."""
    log.error("the results of a round can't be read: %s", fault)
    return render(request, "503_format.html", status=503)
