"""`make soak` lets people fill in for half an hour at half of what the site can take, and prints what each minute was.

A coördinator follows the response all that time. SOAK_MINUTES makes it shorter, to see that it works.
"""

import os
import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Participant, Response
from tests.bench.bench_filling import megabytes
from tests.cast import build_cast
from tests.cluster import cluster, on_cluster
from tests.faults.table import line
from tests.faults.visitors import AT_A_TIME, Log, Visitor, fill_in, run
from tests.served import SECRET_KEY, served

__all__ = ["cluster"]  # a fixture

pytestmark = [pytest.mark.soak, pytest.mark.django_db(transaction=True)]

MINUTES = float(os.environ.get("SOAK_MINUTES", "30"))
PARTS = 30  # of the whole, each a line of the table
MOST_PEOPLE = 30_000
AT_ONCE = 64  # more than are ever under way, or people would wait for each other here and not at the site
SLACK = 1.2  # the last third beside the third before it: memory, and what 19 of 20 saves take
EVERY = 2  # seconds between two looks of the coördinator
HEAD = ("minutes", "filled in", "median ms", "95 % ms", "slowest ms", "MB", "errors")


class Timed(Visitor):
    """Is a visitor whose answered requests are timed in `times`, in seconds."""

    times: list[float]

    def _ask(self, *request):
        begin = time.perf_counter()
        answer = super()._ask(*request)
        self.times.append(time.perf_counter() - begin)
        return answer


def capacity(site, people):
    """Returns how many questionnaires a second the site takes of AT_A_TIME people, once it is warm."""
    run(site, people, lambda: None, before=5, after=0)
    begin = time.monotonic()
    log = run(site, people, lambda: None, before=20, after=0)
    return len(log.sent) / (time.monotonic() - begin)


def follow(site, cookies, path, log, times):
    """Lets a coördinator look at the response of the round until the log is over."""
    visitor = Timed(site, log)
    visitor.cookies, visitor.times = cookies, times
    while not log.is_over:
        visitor.get(path)
        visitor.close()  # the site ends a connection that waits so long, and a request on it would be cut off
        time.sleep(EVERY)


def signed_in(cast):
    """Returns the cookies of a coördinator who has signed in."""
    client = Client()
    client.force_login(cast.coordinator)
    return {name: morsel.value for name, morsel in client.cookies.items()}


def measured(site, waiting, rate, log, times):
    """Yields after each part of the time what it brought: people, seconds of requests, megabytes, errors."""
    seconds, timed = MINUTES * 60 / PARTS, type("TimedVisitor", (Timed,), {"times": times})
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found, begin = [], time.monotonic()
        for part in range(1, PARTS + 1):
            done, errors = len(log.sent), broken(log)
            while time.monotonic() < begin + part * seconds:
                found.append(pool.submit(fill_in, site, log, next(waiting), timed))
                time.sleep(max(0.0, begin + len(found) / rate - time.monotonic()))
            taken, times[:] = times[:], []
            yield len(log.sent) - done, taken, megabytes(site.pid), broken(log) - errors
        for one in found:
            one.result()


def broken(log):
    return sum(count for status, count in log.statuses.items() if status not in (200, 302))


def test_memory_and_waiting_stay_what_they_were(cluster, settings, monkeypatch):
    settings.SECRET_KEY = SECRET_KEY  # signs in by the site's own
    monkeypatch.setenv("STAFF_NEEDS_SECOND_STEP", "off")
    print()
    with on_cluster(cluster), served(cluster.url) as site:
        cast = build_cast({("school", "uitvoerend"): MOST_PEOPLE})
        waiting = iter(list(Participant.objects.select_related("round__kept_secret")))
        rate, log, times = capacity(site, waiting) / 2, Log(), []
        before = Response.objects.count()
        print(f"{rate * 60:.0f} questionnaires a minute: half of what {AT_A_TIME} people at a time reach here")
        line(*HEAD)
        path = reverse("round", args=[cast.round.pk])
        looking = threading.Thread(target=follow, args=(site, signed_in(cast), path, log, []))
        looking.start()
        rows = []
        try:
            for number, (people, taken, memory, errors) in enumerate(measured(site, waiting, rate, log, times), 1):
                ordered = sorted(taken)
                typical, most = statistics.median(ordered), ordered[int(len(ordered) * 0.95)]
                shown = [f"{1000 * seconds:.0f}" for seconds in (typical, most, ordered[-1])]
                line(f"{number * MINUTES / PARTS:.1f}", people, *shown, f"{memory:.0f}", errors)
                rows.append((memory, most, errors))
        finally:
            log.is_over = True
            looking.join()
        assert Response.objects.count() - before == len(log.saved)
    memory, most, errors = zip(*rows, strict=True)
    third = PARTS // 3
    grown, slower = (statistics.median(own[-third:]) / statistics.median(own[third:-third]) for own in (memory, most))
    print(f"the last third beside the one before: memory {grown:.2f} times, 95 % of requests {slower:.2f} times")
    assert sum(errors) == 0
    assert grown < SLACK
    assert slower < SLACK or max(most) < 1
