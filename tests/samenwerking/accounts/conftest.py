"""The tests of accounts share who signs in, and a client that does so as a browser."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP

from samenwerking.accounts.models import User
from tests.cast import PASSWORD
from tests.mail_server import server
from tests.second_step import SECRET, long_on

__all__ = ["server"]  # a fixture


@pytest.fixture
def user(db):
    return User.objects.create_user("anna@voorbeeld.nl", PASSWORD, name="Ada Eerste")


@pytest.fixture
def beheerder(db):
    return User.objects.create_user("beheer@voorbeeld.nl", PASSWORD, name="Bo Beheer", is_staff=True, is_superuser=True)


@pytest.fixture
def with_app(user):
    """Returns the user, who switched the second step on a while ago."""
    TOTP.activate(user, SECRET)
    long_on(user)
    return user


@pytest.fixture
def lines(monkeypatch):
    """Returns what was logged of accounts, each line as its event and what it says."""
    from structlog.testing import capture_logs

    from samenwerking.accounts import events

    monkeypatch.setattr(events, "log", events.structlog.get_logger("samenwerking.accounts"))
    with capture_logs() as captured:
        yield captured
