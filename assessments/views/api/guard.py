"""Guards what is read by a token: who may, how often, and in which form. Knows no resource."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response, set_response_etag
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from assessments.access import takes_data
from assessments.results.document import UnknownFormat
from assessments.views.api import limits
from assessments.views.api.paging import Page, WrongQuery, page_of, refuse_query
from samenwerking.accounts.api_tokens import note_use, token_by
from samenwerking.accounts.models import ApiToken, User
from samenwerking.accounts.second_step import may_have_tokens
from samenwerking.api import problem

Json = dict[str, Any]
Resource = Callable[..., Json]
View = Callable[..., HttpResponse]

REFUSAL = (
    "Geef een API-sleutel mee die werkt, in de kop ‘Authorization: Bearer SLEUTEL’."
    " Een sleutel die verlopen of ingetrokken is, werkt niet. Een nieuwe maakt u op deze site, onder ‘Mijn account’."
)
TOO_OFTEN = f"Wacht {limits.MINUTES} minuten en ga dan verder."
ONLY_JSON = "Deze API antwoordt met application/json. Vraag daarom, of laat de kop ‘Accept’ weg."
UNREADABLE = "Deze versie van de site kan deze uitkomsten niet lezen. Er is niets kwijt. Meld het bij de beheerder."


class TokenRequest(HttpRequest):
    """Is the request that a resource gets: whose token it is, and which page of a list is asked for."""

    reader: User
    page: Page


def open_to_all(view: View) -> View:
    """Lets anybody read, and no method but GET and HEAD; without a cookie nobody's browser can be made to write."""
    return csrf_exempt(require_safe(view))


def by_token(*, of_rounds: bool = False, is_list: bool = False) -> Callable[[Resource], View]:
    """Lets in whoever has a token that works and, where that matters, reads rounds. Others get a 401, or a 404.

    The resource is answered as JSON, with a mark by which a program that kept it sees whether it changed.
    """

    def decorate(resource: Resource) -> View:
        @wraps(resource)
        def guarded(request: TokenRequest, **kwargs: object) -> HttpResponse:
            if not request.accepts("application/json"):
                return problem(406, ONLY_JSON)
            token = _token_of(request)
            if refusal := _refused(request, token):
                return refusal
            if token is None or (of_rounds and not token.reads_rounds):
                return problem(404)
            note_use(token)
            request.reader = token.user
            return _answered(request, resource, is_list=is_list, **kwargs)

        return open_to_all(guarded)

    return decorate


def _token_of(request: HttpRequest) -> ApiToken | None:
    """Returns the token of a request, if its owner may still have one: what the owner can't do, no program does."""
    kind, _, said = request.headers.get("Authorization", "").partition(" ")
    token = token_by(said.strip()) if kind.lower() == "bearer" else None
    return token if token and takes_data(token.user) and may_have_tokens(token.user) else None


def _refused(request: HttpRequest, token: ApiToken | None) -> HttpResponse | None:
    too_often = limits.reads_too_often(token) if token else limits.tries_too_many_tokens(request)
    if too_often:
        return problem(429, TOO_OFTEN, headers={"Retry-After": str(limits.WAIT)})
    return None if token else problem(401, REFUSAL, headers={"WWW-Authenticate": 'Bearer realm="Samenwerking"'})


def _answered(request: TokenRequest, resource: Resource, *, is_list: bool, **kwargs: object) -> HttpResponse:
    try:
        if is_list:
            request.page = page_of(request.GET)
        else:
            refuse_query(request.GET)
        return as_json(request, resource(request, **kwargs))
    except WrongQuery as wrong:
        return problem(400, str(wrong), fouten=wrong.faults)
    except Http404:
        return problem(404)
    except UnknownFormat:
        return problem(503, UNREADABLE)


def as_json(request: HttpRequest, content: Json) -> HttpResponse:
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False})
    set_response_etag(response)
    found = get_conditional_response(request, etag=response.headers["ETag"], response=response)
    return found or response
