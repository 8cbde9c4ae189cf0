"""Leads from a link to the person behind it: the only way into these pages. Gives every page its headers.

A view has one of three decorators:

by_link           lets in whoever has a link
while_answering   lets in whoever has a link and can answer: the round is open, the person takes part
while_saving      the same; a POST is one transaction, within which the person is locked
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial, wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from assessments.anonymity.seal import Unreadable
from assessments.anonymity.secrets import SecretChanged
from assessments.filling import own_answers
from assessments.filling.answering import AlreadySent
from assessments.filling.lock import LockedRespondent, lock_by_token
from assessments.filling.respondents import (
    ON_EVERY_PAGE,
    ON_THE_FIRST_PAGE,
    Columns,
    Respondent,
    partner_names,
    read_by_token,
)
from assessments.rules.workflow import NotAllowed
from assessments.views.filling import limits
from assessments.views.pasted import without_signs
from assessments.views.trouble import out_of_reach

View = Callable[..., HttpResponse]
Reading = Callable[["LinkRequest", str], AbstractContextManager[Respondent | None]]


class LinkRequest(HttpRequest):
    """Is a request by a link, once one of the decorators has let it in."""

    person: Respondent
    locked: LockedRespondent  # the same person, in a POST to a view that is decorated with `while_saving`
    own: own_answers.OwnAnswers


def by_link(view: View) -> View:
    """Lets in whoever has a link; every wrong link gives the same page, whatever is wrong with it."""
    return _behind_a_link(view, _reading(ON_THE_FIRST_PAGE))


def while_answering(view: View) -> View:
    """Lets in whoever has a link, while the round is open and they take part; else the first page says why not."""
    return _behind_a_link(if_can_answer(view), _reading(ON_EVERY_PAGE))


def while_saving(view: View) -> View:
    """Lets in whoever `while_answering` lets in; a POST is one transaction, in which the person is read and locked."""
    return _behind_a_link(if_can_answer(view), _locking_a_post)


def _reading(shown: Columns) -> Reading:
    def read(request: LinkRequest, token: str) -> AbstractContextManager[Respondent | None]:
        columns = () if request.method == "POST" else shown
        return nullcontext(read_by_token(token, request.own.guest_id, columns))

    return read


def _locking_a_post(request: LinkRequest, token: str) -> AbstractContextManager[Respondent | None]:
    return _locked(request, token) if request.method == "POST" else _reading(ON_EVERY_PAGE)(request, token)


@contextmanager
def _locked(request: LinkRequest, token: str) -> Iterator[Respondent | None]:
    with lock_by_token(token, request.own.guest_id) as person:
        if person:
            request.locked = person
        yield person


def if_can_answer(view: View) -> View:
    """Lets in whom a decorator below let in, while the round is open and they take part."""

    @wraps(view)
    def wrapped(request: LinkRequest, **kwargs: Any) -> HttpResponse:
        if request.person.can_answer:
            return view(request, **kwargs)
        return redirect("welcome", request.person.token) if request.method == "GET" else not_saved(request)

    return wrapped


def _behind_a_link(view: View, reading: Reading) -> View:
    @wraps(view)
    def wrapped(request: LinkRequest, token: str, **kwargs: Any) -> HttpResponse:
        request.own = own_answers.read(request, token)
        try:
            with reading(request, token) as person:
                return guarded(_let_in(view, request, person, kwargs) if person else _wrong_link(request))
        except Http404:
            return guarded(no_such_link(request))
        except AlreadySent:
            return guarded(_let_go(request))
        except (SecretChanged, Unreadable) as fault:
            return guarded(out_of_reach(request, fault))
        except NotAllowed:  # the round closed, or the person left in another tab, while this page was open
            return guarded(not_saved(request))

    return wrapped


def _let_in(view: View, request: LinkRequest, person: Respondent, kwargs: Mapping[str, Any]) -> HttpResponse:
    request.person = person
    if request.method == "POST" and limits.saves_too_often(request, person.id):
        return render(request, "429.html", status=429)
    return view(request, **kwargs)


def _let_go(request: LinkRequest) -> HttpResponse:
    """Leaves nothing in a browser that still knows of a questionnaire that was sent by an open link.

    A save that comes late takes nothing away: the next person may have begun in that browser meanwhile.
    """
    if request.method == "POST":
        return not_saved(request)
    response = redirect("welcome", request.person.token)
    own_answers.let_go(response, request.person.token)
    return response


def _wrong_link(request: HttpRequest) -> HttpResponse:
    """Returns the page for a wrong link, or 429 after too many; it never holds up somebody who has a right link.

    One with the signs of a sentence behind it leads on to the link without them.
    """
    bare = without_signs(request.path)
    if request.method != "POST" and bare != request.path:
        return redirect(bare)
    if limits.tries_too_many_links(request):
        return render(request, "429.html", status=429)
    limits.count_wrong_link(request)
    return no_such_link(request)


def show(request: LinkRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """Renders a page for this person; each of them has the person, the token, the round and the network.

    Who the partners are is asked where a page prints it.
    """
    person = request.person
    common = {"person": person, "token": person.token, "round": person.round, "network": person.round.network}
    common |= {"partners": partial(partner_names, person.round), "has_sent": request.own.has_sent}
    return render(request, f"filling/{template}.html", common | context, status=status)


def not_saved(request: LinkRequest) -> HttpResponse:
    return show(request, "not_saved", status=409)


def no_such_link(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Renders the page for every address under this prefix that leads nowhere."""
    bare = without_signs(request.path)
    if bare != request.path:
        return redirect(bare)
    if rest and "/" not in rest:  # a link that was copied without its last slash
        return redirect(f"{request.path}/")
    return guarded(render(request, "filling/no_such_link.html", status=404))


def guarded(response: HttpResponse) -> HttpResponse:
    """Sets headers: no cache keeps the page, no search engine lists it, and no other site learns its address.

    The policy is strict-origin and not no-referrer: with the latter browsers send `Origin: null` and the check
    against forged requests refuses every form. Neither ever sends the path that has the link in it.
    """
    response["Cache-Control"] = "no-store, private"
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
