"""The site's own pages and headers are right: health, security.txt, errors in Dutch, and nothing from elsewhere."""

from datetime import datetime, timedelta

import pytest
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from samenwerking.accounts.models import User
from samenwerking.wsgi import application


def test_it_lives_without_a_database(client):
    assert client.get("/gezond/leeft/").content == b"ok\n"


def test_it_is_ready_when_the_database_answers(client, db):
    def unreachable(execute, sql, params, many, context):
        raise OperationalError("no connection")

    assert client.get("/gezond/klaar/").status_code == 200
    with connection.execute_wrapper(unreachable):
        assert client.get("/gezond/klaar/").status_code == 503


def test_a_page_loads_nothing_from_elsewhere_and_runs_nothing_inline(client, db):
    response = client.get(reverse("start"))
    policy = dict(directive.split(" ", 1) for directive in response["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in response["Permissions-Policy"]


ENCODINGS = "unicode_escape raw_unicode_escape utf-7 utf-16 idna punycode rot13 base64 undefined refused"


@pytest.mark.parametrize("charset", [*(f"charset={name}" for name in ENCODINGS.split()), "charset*=none''x"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_text_in_another_encoding_than_utf8_is_refused(db, charset, method):
    """This calls the application as a server does: Django's own test client leaves out what stands around it."""
    body = b'--B\r\nContent-Disposition: form-data; name="login"\r\n\r\n\\ud800 +2AA-\r\n--B--\r\n'
    environ = RequestFactory().generic(method, reverse("account_login"), body, QUERY_STRING="next=%5Cud800").environ
    answers = []
    environ["CONTENT_TYPE"] = f"multipart/form-data; boundary=B; {charset}"
    response = application(environ, lambda status, headers: answers.append((status, dict(headers))))
    [(status, headers)] = answers
    assert status == "400 Bad Request"
    assert "Content-Security-Policy" in headers
    assert "Dit verzoek begrepen wij niet" in b"".join(response).decode()


@pytest.mark.parametrize("charset", ["", "; charset=utf-8", '; charset="UTF-8"'])
def test_utf8_is_read(db, charset):
    body = '--B\r\nContent-Disposition: form-data; name="login"\r\n\r\nzoë@voorbeeld.nl\r\n--B--\r\n'
    address = reverse("account_login")
    response = Client().generic("POST", address, body, content_type=f"multipart/form-data; boundary=B{charset}")
    assert response.status_code == 200
    assert "zoë@voorbeeld.nl" in response.content.decode()


def test_a_browser_keeps_nothing_of_what_somebody_saw_signed_in(client, db):
    public = client.get(reverse("start"))
    assert "no-store" not in public.get("Cache-Control", "")
    client.force_login(User.objects.create_user("anna@voorbeeld.nl", name="Anna de Wit", may_make_networks=True))
    for address in (reverse("overview"), reverse("start"), "/nergens/", reverse("network_new")):
        kept = client.get(address)["Cache-Control"]
        assert "no-store" in kept
        assert "private" in kept
    assert "no-store" in client.post(reverse("account_logout"))["Cache-Control"]
    assert "no-store" not in client.get(reverse("start")).get("Cache-Control", "")


def test_what_a_page_tells_after_an_action_is_not_in_a_cookie(client, db):
    client.force_login(User.objects.create_user("anna@voorbeeld.nl", name="Anna de Wit", may_make_networks=True))
    address = client.post(reverse("network_new"), {"name": "Netwerk Oost"}).url
    invited = {"name": "Bo", "email": "bo@voorbeeld.nl", "role": "reader"}
    response = client.post(f"{address}collegas/uitnodigen/", invited)
    assert not [cookie for cookie in response.cookies if cookie == "messages"]
    assert "bo@voorbeeld.nl krijgt een uitnodiging." in client.get(address).content.decode()


def test_security_txt_is_there_with_a_contact_only(client, settings):
    settings.SECURITY_CONTACT = ""
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = "mailto:security@voorbeeld.nl"
    lines = dict(line.split(": ", 1) for line in client.get("/.well-known/security.txt").content.decode().splitlines())
    assert lines["Contact"] == "mailto:security@voorbeeld.nl"
    expires = datetime.fromisoformat(lines["Expires"])
    assert timedelta(days=170) < expires - timezone.now() < timedelta(days=365)


def test_search_engines_stay_away_from_personal_links(client):
    assert "Disallow: /v/\n" in client.get("/robots.txt").content.decode()


def test_an_unknown_page_says_what_to_do(client, db):
    response = client.get("/nergens/")
    assert response.status_code == 404
    assert "Vraag de coördinator van uw netwerk" in response.content.decode()


def test_an_expired_form_says_what_to_do(db):
    response = Client(enforce_csrf_checks=True).post(reverse("account_login"))
    assert response.status_code == 403
    assert "Dit formulier is verlopen" in response.content.decode()


def test_the_footer_leads_to_the_gemeentes_own_statement_when_it_has_one(client, db, settings):
    assert f'href="{reverse("accessibility")}"' in client.get("/").content.decode()
    settings.ACCESSIBILITY_STATEMENT_URL = "https://voorbeeld.nl/toegankelijkheid"
    assert 'href="https://voorbeeld.nl/toegankelijkheid"' in client.get("/").content.decode()


def test_a_gemeente_brings_its_own_theme(client, db, settings, tmp_path):
    (tmp_path / "theme.css").write_text(".gemeente-theme { --basis-heading-color: #333 }")
    (tmp_path / "logo.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    settings.THEME_DIR = str(tmp_path)
    settings.THEME_CLASS = "gemeente-theme"
    settings.ORGANISATION_NAME = "Gemeente Voorbeeld"
    html = client.get("/").content.decode()
    assert "gemeente-theme" in html
    assert 'href="/static/thema/theme.css"' in html
    assert 'src="/static/thema/logo.svg"' in html
    assert "Gemeente Voorbeeld" in html


@pytest.mark.parametrize("name", ["start", "privacy", "accessibility"])
def test_the_public_pages_are_accessible(page, live_server, db, width, axe, name):
    page.goto(live_server.url + reverse(name))
    axe(page)


def test_the_page_for_a_wrong_address_is_accessible(page, live_server, db, width, axe):
    page.goto(live_server.url + "/geen-pagina/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Deze pagina is er niet")
    axe(page)


def test_the_keyboard_gets_past_the_menu_at_once(page, live_server, db):
    page.goto(live_server.url)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#inhoud")).to_be_focused()


def test_nothing_is_cut_off_at_400_percent_on_a_small_screen(page, live_server, db, axe):
    page.set_viewport_size({"width": 320, "height": 256})
    page.goto(live_server.url)
    axe(page)
