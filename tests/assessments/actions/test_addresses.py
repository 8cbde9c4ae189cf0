"""`due` erases addresses on the day that pages and mails name, and the list of a concept that nobody works on."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from assessments.actions import mail
from assessments.actions.addresses import erase_list
from assessments.actions.due import do_what_is_due
from assessments.actions.participants import Person, add_participants
from assessments.actions.rounds import archive_round, close_round, open_round, publish_round
from assessments.actions.setup import change_round
from assessments.anonymity.keys import link_token
from assessments.models import Message, MessageState, Participant, Publication, Round
from assessments.rules import keeping
from tests.cast import build_cast, ready
from tests.html import WARNINGS, text_of, texts
from tests.mail_server import server

__all__ = ["server"]  # a fixture

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
LAST_MINUTE, FIRST_MINUTE = (23, 59), (0, 0)


def at(day, time=FIRST_MINUTE):
    return datetime(day.year, day.month, day.day, *time, tzinfo=AMSTERDAM)


@pytest.fixture
def closed(cast):
    for participant in cast.participants():
        cast.answer(participant)
    close_round(round_id=cast.round.pk)
    return cast


def dated(cast, *, was_closed, published=None):
    """Publishes to participants where that is asked, all mail went out, and dates both late in the evening."""
    if published:
        publish_round(round_id=cast.round.pk)
        Publication.objects.update(published_at=at(published, LAST_MINUTE))
    Message.objects.update(state=MessageState.SENT, sent_at=timezone.now())
    Round.objects.update(closed_at=at(was_closed, LAST_MINUTE))


def has_addresses(moment):
    do_what_is_due(moment)
    return Participant.objects.exclude(email="", name="", job_title="").exists()


@pytest.mark.parametrize(
    ("was_closed", "published", "goes"),
    [
        (date(2026, 6, 1), None, date(2026, 7, 31)),
        (date(2026, 6, 1), date(2026, 6, 10), date(2026, 7, 10)),
        (date(2026, 6, 1), date(2026, 7, 20), date(2026, 7, 31)),
        (date(2027, 3, 1), date(2027, 3, 10), date(2027, 4, 9)),  # over the clock change of spring
        (date(2026, 10, 1), date(2026, 10, 10), date(2026, 11, 9)),  # and that of autumn
        (date(2027, 1, 28), None, date(2027, 3, 29)),
        (date(2026, 8, 27), None, date(2026, 10, 26)),
    ],
)
def test_addresses_go_at_the_first_minute_of_their_day(closed, was_closed, published, goes):
    dated(closed, was_closed=was_closed, published=published)
    assert Round.objects.get(pk=closed.round.pk).addresses_go_on == goes
    assert has_addresses(at(goes - timedelta(days=1), LAST_MINUTE))
    assert not has_addresses(at(goes))


def test_publishing_to_others_than_participants_moves_no_day(closed):
    publish_round(round_id=closed.round.pk, readers=["meelezers"])
    Publication.objects.update(published_at=at(date(2026, 6, 2)))
    Round.objects.update(closed_at=at(date(2026, 6, 1)))
    assert Round.objects.get(pk=closed.round.pk).addresses_go_on == date(2026, 7, 31)


def test_an_archived_round_keeps_none_once_its_mail_has_gone(closed):
    publish_round(round_id=closed.round.pk)
    archive_round(round_id=closed.round.pk)
    assert has_addresses(timezone.now())
    Message.objects.update(state=MessageState.SENT, sent_at=timezone.now())
    assert not has_addresses(timezone.now())


def test_the_mail_about_the_result_names_the_day_and_the_link_leads_to_the_report_after_it(closed, server, client):
    publish_round(round_id=closed.round.pk)
    mail.send_queued(round_id=closed.round.pk)
    goes = Round.objects.get(pk=closed.round.pk).addresses_go_on
    assert goes == timezone.localdate() + timedelta(days=30)
    told = [message for message in server.received if message["Subject"] == "De uitkomsten zijn er: Netwerk Oost"]
    day = timezone.localdate() + timedelta(days=30)
    for kind in ("plain", "html"):
        said = told[0].get_body((kind,)).get_content()
        assert re.search(rf"uiterlijk op {day.day} \w+ {day.year} uit deze ronde", said)
    assert len(told) == 10
    assert not has_addresses(at(goes))
    first = closed.participants()[0]
    assert client.get(f"/v/{link_token(first.pk)}/", follow=True).status_code == 200
    assert client.get(reverse("participant_report", args=[link_token(first.pk), "netwerk"])).status_code == 200


# The rule, as people read it


def test_privacy_the_first_page_and_the_mails_say_one_rule_with_the_days_of_the_code(client, cast, server):
    rule = render_to_string("addresses_rule.txt").strip()
    assert f"uiterlijk {keeping.AFTER_PUBLISHING.days} dagen nadat" in rule
    assert f"nooit later dan {keeping.AFTER_CLOSING.days} dagen na het sluiten" in rule
    assert rule in text_of(client.get(reverse("privacy")), "main p")
    assert rule in texts(client.get(reverse("welcome", args=[link_token(cast.participants()[0].pk)])), "main li")
    mail.send_queued(round_id=cast.round.pk)
    for kind in ("plain", "html"):
        assert rule in " ".join(server.received[0].get_body((kind,)).get_content().split())
    assert rule.removeprefix("Uw e-mailadres, uw naam en uw functie wissen wij uit de ronde: ") in text_of(
        client.get(reverse("method")), "main p"
    )
    assert f"als er {keeping.UNTOUCHED.days} dagen niemand" in text_of(client.get(reverse("privacy")), "main p")


def test_a_guest_of_an_open_link_is_promised_nothing_about_an_address_that_nobody_has(client, cast):
    link = cast.round.open_links.create(level="uitvoerend", partner=cast.partners["school"])
    page = client.get(reverse("welcome", args=[link_token(link.pk)])).content.decode()
    assert "Beginnen" in page
    assert "e-mailadres" not in page


# The list of a concept


@pytest.fixture
def concept(db):
    cast = build_cast(is_open=False)
    Round.objects.filter(pk=cast.round.pk).update(touched_at=at(date(2026, 1, 10), LAST_MINUTE))
    cast.round.refresh_from_db()
    return cast


def test_the_list_of_a_concept_goes_half_a_year_after_somebody_worked_on_it(concept):
    goes = date(2026, 7, 9)
    assert concept.round.list_goes_on == goes
    do_what_is_due(at(goes - timedelta(days=1), LAST_MINUTE))
    assert concept.round.participants.count() == 10
    assert do_what_is_due(at(goes))["concepts without a list"] == 1
    assert not concept.round.participants.exists()
    assert do_what_is_due(at(goes))["concepts without a list"] == 0
    assert Round.objects.filter(pk=concept.round.pk).exists()


def saves_a_step(round):
    change_round(round_id=round.pk, fields={"reminders": 1})


def adds_somebody(round):
    person = Person(partner_id=round.participants.first().partner_id, level="bestuur", email="nieuw@example.org")
    add_participants(round_id=round.pk, people=[person])


@pytest.mark.parametrize("work", [saves_a_step, adds_somebody])
def test_whoever_works_on_it_keeps_it_for_another_half_year(concept, work):
    work(concept.round)
    now = timezone.localtime()
    concept.round.refresh_from_db()
    assert concept.round.list_goes_on == now.date() + keeping.UNTOUCHED
    assert erase_list(round_id=concept.round.pk, now=now) == 0
    assert concept.round.participants.exists()


def test_a_list_goes_in_no_round_that_has_opened(concept):
    ready(concept.round)
    open_round(round_id=concept.round.pk)
    Round.objects.update(touched_at=at(date(2026, 1, 10)))
    assert erase_list(round_id=concept.round.pk, now=timezone.localtime()) == 0
    assert do_what_is_due()["concepts without a list"] == 0
    assert Participant.objects.count() == 10


def test_the_pages_of_a_concept_name_the_day_warn_before_it_and_tell_of_it_after(client, concept):
    client.force_login(concept.coordinator)
    url = reverse("participants", args=[concept.round.pk])
    today = timezone.localtime()

    def page(touched_days_ago):
        Round.objects.update(touched_at=today - timedelta(days=touched_days_ago))
        return client.get(url)

    fresh = page(10)
    assert "wissen wij deze lijst op" in text_of(fresh, "main p")
    assert not texts(fresh, WARNINGS)
    assert "wissen wij de deelnemers van deze ronde" in text_of(page(150), WARNINGS)
    Participant.objects.all().delete()
    assert "Stond hier een lijst? Die is gewist op" in text_of(page(181), "main p")
    assert not texts(page(10), WARNINGS)
