"""Looking open answers through while a colleague takes the round away from under it."""

import pytest
from django.urls import reverse

from assessments.actions.open_answers import check_open_answers
from assessments.actions.rounds import archive_round, close_round, publish_round
from assessments.models import OpenAnswer
from assessments.rules.workflow import NotAllowed
from tests.cast import build_cast
from tests.html import MESSAGES, text_of
from tests.meanwhile import meanwhile


@pytest.mark.django_db(transaction=True)
def test_answers_that_archiving_erases_meanwhile_are_not_said_to_be_saved():
    cast = build_cast()
    for participant in cast.participants():
        cast.answer(participant, texts={cast.round.instrument.open_questions[0].key: "Het gaat goed."})
    close_round(round_id=cast.round.pk)
    publish_round(round_id=cast.round.pk)
    kept, erased, *_ = OpenAnswer.objects.all()
    check_open_answers(round_id=cast.round.pk, texts={kept.pk: kept.text})
    with meanwhile(lambda: archive_round(round_id=cast.round.pk)), pytest.raises(NotAllowed):
        check_open_answers(round_id=cast.round.pk, texts={kept.pk: "Iets anders.", erased.pk: erased.text})
    assert [answer.text for answer in OpenAnswer.objects.all()] == ["Het gaat goed."]


@pytest.mark.django_db
def test_what_was_looked_through_is_kept_and_the_page_opens_at_the_first_that_was_not(client, monkeypatch):
    monkeypatch.setattr("assessments.views.coordinator.open_answers.PER_PAGE", 4)
    cast = build_cast()
    client.force_login(cast.coordinator)
    for participant in cast.participants():
        cast.answer(participant, texts={"open_slot": "Wij spreken Karin vaak."})
    close_round(round_id=cast.round.pk)
    url = reverse("open_answers", args=[cast.round.pk])

    def fields():
        form = client.get(url).context["form"]
        return [fields for question in form.by_question() for fields in question.answers]

    def save(shown, **ticked):
        texts = {own.text.html_name: own.text.value() for own in shown}
        return client.post(url, texts | {own.is_read.html_name: "on" for own in shown} | ticked, follow=True)

    first = fields()
    assert [own.names for own in first] == [("Karin",)] * 4
    assert "Nog 6 na te kijken" in text_of(save(first), MESSAGES)
    second = fields()
    assert [own.text.label for own in second] == [f"Antwoord {number}" for number in (5, 6, 7, 8)]
    page = client.get(url)
    assert "4 van de 10 nagekeken of weggelaten" in text_of(page, "main label")
    client.post(url, {own.text.html_name: own.text.value() for own in second})  # saved, without a tick
    assert OpenAnswer.objects.unchecked().count() == 6
    save(second, **{second[0].leave_out.html_name: "on"})
    after = save(fields())
    assert after.redirect_chain[-1][0] == reverse("round", args=[cast.round.pk])
    assert "Alle open antwoorden zijn nagekeken" in text_of(after, MESSAGES)
    assert OpenAnswer.objects.filter(is_cleared=True).count() == 9
