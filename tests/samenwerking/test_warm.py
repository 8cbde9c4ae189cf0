"""The first people after a start do not wait for what the server could have made ready."""

import os
import subprocess
import sys

from django.conf import settings

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
