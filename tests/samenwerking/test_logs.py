"""A log line never has a personal link in it, wherever in the line it would stand."""

import json
import logging
import logging.config

import pytest
import structlog

from samenwerking import logs


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
        ("/instrument/v1/ and /overzicht/", "/instrument/v1/ and /overzicht/"),
    ],
)
def test_a_personal_link_is_scrubbed(line, expected):
    assert logs.without_personal_links(line) == expected


@pytest.fixture
def as_before():
    yield
    logging.config.dictConfig(logs.config("stderr"))


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
