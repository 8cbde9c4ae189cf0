"""Lets somebody look back before sending, send, and read what comes after."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.actions.responses import erase_answers, save_answers
from assessments.filling import own_answers
from assessments.filling.answering import is_locked_out, stored
from assessments.filling.questionnaire import chapters_in_use, progress
from assessments.views.filling.requests import LinkRequest, by_link, if_can_answer, show, while_saving


@gzip_page
@require_http_methods(["GET", "HEAD", "POST"])
@while_saving
def review(request: LinkRequest) -> HttpResponse:
    """Shows what is not answered yet, each one step away; sending is possible all the same."""
    person = request.person
    if request.method == "POST":
        return _send(request)
    response = stored(person)
    if is_locked_out(person, response):
        return show(request, "full")
    filled = response.filled
    book = chapters_in_use(person.round.instrument_version_id, person.level)
    how_far = progress(book, filled.answers)
    gaps = how_far.gaps_by_chapter()
    return show(
        request,
        "review",
        chapters=[
            (chapter, gaps.get(chapter.number, ()), chapter.question.key in response.filled.texts) for chapter in book
        ],
        progress=how_far,
        is_submitted=response.is_submitted,
        is_blank=not (filled.answers or filled.texts),
        may_see_own=bool(request.own.still(filled.browsers).shown(filled.answers)),
    )


def _send(request: LinkRequest) -> HttpResponse:
    """Sends; by an open link this browser then lets go of it, since the next person may have the device."""
    save_answers(person=request.locked, answers={}, browser=request.own.mark, submit=True)
    response = redirect("thanks", request.person.token)
    if request.person.open_link:
        own_answers.let_go(response, request.person.token)
    return response


@require_safe
@by_link
def thanks(request: LinkRequest) -> HttpResponse:
    """Shows what happens next, only for whoever sent the questionnaire."""
    if request.own.has_sent and request.person.round.is_open:
        return show(request, "thanks")
    return _thanks_by_personal_link(request)


@require_POST
@while_saving
def start_over(request: LinkRequest) -> HttpResponse:
    """Erases what somebody began by an open link and did not send, so that the next person can begin."""
    if request.person.open_link is None:
        raise Http404
    erase_answers(person=request.locked)
    response = redirect("welcome", request.person.token)
    own_answers.forget(response, request.person.token)
    return response


@if_can_answer
def _thanks_by_personal_link(request: LinkRequest) -> HttpResponse:
    response = stored(request.person)
    if not response.is_submitted:
        return redirect("review", request.person.token)
    own = request.own.still(response.filled.browsers)
    return show(request, "thanks", may_see_own=bool(own.shown(response.filled.answers)))
