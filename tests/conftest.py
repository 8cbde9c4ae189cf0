"""All tests share what is here: the cast, a browser, an accessibility check, a database on file for SQLite."""

import os
import time
from collections import Counter
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import connections, transaction
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import expect

from tests.browsing import WIDTHS, Walk, resize
from tests.cast import build_cast
from tests.instrument import INSTRUMENT

# Playwright's synchronous interface runs an event loop in the test's own thread.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

hypothesis_settings.register_profile(
    "project", max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
hypothesis_settings.load_profile("project")

# A real password hash costs a quarter of a second on purpose, and every test has its users.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]

PATIENCE = 120_000  # milliseconds: only shows what hangs, also on a busy machine
expect.set_options(timeout=PATIENCE)

AXE = Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js"
WIDE = 700  # px
# What can be scrolled sideways where it stands: a reader of a phone would see a part of it.
CUT = """[...document.querySelectorAll('main .table-scroll, main .report-chart__drawing')]
    .filter(node => node.scrollWidth > node.clientWidth + 1).map(node => node.outerHTML.slice(0, 160))"""
WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Puts the modules that use a browser first: they take longest, and a process that starts one last ends alone."""
    browsing = {item.path for item in items if "live_server" in item.fixturenames}
    items.sort(key=lambda item: item.path not in browsing)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request, tmp_path_factory):
    """Sets SQLite up as it is used: a file with a write-ahead log, not a database in memory."""
    database = connections.databases["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("sqlite") / "test.sqlite3")
    else:
        request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")


@pytest.fixture(scope="session")
def instrument():
    return INSTRUMENT


@pytest.fixture
def cast(db):
    """Returns a network with an open round; a module that needs another round has a cast of its own."""
    return build_cast()


class UsualClient(Client):
    def force_login(self, user, backend=None):
        """Signs in as somebody who has seen a page since: the first one writes to the session, and costs queries."""
        super().force_login(user, backend)
        session = self.session
        session["began"] = session["used"] = int(time.time())
        session.save()


@pytest.fixture
def client():
    return UsualClient()


@pytest.fixture
def coordinator(cast, client):
    """Returns the client, in which the cast's coördinator is signed in."""
    client.force_login(cast.coordinator)
    return client


@pytest.fixture(autouse=True)
def empty_cache():
    """Empties the cache, which counts who tried too often: no test is refused for what another did."""
    cache.clear()


@pytest.fixture(scope="session")
def usual_kinds(django_db_setup, django_db_blocker):
    """Returns the kinds of partners as the migrations leave them, read before any test could empty their table."""
    with django_db_blocker.unblock():
        return list(apps.get_model("assessments", "PartnerKind").objects.all())


@pytest.fixture(autouse=True)
def kinds_of_partners(request):
    """Puts the rows of a migration back where a test before this one, with transactions of its own, emptied all tables.

    Django's own way of putting back (serialized_rollback) keeps them with a connection, and beside Playwright's event
    loop there is another one.
    """
    asked = {"db", "transactional_db", "live_server"} & set(request.fixturenames)
    if asked or request.node.get_closest_marker("django_db"):
        usual = request.getfixturevalue("usual_kinds")
        request.getfixturevalue("db")
        put_back(usual)


def put_back(usual_kinds):
    kinds = apps.get_model("assessments", "PartnerKind").objects
    if not kinds.exists():
        kinds.bulk_create(usual_kinds)


@pytest.fixture(scope="module")
def kept(usual_kinds, django_db_blocker):
    """Lets fixtures of a module write to the database: what they wrote stays until the last test of that module.

    What a test does with it is undone after that test. A module with transactions of its own can't have this: they
    would not see it, and empty all tables.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        put_back(usual_kinds)
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Returns the arguments for Debian's chromium, since Playwright's own is a download.

    As root, chromium can't have its sandbox.
    """
    return browser_type_launch_args | {"executable_path": "/usr/bin/chromium", "args": ["--no-sandbox"]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return browser_context_args | {"locale": "nl-NL", "timezone_id": "Europe/Amsterdam"}


@pytest.fixture
def new_context(new_context):
    def patient(**more):
        context = new_context(**more)
        context.set_default_timeout(PATIENCE)
        return context

    return patient


@pytest.fixture
def widths():
    """Returns a function that gives a page each width in turn and yields their names, so a page loads only once."""

    def each(page):
        for name in WIDTHS:
            resize(page, name)
            yield name

    return each


@pytest.fixture
def page(page):
    """Returns Playwright's page.

    An error in a script, or something that the Content-Security-Policy refuses, fails the test.
    """
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if "Content Security" in message.text else None)
    yield page
    assert errors == []


@pytest.fixture
def axe():
    """Returns a check that a page has no WCAG 2.2 AA violation and no sideways scroll, on a phone of no part either."""

    def check(page):
        if not page.evaluate("'axe' in window"):  # it stays while a page is resized
            page.evaluate(AXE.read_text())  # not as a script tag: the page's policy refuses that
        run = "tags => axe.run({runOnly: tags, resultTypes: ['violations']})"
        violations = page.evaluate(run, WCAG_22_AA)["violations"]
        found = [
            f"{violation['id']}: {violation['help']}\n    {node['html']}\n    {node['failureSummary']}"
            for violation in violations
            for node in violation["nodes"]
        ]
        assert not found, f"{page.url}\n" + "\n".join(found)
        too_wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert too_wide <= 0, f"{page.url} is {too_wide} px wider than the window"
        cut = page.evaluate(CUT) if page.viewport_size["width"] < WIDE else []  # a list of people may ask more room
        assert not cut, f"{page.url} on a phone shows only a part of\n" + "\n".join(cut)

    return check


@pytest.fixture
def walk(page, live_server, axe, widths):
    """A walk along pages; when it has ended, the test fails with the faults of all of them."""
    walk = Walk(page, live_server.url, axe, widths)
    yield walk
    assert not walk.faults, "\n\n".join(walk.faults)


def pytest_terminal_summary(terminalreporter):
    """Prints the seconds that the tests of each folder took, of all processes together; the slowest folder first."""
    took = Counter()
    for reports in terminalreporter.stats.values():
        for report in reports:
            if type(report) is pytest.TestReport:  # the time of a subtest is in that of its test
                took[report.nodeid.split("::")[0].rpartition("/")[0]] += report.duration
    terminalreporter.section("seconds per folder")
    for folder, seconds in took.most_common():
        terminalreporter.line(f"{seconds:8.1f}  {folder}")
    terminalreporter.line(f"{sum(took.values()):8.1f}  together")
