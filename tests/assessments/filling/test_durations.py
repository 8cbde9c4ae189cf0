"""The time that filling in takes is measured without a trace of a person, and told only once enough were measured."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from assessments.actions.durations import count_duration
from assessments.anonymity.keys import link_token
from assessments.filling.durations import measured_minutes
from assessments.models import Duration, MessageKind, Network, OpenLink
from assessments.running.letters import letter
from assessments.scores.answers import asked_of
from assessments.views.filling import questions
from tests.cast import filled
from tests.instrument import INSTRUMENT

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(cast):
    return cast.participants()[0]


@pytest.fixture
def later(monkeypatch):
    """Returns a function that sets the questionnaire's clock forward, as in later(minutes=9)."""
    real, passed = questions.time.time, timedelta()

    def set_on(**more):
        nonlocal passed
        passed += timedelta(**more)

    class Clock:
        time = staticmethod(lambda: real() + passed.total_seconds())

    monkeypatch.setattr(questions, "time", Clock)
    return set_on


def at(participant, name="welcome", *args):
    return reverse(name, args=[link_token(participant.pk), *args])


def everything(cast, level="uitvoerend", but=()):
    return {key: "4" for key in asked_of(cast.round.instrument, level) if key not in but}


def counted():
    return list(Duration.objects.values_list("instrument_version", "by_ouders", "minutes", "people"))


def measured(cast, **people_by_minutes):
    for minutes, people in people_by_minutes.items():
        Duration.objects.create(
            instrument_version_id=cast.round.instrument_version_id,
            by_ouders=False,
            minutes=minutes.removeprefix("in_"),
            people=people,
        )
    cache.clear()


@pytest.mark.django_db(transaction=True)  # minutes are counted once the answers are in
class TestCounting:
    def test_whoever_answers_the_last_statement_counts_once_in_whole_minutes(self, cast, client, anna, later):
        client.get(at(anna, "questions", 1))
        later(minutes=8, seconds=30)
        client.post(at(anna, "save"), everything(cast, but=["VG1"]))
        assert counted() == []
        client.post(at(anna, "save"), {"VG1": "3"})
        assert counted() == [(INSTRUMENT.version, False, 9, 1)]
        later(minutes=5)
        client.post(at(anna, "save"), {"VG1": "5"})
        client.post(at(anna, "review"))
        assert counted() == [(INSTRUMENT.version, False, 9, 1)]

    def test_the_page_without_javascript_counts_too(self, cast, client, anna, later):
        for number in (1, 2, 3, 4):
            page = client.get(at(anna, "questions", number)).content.decode()
            names = dict.fromkeys(re.findall(r'<input type="radio" name="([A-Z0-9]+)"', page))
            later(minutes=2, seconds=50)
            client.post(at(anna, "questions", number), dict.fromkeys(names, "4") | {"was": ""})
        assert counted() == [(INSTRUMENT.version, False, 12, 1)]

    def test_who_takes_the_same_time_is_added(self, cast, later):
        for person in cast.participants()[:2]:
            client = Client()
            client.get(at(person, "questions", 1))
            later(minutes=7)
            client.post(at(person, "save"), everything(cast))
        assert [people for *_, people in counted()] == [2]

    @pytest.mark.parametrize("seconds", [-5, 0, 59, 3601, 90_000])
    def test_less_than_a_minute_and_more_than_an_hour_say_nothing_of_the_questions(self, cast, seconds):
        count_duration(version=INSTRUMENT.version, by_ouders=False, seconds=seconds)
        assert counted() == []

    def test_part_of_it_on_another_device_is_not_measured(self, cast, client, anna, later):
        client.get(at(anna, "questions", 1))
        Client().post(at(anna, "save"), {"VG1": "3"})
        later(minutes=9)
        client.post(at(anna, "save"), everything(cast, but=["VG1"]))
        assert len(filled().answers) == 49
        assert counted() == []

    def test_a_browser_that_goes_on_where_another_began_has_no_start(self, cast, client, anna, later):
        Client().post(at(anna, "save"), {"VG1": "3"})
        client.get(at(anna, "questions", 1))
        later(minutes=9)
        client.post(at(anna, "save"), everything(cast))
        assert counted() == []

    def test_a_count_that_fails_is_not_told_to_who_answered(self, cast, client, anna, later):
        version = cast.round.instrument_version_id
        Duration.objects.create(instrument_version_id=version, by_ouders=False, minutes=9, people=2**31 - 1)
        client.get(at(anna, "questions", 1))
        later(minutes=8, seconds=30)
        assert client.post(at(anna, "save"), everything(cast)).status_code == 200
        assert len(filled().answers) == 49

    def test_constructed_networks_do_not_count(self, cast, client, anna, later):
        Network.objects.update(is_constructed=True)
        client.get(at(anna, "questions", 1))
        later(minutes=9)
        client.post(at(anna, "save"), everything(cast))
        assert counted() == []

    def test_ouders_have_a_time_of_their_own(self, cast, client, later):
        link = OpenLink.objects.create(round=cast.round, level="ouders", cap=9)
        client.post(at(link, "begin"))
        client.get(at(link, "questions", 1))
        later(seconds=90)
        client.post(at(link, "questions", 1), everything(cast, "ouders") | {"was": ""})
        assert counted() == [(INSTRUMENT.version, True, 2, 1)]

    def test_a_count_has_nothing_but_the_version_whose_set_it_was_and_the_minutes(self):
        fields = {field.name for field in Duration._meta.concrete_fields}
        assert fields == {"id", "instrument_version", "by_ouders", "minutes", "people"}

    @pytest.mark.django_db(transaction=True)
    def test_no_number_of_a_transaction_ties_a_count_to_the_answers(self, cast, client, anna, later):
        client.get(at(anna, "questions", 1))
        later(minutes=8, seconds=30)
        client.post(at(anna, "save"), everything(cast))
        with connection.cursor() as cursor:
            cursor.execute("SELECT xmin::text FROM assessments_response")
            answers = cursor.fetchall()
            cursor.execute("SELECT xmin::text FROM assessments_duration")
            assert not set(answers) & set(cursor.fetchall())
        assert counted() == [(INSTRUMENT.version, False, 9, 1)]


class TestSaying:
    def test_half_of_the_people_is_what_is_said(self, cast):
        measured(cast, in_6=5, in_9=5, in_12=9, in_40=1)
        assert measured_minutes(INSTRUMENT.version) == 9

    def test_nineteen_are_too_few(self, cast):
        measured(cast, in_6=19)
        assert measured_minutes(INSTRUMENT.version) is None

    def test_the_first_page_says_an_estimate_until_it_is_measured(self, cast, client, anna):
        assert "Wij schatten: ongeveer" in client.get(at(anna)).content.decode()
        measured(cast, in_9=20)
        page = client.get(at(anna)).content.decode()
        assert "De helft van de mensen is in 9 minuten klaar." in page
        assert "schatten" not in page

    @pytest.mark.parametrize("kind", [MessageKind.INVITATION, MessageKind.REMINDER_1])
    def test_mail_says_the_same(self, cast, kind):
        before = letter(kind, cast.round, link="https://example.org/")
        assert "Wij schatten" in before.text
        measured(cast, in_9=20)
        after = letter(kind, cast.round, link="https://example.org/")
        for part in (after.text, after.html):
            assert "De helft van de mensen is in 9 minuten klaar." in part
            assert "schatten" not in part

    def test_the_time_left_is_a_share_of_what_was_measured(self, cast, client, anna):
        measured(cast, in_20=20)
        page = client.get(at(anna, "questions", 1)).content.decode()
        assert "<span data-minutes>20</span>" in page
        saved = client.post(at(anna, "save"), everything(cast, but=["VG1"])).json()
        assert saved["minutes"] == 1
