"""The tests of signing in at a provider share the provider, a client that goes there and back, and who is linked."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.urls import reverse

from samenwerking.accounts.sso.claims import Person, uid_of
from samenwerking.accounts.sso.linking import link
from tests.oidc_server import oidc_server, provider_at, there_and_back
from tests.second_step import SECRET, long_on

KEY = "gemeente"


@pytest.fixture
def provider(settings):
    """Returns a provider that signs for real, and at which staff can sign in."""
    with oidc_server() as server:
        settings.SSO_PROVIDERS = provider_at(server.url)
        yield server


@pytest.fixture
def second_step_asked(settings):
    settings.STAFF_NEEDS_SECOND_STEP = True


def linked_to(user, url, subject="1234", key=KEY):
    """Links the account, without mail or log of it in the way of what the test looks at."""
    assert link(user=user, provider=key, person=Person(uid=uid_of(url, subject)))
    return user


def sign_in_there(client, key=KEY, **sent):
    """Goes from the page to sign in to the provider and back; returns the page where that ends."""
    return there_and_back(client, client.post(reverse("sso_begin", args=[key]), sent))


def is_signed_in(client):
    return "_auth_user_id" in client.session


def give_app(user):
    TOTP.activate(user, SECRET)
    long_on(user)
    return user
