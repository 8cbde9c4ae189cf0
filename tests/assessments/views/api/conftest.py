"""The tests of the API share a closed round, tokens of the cast, and a check of answers by the description."""

from copy import deepcopy
from datetime import timedelta

import pytest
from django.utils import timezone
from jsonschema import Draft202012Validator, FormatChecker

from assessments.actions.rounds import close_round, publish_round
from assessments.views.api.description import description
from samenwerking.accounts.api_tokens import make_token
from samenwerking.accounts.models import Reads, User
from tests.cast import PASSWORD, build_cast

ROOT = "/api/v1"
WRITTEN = "Dit schreef iemand"


@pytest.fixture(scope="module")
def built(kept):
    """Returns the cast with its round closed, an `outsider` who does research everywhere, and a beheerder, `boss`."""
    cast = build_cast()
    for number, participant in enumerate(cast.participants()):
        cast.answer(participant, 2 + number % 3, texts={"open_startcondities": WRITTEN})
    cast.round = close_round(round_id=cast.round.pk)
    cast.outsider = User.objects.create_user("outsider@example.org", PASSWORD, name="Outsider", is_researcher=True)
    cast.boss = User.objects.create_superuser("beheer@example.org", PASSWORD, name="Beheer")
    return cast


@pytest.fixture
def cast(built, db):
    return deepcopy(built)


@pytest.fixture
def published(cast):
    cast.round = publish_round(round_id=cast.round.pk)
    return cast


@pytest.fixture
def token():
    """Returns a function that makes a token of somebody."""

    def make(user, reads=Reads.ROUNDS, days=30):
        return make_token(user=user, name="proef", reads=reads, ends_on=timezone.localdate() + timedelta(days=days))

    return make


@pytest.fixture
def read(client):
    """Returns a function that reads an address of the API, by a token or without one."""

    def get(path, token=None, method="GET", **headers):
        said = {"Authorization": f"Bearer {token}"} if token else {}
        return client.generic(method, f"{ROOT}{path}", headers=said | headers)

    return get


@pytest.fixture
def described():
    """Returns a check that an answer is one that the description has for this path; it returns what the answer says."""

    def check(path, response):
        kind = response.headers["Content-Type"]
        schema = schema_of(path, response.status_code, kind)
        validator = Draft202012Validator(schema, format_checker=FormatChecker())
        assert [error.message for error in validator.iter_errors(response.json())] == []
        return response.json()

    return check


def schema_of(path, status, kind):
    document = description()
    responses = document["paths"][path]["get"]["responses"]
    found = responses.get(str(status), responses["default"])
    if "$ref" in found:
        found = document["components"]["responses"][found["$ref"].rpartition("/")[2]]
    return {"components": document["components"], **found["content"][kind]["schema"]}
