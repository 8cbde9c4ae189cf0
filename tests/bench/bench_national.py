"""`make bench-national` prints what pages, closing and a release cost at the size of the country.

The database has 342 networks, with two published rounds and an open one of 200 people each, made by the demo command.
Before that the same is measured with one such network, so that each ratio is of one run. It takes half an hour or more.
"""

import io
import os
import re
import subprocess
import sys
import time
from datetime import date

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, reset_queries
from django.test import Client
from django.urls import reverse

from assessments.actions.rounds import close_round
from assessments.models import Network, Round, State
from samenwerking.accounts.models import User
from tests.bench.figures import LIMITS, figure, within

pytestmark = [pytest.mark.national, pytest.mark.django_db(transaction=True)]

NETWORKS = int(os.environ.get("NATIONAL_NETWORKS", "342"))
PEOPLE = int(os.environ.get("NATIONAL_PEOPLE", "200"))
TIMES, SLOWEST = 9, 10
CLOSED = 5  # rounds; the few networks that they are of count as one
SECONDS, BYTES, AS_LONG = 1.0, 100_000, 1.3
MEMORY = 200  # MB, of each of the two processes that make a release
SECRETS = {
    "SECRET_KEY": "s" * 64,
    "LINK_SECRET": settings.LINK_SECRET * 2,
    "RESPONSE_SECRET": settings.RESPONSE_SECRET * 2,
}
AS_IN_USE = {"DEBUG": "off", **SECRETS}  # with DEBUG each query stays in memory
RELEASE = r"""
import re, resource, sys
import django
django.setup()
from datetime import date
from assessments.actions.releases import make_release
from assessments.dataset.tasks import keep_bundle
release = make_release(day=date.fromisoformat(sys.argv[1]), is_constructed=True)
keep_bundle(release)
memory = int(re.search(r"VmHWM:\s+(\d+)", open("/proc/self/status").read())[1]) // 1024
apart = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024  # of the process that writes the tables
print(release.networks, len(release.tables["figures"]), release.size, memory, apart)
"""


def build(networks):
    settings.DEBUG = True  # the demo asks for it
    call_command("demo", networks=networks, respondents=PEOPLE, rounds=2, open=True, verbosity=0, stdout=io.StringIO())
    settings.DEBUG = False
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def measured():
    """Returns by page the processor seconds of this process and how many bytes came, at best of TIMES; and queries."""
    found, slow = {}, []
    network = Network.objects.filter(name__startswith="Voorbeeldnetwerk 1-").order_by("pk").first()
    round = network.rounds.get(state=State.OPEN)
    closed = network.rounds.filter(state=State.PUBLISHED).first()
    pages = {
        "research": ("onderzoeker@example.org", reverse("research")),
        "overview": ("een@example.org", reverse("overview")),
        "network": ("een@example.org", reverse("network", args=[network.pk])),
        "open round": ("een@example.org", reverse("round", args=[round.pk])),
        "closed round": ("een@example.org", reverse("round", args=[closed.pk])),
        "participants": ("een@example.org", reverse("participants", args=[round.pk])),
        "report": ("een@example.org", reverse("report", args=[closed.pk, "netwerk"])),
    }
    user, _ = User.objects.get_or_create(email="een@example.org", defaults={"name": "Een"})
    user.memberships.get_or_create(network=network, role="coordinator")
    settings.DEBUG = True
    for name, (email, address) in pages.items():
        client = Client()
        client.force_login(User.objects.get(email=email))
        took, size = [], 0
        for _ in range(TIMES):
            reset_queries()
            begin = time.perf_counter()
            answer = client.get(address)
            took.append(time.perf_counter() - begin)
            assert answer.status_code == 200, name
            size = len(answer.content)
        slow += [(float(query["time"]), name, query["sql"]) for query in connection.queries]
        found[name] = (min(took), size)
    settings.DEBUG = False
    return found, slow


def closing():
    """Returns the seconds of closing an open round of PEOPLE people, at best of CLOSED."""
    took = []
    found = Round.objects.filter(state=State.OPEN, network__name__startswith="Voorbeeldnetwerk 1-")
    for pk in list(found.order_by("network__name").values_list("pk", flat=True)[:CLOSED]):
        begin = time.perf_counter()
        close_round(round_id=pk)
        took.append(time.perf_counter() - begin)
    assert len(took) == CLOSED
    return min(took)


def test_the_country_beside_one_network():
    build(1)
    one, _ = measured()
    build(CLOSED)
    one_closing = closing()
    build(NETWORKS)
    all_of_them, slow = measured()
    all_closing = closing()
    print(f"\n{Network.objects.count()} networks, {Round.objects.count()} rounds")
    for name, (seconds, size) in all_of_them.items():
        print(f"{name:14}{one[name][0]:8.3f} s{seconds:8.3f} s{seconds / one[name][0]:7.2f} x{size:9} bytes")
    print(f"{'closing':14}{one_closing:8.3f} s{all_closing:8.3f} s{all_closing / one_closing:7.2f} x")
    for seconds, name, sql in sorted(slow, reverse=True)[:SLOWEST]:
        print(f"\n{seconds:.3f} s on {name}: {sql[:300]}\n{plan(sql)}")
    figure("national research", all_of_them["research"][0])
    within(all_of_them["research"][0], SECONDS, "the list for research")
    assert not LIMITS or all_of_them["research"][1] < BYTES
    for name in ("overview", "network", "open round", "closed round", "participants"):
        within(all_of_them[name][0] / one[name][0], AS_LONG, name)
    within(all_closing / one_closing, AS_LONG, "closing")
    a_release()


def plan(sql):
    """Returns what PostgreSQL does for a query that reads."""
    if not sql.startswith("SELECT"):
        return ""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {sql}")
        return "\n".join(line for (line,) in cursor.fetchall())


def a_release():
    """Makes a release in a process of its own, as a command does, and prints what it took."""
    database = connection.settings_dict
    url = re.sub(r"/[^/]*$", f"/{database['NAME']}", os.environ["DATABASE_URL"])
    begin = time.perf_counter()
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "samenwerking.settings", **AS_IN_USE}
    command = [sys.executable, "-c", RELEASE, date.today().isoformat()]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    networks, figures, size, memory, apart = map(int, done.stdout.split())
    took = time.perf_counter() - begin
    print(f"release: {networks} networks, {figures} figures told, {size / 1e6:.1f} MB, {took:.0f} s")
    print(f"memory: at most {memory} MB, and {apart} MB in the process that writes the tables")
    within(max(memory, apart), MEMORY, "the memory of making a release")
