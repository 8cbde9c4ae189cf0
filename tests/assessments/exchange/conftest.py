"""Gives the tests a whole network, and the file of it."""

import pytest

from tests.whole_networks import a_whole_network, exported


@pytest.fixture
def cast(db):
    return a_whole_network()


@pytest.fixture
def parcel(cast):
    return exported(cast.network)
