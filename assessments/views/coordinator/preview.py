"""Shows the whole questionnaire on one page, to try it out; nothing of it is sent or saved."""

from django.http import HttpResponse
from django.shortcuts import render

from assessments.filling import questionnaire
from assessments.filling.own_answers import OwnAnswers
from assessments.models import Perspective, Round
from assessments.views.coordinator.rounds import page
from assessments.views.request import SignedInRequest, round_page


@round_page("GET", right="run")
def questionnaire_preview(request: SignedInRequest, round: Round) -> HttpResponse:
    asked = request.GET.get("niveau")
    level = asked if asked in Perspective.values else Perspective.UITVOEREND
    instrument = round.instrument
    chapters = [
        (chapter, questionnaire.page(chapter, level, {}, {}, OwnAnswers(), {}, None))
        for chapter in questionnaire.chapters(instrument, level)
    ]
    context = page(round) | {
        "chapters": chapters,
        "level": level,
        "levels": Perspective.choices,
        "instruction": instrument.instruction,
        "labels": [instrument.labels[value].replace("/", "/\u200b") for value in sorted(instrument.labels)],
        "unknown_label": instrument.unknown_label.replace("/", "/\u200b"),
    }
    return render(request, "coordinator/questionnaire_preview.html", context)
