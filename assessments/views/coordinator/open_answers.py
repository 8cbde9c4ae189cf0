"""Shows the open answers that will be published, to look for names: in no order of people, without level."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, When
from django.http import HttpResponse
from django.shortcuts import redirect, render

from assessments.actions.open_answers import check_open_answers
from assessments.forms.open_answers import OpenAnswersForm
from assessments.models import OpenAnswer, Round
from assessments.models.responses import OpenAnswerQuerySet
from assessments.rules.workflow import NotAllowed, Work
from assessments.views.coordinator.rounds import page
from assessments.views.request import SignedInRequest, round_page

PER_PAGE = 20


@round_page("GET", "POST", right="run")
def open_answers(request: SignedInRequest, round: Round) -> HttpResponse:
    if not round.allows(Work.CHECKING_OPEN_ANSWERS):
        return redirect("round", round_id=round.pk)
    questions = {question.key: question.text for question in round.instrument.open_questions}
    answers = _in_order(OpenAnswer.objects.filter(round=round), list(questions))
    shown = Paginator(answers, PER_PAGE).get_page(request.GET.get("bladzijde") or _first_to_do(answers))
    form = OpenAnswersForm(
        request.POST or None,
        answers=list(shown),
        questions=questions,
        first=shown.start_index(),
        organisations=round.network.partners.values_list("name", flat=True),
    )
    if form.is_valid():
        try:
            check_open_answers(round_id=round.pk, texts=form.texts(), left_out=form.left_out(), unread=form.unread())
        except NotAllowed:
            messages.error(request, "De ronde is net gearchiveerd. Er is niets opgeslagen.")
            return redirect("round", round_id=round.pk)
        return _go_on(request, round, answers)
    done = shown.paginator.count - answers.unchecked().count()
    context = page(round) | {"form": form, "answers": shown, "done": done}
    return render(request, "coordinator/open_answers.html", context)


def _go_on(request: SignedInRequest, round: Round, answers: OpenAnswerQuerySet) -> HttpResponse:
    """Says how many answers are left, and leads to the first of them, or to the round where none is."""
    left = answers.unchecked().count()
    if left:
        messages.success(request, f"Opgeslagen. Nog {left} na te kijken: zij hebben nog geen vinkje.")
        return redirect("open_answers", round_id=round.pk)
    messages.success(request, "Opgeslagen. Alle open antwoorden zijn nagekeken.")
    return redirect("round", round_id=round.pk)


def _first_to_do(answers: OpenAnswerQuerySet) -> int:
    """Returns the page with the first answer that was neither looked through nor left out."""
    dealt_with = answers.values_list("is_cleared", "is_left_out")
    return next((place for place, done in enumerate(dealt_with) if not any(done)), 0) // PER_PAGE + 1


def _in_order(answers: OpenAnswerQuerySet, questions: list[str]) -> OpenAnswerQuerySet:
    """Returns the answers by question as it was asked, and within it by a random id: in no order of people."""
    places = [When(question=key, then=place) for place, key in enumerate(questions)]
    return answers.order_by(Case(*places, default=len(questions)), "pk")
