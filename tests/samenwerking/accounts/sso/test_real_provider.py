"""In a real browser and at a real provider, the npm package oidc-provider: each shape in which somebody comes back.

The claims are those that Entra ID's, SURFconext's and the NL GOV profile's documentation describe; none of these was
tried itself.
"""

import json
import re
from dataclasses import dataclass, field

import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import expect

from samenwerking.accounts.mail import password_link
from samenwerking.accounts.models import User
from samenwerking.accounts.sso.tokens import public_keys
from tests.browsing import enter, follow, sign_in
from tests.cast import PASSWORD
from tests.oidc_provider import SECRET, real_provider
from tests.oidc_server import NAME, provider_at
from tests.samenwerking.accounts.sso.conftest import KEY, linked_to

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]
OURS = "ada@voorbeeld.nl"  # as the account has it
WHO = "ada-1234"  # her subject at the provider
USUAL = {"email": OURS, "name": "Ada Eerste"}


@pytest.fixture
def site(live_server, settings):
    settings.BASE_URL = live_server.url
    caches[settings.TRIES].clear()
    return live_server


@pytest.fixture
def provider(site, settings, tmp_path):
    with real_provider(site.url, tmp_path) as served:
        settings.SSO_PROVIDERS = provider_at(served.url, CLIENT_SECRET=SECRET, DOMAINS="voorbeeld.nl")
        yield served


@pytest.fixture
def ada(db):
    return User.objects.create_user(OURS, PASSWORD, name="Ada Eerste")


def come_by(page, site, name=NAME, who=WHO):
    """Presses the button, and signs in at the provider."""
    page.goto(f"{site.url}{reverse('account_login')}")
    press(page, f"Inloggen met {name}", who)


def press(page, button, who=WHO):
    """Presses a button that leads to the provider, signs in there, and waits for the way back."""
    page.get_by_role("button", name=button, exact=True).click()
    page.get_by_label("Naam").fill(who)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(re.compile(r"^http://localhost:"))


@dataclass
class Shape:
    """Is a shape of claims: what the provider tells, what is read, and what the one line in the log says."""

    claims: dict
    reads: str
    lacks: str = "nothing"
    event: str = "sign_in.succeeded"
    more: dict = field(default_factory=dict)


SHAPES = {
    "no e-mail": Shape({"name": "Ada Eerste"}, f"{NAME} gaf geen e-mailadres door.", "email"),
    "other case": Shape({"email": "ADA@Voorbeeld.NL", "email_verified": True}, f"U bent ingelogd via {NAME}."),
    "changed": Shape(
        {"email": "ada.tweede@voorbeeld.nl", "name": "Ada Tweede"},
        f"Uw e-mailadres is hier nu ada.tweede@voorbeeld.nl, zoals bij {NAME}.",
    ),
    "only upn": Shape(
        {"upn": OURS, "preferred_username": OURS}, f"{NAME} gaf alleen uw inlognaam door", "email_only_upn"
    ),
    "groups overage": Shape(
        USUAL
        | {
            "_claim_names": {"groups": "src1"},
            "_claim_sources": {"src1": {"endpoint": "https://graph.voorbeeld.nl/users/1/getMemberObjects"}},
        },
        f"U bent ingelogd via {NAME}.",
        more={"overlooked": "groups"},
    ),
    "guest": Shape(
        {"email": "ada@elders.nl", "upn": "ada_elders.nl#EXT#@voorbeeld.nl", "idp": "https://sts.voorbeeld.nl/elders/"},
        f"U bent bij {NAME} te gast met een adres van een andere organisatie.",
        "email_of_guest",
    ),
    "disabled here": Shape(USUAL, "Dit account is gesloten", "", "sign_in.stopped", {"reason": "inactive"}),
}


@pytest.mark.parametrize("name", SHAPES)
def test_each_shape_of_claims_has_its_sentence_and_its_line_in_the_log(page, site, provider, ada, lines, axe, name):
    shape = SHAPES[name]
    linked_to(ada, provider.url, WHO)
    User.objects.filter(pk=ada.pk).update(is_active=name != "disabled here")
    provider.say({WHO: {"claims": shape.claims}})
    come_by(page, site)
    expect(page.get_by_role("main")).to_contain_text(shape.reads)
    axe(page)
    [line] = [line for line in lines if line["event"] in ("sign_in.succeeded", "sign_in.stopped")]
    assert (line["event"], line["account"], line["provider"]) == (shape.event, ada.pk, KEY)
    assert line.get("lacks", "") == shape.lacks
    assert shape.more.items() <= line.items()
    assert "voorbeeld.nl" not in str(lines)
    ada.refresh_from_db()
    assert ada.email == ("ada.tweede@voorbeeld.nl" if name == "changed" else OURS)
    assert ada.check_password(PASSWORD)
    assert set(SocialAccount.objects.get().extra_data) <= {"lacks", "second_step"}


def test_a_second_provider_with_the_same_address_is_linked_by_its_owner_only(
    page, site, provider, ada, lines, axe, settings, tmp_path
):
    """The eighth shape. The second one is like SURFconext: claims come from userinfo alone."""
    linked_to(ada, provider.url, WHO)
    with real_provider(site.url, tmp_path, "surf", only_in_userinfo=True) as second:
        settings.SSO_PROVIDERS |= provider_at(second.url, "surf", NAME="SURFconext", CLIENT_SECRET=SECRET)
        second.say({"x-99": {"claims": USUAL | {"email_verified": True}}})
        come_by(page, site, "SURFconext", "x-99")
        expect(page.get_by_role("heading", level=1)).to_have_text("U bent hier nog niet gekoppeld aan SURFconext")
        axe(page)
        [line] = [line for line in lines if line["event"] == "sign_in.stopped"]
        assert (line["reason"], line["lacks"], line["account"]) == ("unknown", "a link to an account", None)
        follow(page, page.get_by_role("link", name="Log daarmee in"))
        enter(page, OURS)
        page.goto(f"{site.url}{reverse('mfa_index')}")
        follow(page, page.get_by_role("button", name="Koppel SURFconext"))
        page.get_by_label("Wachtwoord").fill(PASSWORD)
        page.get_by_role("button", name="Ga verder").click()  # the provider still knows who it is
        expect(page.get_by_role("main")).to_contain_text("U kunt voortaan inloggen via SURFconext.")
        axe(page)
    assert SocialAccount.objects.filter(user=ada).count() == 2


def test_somebody_invited_links_the_account_signs_out_everywhere_and_comes_back(page, site, provider, axe):
    invited = User.objects.create_user(OURS, name="Ada")
    provider.say({WHO: {"claims": USUAL}})
    page.goto(password_link(invited))
    axe(page)
    press(page, f"Koppel aan {NAME}")
    expect(page.get_by_role("main")).to_contain_text("Uw naam is hier nu Ada Eerste")
    page.goto(f"{site.url}{reverse('account_logout')}")
    follow(page, page.get_by_role("main").get_by_role("button", name="Uitloggen"))
    expect(page.get_by_role("heading", level=1)).to_have_text("U bent hier uitgelogd")
    axe(page)
    follow(page, page.get_by_role("link", name=f"Log ook uit bij {NAME}"))
    assert page.url.startswith(provider.url)
    follow(page, page.get_by_role("button", name="Yes, sign me out"))
    assert page.url.startswith(site.url)
    come_by(page, site)  # and is asked who it is once more
    expect(page.get_by_role("main")).to_contain_text(f"U bent ingelogd via {NAME}.")


def test_at_a_screen_that_was_left_open_the_provider_asks_once_more_who_it_is(page, site, provider):
    """Its own session is alive too, and would let anybody at that screen through."""
    linked_to(User.objects.create_user(OURS, name="Ada"), provider.url, WHO)
    provider.say({WHO: {"claims": USUAL}})
    come_by(page, site)
    leave_open()
    page.goto(f"{site.url}{reverse('account_set_password')}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Log opnieuw in")
    press(page, f"Inloggen met {NAME}")  # which fails where the provider does not ask
    expect(page.get_by_role("heading", level=1)).to_have_text("Wachtwoord kiezen")


def leave_open():
    """Makes the sign-in of the one session an hour older."""
    [session] = Session.objects.all()
    data = session.get_decoded()
    for record in data["account_authentication_methods"]:
        record["at"] -= 3600
    session.session_data = SessionStore().encode(data)
    session.save()


def test_who_stops_at_the_provider_reads_so_and_can_begin_again(page, site, provider, ada, axe):
    page.goto(f"{site.url}{reverse('account_login')}")
    page.get_by_role("button", name=f"Inloggen met {NAME}").click()
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("main")).to_contain_text(f"U bent bij {NAME} gestopt met inloggen.")
    axe(page)
    linked_to(ada, provider.url, WHO)
    press(page, f"Inloggen met {NAME}")
    expect(page.get_by_role("main")).to_contain_text(f"U bent ingelogd via {NAME}.")


def test_without_scripts_one_comes_in_too(new_context, site, provider, ada):
    linked_to(ada, provider.url, WHO)
    page = new_context(java_script_enabled=False).new_page()
    come_by(page, site)
    expect(page.get_by_role("main")).to_contain_text(f"U bent ingelogd via {NAME}.")


def test_the_profile_of_the_government_signs_in_with_a_key_and_its_second_step_counts(
    page, site, ada, settings, tmp_path, capsys, second_step_asked
):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    file = tmp_path / "client.pem"
    file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    own = {"CLIENT_SECRET": "", "CLIENT_KEY": str(file), "SECOND_STEP": "acr=hoog", "ASK": "acr_values=hoog"}
    told = public_keys(provider_at("http://localhost:1", **own)[KEY])
    client = {
        "token_endpoint_auth_method": "private_key_jwt",
        "token_endpoint_auth_signing_alg": "PS256",
        "jwks": told,
    }
    with real_provider(site.url, tmp_path, client=client) as served:
        settings.SSO_PROVIDERS = provider_at(served.url, **own)
        linked_to(ada, served.url, WHO)
        served.say({WHO: {"claims": USUAL, "acr": "laag", "amr": ["pwd"]}})
        come_by(page, site)
        expect(page.get_by_role("heading", level=1)).to_have_text("Stel eerst de tweede stap in")
        page.context.clear_cookies()
        served.say({WHO: {"claims": USUAL, "acr": "hoog", "amr": ["pwd", "mfa"]}})
        come_by(page, site)
        expect(page.get_by_role("main")).to_contain_text(f"U bent ingelogd via {NAME}.")
        call_command("sso_check", KEY)
        printed = capsys.readouterr().out
        assert f"terug naar (redirect_uri): {site.url}/account/via/gemeente/terug/" in printed
        assert json.dumps(told) in printed
        assert "Er ontbreekt niets." in printed


def test_the_switcher_closes_a_domain_and_a_colleague_finds_the_button(page, site, provider, ada, axe):
    boss = User.objects.create_superuser("bo@voorbeeld.nl", PASSWORD, name="Bo")
    linked_to(boss, provider.url, "bo-1")
    linked_to(ada, provider.url, WHO)
    come_by(page, site, who="bo-1")
    page.goto(f"{site.url}{reverse('admin:accounts_closeddomain_add')}")
    page.get_by_label("Domein").fill("voorbeeld.nl")
    follow(page, page.get_by_role("button", name="Opslaan", exact=True))
    page.context.clear_cookies()
    sign_in(page, site, OURS)
    expect(page.get_by_role("main")).to_contain_text(f"Met dit adres logt u in via {NAME}.")
    axe(page)
    press(page, f"Inloggen met {NAME}")
    expect(page.get_by_role("main")).to_contain_text(f"U bent ingelogd via {NAME}.")
