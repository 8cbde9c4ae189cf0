"""Whoever answers knows beforehand whether the round takes part in research: by mail, on the first page, on Privacy."""

import pytest
from django.urls import reverse

from assessments.actions.setup import change_round
from assessments.anonymity.keys import link_token
from assessments.filling.links import link_url
from assessments.models import Round
from assessments.rules.workflow import NotAllowed
from assessments.running.letters import letter
from tests.html import texts

RULE = "Deze ronde doet mee aan onderzoek. Onderzoekers kunnen de rapporten lezen"


def said(client, cast):
    """Returns the sentences on research in the invitation, in both its forms, and on the first page behind a link."""
    round = Round.objects.with_instrument().get(pk=cast.round.pk)
    mail = letter("invitation", round, link="https://example.org/v/x/")
    page = client.get(link_url("welcome", link_token(cast.participants()[0].pk)))
    return [mail.text.count(RULE), mail.html.count(RULE), sum(text.startswith(RULE) for text in texts(page, "main li"))]


def test_a_round_in_research_says_so_before_anybody_answers(client, cast):
    assert said(client, cast) == [1, 1, 1]


def test_a_round_outside_research_says_nothing_of_it(client, cast):
    Round.objects.filter(pk=cast.round.pk).update(in_research=False)
    assert said(client, cast) == [0, 0, 0]


def test_privacy_says_what_it_means_and_what_silence_means(client, db):
    paragraphs = " ".join(texts(client.get(reverse("privacy")), "main p"))
    assert "Wat u koos, krijgt niemand." in paragraphs
    assert "Staat er in uw uitnodiging niets over onderzoek? Dan doet de ronde niet mee." in paragraphs


def test_the_choice_is_fixed_once_the_round_is_open(cast):
    with pytest.raises(NotAllowed):
        change_round(round_id=cast.round.pk, fields={"in_research": False})
    assert Round.objects.get(pk=cast.round.pk).in_research
