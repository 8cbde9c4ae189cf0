"""Shares what tests behind a link need: Anna with her link, two devices, and a look with axe at both widths."""

import pytest
from django.test import Client

from assessments.anonymity.keys import link_token


@pytest.fixture
def anna(cast):
    return cast.participants()[0]


@pytest.fixture
def link(anna, live_server):
    """Returns the address in Anna's mail."""
    return f"{live_server.url}/v/{link_token(anna.pk)}/"


@pytest.fixture
def phone():
    return Client()


@pytest.fixture
def laptop():
    return Client()


@pytest.fixture
def look(axe, widths):
    """Returns a check with axe of the page that the browser is on, at each width; it is left at the last one."""

    def check(page):
        for _ in widths(page):
            axe(page)

    return check
