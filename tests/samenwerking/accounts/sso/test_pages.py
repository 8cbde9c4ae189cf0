"""The pages of signing in at a provider pass axe, at each width; test_real_provider.py has those on the way."""

import pytest
from django.urls import reverse

from samenwerking.accounts.mail import password_link
from samenwerking.accounts.models import ClosedDomain, User
from tests.browsing import sign_in
from tests.cast import PASSWORD
from tests.oidc_server import NAME, provider_at
from tests.samenwerking.accounts.sso.conftest import linked_to

pytestmark = pytest.mark.django_db(transaction=True)
URL = "https://inloggen.voorbeeld.nl"


def test_each_page_passes_axe(walk, page, live_server, user, settings):
    settings.SSO_PROVIDERS = provider_at(URL) | provider_at(URL, "surf", NAME="SURFconext")
    settings.BASE_URL = live_server.url
    walk.visit_named("account_login account_reset_password")
    page.goto(password_link(User.objects.create_user("nieuw@voorbeeld.nl", name="Nieuw")))
    walk.look()
    walk.visit(reverse("sso_signed_out", args=["gemeente"]) + "?daar")
    walk.visit(reverse("sso_return", args=["gemeente"]))  # without a sign-in to return from
    sign_in(page, live_server, user.email)
    walk.visit_named("mfa_index")
    linked_to(user, URL)
    walk.visit_named("mfa_index sso_unlink")  # which asks for the password
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Ga verder").click()
    walk.look()
    walk.visit_named("sso_no_password")
    page.get_by_role("button", name="Stop met mijn wachtwoord").click()
    page.goto(live_server.url + reverse("account_set_password"))
    assert page.locator("h1").inner_text() == "Log opnieuw in"
    walk.look()


def test_the_pages_where_a_password_is_of_no_use_pass_axe(walk, page, live_server, user, settings):
    settings.SSO_PROVIDERS = provider_at(URL)
    settings.BASE_URL = live_server.url
    settings.STAFF_NEEDS_SECOND_STEP = True
    linked_to(user, URL)
    sign_in(page, live_server, user.email)
    assert page.locator("h1").inner_text() == "U logt anders in"
    walk.look()
    ClosedDomain.objects.create(domain="voorbeeld.nl", provider="gemeente")
    sign_in(page, live_server, user.email)
    assert f"Met dit adres logt u in via {NAME}." in page.get_by_role("main").inner_text()
    walk.look()
    page.goto(password_link(user))
    assert page.locator("h1").inner_text() == "Account koppelen"
    walk.look()
