"""Shows the pages with statements, and saves what is filled in there, by page or answer by answer."""

import time
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_POST

from assessments.actions.durations import count_duration
from assessments.actions.responses import Saved, save_answers
from assessments.filling import own_answers
from assessments.filling.answering import is_locked_out, stored
from assessments.filling.links import link_url
from assessments.filling.questionnaire import Chapter, Page, chapters_in_use, page, progress
from assessments.filling.respondents import instrument_in_use
from assessments.filling.shown import Shown
from assessments.views.filling.forms import AnswersForm
from assessments.views.filling.requests import LinkRequest, show, while_saving
from factors.instrument import Instrument


@gzip_page
@require_http_methods(["GET", "HEAD", "POST"])
@while_saving
def questions(request: LinkRequest, number: int) -> HttpResponse:
    """Shows one chapter and saves it; a form with gaps is saved as it is, and the next page names the gaps."""
    person = request.person
    book = chapters_in_use(person.round.instrument_version_id, person.level)
    if not 1 <= number <= len(book):
        raise Http404
    chapter = book[number - 1]
    if request.method != "POST":
        return _show(request, book, chapter)
    form = AnswersForm(request.POST, chapter.keys, [chapter.question.key])
    if not form.is_valid():
        return _save_what_is_right(request, book, chapter, form)
    response = _onward(request, book, chapter)
    if form.answers or form.texts:
        _save(request, form)
        own_answers.keep(response, person.token, request.own)
    return response


def _save(request: LinkRequest, form: AnswersForm) -> Saved:
    """Saves what is right in the form, as given in this browser."""
    saved = save_answers(person=request.locked, answers=form.answers, texts=form.texts, browser=request.own.mark)
    request.own = request.own.with_saved(form.answers, form.texts)
    if _has_just_answered_all_here(request, saved):
        seconds = time.time() - (request.own.started or 0)
        version, by_ouders = request.person.round.instrument_version_id, request.person.is_ouder
        # The answers are saved, whatever becomes of the count. Not a partial: Django logs its name when it fails.
        transaction.on_commit(
            lambda: count_duration(version=version, by_ouders=by_ouders, seconds=seconds), robust=True
        )
    return saved


def _has_just_answered_all_here(request: LinkRequest, saved: Saved) -> bool:
    """Tells whether this save answered the last statement, and this browser all: then the time it took is known."""
    total = len(request.person.asked)
    own = saved.filled.browsers.get(request.own.mark, ())
    is_last = saved.answered_before < total == len(saved.filled.answers)
    return is_last and request.own.started is not None and saved.filled.answers.keys() <= set(own)


def _onward(request: LinkRequest, book: tuple[Chapter, ...], chapter: Chapter) -> HttpResponse:
    step = -1 if request.POST.get("naar") == "vorige" else 1
    return HttpResponseRedirect(_page_at(chapter.number + step, book, request.person.token))


def _page_at(number: int, book: tuple[Chapter, ...], token: str) -> str:
    """Returns the address of the chapter with this number, or of what comes before the first or after the last."""
    if number < 1:
        return link_url("welcome", token)
    return link_url("questions", token, number) if number <= len(book) else link_url("review", token)


def _save_what_is_right(
    request: LinkRequest, book: tuple[Chapter, ...], chapter: Chapter, form: AnswersForm
) -> HttpResponse:
    """Returns the page again with each fault beside its field; everything else on it is saved."""
    if form.answers or form.texts:
        _save(request, form)
    typed = request.POST.get(chapter.question.key, "")
    response = _show(request, book, chapter, faults=form.faults, typed=typed)
    own_answers.keep(response, request.person.token, request.own)
    return response


def _show(
    request: LinkRequest,
    book: tuple[Chapter, ...],
    chapter: Chapter,
    faults: Mapping[str, str] = MappingProxyType({}),
    typed: str | None = None,
) -> HttpResponse:
    person = request.person
    response = stored(person)
    if is_locked_out(person, response):
        return show(request, "full")
    filled = response.filled
    own = request.own.still(filled.browsers)
    shown = page(chapter, filled.answers, filled.texts, own, faults, typed)
    if shown.is_blank:
        fields = blank_fields(person.round.instrument_version_id, person.level, chapter.number)
    else:
        fields = _fields(shown, person.instrument, person.level)
    opened = show(
        request,
        "questions",
        chapter=chapter,
        chapter_count=len(book),
        onward=_page_at(chapter.number + 1, book, person.token),
        back=_page_at(chapter.number - 1, book, person.token),
        page=shown,
        fields=fields,
        progress=(how_far := progress(book, filled.answers, person.measured_minutes)),
        gaps_before=how_far.gaps_in(chapter.number - 1),
        is_submitted=response.is_submitted,
        instruction=person.instrument.instruction,
        scale=_ends(person.instrument, person.level),
        faults=faults,
    )
    if not (filled.answers or request.own.started or person.round.network.is_constructed):
        own_answers.keep(opened, person.token, replace(request.own, started=int(time.time())))
    return opened


def _ends(instrument: Instrument, level: str) -> tuple[str, str]:
    """Returns what the two ends of the scale are called."""
    labels = list(instrument.labels_for(level).values())
    return labels[0], labels[-1]


@lru_cache(maxsize=64)
def blank_fields(version: str, level: str, number: int) -> SafeString:
    """Returns what a chapter asks before anything is answered, rendered once for everybody."""
    instrument = instrument_in_use(version)
    chapter = chapters_in_use(version, level)[number - 1]
    return _fields(page(chapter, {}, {}, own_answers.OwnAnswers(), {}, None), instrument, level)


def _fields(shown: Page, instrument: Instrument, level: str) -> SafeString:
    """Renders the statements and the open question.

    The template writes out the scale, for a loop in a loop costs more than five names.
    """
    words = {f"label_{value}": label for value, label in instrument.labels_for(level).items()}
    words["unknown_label"] = instrument.unknown_label_for(level)
    labels = {name: conditional_escape(label.replace("/", "/\u200b")) for name, label in words.items()}
    return render_to_string("filling/fields.html", {"page": shown, **labels})


@require_POST
@while_saving
def save(request: LinkRequest) -> HttpResponse:
    """Saves single answers in the background, and says what is saved, what is not, and how far somebody is."""
    person = request.person
    instrument = person.instrument
    open_questions = [question.key for question in instrument.open_questions]
    form = AnswersForm(request.POST, person.asked, open_questions)
    form.full_clean()  # what is right is saved, whatever else is wrong
    saved = _save(request, form)
    book = chapters_in_use(person.round.instrument_version_id, person.level)
    how_far = progress(book, saved.filled.answers, person.measured_minutes)
    response = JsonResponse(
        {
            "shown": Shown.of(form.answers, form.texts).marks,
            "faults": form.faults,
            "answered": how_far.answered,
            "minutes": how_far.minutes_left,
        }
    )
    own_answers.keep(response, person.token, request.own)
    return response
