"""Lets somebody say that they don't take part, want no reminders or are the wrong person.

Each takes one button, and one more to confirm what can't be undone.
"""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from assessments.actions import participation
from assessments.filling import own_answers
from assessments.models import Participant
from assessments.views.filling.requests import LinkRequest, by_link, show, while_answering


def _participant(request: LinkRequest) -> Participant:
    """Returns the participant. Raises Http404 for whoever came by an open link: we don't know who that is."""
    if request.person.participant is None:
        raise Http404
    return request.person.participant


@require_http_methods(["GET", "HEAD", "POST"])
@while_answering
def opt_out(request: LinkRequest) -> HttpResponse:
    return _leave(request, "opt_out", participation.opt_out)


@require_http_methods(["GET", "HEAD", "POST"])
@while_answering
def wrong_person(request: LinkRequest) -> HttpResponse:
    return _leave(request, "wrong_person", participation.report_wrong_person)


def _leave(request: LinkRequest, template: str, act: Callable[..., None]) -> HttpResponse:
    participant = _participant(request)
    if request.method != "POST":
        return show(request, template)
    act(participant_id=participant.pk)
    response = redirect("welcome", request.person.token)
    own_answers.forget(response, request.person.token)
    return response


@require_POST
@by_link
def rejoin(request: LinkRequest) -> HttpResponse:
    participation.rejoin(participant_id=_participant(request).pk)
    return redirect("welcome", request.person.token)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def no_reminders(request: LinkRequest) -> HttpResponse:
    """Turns reminders off, or on again.

    A mail program posts here with no cookie (RFC 8058) and follows no redirect. Nobody can forge that: the right to
    do it is in the link, not in a cookie.
    """
    participant = _participant(request)
    if request.method == "POST":
        wanted = "aan" in request.POST
        participation.set_reminders(participant_id=participant.pk, wanted=wanted)
        if "List-Unsubscribe" in request.POST:
            return show(request, "no_reminders", wants_reminders=wanted)
        return redirect("no_reminders", request.person.token)
    return show(request, "no_reminders", wants_reminders=not participant.no_reminders)
