"""A passkey is a second step beside a password: made, used, named and taken away in a real browser."""

import json
from base64 import urlsafe_b64encode

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from samenwerking.accounts.second_step import has_second_step
from tests.browsing import follow, sign_in
from tests.cast import PASSWORD
from tests.jobs import do_jobs
from tests.second_step import SECRET, enter, long_on

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def reader(page):
    """Returns the browser's own virtual authenticator, as the fingerprint reader of a laptop is one."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session, made["authenticatorId"]


def with_password(page, live_server, user):
    """Goes as far as the second step."""
    page.goto(live_server.url + reverse("account_login"))
    page.get_by_label("E-mailadres").fill(user.email)
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    follow(page, page.get_by_role("button", name="Inloggen"))


def confirm(page):
    """Fills in the password where it is asked once more."""
    if page.get_by_role("heading", level=1).inner_text() == "Bent u het zelf?":
        page.get_by_label("Wachtwoord").fill(PASSWORD)
        follow(page, page.get_by_role("button", name="Ga verder"))


def add_passkey(page, live_server, name):
    page.goto(live_server.url + reverse("mfa_add_webauthn"))
    confirm(page)
    page.get_by_label("Naam").fill(name)
    page.get_by_role("button", name="Voeg een passkey toe").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Passkey toevoegen")


@pytest.fixture
def with_passkey(page, live_server, user, reader):
    """Returns the user, who has a passkey in this browser and is signed out."""
    sign_in(page, live_server, user.email)
    add_passkey(page, live_server, "Laptop")
    page.context.clear_cookies()
    return user


def test_it_is_added_named_used_renamed_and_removed(page, live_server, user, reader, walk, mailoutbox, lines):
    sign_in(page, live_server, user.email)
    page.goto(live_server.url + reverse("mfa_add_webauthn"))
    confirm(page)
    walk.look()
    add_passkey(page, live_server, "Laptop van het werk")
    expect(page.get_by_role("heading", level=1)).to_have_text("Herstelcodes")
    assert has_second_step(user)
    page.goto(live_server.url + reverse("mfa_index"))
    walk.look()
    page.context.clear_cookies()
    with_password(page, live_server, user)
    expect(page.get_by_role("heading", level=1)).to_have_text("Uw passkey of een code")
    walk.look()
    page.get_by_role("button", name="Gebruik uw passkey").click()
    page.wait_for_url(f"**{reverse('overview')}")
    page.goto(live_server.url + reverse("mfa_list_webauthn"))
    expect(page.get_by_role("main")).to_contain_text("Laptop van het werk: toegevoegd op")
    expect(page.get_by_role("main")).to_contain_text("laatst gebruikt op")
    walk.look()
    follow(page, page.get_by_role("link", name="Wijzig de naam van Laptop van het werk"))
    confirm(page)
    walk.look()
    page.get_by_label("Naam").fill("Oude laptop")
    follow(page, page.get_by_role("button", name="Opslaan"))
    follow(page, page.get_by_role("link", name="Verwijder Oude laptop"))
    confirm(page)
    walk.look()
    follow(page, page.get_by_role("button", name="Verwijder deze passkey"))
    expect(page.get_by_role("main")).to_contain_text("U hebt nog geen passkey.")
    assert not Authenticator.objects.filter(user=user).exists()
    do_jobs()
    said = [mail.body for mail in mailoutbox]
    assert any("Er is een passkey toegevoegd aan uw account." in body for body in said)
    assert any("Er is een passkey van uw account verwijderd." in body for body in said)
    events = [line["event"] for line in lines]
    for event in ("second_step.passkey_added", "second_step.passed", "second_step.passkey_removed"):
        assert event in events
    assert "Laptop" not in str(lines)


def test_a_password_alone_is_not_enough_any_more(client, with_passkey):
    enter(client, with_passkey)
    assert "_auth_user_id" not in client.session


def test_sessions_that_began_without_it_end(page, live_server, user, reader):
    other = Client()
    enter(other, user)
    sign_in(page, live_server, user.email)
    add_passkey(page, live_server, "Laptop")
    assert other.get(reverse("overview")).status_code == 302
    page.goto(live_server.url + reverse("overview"))
    assert page.url.endswith(reverse("overview"))


def test_a_recovery_code_opens_without_the_device(client, with_passkey):
    codes = Authenticator.objects.get(user=with_passkey, type="recovery_codes").wrap()
    enter(client, with_passkey, codes.get_unused_codes()[0])
    assert "_auth_user_id" in client.session


def test_an_app_and_a_passkey_each_do(page, live_server, user, reader, walk):
    TOTP.activate(user, SECRET)
    long_on(user)
    with_password(page, live_server, user)
    expect(page.get_by_role("heading", level=1)).to_have_text("Code uit uw app")
    expect(page.get_by_role("button", name="Gebruik uw passkey")).to_have_count(0)


def test_who_stops_at_the_device_is_told_and_can_try_again(page, live_server, with_passkey, reader, walk):
    with_password(page, live_server, with_passkey)
    page.evaluate(
        "() => { navigator.credentials.get = () => Promise.reject(new DOMException('', 'NotAllowedError')); }"
    )
    page.get_by_role("button", name="Gebruik uw passkey").click()
    expect(page.get_by_role("status")).to_have_text("Dat is niet gelukt, of u stopte ermee. Probeer het opnieuw.")
    walk.look()


def test_a_browser_without_passkeys_says_so(page, live_server, with_passkey):
    page.add_init_script("delete window.PublicKeyCredential")
    with_password(page, live_server, with_passkey)
    expect(page.get_by_role("status")).to_contain_text("Deze browser kent nog geen passkeys.")
    expect(page.get_by_role("button", name="Gebruik uw passkey")).to_be_hidden()


def test_without_javascript_the_pages_lead_to_an_app(new_context, live_server, user):
    page = new_context(java_script_enabled=False).new_page()
    sign_in(page, live_server, user.email)
    page.goto(live_server.url + reverse("mfa_add_webauthn"))
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Ga verder").click()
    expect(page.get_by_role("main")).to_contain_text("Een code uit een app werkt zonder.")
    expect(page.get_by_role("button", name="Voeg een passkey toe")).to_be_hidden()


def test_it_confirms_who_somebody_is_before_security_is_changed(page, live_server, with_passkey, walk):
    with_password(page, live_server, with_passkey)
    page.get_by_role("button", name="Gebruik uw passkey").click()
    page.wait_for_url(f"**{reverse('overview')}")
    page.goto(live_server.url + reverse("mfa_reauthenticate_webauthn") + "?next=" + reverse("mfa_index"))
    walk.look()
    page.get_by_role("button", name="Gebruik uw passkey").click()
    page.wait_for_url(f"**{reverse('mfa_index')}")


def test_taking_the_second_step_away_takes_passkeys_too(client, with_passkey):
    call_command("reset_second_step", with_passkey.email)
    assert not Authenticator.objects.filter(user=with_passkey).exists()
    enter(client, with_passkey)
    assert "_auth_user_id" in client.session


ANSWER = {"id": "eA", "rawId": "eA", "type": "public-key", "clientExtensionResults": {}}


HOSTILE = [
    "",
    "x",
    "[]",
    "null",
    "{}",
    '{"id": 1}',
    json.dumps(ANSWER),
    json.dumps(ANSWER | {"response": {}}),
    json.dumps(ANSWER | {"response": {"clientDataJSON": "e30", "authenticatorData": "eA", "signature": "eA"}}),
    json.dumps(ANSWER | {"response": {"clientDataJSON": "e30", "attestationObject": "oA"}}),
    "9" * 5000,
    "[" * 100_000,
]


def test_what_no_browser_would_send_is_refused_and_no_fault(client, with_passkey, subtests):
    own = Client()
    own.force_login(with_passkey)
    own.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    enter(client, with_passkey)
    for sent in HOSTILE:
        with subtests.test(sent=sent[:30]):
            caches[settings.TRIES].clear()
            client.get(reverse("mfa_authenticate"))
            assert client.post(reverse("mfa_authenticate"), {"credential": sent}).status_code == 200
            assert "_auth_user_id" not in client.session
            own.get(reverse("mfa_add_webauthn"))
            assert own.post(reverse("mfa_add_webauthn"), {"name": "x", "credential": sent}).status_code == 200
            own.get(reverse("mfa_reauthenticate_webauthn"))
            assert own.post(reverse("mfa_reauthenticate_webauthn"), {"credential": sent}).status_code == 302
    assert Authenticator.objects.filter(type="webauthn").count() == 1


def base64_of(some):
    return urlsafe_b64encode(some).decode().rstrip("=")


WELL_FORMED = ANSWER | {
    "response": {
        "clientDataJSON": base64_of(b'{"type": "webauthn.get", "challenge": "eA", "origin": "https://voorbeeld.nl"}'),
        "authenticatorData": base64_of(bytes(37)),
        "signature": "eA",
    }
}


def test_a_database_that_is_away_is_told_and_is_no_wrong_passkey(client, with_app, lines):
    enter(client, with_app)
    client.get(reverse("mfa_authenticate"))
    client.raise_request_exception = False

    def away(execute, sql, *more):
        if "accounts_trycount" in sql:
            raise OperationalError("no connection")
        return execute(sql, *more)

    with connection.execute_wrapper(away):
        answer = client.post(reverse("mfa_authenticate"), {"credential": json.dumps(WELL_FORMED)})
    assert answer.status_code == 503
    assert WELL_FORMED["response"]["authenticatorData"] not in answer.content.decode()
    assert "second_step.failed" not in [line["event"] for line in lines]


def test_a_fault_of_ours_is_a_wrong_passkey_to_its_owner_and_stands_in_the_log(client, with_app, lines, caplog):
    enter(client, with_app)
    client.get(reverse("mfa_authenticate"))
    session = client.session
    session["mfa.webauthn.state"] = ["of no use"]
    session.save()
    answer = client.post(reverse("mfa_authenticate"), {"credential": json.dumps(WELL_FORMED)})
    assert answer.status_code == 200
    assert "second_step.failed" in [line["event"] for line in lines]
    assert "_auth_user_id" not in client.session
    [logged] = [record for record in caplog.records if record.name == "samenwerking.accounts.passkeys"]
    assert logged.exc_info[0] is TypeError


def test_what_is_no_passkey_stands_in_no_log_as_a_fault(client, with_app, caplog):
    enter(client, with_app)
    client.get(reverse("mfa_authenticate"))
    client.post(reverse("mfa_authenticate"), {"credential": json.dumps(WELL_FORMED)})
    assert not [record for record in caplog.records if record.name == "samenwerking.accounts.passkeys"]


def test_an_answer_with_another_signature_or_for_another_question_is_refused(page, live_server, with_passkey, client):
    """The signature shows that the device has the key, and the question that nobody plays an old answer again."""
    with_password(page, live_server, with_passkey)
    given = page.evaluate(
        """async () => {
          const data = JSON.parse(document.getElementById("js_data").textContent).request_options.publicKey;
          const options = PublicKeyCredential.parseRequestOptionsFromJSON(data);
          return (await navigator.credentials.get({ publicKey: options })).toJSON();
        }"""
    )
    send = """async (given) => {
      const form = document.querySelector("[data-passkey] form");
      const body = new FormData(form);
      body.set("credential", JSON.stringify(given));
      return (await fetch(form.action, { method: "POST", body })).text();
    }"""
    signature = given["response"]["signature"]
    turned = signature[:20] + ("A" if signature[20] != "A" else "B") + signature[21:]
    broken = given | {"response": given["response"] | {"signature": turned}}
    assert "Deze passkey werkte niet." in page.evaluate(send, broken)
    assert "Deze passkey werkte niet." in page.evaluate(send, given)  # the page asked anew meanwhile
