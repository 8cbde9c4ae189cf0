"""`make test-faults` disturbs the site while people fill in, and prints what became of it."""

import os
import signal
import time

import pytest

from assessments.anonymity.secrets import keys_of
from assessments.models import Participant, Response
from tests.cast import build_cast
from tests.cluster import cluster, on_cluster
from tests.faults.table import line
from tests.faults.visitors import CUT, run
from tests.served import children, served

__all__ = ["cluster"]  # a fixture

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]

PEOPLE = {("school", "uitvoerend"): 6000, ("gemeente", "management"): 300, ("gemeente", "bestuur"): 200}
HEAD = ("fault", "500", "503", "cut off", "pause s", "acknowledged", "lost", "doubled")


def kill_three_workers(site):
    for _ in range(3):
        os.kill(site.workers()[0], signal.SIGKILL)
        time.sleep(3)


def kill_the_master(site):
    site.signal(signal.SIGKILL)
    site.process.wait()
    time.sleep(1)
    site.start()


def replace_the_master(site):
    """Does what is documented for a new version: a second master beside the first, which then ends."""
    old, before = site.pid, set(site.workers())
    site.signal(signal.SIGUSR2)
    end = time.monotonic() + 60
    while not (new := [pid for pid in set(site.workers()) - before if len(children(pid)) == 2]):
        assert time.monotonic() < end, "no second master"
        time.sleep(0.2)
    site.pid = new[0]
    time.sleep(2)
    os.kill(old, signal.SIGTERM)
    site.process.wait()


def away_for(cluster, seconds, end):
    end()
    time.sleep(seconds)
    cluster.start()


def lost_and_doubled(log, people):
    """Looks up every answer that was acknowledged; returns how many are not there, and the rows that are too many."""
    keys = keys_of(people[0].round)
    stored = Response.objects.in_bulk([keys.response_key(pk) for pk in log.saved])
    lost = 0
    for pk, answers in log.saved.items():
        response = stored.get(keys.response_key(pk))
        filled = keys.open(response.key, response.sealed) if response else None
        kept = {key: str(value) for key, value in filled.answers.items()} if filled else {}
        lost += sum(kept.get(key) != value for key, value in answers.items())
        lost += sum(not filled or filled.texts.get(key) != text for key, text in log.texts[pk].items())
        lost += pk in log.sent and not (response and response.is_submitted)
    return lost, len(stored) - len(log.saved)


def test_people_fill_in_and_nothing_that_was_acknowledged_is_lost(cluster):
    print()
    line(*HEAD)
    with on_cluster(cluster), served(cluster.url) as site:
        build_cast(PEOPLE)
        people = list(Participant.objects.select_related("round__kept_secret"))
        waiting = iter(people)
        disturbances = {
            "none": lambda: None,
            "kill -9 a gunicorn worker, 3 times": lambda: kill_three_workers(site),
            "kill -9 the gunicorn master, start again": lambda: kill_the_master(site),
            "gunicorn reloads (HUP)": lambda: site.signal(signal.SIGHUP),
            "gunicorn is replaced (USR2, TERM)": lambda: replace_the_master(site),
            "PostgreSQL stopped for 8 s": lambda: away_for(cluster, 8, cluster.stop),
            "kill -9 PostgreSQL, started after 3 s": lambda: away_for(cluster, 3, cluster.kill),
        }
        faults, rows = [], 0
        for name, disturb in disturbances.items():
            log = run(site, waiting, disturb, before=4, after=8)
            lost, _ = lost_and_doubled(log, people)
            rows += len(log.saved)
            doubled = Response.objects.count() - rows
            broken = sum(count for status, count in log.statuses.items() if status >= 400 and status != 503)
            away, cut = log.statuses[503], log.statuses[CUT]
            line(name, broken, away, cut, f"{log.longest_pause:.1f}", log.acknowledged, lost, doubled)
            if broken or lost or doubled or not log.acknowledged:
                faults.append(name)
    assert faults == []
