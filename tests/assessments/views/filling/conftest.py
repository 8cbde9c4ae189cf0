"""Shares what tests behind a link need: Anna and two devices."""

import pytest
from django.test import Client


@pytest.fixture
def anna(cast):
    return cast.participants()[0]


@pytest.fixture
def phone():
    return Client()


@pytest.fixture
def laptop():
    return Client()
