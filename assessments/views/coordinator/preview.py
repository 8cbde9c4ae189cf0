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
        (chapter, questionnaire.page(chapter, {}, {}, OwnAnswers(), {}, None))
        for chapter in questionnaire.chapters(instrument, level)
    ]
    context = page(round) | {
        "chapters": chapters,
        "level": level,
        "levels": Perspective.choices,
        "instruction": instrument.instruction,
        "labels": [label.replace("/", "/\u200b") for _, label in sorted(instrument.labels_for(level).items())],
        "unknown_label": instrument.unknown_label_for(level).replace("/", "/\u200b"),
    }
    return render(request, "coordinator/questionnaire_preview.html", context)
