"""`make bench` prints what the report costs: one level's from frozen results, cold and warm, and all of a large round.

The round has 1,000 people with 20 partners; each measurement runs in a fresh process, as a worker is.
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import connection

from assessments.actions.rounds import close_round, publish_round
from assessments.report.load import subjects_of
from assessments.scores.answers import asked_of
from tests.bench.figures import figure, within
from tests.cast import build_cast, submit_all

pytestmark = [pytest.mark.bench, pytest.mark.django_db(transaction=True)]

COLD, WARM, ALL, MEMORY = 2.5, 1.5, 30, 250
WORKER = r"""
import re, sys, time
import django
django.setup()
from assessments.models import Round
round = Round.objects.select_related("network", "instrument_version", "frozen").get(pk=sys.argv[1])
from assessments.report.load import report_of
from assessments.report.pdf import pdf_of
for subject in sys.argv[2:]:
    start, cpu = time.perf_counter(), time.process_time()
    size = len(pdf_of(report_of(round, subject)))
    found = re.search(r"VmHWM:\s+(\d+)", open("/proc/self/status").read())  # ru_maxrss has the parent's
    memory = int(found[1]) // 1024
    print(f"{time.perf_counter() - start:.2f} {memory} {size // 1000} {time.process_time() - cpu:.2f}")
"""


def large_round():
    people = {(f"partner{p:02}", level): n for p in range(20) for level, n in (("uitvoerend", 36), ("management", 9))}
    people |= {(f"partner{p:02}", "bestuur"): 5 for p in range(20)}
    cast = build_cast(people, minimum=5)
    asked = {level: asked_of(cast.round.instrument, level) for level in ("uitvoerend", "management", "bestuur")}
    submit_all(
        cast.round,
        (
            (participant, {key: 1 + (place * 7 + i * i) % 5 for i, key in enumerate(asked[participant.level])})
            for place, participant in enumerate(cast.participants())
        ),
    )
    close_round(round_id=cast.round.pk)
    return publish_round(round_id=cast.round.pk)


def in_a_process(round, *subjects):
    """Returns (seconds, MB, kB, processor seconds) of each report, made in this order by one new process."""
    test = connection.settings_dict["NAME"]
    base = os.environ["DATABASE_URL"].rsplit("/", 1)[0]
    environment = os.environ | {"DATABASE_URL": f"{base}/{test}", "DJANGO_SETTINGS_MODULE": "samenwerking.settings"}
    done = subprocess.run(
        [sys.executable, "-c", WORKER, str(round.pk), *subjects],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    return [tuple(float(number) for number in line.split()) for line in done.stdout.splitlines()]


@pytest.mark.compared
def test_reports_of_a_large_round():
    round = large_round()
    rows = in_a_process(round, "uitvoerend", "uitvoerend", "uitvoerend")
    cold, warm, memory, size = rows[0][0], min(row[0] for row in rows[1:]), rows[-1][1], rows[0][2]
    print(f"\none level's report: {cold:.2f} s cold, {warm:.2f} s warm, {memory:.0f} MB, {size:.0f} kB")
    figure("report.cold", rows[0][3])
    figure("report.warm", min(row[3] for row in rows[1:]))
    keys = [subject.key for subject in subjects_of(round)]
    start = time.perf_counter()
    with ThreadPoolExecutor(2) as pool:
        made = [
            row for part in pool.map(lambda part: in_a_process(round, *part), [keys[0::2], keys[1::2]]) for row in part
        ]
    everything = time.perf_counter() - start
    print(f"all {len(keys)} reports of 1,000 people, two workers: {everything:.1f} s")
    figure("report.all", sum(row[3] for row in made))
    print(f"at most {max(row[1] for row in made):.0f} MB a worker")
    print(f"wanted: {COLD} s cold, {WARM} s warm, {MEMORY} MB, {ALL} s for all")
    within(memory, MEMORY, "MB for one level's report")
