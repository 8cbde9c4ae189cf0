"""Makes somebody a copy of their own answers, on the spot, from what this browser gave. Stores it nowhere."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.filling.answering import stored
from assessments.filling.own_answers import OwnAnswers
from assessments.filling.questionnaire import Chapter, Group, chapters
from assessments.scores.answers import UNKNOWN, Filled
from assessments.views.filling import limits
from assessments.views.filling.requests import LinkRequest, while_answering
from factors.instrument import Instrument
from samenwerking import pdf
from samenwerking.downloads import file_name, file_response
from samenwerking.theme import theme

NOT_GIVEN = "niet ingevuld"
GIVEN_ELSEWHERE = "ingevuld in een andere browser"


@dataclass(frozen=True)
class Line:
    text: str
    answer: str


@dataclass(frozen=True)
class Part:
    """Is one chapter with what was answered in it; `text` is '' where nothing was written."""

    title: str
    term: str
    groups: tuple[tuple[str, tuple[Line, ...]], ...]
    question: str
    text: str


@require_safe
@while_answering
def own_answers_pdf(request: LinkRequest) -> HttpResponse:
    person = request.person
    response = stored(person)
    filled = response.filled
    own = request.own.still(filled.browsers)
    if not own.shown(filled.answers):
        raise Http404
    if limits.asks_for_too_many_files(request, person.id):
        return render(request, "429.html", status=429)
    today = timezone.localdate()
    about = {
        "network": person.round.network,
        "round": person.round,
        "made_on": today,
        "is_submitted": response.is_submitted,
    }
    parts = own_parts(person.instrument, person.level, filled, own)
    html = render_to_string("filling/own_answers_pdf.html", {**about, **theme(), "parts": parts})
    # The file has the day and not the time: nobody needs to know when somebody answered.
    midnight = timezone.make_aware(datetime.combine(today, time.min))
    content = pdf.render(html, created=midnight)
    name = file_name(person.round.network.name, person.round.name, "mijn antwoorden", kind="pdf")
    return file_response(content, "application/pdf", name)


def own_parts(instrument: Instrument, level: str, filled: Filled, own: OwnAnswers) -> tuple[Part, ...]:
    """Returns the answers in the words of the questionnaire, as far as this browser gave them."""
    words = {str(value): label for value, label in instrument.labels_for(level).items()}
    words[UNKNOWN] = instrument.unknown_label_for(level)
    elsewhere = dict.fromkeys(filled.answers, GIVEN_ELSEWHERE)
    answers = elsewhere | {key: words[value] for key, value in own.shown(filled.answers).items()}
    texts = dict.fromkeys(filled.texts, GIVEN_ELSEWHERE) | own.shown_texts(filled.texts)
    return tuple(_part(chapter, level, answers, texts) for chapter in chapters(instrument, level))


def _part(chapter: Chapter, level: str, answers: Mapping[str, str], texts: Mapping[str, str]) -> Part:
    groups = tuple((group.heading, tuple(_lines(group, level, answers))) for group in chapter.groups)
    return Part(chapter.title, chapter.term, groups, chapter.question.text, texts.get(chapter.question.key, ""))


def _lines(group: Group, level: str, answers: Mapping[str, str]) -> Iterator[Line]:
    for statement in group.statements:
        yield Line(statement.for_level(level), answers.get(statement.key, NOT_GIVEN))
