"""`make bench` prints what scoring and closing cost; limits are those of one core of a small server."""

import json
import os
import random
import resource
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pytest
from django.conf import settings
from django.db import connection

from assessments.actions.rounds import close_round
from assessments.anonymity.unsealing import unsealed
from assessments.models import Participant
from assessments.results.document import to_json
from assessments.results.pipeline import results_of_scores
from assessments.results.tally import Tally
from assessments.scores.cells import cells
from assessments.scores.scoring import score_from_cells
from factors.instrument import LEVELS
from tests.bench.figures import figure, within
from tests.cast import build_cast, submit_all
from tests.people import INSTRUMENT, Person, csv_of

pytestmark = pytest.mark.bench

PARTNERS = [f"partner-{number:02}" for number in range(60)]
ASKED = [s.key for block, statements in INSTRUMENT.blocks.items() if block != "ouders" for s in statements]
ANSWERS = "?" * 5 + "1" * 5 + "2" * 10 + "3" * 30 + "4" * 35 + "5" * 15
MILLION = 20_409  # people who answer 49 statements each
SIZES = (1_000, 10_000, MILLION, 100_000)


def crowd(size: int) -> list[Person]:
    """Returns people who answer everything, in every shade."""
    chance = random.Random(size)
    levels = random.Random(0).choices(LEVELS, [8, 3, 1], k=size)
    return [
        Person(chance.choice(PARTNERS), level, dict(zip(ASKED, chance.choices(ANSWERS, k=len(ASKED)), strict=True)))
        for level in levels
    ]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("crowds")
    made = {size: folder / f"{size}.csv" for size in SIZES}
    for size, path in made.items():
        path.write_text(csv_of(crowd(size)))
    return made


# A process of its own that starts the command: what a process used is counted from that of its parent on.
ON_ONE_CORE = """
import os, resource, subprocess, sys
os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])
done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, check=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss, len(done.stdout))
"""


def on_one_core(*arguments: str) -> tuple[float, int]:
    """Returns the processor seconds (on a quiet machine those of the clock) and kilobytes that Python takes."""
    command = [sys.executable, "-c", ON_ONE_CORE, sys.executable, *arguments]
    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True)
    seconds, kilobytes, length = done.stdout.split()
    assert int(length) > 1000
    return float(seconds), int(kilobytes)


def scoring(path: Path) -> tuple[float, int]:
    """Returns what `manage.py score` takes."""
    return on_one_core("manage.py", "score", str(path))


def ratios(took: dict[int, float]) -> str:
    small, middle, large = (took[size] for size in (1_000, 10_000, 100_000))
    return (
        f"10,000 against 1,000 people: {middle / small:.2f} times; 100,000 against 10,000: {large / middle:.2f} times"
    )


def test_a_million_answers_from_csv_to_json(files):
    took = {size: scoring(path) for size, path in files.items()}
    print()
    for size, (seconds, kilobytes) in took.items():
        answers = size * len(ASKED)
        print(f"CSV to JSON, {size:>7,} people, {answers:>9,} answers: {seconds:.2f} s, {kilobytes / 1024:.0f} MB")
    print(ratios({size: seconds for size, (seconds, _) in took.items()}))
    assert took[MILLION][0] < 4
    assert took[MILLION][1] < 1024 * 1024


# Beside something that nobody writes faster, in turns: what else the machine does slows both.

PAIRS = 5
DJANGO_AND_PANDAS = """
import os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samenwerking.settings")
import django, pandas
django.setup()
print(dir(pandas) * 20)
"""


def beside(what: str, own, other, limit: float) -> None:
    """Prints the median of what the one takes beside the other, and fails where that is over its limit."""
    pairs = [(own(), other()) for _ in range(PAIRS)]
    found = median(mine / theirs for mine, theirs in pairs)
    print(f"\n{what}: {found:.2f} times (limit {limit}); pairs: {pairs}")
    within(found, limit, what)


def processor(work) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def test_a_million_answers_are_scored_as_fast_as_pandas_reads_and_groups_them(files):
    import pandas as pd

    from assessments.results.answer_files import count as count_file
    from assessments.results.answer_files import read_answers
    from assessments.scores.scoring import score

    def scored():
        score(count_file(read_answers(files[MILLION], INSTRUMENT), INSTRUMENT), INSTRUMENT)

    def grouped():
        rows = pd.read_csv(files[MILLION])
        rows.groupby(["partner", "level", "statement"])["value"].mean()
        rows.groupby("respondent")["value"].mean()

    beside(
        "1,000,000 answers from CSV to exact scores, beside pandas' read_csv and two groupbys",
        lambda: processor(scored),
        lambda: processor(grouped),
        1.0,
    )


def test_memory_hardly_grows_with_the_answers(files):
    beside(
        "memory for 4,900,000 answers, beside that for 1,000,000",
        lambda: scoring(files[100_000])[1],
        lambda: scoring(files[MILLION])[1],
        1.5,
    )


def test_a_thousand_people_take_little_more_than_starting(files):
    beside(
        "1,000 people from CSV to JSON, beside loading Django with this project's apps, and pandas",
        lambda: scoring(files[1_000])[0],
        lambda: on_one_core("-c", DJANGO_AND_PANDAS)[0],
        1.3,
    )


def test_scoring_from_cells_does_not_grow_with_the_people(files):
    from assessments.results.answer_files import count as count_file
    from assessments.results.answer_files import read_answers

    took = {}
    print()
    for size in SIZES:
        counted = cells(count_file(read_answers(files[size], INSTRUMENT), INSTRUMENT), INSTRUMENT)
        start = time.process_time()
        json.dumps(to_json(results_of_scores(score_from_cells(counted, INSTRUMENT), INSTRUMENT), INSTRUMENT))
        took[size] = time.process_time() - start
        print(f"cells to JSON, {size:>7,} people, {len(counted.scores):>7,} score cells: {took[size]:.2f} s")
    print(ratios(took))
    assert took[100_000] < 3 * took[10_000]


@pytest.mark.compared
@pytest.mark.django_db(transaction=True)
def test_closing_a_round_of_twenty_thousand_people():
    import pandas  # noqa: F401 (a worker that closes rounds has loaded these already)
    import scipy.special  # noqa: F401

    cast = build_cast(dict.fromkeys([(partner, "uitvoerend") for partner in PARTNERS], 3))
    fill(cast, crowd(20_000))
    with stopwatch() as counting:
        tally = Tally(INSTRUMENT)
        for person in unsealed(cast.round):
            tally.add(*person.place, person.is_by_open_link, person.sent)
    with stopwatch() as closing:
        close_round(round_id=cast.round.pk)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nclosing a round of 20,000 people: {closing}, {memory:.0f} MB; opening and adding up alone: {counting}")
    figure("closing", closing.processor)
    within(closing.processor, 3, "seconds of the processor for closing")


@dataclass
class Stopwatch:
    """Holds seconds, by the clock and of the processor: this process and its server in the database together."""

    clock: float = 0
    processor: float = 0

    def __str__(self) -> str:
        return f"{self.clock:.2f} s by the clock, {self.processor:.2f} s of the processor"


@contextmanager
def stopwatch():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        server = Path(f"/proc/{cursor.fetchone()[0]}/stat")

    def processor() -> float:
        ticks = server.read_text().rpartition(")")[2].split()[11:13]
        return time.process_time() + sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")

    watch = Stopwatch()
    clock, start = time.perf_counter(), processor()
    yield watch
    watch.clock, watch.processor = time.perf_counter() - clock, processor() - start


def fill(cast, people: list[Person]) -> None:
    participants = [
        Participant(round=cast.round, partner=cast.partners[person.partner], level=person.level) for person in people
    ]
    Participant.objects.bulk_create(participants)
    given = [{key: value if value == "?" else int(value) for key, value in own.answers.items()} for own in people]
    submit_all(cast.round, zip(participants, given, strict=True))
