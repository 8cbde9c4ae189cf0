"""The coördinator makes a link to a report for a reader without an account, sees it in use, and withdraws it."""

from datetime import timedelta

import pytest
from auditlog.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from assessments.actions.rounds import close_round, publish_round
from assessments.anonymity.keys import link_token
from assessments.models import ReaderGroup, ReportLink
from tests.cast import build_cast
from tests.html import FAULTS, MESSAGES, elements, links, text_of, texts, value_of

TODAY = timezone.localdate


@pytest.fixture
def cast(db):
    cast = build_cast()
    for number, participant in enumerate(cast.participants()):
        cast.answer(participant, 2 + number % 3)
    cast.round = close_round(round_id=cast.round.pk)
    return cast


@pytest.fixture
def published(cast):
    publish_round(round_id=cast.round.pk, readers=[ReaderGroup.READERS])
    return cast


def place(cast):
    return reverse("report_links", args=[cast.round.pk])


def fields(**more):
    return {"subject": "samenvatting", "audience": "raad", "ends_on": TODAY().isoformat()} | more


def made(coordinator, cast):
    coordinator.post(place(cast), fields())
    return cast.round.report_links.get()


def test_it_is_reached_from_the_round_made_and_shown_to_copy(coordinator, published):
    assert place(published) in links(coordinator.get(reverse("round", args=[published.round.pk])))
    assert place(published) in links(coordinator.get(reverse("round_publish", args=[published.round.pk])))
    form = coordinator.get(place(published))
    assert value_of(form, "ends_on") == (TODAY() + timedelta(days=30)).isoformat()
    subjects = [option.get("value") for option in elements(form, "[name=subject] option")]
    assert subjects == ["netwerk", "uitvoerend", "management", "bestuur", "samenvatting"]
    page = coordinator.post(place(published), fields(), follow=True)
    [link] = published.round.report_links.all()
    assert texts(page, "main code") == [f"http://127.0.0.1:8000/lees/{link_token(link.pk)}/"]
    assert texts(page, "main h3") == ["Raad"]
    assert "1 leeslink werkt nu" in text_of(coordinator.get(reverse("round", args=[published.round.pk])), "main")


def test_its_use_is_seen_by_the_day(coordinator, published, client):
    link = made(coordinator, published)
    assert "nog niet" in texts(coordinator.get(place(published)), "main dd")
    ReportLink.objects.filter(pk=link.pk).update(last_used_on="2027-03-01", days_used=4)
    assert "1 maart 2027, op 4 dagen in totaal" in texts(coordinator.get(place(published)), "main dd")


def test_it_is_withdrawn_after_a_question(coordinator, published):
    link = made(coordinator, published)
    withdraw = reverse("report_link_withdraw", args=[published.round.pk, link.pk])
    assert withdraw in links(coordinator.get(place(published)))
    assert "‘raad’" in text_of(coordinator.get(withdraw), "h1")
    assert coordinator.get(reverse("reader_report", args=[link_token(link.pk)])).status_code == 200
    page = coordinator.post(withdraw, follow=True)
    assert "ingetrokken" in text_of(page, MESSAGES)
    assert coordinator.get(reverse("reader_report", args=[link_token(link.pk)])).status_code == 404
    assert not ReportLink.objects.exists()
    assert coordinator.post(withdraw).status_code == 404


def test_one_that_has_ended_says_so_and_shows_no_address(coordinator, published):
    link = made(coordinator, published)
    before = TODAY() - timedelta(days=2)
    ReportLink.objects.filter(pk=link.pk).update(made_on=before, ends_on=before)
    page = coordinator.get(place(published))
    assert "Verlopen" in texts(page, "main dt")
    assert texts(page, "main code") == []


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"audience": ""}, "Dit veld is verplicht."),
        ({"audience": "\u200b"}, "Vul een rol in"),
        ({"audience": "x" * 61}, "60 tekens"),
        ({"subject": "partner:school"}, "Selecteer een geldige keuze"),
        ({"ends_on": "volgende maand"}, "Vul een dag in, zoals 31-12-2026."),
        ({"ends_on": -1}, "Deze dag is al voorbij."),
        ({"ends_on": 181}, "Dat is te ver vooruit."),
    ],
)
def test_what_is_wrong_is_said_and_stays_on_the_page(coordinator, published, changed, sentence):
    if isinstance(changed.get("ends_on"), int):  # days from now, whichever day it is by then
        changed = {"ends_on": (TODAY() + timedelta(days=changed["ends_on"])).isoformat()}
    page = coordinator.post(place(published), fields(**changed))
    assert sentence in text_of(page, FAULTS)
    assert "Fout: Leeslinks" in text_of(page, "title")
    assert not ReportLink.objects.exists()


def test_before_meelezers_read_it_the_page_says_what_comes_first(coordinator, cast):
    page = coordinator.get(place(cast))
    assert reverse("round_publish", args=[cast.round.pk]) in links(page)
    assert elements(page, "[name=audience]") == []
    refused = coordinator.post(place(cast), fields(), follow=True)
    assert "voor meelezers" in text_of(refused, MESSAGES)
    assert not ReportLink.objects.exists()


def test_the_audit_trail_says_who_made_and_withdrew_it_but_not_for_whom(coordinator, published):
    link = made(coordinator, published)
    coordinator.post(reverse("report_link_withdraw", args=[published.round.pk, link.pk]))
    entries = LogEntry.objects.filter(object_pk=str(link.pk))
    assert {entry.action for entry in entries} == {LogEntry.Action.CREATE, LogEntry.Action.DELETE}
    assert {entry.actor for entry in entries} == {published.coordinator}
    assert "raad" not in str(list(entries.values("changes", "object_repr")))
