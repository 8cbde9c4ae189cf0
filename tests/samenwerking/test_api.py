"""Whatever part of the site answers, under /api/ it is a problem with the headers of an API, and elsewhere a page."""

import pytest
from django.db import DataError, connection
from django.test import Client

from samenwerking.api import HEADERS, PROBLEM, VERSION, problem

NOWHERE = "/api/v1/nergens"


@pytest.fixture
def visitor(client):
    client.raise_request_exception = False
    return client


def asked(visitor, **headers):
    return visitor.get(NOWHERE, headers=headers)


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"Host": "elders.example"}, 400), ({"Content-Type": "text/plain; charset=utf-7"}, 400), ({}, 404)],
)
def test_what_the_site_itself_refuses_is_a_problem_too(visitor, headers, status):
    answer = visitor.generic("GET", NOWHERE, headers=headers, CONTENT_TYPE=headers.get("Content-Type", ""))
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, PROBLEM)
    said = answer.json()
    assert {"status", "title", "detail"} == said.keys()
    assert said["status"] == status
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert int(answer.headers["Content-Length"]) == len(answer.content)


def test_a_fault_of_ours_says_nothing_of_itself(visitor, db):
    def fails(*_):
        raise DataError("what the database said")

    with connection.execute_wrapper(fails):
        answer = visitor.get("/api/v1/rondes", headers={"Authorization": "Bearer swk_x"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (500, PROBLEM)
    assert "database said" not in answer.content.decode()
    assert answer.headers["API-Version"] == VERSION


@pytest.mark.parametrize("address", ["/nergens/", "/api-sleutels/nergens/", "/apix"])
def test_elsewhere_an_error_stays_a_page(visitor, db, address):
    answer = visitor.get(address, follow=True)
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert "API-Version" not in answer.headers


@pytest.mark.parametrize("address", ["/api", "/api/", "/api/v2/rondes"])
def test_the_api_begins_where_its_prefix_does(visitor, address):
    answer = visitor.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, PROBLEM)


def test_it_is_read_over_tls_only_where_the_site_is(settings):
    settings.SECURE_SSL_REDIRECT = True
    moved = Client().get(NOWHERE)
    assert (moved.status_code, moved.headers["API-Version"]) == (301, VERSION)
    assert moved.headers["Location"].startswith("https://")


def test_a_status_without_words_of_its_own_has_those_of_the_standard():
    assert problem(402).content.decode().count("Payment Required") == 2
