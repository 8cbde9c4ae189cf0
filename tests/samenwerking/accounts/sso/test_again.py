"""Who has neither a password nor a second step here signs in anew at the provider before the account opens wider."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse

from samenwerking.accounts.models import AddressChange, User
from tests.html import BUTTONS, texts
from tests.oidc_server import NAME
from tests.samenwerking.accounts.sso.conftest import KEY, give_app, linked_to, sign_in_there

pytestmark = pytest.mark.django_db
GUARDED = "account_address account_set_password mfa_activate_totp mfa_add_webauthn sso_link sso_unlink".split()
NEW = "een heel nieuw wachtwoord 7"


@pytest.fixture
def linked(provider):
    """Returns an account as an invitation links it: without a password."""
    return linked_to(User.objects.create_user("nieuw@voorbeeld.nl", name="Ada"), provider.url)


def address_of(name):
    return reverse(name, args=[KEY] if name == "sso_link" else [])


def leave_open(client, seconds=50 * 60):
    """Makes the sign-in of this session so long ago."""
    session = client.session
    session["account_authentication_methods"] = [
        record | {"at": record["at"] - seconds} for record in session["account_authentication_methods"]
    ]
    session.save()


@pytest.mark.parametrize("name", GUARDED)
def test_a_screen_that_was_left_open_does_not_open_the_account_wider(client, linked, provider, name):
    sign_in_there(client)
    leave_open(client)
    visits = provider.asked.copy()
    fields = {"password1": NEW, "password2": NEW, "email": "kwaad@voorbeeld.nl"}
    answers = [client.post(address_of(name), fields), *([] if name == "sso_link" else [client.get(address_of(name))])]
    for page in answers:
        assert (page.status_code, texts(page, "h1")) == (403, ["Log opnieuw in"])
        assert texts(page, BUTTONS) == [f"Inloggen met {NAME}"]
    linked.refresh_from_db()
    assert not linked.has_usable_password()
    assert not AddressChange.objects.exists()
    assert not Authenticator.objects.exists()
    assert (SocialAccount.objects.count(), provider.asked) == (1, visits)


def test_who_signs_in_again_comes_back_to_where_they_were_and_goes_on(client, linked, provider):
    sign_in_there(client)
    leave_open(client)
    page = sign_in_there(client, next=reverse("account_set_password"))
    assert (page.status_code, page.request["PATH_INFO"]) == (200, reverse("account_set_password"))
    assert ["prompt" in sent and sent["prompt"] for sent in provider.sent] == [False, "login"]
    client.post(reverse("account_set_password"), {"password1": NEW, "password2": NEW})
    linked.refresh_from_db()
    assert linked.check_password(NEW)


def test_who_has_an_app_is_asked_for_its_code_and_not_for_the_provider(client, linked, provider):
    sign_in_there(client)
    leave_open(client)
    give_app(linked)
    assert client.get(reverse("account_address")).status_code == 200
    assert client.get(reverse("sso_unlink")).url.startswith(reverse("mfa_reauthenticate"))


def test_a_session_of_which_no_sign_in_is_known_is_not_trusted(client, linked):
    client.force_login(linked)
    SocialAccount.objects.all().delete()
    page = client.get(reverse("mfa_activate_totp"))
    assert (page.status_code, texts(page, "h1"), texts(page, BUTTONS)) == (403, ["Log opnieuw in"], [])
