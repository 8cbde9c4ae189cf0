"""Whatever a provider sends or leaves out, nobody gets in by it and nobody gets a 500: a page says what to do."""

import json
import random
import time

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from tests.html import elements, text_of, texts
from tests.oidc_server import CLIENT, NAME, key_named, oidc_server, provider_at, there_and_back, way_back
from tests.samenwerking.accounts.sso.conftest import KEY, give_app, is_signed_in, linked_to, sign_in_there

pytestmark = pytest.mark.django_db
DISCOVERY = "/.well-known/openid-configuration"
RETURN = "/account/via/gemeente/terug/"


@pytest.fixture
def client():
    """Returns a client that gets a 500 as a browser does, not as an exception."""
    return Client(raise_request_exception=False)


@pytest.fixture(autouse=True)
def linked(user, provider):
    return linked_to(user, provider.url)


def stopped(client, page, lines, reason):
    """Tells whether a page says in Dutch why somebody is not in, and the log has the reason."""
    assert page.status_code < 500 or page.status_code == 503
    assert texts(page, "h1") == ["U bent niet ingelogd"]
    assert not is_signed_in(client)
    assert [line["reason"] for line in lines if line["event"] == "sign_in.stopped"][-1] == reason
    return text_of(page, "main")


def answer(client, **changed):
    """Begins a sign-in, and comes back with another answer than the provider's."""
    page = client.post(reverse("sso_begin", args=[KEY]))
    [refresh] = elements(page, "meta[http-equiv=refresh]")
    state = refresh.get("content").split("state=")[1].split("&")[0]
    sent = {"state": state, "code": "x"} | changed
    return client.get(RETURN, {name: value for name, value in sent.items() if value is not None})


@pytest.mark.parametrize(
    ("sent", "reason", "says"),
    [
        ({"error": "access_denied", "code": None}, "cancelled", f"U bent bij {NAME} gestopt met inloggen."),
        ({"error": "server_error", "code": None}, "error", f"{NAME} liet u niet door."),
        ({"error": "<b>vreemd@voorbeeld.nl", "code": None}, "error", f"{NAME} liet u niet door."),
        ({"code": None}, "error", f"{NAME} liet u niet door."),
        ({"state": "anders"}, "state", "Begin hier opnieuw."),
        ({"state": None}, "state", "Begin hier opnieuw."),
        ({"state": "\x00"}, "state", "Begin hier opnieuw."),
        ({"code": "\x00ü" * 999}, "refused", "door een fout in de instellingen"),
        ({"iss": "https://elders.nl"}, "token", "door een fout in de instellingen"),
    ],
)
def test_each_answer_that_lets_nobody_in_has_its_page(client, provider, lines, sent, reason, says):
    assert says in stopped(client, answer(client, **sent), lines, reason)
    assert "vreemd" not in str(lines)


def test_an_answer_counts_once_and_in_the_browser_that_asked_for_it(client, provider, lines):
    away = client.post(reverse("sso_begin", args=[KEY]))
    other = Client()
    stopped(other, there_and_back(other, away), lines, "state")
    sign_in_there(client)
    assert is_signed_in(client)
    client.post(reverse("account_logout"))
    stopped(client, client.get(RETURN, {"state": "x", "code": "y"}), lines, "state")


def test_an_answer_after_ten_minutes_begins_anew(client, provider, lines):
    away = client.post(reverse("sso_begin", args=[KEY]))
    session = client.session
    session["socialaccount_states"] = {
        name: [state, at - 601, key] for name, (state, at, key) in session["socialaccount_states"].items()
    }
    session.save()
    assert "duurde te lang" in stopped(client, there_and_back(client, away), lines, "state")


def test_a_provider_that_is_away_is_told_at_each_step(client, provider, lines):
    away = client.post(reverse("sso_begin", args=[KEY]))
    provider.answers["/token"] = (503, b"")
    stopped(client, there_and_back(client, away), lines, "refused")
    back = way_back(client.post(reverse("sso_begin", args=[KEY])))
    provider.stop()
    assert "Dat ligt niet aan u." in stopped(client, client.get(back), lines, "unreachable")
    stopped(client, client.post(reverse("sso_begin", args=[KEY])), lines, "unreachable")
    stopped(client, client.get(reverse("sso_end", args=[KEY])), lines, "unreachable")


def test_a_provider_that_hangs_is_given_up(client, provider, lines, monkeypatch):
    from samenwerking.accounts.sso import discovery

    monkeypatch.setattr(discovery, "PATIENCE", 0.2)
    provider.answers[DISCOVERY] = lambda said: time.sleep(1) or said
    stopped(client, client.post(reverse("sso_begin", args=[KEY])), lines, "unreachable")


def test_a_key_that_was_changed_since_is_fetched_anew(client, provider):
    sign_in_there(client)
    provider.kid = "two"
    other = Client()
    sign_in_there(other)
    assert is_signed_in(other)


@pytest.mark.parametrize(
    ("claims", "gets_in"),
    [
        ({"exp": -30}, True),
        ({"exp": -90}, False),
        ({"iat": 30, "nbf": 30}, True),
        ({"iat": 90}, False),
        ({"nbf": 90}, False),
    ],
)
def test_clocks_may_differ_by_a_minute(client, provider, lines, claims, gets_in):
    provider.claims |= {name: int(time.time()) + seconds for name, seconds in claims.items()}
    page = sign_in_there(client)
    assert is_signed_in(client) is gets_in
    if not gets_in:
        assert "lopen niet gelijk" in stopped(client, page, lines, "clock")


def unsigned(said):
    import jwt

    claims = jwt.decode(said["id_token"], options={"verify_signature": False})
    return said | {"id_token": jwt.encode(claims, None, algorithm="none")}


def signed_with_our_secret(said):
    import jwt

    claims = jwt.decode(said["id_token"], options={"verify_signature": False})
    return said | {"id_token": jwt.encode(claims, "x" * 64, algorithm="HS256", headers={"kid": "one"})}


TOKENS = {
    "signed by another key": lambda server: setattr(server, "signs_with", key_named("of an attacker")),
    "a key that is not listed": lambda server: server.header.update(kid="other"),
    "for another program": lambda server: server.claims.update(aud="other"),
    "also for another program": lambda server: server.claims.update(aud=[CLIENT, "other"], azp="other"),
    "of another issuer": lambda server: server.claims.update(iss="https://elders.nl"),
    "of another sign-in": lambda server: server.claims.update(nonce="x"),
    "without a nonce": lambda server: server.claims.update(nonce=None),
    "without a subject": lambda server: server.claims.update(sub=None),
    "an empty subject": lambda server: server.claims.update(sub=""),
    "a subject that is a number": lambda server: server.claims.update(sub=1234),
    "without an end": lambda server: server.claims.update(exp=None),
    "an end that is no time": lambda server: server.claims.update(exp="morgen"),
    "not signed": lambda server: server.answers.update({"/token": unsigned}),
    "signed with a word": lambda server: server.answers.update({"/token": signed_with_our_secret}),
    "no token": lambda server: server.token.update(id_token=None),
    "no text": lambda server: server.token.update(id_token={"a": 1}),
    "cut off": lambda server: server.token.update(id_token="eyJhbGciOiJSUzI1NiJ9.e30"),
    "not in base64": lambda server: server.token.update(id_token="ü.ü.ü"),
}


@pytest.mark.parametrize("kind", TOKENS)
def test_a_token_that_is_not_of_this_sign_in_lets_nobody_in(client, provider, lines, kind):
    TOKENS[kind](provider)
    page = sign_in_there(client)
    reason = [line["reason"] for line in lines if line["event"] == "sign_in.stopped"][-1]
    assert reason in ("token", "key")
    stopped(client, page, lines, reason)


DISCOVERIES = {
    "another issuer": {"issuer": "https://elders.nl"},
    "no issuer": {"issuer": None},
    "no token address": {"token_endpoint": None},
    "an open line": {"authorization_endpoint": "http://elders.nl/authorize"},
    "a script": {"authorization_endpoint": "javascript:alert(1)"},
    "no address": {"jwks_uri": 3},
    "half an address": {"end_session_endpoint": "https://["},
}


@pytest.mark.parametrize("kind", DISCOVERIES)
def test_nobody_is_led_to_where_discovery_is_wrong(client, provider, lines, kind):
    provider.discovery = DISCOVERIES[kind]
    reason = "issuer" if "issuer" in provider.discovery else "discovery"
    stopped(client, client.post(reverse("sso_begin", args=[KEY])), lines, reason)


@pytest.mark.parametrize("path", [DISCOVERY, "/token", "/keys", "/userinfo"])
@pytest.mark.parametrize(
    "body", [b"", b"null", b"[]", b"{", b"\xff", b'{"keys": 3}', b'{"keys": [{}]}', b"[" * 99_999, b" " * 600_000]
)
def test_no_answer_of_a_provider_is_a_500(client, provider, path, body):
    provider.answers[path] = (200, body)
    page = client.post(reverse("sso_begin", args=[KEY]))
    if path != DISCOVERY:
        page = there_and_back(client, page)
    assert page.status_code in (200, 503)
    assert is_signed_in(client) is (path == "/userinfo")


def test_a_provider_can_not_send_us_elsewhere(client, provider, lines):
    with oidc_server() as elsewhere:
        provider.answers[DISCOVERY] = (302, f"{elsewhere.url}{DISCOVERY}")
        stopped(client, client.post(reverse("sso_begin", args=[KEY])), lines, "refused")
        assert elsewhere.asked == []


def test_no_value_of_a_claim_is_a_500(provider, settings):
    """Draws claims that nobody foresaw; whatever they are, a known subject comes in or a page says why not."""
    draw = random.Random(20)
    values = [None, True, 3, -1e300, "", "x" * 3000, "\x00", "\ud800", [], [[]], {}, {"a": {}}, "ada@voorbeeld.nl"]
    names = "email email_verified name given_name family_name upn preferred_username amr acr _claim_names azp auth_time"
    for _ in range(60):
        caches[settings.TRIES].clear()  # so many sign-ins in a minute are refused
        drawn = {name: draw.choice(values) for name in draw.sample(names.split(), 5)}
        provider.claims = {"sub": "1234"} | drawn
        page = sign_in_there(Client(raise_request_exception=False))
        assert page.status_code in (200, 403, 503), drawn


def test_an_address_of_no_provider_is_none(client):
    for name in ("sso_begin", "sso_link", "sso_invited", "sso_return", "sso_signed_out", "sso_end"):
        address = reverse(name, args=["anders"])
        assert client.get(address).status_code in (302, 404, 405), name
        assert client.post(address).status_code in (302, 404, 405), name


def test_a_provider_that_is_no_longer_offered_ends_a_sign_in_that_waits_for_a_code(client, user, provider, settings):
    give_app(user)
    assert sign_in_there(client).request["PATH_INFO"] == reverse("mfa_authenticate")
    settings.SSO_PROVIDERS = {}
    assert client.get(reverse("mfa_authenticate"), follow=True).request["PATH_INFO"] == reverse("account_login")
    assert client.post(reverse("mfa_authenticate"), {"code": "123456"}).status_code == 302


def test_a_second_client_with_the_same_name_is_another_provider(client, user, provider, settings):
    """The package would look a provider up by the name of the client, and find two."""
    settings.SSO_PROVIDERS |= provider_at(provider.url, "surf", NAME="SURFconext")
    give_app(user)
    assert sign_in_there(client).request["PATH_INFO"] == reverse("mfa_authenticate")
    assert client.get(reverse("mfa_authenticate")).status_code == 200
    assert json.dumps(dict(client.session.items())).count('"gemeente"') >= 1
