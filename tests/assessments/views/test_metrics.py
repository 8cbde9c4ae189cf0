"""Figures of the installation are for whoever has its token, are asked of the database, and name nobody."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse
from django.utils import timezone

from assessments.models import DailyCount, Message, MessageKind, Round, State
from samenwerking.workers.models import Heartbeat
from tests import jobs as ours
from tests.cast import build_cast
from tests.samenwerking.test_settings import read_settings

TOKEN = "t" * 32
# https://prometheus.io/docs/instrumenting/exposition_formats/
SAMPLE = re.compile(r'([a-z_]+(?:\{[a-z]+="[a-z]+"\})?) (\d+)')
ABOUT = re.compile(r"# (HELP [a-z_]+ .+|TYPE [a-z_]+ gauge)")


@pytest.fixture(autouse=True)
def token(settings):
    settings.METRICS_TOKEN = TOKEN


def scraped(client):
    answer = client.get(reverse("metrics"), headers={"authorization": f"Bearer {TOKEN}", "host": "10.0.0.7"})
    assert answer["Content-Type"].startswith("text/plain; version=0.0.4")
    assert answer.content.endswith(b"\n")
    lines = answer.content.decode().splitlines()
    assert [line for line in lines if not (SAMPLE.fullmatch(line) or ABOUT.fullmatch(line))] == []
    found = [SAMPLE.fullmatch(line).groups() for line in lines if not line.startswith("#")]
    assert len(dict(found)) == len(found)
    return {name.removeprefix("samenwerking_"): int(figure) for name, figure in found}


def test_without_the_setting_there_is_no_such_page(client, settings):
    settings.METRICS_TOKEN = ""
    for shown in ("", "Bearer ", f"Bearer {TOKEN}"):
        assert client.get(reverse("metrics"), headers={"authorization": shown}).status_code == 404


def test_without_the_token_nothing_is_told(client):
    for shown in ("", "Bearer", "Bearer t", f"Bearer {TOKEN}x", "Bearer é"):
        answer = client.get(reverse("metrics"), headers={"authorization": shown})
        assert (answer.status_code, answer.content) == (401, b"401\n")


def test_a_token_that_could_be_guessed_stops_the_start():
    assert read_settings(METRICS_TOKEN=TOKEN).METRICS_TOKEN == TOKEN
    with pytest.raises(ImproperlyConfigured, match="METRICS_TOKEN is shorter than 32"):
        read_settings(METRICS_TOKEN=TOKEN[1:])


def test_each_figure_is_that_of_the_database(client, db):
    build_cast()
    now = timezone.now()
    Message.objects.update(state="sent", sent_at=now)
    first, second, *_ = Message.objects.all()
    Message.objects.filter(pk__in=[first.pk, second.pk]).update(state="queued", sent_at=None, queued_at=now)
    Message.objects.filter(pk=first.pk).update(queued_at=now - timedelta(hours=1))
    Heartbeat.objects.create(name="a", kind="worker", seen_at=now - timedelta(minutes=5))
    Heartbeat.objects.create(name="b", kind="worker", seen_at=now - timedelta(minutes=1))
    before = scraped(client)
    ours.work.enqueue("")
    found = scraped(client)
    assert (found["open_rounds"], found["mails_waiting"]) == (1, 10)
    assert 3600 <= found["oldest_mail_seconds"] < 3700
    assert found['jobs{state="waiting"}'] == before['jobs{state="waiting"}'] + 1
    assert found['jobs{state="failed"}'] == 0
    assert 60 <= found['seen_seconds{what="worker"}'] < 120
    assert 'seen_seconds{what="due"}' not in found


def test_nothing_of_today_is_told_and_of_the_days_before_whole_tens(client, cast):
    """Whoever scrapes and has a link can steer a figure of now: then it tells when the next person begins."""
    for participant in cast.participants():
        cast.answer(participant)
        assert scraped(client)["questionnaires_sent"] == 0
    told = []
    for sent in (9, 10, 19, 20):
        DailyCount.objects.update(day=timezone.localdate() - timedelta(days=1), submitted=sent)
        told.append(scraped(client)["questionnaires_sent"])
    assert told == [0, 10, 10, 20]
    Round.objects.update(state=State.CONCEPT, opened_at=None)
    assert scraped(client)["questionnaires_sent"] == 0


def test_mail_that_waits_is_told_in_steps_of_ten_upwards(client, cast):
    Message.objects.update(state="sent", sent_at=timezone.now())
    assert scraped(client)["mails_waiting"] == 0
    Message.objects.filter(pk=Message.objects.first().pk).update(state="queued", sent_at=None)
    assert scraped(client)["mails_waiting"] == 10


def test_nothing_of_it_names_a_network_a_round_or_a_person(client, cast):
    answer = client.get(reverse("metrics"), headers={"authorization": f"Bearer {TOKEN}"}).content.decode()
    own = [cast.network.name, cast.round.name, str(cast.round.pk), str(cast.network.pk), *cast.partners]
    assert [word for word in own if word in answer] == []
    assert MessageKind.INVITATION not in answer
