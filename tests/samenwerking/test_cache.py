"""A shared cache counts for all processes; while it is away nothing but the counting is lost."""

import logging
import socket
import subprocess
import time

import pytest
from django.core.cache import caches
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.urls import reverse

from assessments.anonymity.keys import link_token
from samenwerking.cache import PAUSE, SharedCache
from samenwerking.settings import cache_at
from tests.cast import filled
from tests.samenwerking.test_loopback import free_port, wait_for
from tests.samenwerking.test_settings import refusal


class Redis:
    """Is a real server, which can be stopped, started again, and made to answer nothing."""

    def __init__(self):
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self):
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(["redis-server", *options], stdout=subprocess.DEVNULL)
        wait_for(self.port)

    def stop(self):
        self.process.kill()
        self.process.wait(30)


@pytest.fixture
def redis(monkeypatch):
    monkeypatch.setattr(SharedCache, "away_until", 0.0)
    server = Redis()
    yield server
    server.stop()


@pytest.fixture
def shared(redis, settings):
    """Returns the server behind the site's cache."""
    settings.CACHES = settings.CACHES | {"default": cache_at(redis.url)}
    return redis


def test_two_processes_share_their_counts(redis):
    first, second = (SharedCache(redis.url, {}) for _ in range(2))
    assert first.add("tries", 0)
    assert not second.add("tries", 0)
    assert (first.incr("tries"), second.incr("tries"), first.get("tries")) == (1, 2, 2)
    second.set("word", "é", 60)
    assert (first.get("word"), first.has_key("word"), first.touch("word", 60)) == ("é", True, True)
    assert first.get_many(["word", "tries"]) == {"word": "é", "tries": 2}
    assert first.get_or_set("word", "other") == "é"
    assert (second.delete("word"), first.get("word")) == (True, None)
    second.clear()
    assert first.get("tries") is None


def test_while_it_is_away_a_process_counts_for_itself_and_asks_again_later(redis, caplog, monkeypatch):
    cache = SharedCache(redis.url, {})
    cache.set("tries", 7)
    redis.stop()
    assert cache.get("tries") is None
    assert (cache.add("tries", 0), cache.incr("tries"), cache.incr("tries")) == (True, 1, 2)
    assert [record.levelno for record in caplog.records] == [logging.ERROR]  # once, and not for each time it is asked
    redis.start()
    assert cache.get("tries") == 2
    monkeypatch.setattr(SharedCache, "away_until", SharedCache.away_until - PAUSE)
    assert cache.get("tries") is None
    cache.set("tries", 1)
    assert SharedCache(redis.url, {}).get("tries") == 1


def test_one_that_takes_a_connection_and_says_nothing_holds_nobody_up(monkeypatch):
    monkeypatch.setattr(SharedCache, "away_until", 0.0)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        cache = SharedCache(f"redis://127.0.0.1:{silent.getsockname()[1]}/0", {})
        began = time.monotonic()
        assert [cache.get("never set") for _ in range(20)] == [None] * 20
        assert time.monotonic() - began < 3


@pytest.mark.django_db
def test_a_save_a_report_and_signing_in_go_on_while_it_is_away(client, cast, shared):
    anna = cast.participants()[0]
    save = reverse("save", args=[link_token(anna.pk)])
    assert client.post(save, {"VG1": "2"}).status_code == 200
    shared.stop()
    assert client.post(save, {"VG1": "4"}).status_code == 200
    assert filled().answers == {"VG1": 4}
    assert client.get(reverse("welcome", args=[link_token(anna.pk)])).status_code == 200
    assert client.get(reverse("welcome", args=["nergens"])).status_code == 404
    assert client.post(reverse("account_login"), {"login": "x@voorbeeld.nl", "password": "y"}).status_code == 200


def test_the_check_tries_the_cache(shared, capsys):
    call_command("check")
    assert "samenwerking.W005" not in capsys.readouterr().err
    shared.stop()
    call_command("check")
    assert "(samenwerking.W005) The cache at CACHE_URL does not work: ConnectionError" in capsys.readouterr().err


def test_a_cache_that_keeps_nothing_is_told_too(settings, capsys):
    settings.CACHES = settings.CACHES | {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    call_command("check")
    assert "it does not give back what it was given" in capsys.readouterr().err
    assert caches["default"].get("manage.py-check") is None


def test_one_that_the_lock_has_no_client_for_stops_the_start(subtests):
    assert "CACHE_URL must be a Redis" in refusal(CACHE_URL="memcache://127.0.0.1:11211")
    for address in ("pymemcache://x:1", "valkey://x:1/0", "dummycache://"):
        with subtests.test(address), pytest.raises(ImproperlyConfigured, match="CACHE_URL must be a Redis"):
            cache_at(address)


def test_every_way_to_write_a_redis_is_understood(subtests):
    for address in ("redis://127.0.0.1:6379/1", "rediss://127.0.0.1:6379/1", "rediscache://127.0.0.1/1"):
        with subtests.test(address):
            cache = SharedCache(cache_at(address)["LOCATION"], {})
            assert cache.shared._cache._get_connection_pool(write=True).connection_kwargs["host"] == "127.0.0.1"
