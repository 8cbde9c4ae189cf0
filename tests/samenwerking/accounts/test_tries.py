"""Tries to sign in are counted for all processes together, and what counts them names nobody and lapses."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.actions.due import do_what_is_due
from samenwerking.accounts.models import TryCount
from tests.second_step import enter

TRY = """
import django; django.setup()
from django.conf import settings; settings.ALLOWED_HOSTS = ["testserver"]
from django.test import Client
for _ in range(4):
    answer = Client().post("/account/login/", {"login": "anna@voorbeeld.nl", "password": "fout"})
    print("te vaak" in answer.content.decode())
"""


def refused(email, client=None):
    """Tries a wrong password; tells whether it was refused for being one try too many."""
    answer = (client or Client()).post(reverse("account_login"), {"login": email, "password": "fout"})
    return "U probeerde het te vaak" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_processes_give_no_more_tries_than_one(user):
    database = f"postgres:///{connection.settings_dict['NAME']}"
    environment = os.environ | {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "samenwerking.settings"}
    said = ""
    for _ in range(2):
        said += subprocess.run(
            [sys.executable, "-c", TRY],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        ).stdout
    assert said.split() == ["False"] * 5 + ["True"] * 3


@pytest.mark.smoke
def test_the_owner_gets_in_after_a_while_and_then_has_all_tries_again(user, client):
    assert [refused(user.email) for _ in range(6)] == [False] * 5 + [True]
    cache.clear()  # as a process that just started
    assert refused(user.email)
    TryCount.objects.all().delete()  # as after five minutes
    enter(client, user)
    assert "_auth_user_id" in client.session
    assert [refused(user.email) for _ in range(6)] == [False] * 5 + [True]


def test_no_address_of_a_person_or_a_computer_is_kept_and_nothing_for_long(user):
    refused(user.email)
    kept = [text for row in TryCount.objects.values_list("cache_key", "value") for text in row]
    assert kept
    assert not [text for text in kept if "127.0.0.1" in text or "anna" in text or ":" in text]
    now = timezone.now()
    assert TryCount.objects.filter(expires__gt=now + timedelta(minutes=5)).count() == 0
    assert do_what_is_due(now + timedelta(minutes=5, seconds=1))["tries forgotten"] == len(kept) // 2
    assert not TryCount.objects.exists()
