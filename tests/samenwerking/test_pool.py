"""A pool of connections serves more threads than it has, outlives its database, and is opened after the fork alone."""

import threading
import time
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection

from assessments.anonymity.keys import link_token
from tests.cast import build_cast
from tests.cluster import cluster, on_cluster
from tests.samenwerking.test_settings import read_settings, refusal
from tests.served import served

__all__ = ["cluster"]  # a fixture

PROCESSES, CONNECTIONS, ASKING, TIMES = 2, 2, 12, 10


def ask_at_once(site, path):
    """Returns how often each status was answered to visitors who all ask together."""
    answers = []
    visitors = [
        threading.Thread(target=lambda: answers.extend(site.answers_to(path) for _ in range(TIMES)))
        for _ in range(ASKING)
    ]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    return Counter(answers)


def connections_of_the_site():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'samenwerking gunicorn'")
        return cursor.fetchone()[0]


def test_a_pool_is_off_unless_it_is_asked_for():
    usual = read_settings(DATABASE_URL="postgres:///x").DATABASES["default"]
    assert (usual["CONN_MAX_AGE"], usual["OPTIONS"].get("pool")) == (60, None)
    pooled = read_settings(DATABASE_URL="postgres:///x", DATABASE_POOL="7").DATABASES["default"]
    assert (pooled["CONN_MAX_AGE"], pooled["OPTIONS"]["pool"]["max_size"]) == (0, 7)
    on_a_file = read_settings(DATABASE_URL="sqlite://:memory:", DATABASE_POOL="7").DATABASES["default"]
    assert "pool" not in on_a_file["OPTIONS"]
    assert "DATABASE_POOL is less than 2" in refusal(DATABASE_URL="postgres:///x", DATABASE_POOL="1")


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_threads_share_few_connections_also_after_a_restart_of_the_database(cluster, monkeypatch):
    monkeypatch.setenv("DATABASE_POOL", str(CONNECTIONS))
    monkeypatch.setenv("WEB_CONCURRENCY", str(PROCESSES))
    with on_cluster(cluster), served(cluster.url) as site:
        page = f"/v/{link_token(build_cast().participants()[0].pk)}/"
        assert len(list(Path(f"/proc/{site.pid}/task").iterdir())) == 1  # a pool would have threads of its own
        assert ask_at_once(site, page) == {200: ASKING * TIMES}
        assert 0 < connections_of_the_site() <= PROCESSES * CONNECTIONS
        connection.close()
        cluster.stop()
        cluster.start()
        time.sleep(1)
        assert ask_at_once(site, page) == {200: ASKING * TIMES}
        assert 0 < connections_of_the_site() <= PROCESSES * CONNECTIONS
