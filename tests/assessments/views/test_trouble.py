"""Results that this version of the site can't read are a sentence to whoever asks for them, and never a fault."""

import io
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from assessments.actions.rounds import close_round, publish_round
from assessments.anonymity.keys import link_token
from assessments.models import FrozenResults, ReaderGroup, Round
from assessments.report.load import reports_of
from tests.cast import build_cast
from tests.html import text_of, texts

SENTENCE = "De versie die nu draait, kan ze niet lezen"


@pytest.fixture
def unreadable(db):
    """Returns the cast, whose round was published to all by a later version of the site."""
    cast = build_cast()
    for participant in cast.participants():
        cast.answer(participant)
    close_round(round_id=cast.round.pk)
    publish_round(round_id=cast.round.pk)
    frozen = FrozenResults.objects.get()
    frozen.document["format"] = 99
    frozen.save()
    return cast


@pytest.mark.parametrize(
    ("who", "name", "more"),
    [
        ("coordinator", "round", []),
        ("coordinator", "report", ["netwerk"]),
        ("reader", "report", ["netwerk"]),
        ("reader", "report_pdf", ["netwerk"]),
        ("researcher", "round_figures_csv", []),
        ("researcher", "round_figures_sav", []),
        ("researcher", "round_figures_xlsx", []),
    ],
)
def test_a_page_of_the_round_says_so(client, unreadable, who, name, more):
    client.force_login(getattr(unreadable, who))
    answer = client.get(reverse(name, args=[unreadable.round.pk, *more]))
    assert answer.status_code == 503
    assert SENTENCE in text_of(answer, "main p")


def test_the_link_of_a_participant_says_so(client, unreadable):
    token = link_token(unreadable.participants()[0].pk)
    answer = client.get(f"/v/{token}/", follow=True)
    assert answer.status_code == 503
    assert SENTENCE in text_of(answer, "main p")


def test_the_page_for_research_names_the_round(client, unreadable):
    client.force_login(unreadable.researcher)
    answer = client.get(reverse("research"))
    [row] = texts(answer, "main tbody tr")
    assert row.startswith("Netwerk Oost: Voorjaar")
    assert "Er is niets kwijt." in row


@pytest.mark.parametrize("command", [["results"], ["report", "--out", "nergens.pdf"]])
def test_a_command_says_so(unreadable, command):
    name, *more = command
    with pytest.raises(CommandError, match=r"Deze versie kan de(ze)? resultaten") as fault:
        call_command(name, str(unreadable.round.pk), *more, stdout=io.StringIO())
    assert fault.value.returncode == 1


def test_a_report_that_would_be_compared_with_it_is_made_without_that(unreadable):
    before = FrozenResults.objects.get()
    later = Round.objects.get(pk=unreadable.round.pk)
    later.pk, later.name, later.previous_id = uuid4(), "Najaar", unreadable.round.pk
    later.save(force_insert=True)
    for readers in ReaderGroup:
        later.publications.create(readers=readers)
    document = before.document | {"format": 1}
    FrozenResults.objects.create(round=later, document=document, facts=before.facts, checksum="")
    assert reports_of(later).facts.previous is None
    FrozenResults.objects.filter(pk=before.pk).update(document=document)
    assert reports_of(Round.objects.get(pk=later.pk)).facts.previous
