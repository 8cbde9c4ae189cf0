"""Shows the open answers that will be published, to look for names: in no order of people, without level."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, QuerySet, When
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from assessments.actions.open_answers import check_open_answers
from assessments.forms.open_answers import OpenAnswersForm
from assessments.models import OpenAnswer, Round
from assessments.rules.workflow import NotAllowed, Work
from assessments.views.coordinator.rounds import page
from assessments.views.request import SignedInRequest, round_page

PER_PAGE = 40


@round_page("GET", "POST", right="run")
def open_answers(request: SignedInRequest, round: Round) -> HttpResponse:
    if not round.allows(Work.CHECKING_OPEN_ANSWERS):
        return redirect("round", round_id=round.pk)
    questions = {question.key: question.text for question in round.instrument.open_questions}
    answers = Paginator(_in_order(OpenAnswer.objects.filter(round=round), list(questions)), PER_PAGE)
    shown = answers.get_page(request.GET.get("bladzijde"))
    form = OpenAnswersForm(request.POST or None, answers=list(shown), questions=questions)
    if form.is_valid():
        try:
            check_open_answers(round_id=round.pk, texts=form.texts(), left_out=form.left_out())
        except NotAllowed:
            messages.error(request, "De ronde is net gearchiveerd. Er is niets opgeslagen.")
            return redirect("round", round_id=round.pk)
        messages.success(request, "Opgeslagen.")
        if shown.has_next():
            return redirect(f"{reverse('open_answers', args=[round.pk])}?bladzijde={shown.next_page_number()}")
        return redirect("round", round_id=round.pk)
    return render(request, "coordinator/open_answers.html", page(round) | {"form": form, "answers": shown})


def _in_order(answers: QuerySet[OpenAnswer], questions: list[str]) -> QuerySet[OpenAnswer]:
    """Returns the answers by question as it was asked, and within it by a random id: in no order of people."""
    places = [When(question=key, then=place) for place, key in enumerate(questions)]
    return answers.order_by(Case(*places, default=len(questions)), "pk")
