"""Leads to the open link whoever got a sheet, can't scan it, and types its code. Keeps no code in an address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from assessments.anonymity.keys import CODE_LENGTH, code_as_typed
from assessments.filling.respondents import open_token_of
from assessments.views.filling import limits
from assessments.views.filling.requests import guarded


@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Leads from a code to its link; the code is in the form and in no address, so in no log and no referrer either."""
    if request.method != "POST":
        return guarded(render(request, "filling/code.html"))
    typed = request.POST.get("code", "")[:200]
    token = open_token_of(code_as_typed(typed))
    if token:
        return guarded(redirect("welcome", token))
    if limits.tries_too_many_links(request):
        return guarded(render(request, "429.html", status=429))
    limits.count_wrong_link(request)
    return guarded(render(request, "filling/code.html", {"typed": typed, "fault": _fault(code_as_typed(typed))}))


def _fault(found: str) -> str:
    if not found:
        return "Typ de code die op uw blad staat."
    if len(found) != CODE_LENGTH:
        return f"Een code heeft {CODE_LENGTH} tekens. U typte er {len(found)}."
    return "Deze code kennen wij niet. Vergelijk de code met uw blad."
