"""`make bench` prints what filling in costs: the real flow over HTTP against gunicorn and PostgreSQL.

A questionnaire here is the first page by the personal link, four pages with every statement and every open question,
looking back, sending, the thanks. It goes with CSRF and cookies, and skips nothing; afterwards every answer is looked
up in the database. It is filled in twice over: as nearly everybody does, with our script, which saves each answer when
it is given; and without JavaScript, where a button saves a page.
"""

import http.client
import os
import random
import re
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.anonymity.keys import link_token
from assessments.anonymity.secrets import keys_of
from assessments.models import Participant, Response
from tests.bench.figures import figure, within
from tests.cast import build_cast

pytestmark = [pytest.mark.bench, pytest.mark.django_db(transaction=True)]

with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    PORT = free.getsockname()[1]
PEOPLE = {1: 60, 8: 240, 32: 240}  # number of questionnaires by how many are filled in at a time
WITH_SCRIPT = {1: 30, 8: 100, 32: 100}
WARM_UP = 16
TICK = os.sysconf("SC_CLK_TCK")


class Browser:
    """Is just enough of a browser: a connection that stays open, cookies, redirects, the fields of a form."""

    def __init__(self):
        self.connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
        self.cookies = {}
        self.saves = []

    def get(self, path):
        return self._ask("GET", path)

    def post(self, path, fields):
        """Sends a form and follows the redirect; the measured time of the save is that of the form alone."""
        location = self.save(path, fields)
        return location, self.get(location)[1]

    def save(self, path, fields):
        """Sends fields, and measures how long that takes; returns where the answer leads to."""
        body = urlencode(fields)
        start = time.perf_counter()
        location, _ = self._ask("POST", path, body)
        self.saves.append(time.perf_counter() - start)
        return location

    def _ask(self, method, path, body=None):
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://127.0.0.1:{PORT}"}
        try:
            self.connection.request(method, path, body, headers)
            response = self.connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            self.connection.close()  # the server closed an idle connection: a browser asks again too
            self.connection.request(method, path, body, headers)
            response = self.connection.getresponse()
        text = response.read().decode()
        for header in response.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(header).items()}
        assert response.status in (200, 302), (method, response.status, text[:2000])
        return response.headers.get("Location"), text


def fill_in(token, chance, has_script):
    """Fills in one whole questionnaire; returns what was answered and how long each save took."""
    browser, given, texts = Browser(), {}, {}
    save = save_each if has_script else save_page
    browser.get(f"/v/{token}/")
    path = f"/v/{token}/vragen/1/"
    page = browser.get(path)[1]
    for _ in range(4):
        names = dict.fromkeys(re.findall(r'type="radio" name="([A-Z0-9]+)"', page))
        answers = {name: chance.choice("12345?") for name in names}
        question = re.search(r'<textarea[^>]* name="(\w+)"', page)[1]
        given |= answers
        texts[question] = "Wij bellen elkaar als er iets is, en dat werkt."
        path, page = save(browser, path, page, answers | {question: texts[question]})
    assert path.endswith("/nakijken/")
    path, page = browser.post(path, hidden(page))
    assert "Dank u wel!" in page
    browser.connection.close()
    return given, texts, browser.saves


def save_page(browser, path, page, filled):
    """Presses the button as a browser does without a script; returns the next page with its address."""
    return browser.post(path, hidden(page) | filled)


def save_each(browser, path, page, filled):
    """Saves each answer as filling.js does, and goes on: nothing is left to save then."""
    token = hidden(page)["csrfmiddlewaretoken"]
    for name, value in filled.items():
        browser.save(f"{path.partition('vragen/')[0]}bewaren/", {name: value, "csrfmiddlewaretoken": token})
    onward = re.search(r'<button[^>]* data-to="([^"]+)"', page)[1]
    return onward, browser.get(onward)[1]


def hidden(page):
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    return dict(found)


def processor_seconds(pid):
    """Returns the seconds that a process and all that it started have used so far, including those that ended."""
    own = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    used = sum(int(ticks) for ticks in own[11:15]) / TICK
    return used + sum(running_seconds(child) for child in children)


def running_seconds(pid):
    try:
        return processor_seconds(pid)
    except FileNotFoundError:
        return 0.0


def megabytes(pid):
    """Returns the memory of the server's processes in MB, with what they share divided among them."""
    pids = [pid, *Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    rollups = [Path(f"/proc/{one}/smaps_rollup").read_text() for one in pids]
    return sum(int(re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[1]) for rollup in rollups) / 1024


@pytest.fixture
def server():
    """Runs gunicorn as in real use, on the database of this test."""
    database = connection.settings_dict
    environment = os.environ | {
        "DEBUG": "off",
        "BASE_URL": f"http://127.0.0.1:{PORT}",
        "SECRET_KEY": "only-for-measuring-" + "0123456789" * 4,
        "LINK_SECRET": settings.LINK_SECRET,
        "RESPONSE_SECRET": settings.RESPONSE_SECRET,
        "DATABASE_URL": f"postgres:///{database['NAME']}",
    }
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(collect, env=environment, check=True)
    command = [str(Path(sys.executable).parent / "gunicorn"), "samenwerking.wsgi", "--bind", f"127.0.0.1:{PORT}"]
    process = subprocess.Popen([*command, "--log-level", "warning"], env=environment)
    try:
        wait_for_server()
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def wait_for_server():
    for _ in range(100):
        try:
            Browser().get("/gezond/klaar/")
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("gunicorn does not answer")


def database_pid():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    return int(Path(f"/proc/{backend}/stat").read_text().rsplit(")", 1)[1].split()[1])


def measure(people, at_a_time, server, *, has_script=False):
    postgres = database_pid()
    lock, results = threading.Lock(), []

    def one(participant):
        found = (participant, *fill_in(link_token(participant.pk), random.Random(participant.pk.int), has_script))
        with lock:
            results.append(found)

    before = processor_seconds(server), processor_seconds(postgres)
    start = time.perf_counter()
    with ThreadPoolExecutor(at_a_time) as pool:
        list(pool.map(one, people))
    seconds = time.perf_counter() - start
    web, base = processor_seconds(server) - before[0], processor_seconds(postgres) - before[1]
    saves = sorted(save for *_, times in results for save in times)
    p50, p95, p99 = (1000 * saves[int(len(saves) * share)] for share in (0.5, 0.95, 0.99))
    how = "with" if has_script else "without"
    print(
        f"{at_a_time:>3} at a time, {how} a script: {len(people) / seconds:6.1f} questionnaires/s,"
        f" CPU-s each {(web + base) / len(people):.4f}"
        f" (web {web / len(people):.4f}, database {base / len(people):.4f}),"
        f" save p50 {p50:.1f} p95 {p95:.1f} p99 {p99:.1f} ms, memory {megabytes(server):.0f} MB"
    )
    figure(f"filling.{'script.' if has_script else ''}{at_a_time}", (web + base) / len(people))
    return results, (web + base) / len(people), len(people) / seconds, p95


def check_every_answer(results):
    keys = keys_of(Participant.objects.select_related("round").get(pk=results[0][0].pk).round)
    stored = Response.objects.in_bulk([keys.response_key(participant.pk) for participant, *_ in results])
    for participant, given, texts, _ in results:
        response = stored[keys.response_key(participant.pk)]
        filled = keys.open(response.key, response.sealed)
        assert {key: str(value) for key, value in filled.answers.items()} == given
        assert filled.texts == texts
        assert response.is_submitted


def milliseconds_of_a_fixed_loop():
    """Measures how fast this machine is now.

    The same machine can take half as long again when its neighbours are busy.
    """
    times = []
    for _ in range(5):
        start = time.process_time()
        sum(number * number % 7 for number in range(1_000_000))
        times.append(time.process_time() - start)
    return 1000 * min(times)


@pytest.mark.compared
def test_filling_in(server):
    levels = {"uitvoerend": 160, "management": 40, "bestuur": 20}
    groups = {(f"partner-{place}", level): number for place in range(4) for level, number in levels.items()}
    people = build_cast(groups).participants()
    random.Random(1).shuffle(people)
    waiting = iter(people)
    print(f"\nthis machine: {milliseconds_of_a_fixed_loop():.0f} ms for a million rounds of a loop")
    measure([next(waiting) for _ in range(WARM_UP)], 8, server)
    found = {}
    for at_a_time, number in PEOPLE.items():
        results, *found[at_a_time] = measure([next(waiting) for _ in range(number)], at_a_time, server)
        check_every_answer(results)
    for at_a_time, number in WITH_SCRIPT.items():
        results, *_ = measure([next(waiting) for _ in range(number)], at_a_time, server, has_script=True)
        check_every_answer(results)
    print_queries(next(waiting))
    within(found[8][0], 0.05, "CPU-seconds a questionnaire")
    within(1 / found[8][1], 1 / 30, "seconds between two questionnaires")
    within(found[8][2], 60, "p95 of a save with 8 at a time")
    within(found[32][2], 250, "p95 of a save with 32 at a time")


def print_queries(participant):
    client, link = Client(), f"/v/{link_token(participant.pk)}"
    page = {"VG1": "4", "open_startcondities": "Goed"}
    steps = [
        ("first page", lambda: client.get(f"{link}/")),
        ("page with statements", lambda: client.get(f"{link}/vragen/1/")),
        ("first save", lambda: client.post(f"{link}/vragen/1/", page)),
        ("next save", lambda: client.post(f"{link}/vragen/1/", {"VG2": "4"})),
        ("background save", lambda: client.post(f"{link}/bewaren/", {"VG3": "4"})),
        ("looking back", lambda: client.get(f"{link}/nakijken/")),
        ("sending", lambda: client.post(f"{link}/nakijken/")),
        ("thanks", lambda: client.get(f"{link}/klaar/")),
    ]
    for name, step in steps:
        with CaptureQueriesContext(connection) as queries:
            assert step().status_code in (200, 302)
        asked = [query for query in queries if query["sql"] not in ("BEGIN", "COMMIT")]
        print(f"{name}: {len(asked)} queries")
        assert len(asked) <= 8
