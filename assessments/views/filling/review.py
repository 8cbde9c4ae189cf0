"""Lets somebody look back before sending, send, and read what comes after."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_safe

from assessments.actions.responses import save_answers
from assessments.filling.answering import is_locked_out, stored
from assessments.filling.questionnaire import chapters_in_use, progress
from assessments.views.filling.requests import LinkRequest, show, while_answering, while_saving


@gzip_page
@require_http_methods(["GET", "POST"])
@while_saving
def review(request: LinkRequest) -> HttpResponse:
    """Shows what is not answered yet, each one step away; sending is possible all the same."""
    person = request.person
    if request.method == "POST":
        save_answers(person=request.locked, answers={}, browser=request.own.mark, submit=True)
        return redirect("thanks", person.token)
    response = stored(person)
    if is_locked_out(person, response):
        return show(request, "full")
    filled = response.filled
    book = chapters_in_use(person.round.instrument_version_id, person.level)
    how_far = progress(book, person.level, filled.answers)
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
    )


@require_safe
@while_answering
def thanks(request: LinkRequest) -> HttpResponse:
    """Shows what happens next, only for whoever sent the questionnaire."""
    response = stored(request.person)
    if not response.is_submitted:
        return redirect("review", request.person.token)
    own = request.own.still(response.filled.browsers)
    return show(request, "thanks", may_see_own=bool(own.shown(response.filled.answers)))
