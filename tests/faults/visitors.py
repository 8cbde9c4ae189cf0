"""People who fill in over HTTP and try again where they get no answer, and a log of what they were told."""

import http.client
import random
import re
import threading
import time
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from assessments.anonymity.keys import link_token
from tests.bench.bench_filling import hidden

AT_A_TIME = 8
PATIENCE = 90  # seconds that somebody tries again before a run has failed
CUT = 0  # the status of a request that got no answer


class Log:
    """Holds what people were told: `saved` and `sent` are what the site acknowledged."""

    def __init__(self):
        self.lock = threading.Lock()
        self.statuses = Counter()
        self.successes = [time.monotonic()]
        self.saved = defaultdict(dict)
        self.texts = defaultdict(dict)
        self.sent = set()
        self.is_over = False

    def note(self, status):
        with self.lock:
            self.statuses[status] += 1
            if status in (200, 302):
                self.successes.append(time.monotonic())

    @property
    def longest_pause(self):
        return max(later - earlier for earlier, later in zip(self.successes, self.successes[1:], strict=False))

    @property
    def acknowledged(self):
        return sum(map(len, self.saved.values()))


class Visitor:
    """Is a browser without scripts, of somebody who tries again until there is an answer."""

    def __init__(self, site, log):
        self.site, self.log, self.cookies, self.connection = site, log, {}, None

    def get(self, path):
        return self._until_answered("GET", path)[1]

    def post(self, path, fields):
        """Sends a form; returns where it leads, and that page."""
        location, _ = self._until_answered("POST", path, urlencode(fields))
        return location, self.get(location)

    def _until_answered(self, *request):
        end = time.monotonic() + PATIENCE
        while True:
            status, location, text = self._ask(*request)
            self.log.note(status)
            if status in (200, 302):
                return location, text
            assert time.monotonic() < end, (request[0], status)
            time.sleep(0.2)

    def _ask(self, method, path, body=None):
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.site.url}
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=30)
            self.connection.request(method, path, body, headers)
            response = self.connection.getresponse()
            text = response.read().decode()
        except (OSError, http.client.HTTPException):
            self.close()
            return CUT, None, ""
        for header in response.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(header).items()}
        return response.status, response.headers.get("Location"), text

    def close(self):
        if self.connection:
            self.connection.close()
        self.connection = None


def fill_in(site, log, participant, browser=Visitor):
    """Fills in one whole questionnaire and sends it; what the site acknowledged is in the log."""
    visitor, chance = browser(site, log), random.Random(participant.pk.int)
    start = f"/v/{link_token(participant.pk)}/"
    visitor.get(start)
    path = f"{start}vragen/1/"
    page = visitor.get(path)
    for _ in range(4):
        answers = {name: chance.choice("12345?") for name in re.findall(r'type="radio" name="([A-Z0-9]+)"', page)}
        question = re.search(r'<textarea[^>]* name="(\w+)"', page)[1]
        texts = {question: f"Wij bellen elkaar, zei {chance.random()}."}
        path, page = visitor.post(path, hidden(page) | answers | texts)
        log.saved[participant.pk] |= answers
        log.texts[participant.pk] |= texts
    assert path.endswith("/nakijken/"), path
    _, page = visitor.post(path, hidden(page))
    assert "Dank u wel!" in page
    log.sent.add(participant.pk)
    visitor.close()


def run(site, people, disturb, *, before, after):
    """Lets people fill in, so many at a time, and disturbs them once; returns the log.

    Those who are at it when the time is over finish.
    """
    log = Log()

    def one_after_the_other():
        while not log.is_over:
            with log.lock:
                participant = next(people)
            fill_in(site, log, participant)

    with ThreadPoolExecutor(AT_A_TIME) as pool:
        found = [pool.submit(one_after_the_other) for _ in range(AT_A_TIME)]
        try:
            time.sleep(before)
            disturb()
            time.sleep(after)
        finally:
            log.is_over = True
        for one in found:
            one.result()
    return log
