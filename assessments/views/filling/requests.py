"""From a link to the person behind it: the one way into these pages, and what every answer of theirs carries."""

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from assessments.anonymity.seal import Unreadable
from assessments.anonymity.secrets import SecretChanged
from assessments.filling import own_answers
from assessments.filling.respondents import (
    ON_EVERY_PAGE,
    ON_THE_FIRST_PAGE,
    Columns,
    Respondent,
    leads_alone_to,
    leads_to,
    respondent,
)
from assessments.models import OpenLink, Participant
from assessments.rules.workflow import NotAllowed
from assessments.views.filling import limits
from assessments.views.trouble import out_of_reach

View = Callable[..., HttpResponse]


class LinkRequest(HttpRequest):
    """A request by a link, once `by_link` let it in."""

    person: Respondent
    own: own_answers.OwnAnswers


def by_link(view: View, *, saves: bool = False, shown: Columns = ON_THE_FIRST_PAGE) -> View:
    """Lets in who has a link; a wrong link gives one and the same page, whatever is wrong with it.

    Of a view that `saves`, a POST is one transaction from the reading of whose link it is, see `alone_with`.
    """

    @wraps(view)
    def wrapped(request: LinkRequest, token: str, **kwargs: Any) -> HttpResponse:
        request.own = own_answers.read(request, token)
        alone = saves and request.method == "POST"
        try:
            with transaction.atomic() if alone else nullcontext():
                target = (
                    leads_alone_to(token, request.own.guest_id)
                    if alone
                    else leads_to(token, () if request.method == "POST" else shown)
                )
                return guarded(_let_in(view, request, target, token, kwargs) if target else _wrong_link(request))
        except Http404:
            return guarded(no_such_link(request))
        except (SecretChanged, Unreadable) as fault:
            return guarded(out_of_reach(request, fault))
        except NotAllowed:  # closed, or left by another tab, while this page was open
            return guarded(not_saved(request))

    return wrapped


def _let_in(
    view: View, request: LinkRequest, target: Participant | OpenLink, token: str, kwargs: Mapping[str, Any]
) -> HttpResponse:
    request.person = respondent(target, request.own.guest_id, token)
    if request.method == "POST" and limits.saves_too_often(request, request.person.id):
        return render(request, "429.html", status=429)
    return view(request, **kwargs)


def _wrong_link(request: HttpRequest) -> HttpResponse:
    """Who has a right link is never kept waiting for another's wrong ones."""
    if limits.tries_too_many_links(request):
        return render(request, "429.html", status=429)
    limits.count_wrong_link(request)
    return no_such_link(request)


def while_answering(view: View, *, saves: bool = False) -> View:
    """For pages that need an open round and somebody who takes part; the first page says why not."""

    @wraps(view)
    def wrapped(request: LinkRequest, **kwargs: Any) -> HttpResponse:
        if request.person.can_answer:
            return view(request, **kwargs)
        return redirect("welcome", request.person.token) if request.method == "GET" else not_saved(request)

    return by_link(wrapped, saves=saves, shown=ON_EVERY_PAGE)


def while_saving(view: View) -> View:
    """As `while_answering`, for pages that save answers."""
    return while_answering(view, saves=True)


def show(request: LinkRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """A page of this person; all of them know whose link it is."""
    person = request.person
    common = {"person": person, "token": person.token, "round": person.round, "network": person.round.network}
    return render(request, f"filling/{template}.html", common | context, status=status)


def not_saved(request: LinkRequest) -> HttpResponse:
    return show(request, "not_saved", status=409)


def no_such_link(request: HttpRequest, rest: str = "") -> HttpResponse:
    """The page for every address under this prefix that leads nowhere."""
    if rest and "/" not in rest:  # a link whose last sign was not copied
        return redirect(f"{request.path}/")
    return guarded(render(request, "filling/no_such_link.html", status=404))


def guarded(response: HttpResponse) -> HttpResponse:
    """Kept nowhere, found nowhere, told to nobody.

    The policy is strict-origin and not no-referrer: with the latter browsers send `Origin: null` and the check
    against forged requests refuses every form. Neither ever sends the path that has the link in it.
    """
    response["Cache-Control"] = "no-store, private"
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
