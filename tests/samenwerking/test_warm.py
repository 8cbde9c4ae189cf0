"""The first people after a start do not wait for what the server could have made ready."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from assessments.models import Round, State
from tests.cast import build_cast
from tests.samenwerking.test_settings import HERE, SAFE

PROGRAM = """
import sys
from django.db import connections
from samenwerking.wsgi import application
from samenwerking.warm import _request_for, warm_up
answers = []
if {warm}:
    warm_up(application)
before = set(sys.modules)
for page in ("/account/login/", "/privacy/", "/account/password/reset/"):
    list(application(_request_for(page), lambda status, headers: answers.append(status)))
print(answers, len(set(sys.modules) - before), file=sys.stderr)
"""


def first_requests(**filled_in):
    """Returns what the first requests of a fresh process are answered, and how many modules they import."""
    return subprocess.run(
        [sys.executable, "-c", PROGRAM.format(**filled_in)],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], **SAFE, "DEBUG": "on", "BASE_URL": HERE, "DATABASE_URL": "sqlite://:memory:"},
        capture_output=True,
        text=True,
        check=True,
    ).stderr.splitlines()[-1]


def test_a_first_request_imports_nothing_once_the_server_is_warm():
    answers, _, cold = first_requests(warm=False).rpartition(" ")
    assert answers == "['200 OK', '200 OK', '200 OK']"
    assert int(cold) > 100
    assert first_requests(warm=True) == f"{answers} 0"


CLOSING = """
import runpy, sys
from uuid import UUID
import samenwerking.wsgi
runpy.run_path("gunicorn.conf.py")["when_ready"](None)
before = set(sys.modules)
from assessments.actions.rounds import close_round
close_round(round_id={round_id!r})
print(sorted(set(sys.modules) - before), file=sys.stderr)
"""


@pytest.mark.django_db(transaction=True)
def test_the_first_round_that_is_closed_waits_for_no_import():
    """A process reads pandas and scipy in a second, and twice that on a busy machine."""
    cast = build_cast()
    for number, participant in enumerate(cast.participants()):
        cast.answer(participant, number % 5 + 1, texts={"open_slot": "Meer tijd."})
    own = {
        "DATABASE_URL": f"postgres:///{connection.settings_dict['NAME']}",
        "LINK_SECRET": settings.LINK_SECRET,
        "RESPONSE_SECRET": settings.RESPONSE_SECRET,
    }
    done = subprocess.run(
        [sys.executable, "-c", CLOSING.format(round_id=cast.round.pk)],
        cwd=settings.BASE_DIR,
        env=os.environ | own,
        capture_output=True,
        text=True,
    )
    assert done.stderr.splitlines()[-1:] == ["[]"], done.stderr
    assert Round.objects.get(pk=cast.round.pk).state == State.CLOSED
