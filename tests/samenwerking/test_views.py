"""The site's own pages and headers are right: health, security.txt, errors in Dutch, and nothing from elsewhere."""

from datetime import datetime, timedelta
from itertools import product

import pytest
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from samenwerking.accounts.models import User
from samenwerking.wsgi import application
from tests.browsing import WIDTHS
from tests.cast import loaded_instrument
from tests.factors.test_views import PAGES as PAGES_ON_THE_INSTRUMENT
from tests.html import MESSAGES, elements, links, text_of, texts, value_of


def test_it_lives_without_a_database(client):
    assert client.get("/gezond/leeft/").content == b"ok\n"


@pytest.mark.parametrize("host", ["10.0.0.7", "127.0.0.1:8000", "[fd00::7]", "kwaad.example"])
def test_probes_may_ask_for_our_health_by_any_name_and_for_nothing_else(client, db, host):
    for address in ("alive", "ready"):
        assert client.get(reverse(address), headers={"host": host}).status_code == 200
    assert client.get(reverse("working"), headers={"host": host}).status_code == 503
    with override_settings(ALLOWED_HOSTS=["samenwerking.example.nl"]):
        assert client.get(reverse("start"), headers={"host": host}).status_code == 400


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


def test_text_in_another_encoding_than_utf8_is_refused(db, subtests):
    charsets = [*(f"charset={name}" for name in ENCODINGS.split()), "charset*=none''x"]
    for charset, method in product(charsets, ("GET", "POST")):
        with subtests.test(charset, method=method):
            status, headers, page = answer_to(method, charset)
            assert status == "400 Bad Request"
            assert "Content-Security-Policy" in headers
            assert texts(page, "h1") == ["Dit verzoek begrepen wij niet"]


def answer_to(method, charset):
    """Calls the application as a server does: Django's own test client leaves out what stands around it."""
    body = b'--B\r\nContent-Disposition: form-data; name="login"\r\n\r\n\\ud800 +2AA-\r\n--B--\r\n'
    environ = RequestFactory().generic(method, reverse("account_login"), body, QUERY_STRING="next=%5Cud800").environ
    answers = []
    environ["CONTENT_TYPE"] = f"multipart/form-data; boundary=B; {charset}"
    response = application(environ, lambda status, headers: answers.append((status, dict(headers))))
    [(status, headers)] = answers
    return status, headers, b"".join(response).decode()


def test_utf8_is_read(db, subtests):
    body = '--B\r\nContent-Disposition: form-data; name="login"\r\n\r\nzoë@voorbeeld.nl\r\n--B--\r\n'
    for charset in ("", "; charset=utf-8", '; charset="UTF-8"'):
        with subtests.test(charset):
            content_type = f"multipart/form-data; boundary=B{charset}"
            response = Client().generic("POST", reverse("account_login"), body, content_type=content_type)
            assert response.status_code == 200
            assert value_of(response, "login") == "zoë@voorbeeld.nl"


def test_a_browser_keeps_nothing_of_what_somebody_saw_signed_in(client, db):
    public = client.get(reverse("start"))
    assert "no-store" not in public.get("Cache-Control", "")
    client.force_login(User.objects.create_user("anna@voorbeeld.nl", name="Ada Eerste", may_make_networks=True))
    for address in (reverse("overview"), reverse("start"), "/nergens/", reverse("network_new")):
        kept = client.get(address)["Cache-Control"]
        assert "no-store" in kept
        assert "private" in kept
    assert "no-store" in client.post(reverse("account_logout"))["Cache-Control"]
    assert "no-store" not in client.get(reverse("start")).get("Cache-Control", "")


def test_what_a_page_tells_after_an_action_is_not_in_a_cookie(client, db):
    client.force_login(User.objects.create_user("anna@voorbeeld.nl", name="Ada Eerste", may_make_networks=True))
    address = client.post(reverse("network_new"), {"name": "Netwerk Oost"}).url
    invited = {"name": "Bo", "email": "bo@voorbeeld.nl", "role": "reader"}
    response = client.post(f"{address}collegas/uitnodigen/", invited)
    assert not [cookie for cookie in response.cookies if cookie == "messages"]
    assert "bo@voorbeeld.nl krijgt een uitnodiging." in texts(client.get(address), MESSAGES)


def test_security_txt_is_there_with_a_contact_only(client, settings):
    settings.SECURITY_CONTACT = ""
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = "mailto:security@voorbeeld.nl"
    lines = dict(line.split(": ", 1) for line in client.get("/.well-known/security.txt").content.decode().splitlines())
    assert lines["Contact"] == "mailto:security@voorbeeld.nl"
    expires = datetime.fromisoformat(lines["Expires"])
    assert timedelta(days=170) < expires - timezone.now() < timedelta(days=365)


def test_search_engines_stay_away_from_personal_links(client):
    robots = client.get("/robots.txt").content.decode()
    assert "Disallow: /v/\nDisallow: /lees/\n" in robots


def test_an_unknown_page_says_what_to_do(client, db):
    response = client.get("/nergens/")
    assert response.status_code == 404
    assert "Vraag de coördinator van uw netwerk" in text_of(response, "main li")


def test_the_address_of_the_account_leads_to_its_page(client, db):
    assert client.get("/account/").url == reverse("mfa_index")


def test_an_expired_form_says_what_to_do(db):
    response = Client(enforce_csrf_checks=True).post(reverse("account_login"))
    assert response.status_code == 403
    assert texts(response, "h1") == ["Dit formulier is verlopen"]


def test_the_footer_leads_to_the_gemeentes_own_statement_when_it_has_one(client, db, settings):
    assert reverse("accessibility") in links(client.get("/"), "footer a")
    settings.ACCESSIBILITY_STATEMENT_URL = "https://voorbeeld.nl/toegankelijkheid"
    assert "https://voorbeeld.nl/toegankelijkheid" in links(client.get("/"), "footer a")


def test_the_page_on_accessibility_has_the_widths_of_the_tests_and_what_nobody_tried(client, db):
    said = texts(client.get(reverse("accessibility")), "main li")
    assert any(f"schermen van {WIDTHS['desktop']} en {WIDTHS['phone']} pixels" in line for line in said)
    assert any("met een schermlezer gebruikt" in line and line.startswith("Niemand") for line in said)


def test_a_gemeente_brings_its_own_theme(client, db, settings, tmp_path):
    (tmp_path / "theme.css").write_text(".gemeente-theme { --basis-heading-color: #333 }")
    (tmp_path / "logo.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    settings.THEME_DIR = str(tmp_path)
    settings.THEME_CLASS = "gemeente-theme"
    settings.ORGANISATION_NAME = "Gemeente Voorbeeld"
    page = client.get("/")
    assert elements(page, "html.gemeente-theme")
    assert "/static/thema/theme.css" in links(page, "link[rel=stylesheet]")
    assert [image.get("src") for image in elements(page, ".site-name img")] == ["/static/thema/logo.svg"]
    assert texts(page, ".site-name small") == ["Gemeente Voorbeeld"]


# In a browser


def test_a_visitor_without_an_account_walks_along_all_that_is_public(walk):
    loaded_instrument()
    walk.visit_named("start privacy accessibility isms works_council")
    walk.visit_named("account_login account_signup account_reset_password account_reset_password_done")
    for name, keys in PAGES_ON_THE_INSTRUMENT.items():
        walk.visit_named(name, *keys)
    walk.visit("/geen-pagina/")
    expect(walk.page.get_by_role("heading", level=1)).to_have_text("Deze pagina is er niet")
    the_keyboard_gets_past_the_menu_at_once(walk)
    nothing_is_cut_off_at_400_percent_on_a_small_screen(walk)


def the_keyboard_gets_past_the_menu_at_once(walk):
    page = walk.page
    page.goto(walk.site)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def nothing_is_cut_off_at_400_percent_on_a_small_screen(walk):
    walk.page.set_viewport_size({"width": 320, "height": 256})
    walk.page.goto(walk.site)
    walk.axe(walk.page)
