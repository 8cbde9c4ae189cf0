"""Leads ouders to their link who got a sheet, can't scan it, and type its code. Keeps no code in an address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from assessments.filling.respondents import open_token_of
from assessments.rules.codes import LENGTH, as_typed, is_code
from assessments.views.filling import limits
from assessments.views.filling.requests import guarded


@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Leads from a code to its link; the code is in the form and in no address, so in no log and no referrer either."""
    if request.method != "POST":
        return guarded(render(request, "filling/code.html"))
    typed = request.POST.get("code", "")[:200]
    code = as_typed(typed)
    if is_code(code) and limits.tries_too_many_codes(request, code):
        return guarded(render(request, "429.html", status=429))
    if token := open_token_of(code):
        return guarded(redirect("welcome", token))
    if is_code(code):
        limits.count_wrong_code(request, code)
    return guarded(render(request, "filling/code.html", {"typed": typed, "fault": _fault(code)}))


def _fault(code: str) -> str:
    if not code:
        return "Typ de code die op uw blad staat."
    if len(code) != LENGTH:
        return f"Een code heeft {LENGTH} tekens. U typte er {len(code)}."
    return "Deze code kennen wij niet. Vergelijk de code met uw blad."
