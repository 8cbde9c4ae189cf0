"""A log line never has a link in it that opens something, wherever in the line it would stand."""

import json
import logging
import logging.config
from itertools import chain
from urllib.parse import quote

import pytest
import structlog
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.converters import IntConverter, UUIDConverter

from samenwerking import logs

PART = "MQ-1aZ_9x"
SECRET = PART * 5
# What an argument that takes text can be but a secret: a part of a page, or a name that everybody may see.
PUBLIC = {"kind", "number", "page", "step", "subject", "uidb36", "version"}
KEY_IS_A_NAME = ("account/via/", "instrument/")
IDS = (IntConverter, UUIDConverter)


@pytest.fixture
def as_before():
    yield
    logging.config.dictConfig(logs.config("stderr"))


def addresses_with_a_secret():
    """Returns each address of the site with an argument that may be one, with that filled in."""
    listed = get_resolver().reverse_dict
    found = set()
    for possible, _, _, converters in chain.from_iterable(listed.getlist(name) for name in listed):
        for address, names in possible:
            secret = {name for name in names if not isinstance(converters.get(name), IDS)} - PUBLIC
            if secret and not address.startswith(KEY_IS_A_NAME):
                found.add("/" + address % {name: SECRET if name in secret else "1" for name in names})
    return sorted(found)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("GET /v/Zm9vYmFy/fase/2/ 200", "GET /v/***/fase/2/ 200"),
        ("Not Found: /v/Zm9v-Ym.Fy~", "Not Found: /v/***"),
        ("https://voorbeeld.nl/v/geheim?x=1", "https://voorbeeld.nl/v/***?x=1"),
        ("next=%2Fv%2Fgeheim%2F", "next=%2Fv%2F***"),
        ('"referer": "https://voorbeeld.nl/v/geheim"', '"referer": "https://voorbeeld.nl/v/***"'),
        ("GET /lees/Zm9vYmFy/rapport.pdf 200", "GET /lees/***/rapport.pdf 200"),
        ("/v/een /v/twee", "/v/*** /v/***"),
        ("Gone: /account/password/reset/key/1-abc-def/", "Gone: /account/password/reset/key/***/"),
        ("next=%2Faccount%2Fe-mailadres%2FMQ%3A1x%3Ay%2F", "next=%2Faccount%2Fe-mailadres%2F***"),
        ("next=%252Fv%252Fgeheim", "next=%252Fv%252F***"),
        ("POST /account/e-mailadres/ 400", "POST /account/e-mailadres/ 400"),
        ("/instrument/v1/ and /overzicht/", "/instrument/v1/ and /overzicht/"),
    ],
)
def test_a_personal_link_is_scrubbed(line, expected):
    assert logs.without_links(line) == expected


def test_every_address_of_the_site_is_without_its_secret(subtests):
    addresses = addresses_with_a_secret()
    for name in ("welcome", "reader_report", "account_address_confirm"):
        assert reverse(name, args=[SECRET]) in addresses
    assert reverse("account_reset_password_from_key", kwargs={"uidb36": "1", "key": SECRET}) in addresses
    for address in addresses:
        with subtests.test(address):
            assert PART not in logs.without_links(f"Not Found: {address}")
            assert PART not in logs.without_links(f"?next={quote(address, safe='')}")


@pytest.mark.parametrize("before", ["“", "<", '"', " (", "/", "\n", "«‘"])
def test_a_link_that_was_pasted_with_signs_in_front_is_scrubbed(before, capsys, as_before):
    logging.config.dictConfig(logs.config("stdout"))
    for prefix in ("/v/", "/lees/"):
        path = f"{prefix}{before}{SECRET}/rapport.pdf"
        logging.getLogger("django.request").warning("Not Found: %s", path.encode("unicode_escape").decode())
        structlog.get_logger("assessments").info("wrong", path=path)
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["level"] for line in lines] == ["warning", "info"] * 2
    assert not any(PART in line for line in lines)


def test_what_django_says_of_a_password_link_that_it_refuses_does_not_open_the_account(db, capsys, as_before):
    logging.config.dictConfig(logs.config("stdout"))
    link = reverse("account_reset_password_from_key", kwargs={"uidb36": "1", "key": SECRET})
    assert Client(enforce_csrf_checks=True).post(link, {"password1": "x"}).status_code == 403
    lines = capsys.readouterr().out.splitlines()
    assert any("Forbidden" in line for line in lines)
    assert not any(PART in line for line in lines)


def test_every_line_is_json_without_links_also_of_a_traceback(capsys, as_before):
    logging.config.dictConfig(logs.config("stdout"))
    try:
        raise ValueError("bad answer at /v/geheim/fase/1/")
    except ValueError:
        logging.getLogger("django.request").exception("Internal Server Error: %s", "/v/geheim/fase/1/")
    structlog.get_logger("assessments").info("saved", path="/v/geheim/")
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["level"] for line in lines] == ["error", "info"]
    assert json.loads(lines[1])["event"] == "saved"
    assert "ValueError" in lines[0]
    assert not any("geheim" in line for line in lines)


def test_there_is_no_access_log():
    logging.config.dictConfig(logs.config("stderr"))
    assert not logging.getLogger("gunicorn.access").isEnabledFor(logging.ERROR)
