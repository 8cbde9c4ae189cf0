"""What was written in a long form is there again after signing in again, in that tab and for that account alone.

Without a script it is on the page to sign in, to copy.
"""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from assessments.models import Membership, Role, Round
from tests.browsing import enter, follow, sign_in
from tests.cast import PASSWORD, build_cast, ready
from tests.html import elements, text_of, texts
from tests.pages import held

pytestmark = pytest.mark.django_db(transaction=True)

OWN = "Wij willen graag van u horen hoe het gaat."


def test_words_outlive_a_session_that_ended_and_a_sign_in_elsewhere(page, axe, live_server):
    cast = build_cast(is_open=False)
    ready(cast.round)
    Round.objects.update(contact_name="Noor", invitation_subject="Uw ervaring")
    address = live_server.url + reverse("round_setup", args=[cast.round.pk, "uitnodiging"])
    sign_in(page, live_server, cast.coordinator.email)
    be_signed_out_while_writing(page, address)
    enter(page, cast.coordinator.email)
    find_the_words(page, axe, address)
    save_them(page, cast)
    sign_in_elsewhere_while_writing(page, axe, address, cast)
    somebody_else_finds_nothing(page, address, live_server)


def test_without_a_script_the_page_to_sign_in_has_the_words_and_leads_back_and_nothing_was_done(client, cast):
    address = reverse("round_setup", args=[cast.round.pk, "uitnodiging"])
    typed = {
        "contact_name": "Noor Eerste",
        "invitation_text": OWN,
        "reminder_text": "Nee",
        "a_password": "een zin van mij",
    }
    page = client.post(address, typed)
    assert page.status_code == 403
    assert "is niet gebeurd en niet opgeslagen" in text_of(page, "[role=alert]")
    assert texts(page, "textarea[readonly]") == ["Noor Eerste", OWN]
    assert "no-store" in page["Cache-Control"]
    assert Round.objects.get().contact_name == ""
    assert client.post(*sent(page, cast)).url == address


def test_a_button_of_somebody_who_is_no_longer_signed_in_does_nothing_and_leads_to_the_overview(client, cast):
    page = client.post(reverse("mail_try_again", args=[cast.round.pk]))
    assert client.post(*sent(page, cast)).url == reverse("overview")


def sent(page, cast):
    """Returns where the page to sign in is sent to, and what, once it is filled in."""
    [form] = elements(page, "main form")
    return form.get("action"), held(form) | {"login": cast.coordinator.email, "password": PASSWORD}


def test_words_are_gone_after_an_hour_though_nobody_touches_the_tab(page, live_server):
    cast = build_cast(is_open=False)
    page.clock.install()
    sign_in(page, live_server, cast.coordinator.email)
    be_signed_out_while_writing(page, live_server.url + reverse("round_setup", args=[cast.round.pk, "uitnodiging"]))
    page.clock.run_for("59:00")
    assert page.evaluate("sessionStorage.length") == 1
    page.clock.run_for("02:00")
    assert page.evaluate("sessionStorage.length") == 0


def write(page, address):
    page.goto(address)
    page.locator("[name=invitation_text]").fill(OWN)


def send(page):
    follow(page, page.get_by_role("button", name="Opslaan en later verder"))


def be_signed_out_while_writing(page, address):
    write(page, address)
    Session.objects.all().delete()
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Inloggen")


def find_the_words(page, axe, address):
    expect(page).to_have_url(address)
    expect(page.locator("[name=invitation_text]")).to_have_value(OWN)
    expect(page.locator("main .utrecht-alert[role=status]")).to_contain_text("Wat u had geschreven, staat hier weer.")
    axe(page)
    assert page.evaluate("sessionStorage.length") == 0


def save_them(page, cast):
    send(page)
    cast.round.refresh_from_db()
    assert cast.round.invitation_text == OWN
    assert page.evaluate("sessionStorage.length") == 0


def sign_in_elsewhere_while_writing(page, axe, address, cast):
    """A sign-in makes forms of before invalid: the page that says so leads back to the words."""
    write(page, address)
    page.locator("[name=reminder_text]").fill("Doet u nog mee?")
    page.context.clear_cookies(name="csrftoken")
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Dit formulier is verlopen")
    axe(page)
    follow(page, page.get_by_role("link", name="Ga terug naar het formulier"))
    expect(page.locator("[name=reminder_text]")).to_have_value("Doet u nog mee?")
    send(page)
    cast.round.refresh_from_db()
    assert cast.round.reminder_text == "Doet u nog mee?"


def somebody_else_finds_nothing(page, address, live_server):
    """Not a colleague either who may come to the same page, in the same tab."""
    write(page, address)
    page.locator("[name=reminder_text]").fill("Van een ander")
    Session.objects.all().delete()
    send(page)
    colleague = Membership.objects.get(role=Role.READER)
    colleague.role = Role.COORDINATOR
    colleague.save()
    enter(page, colleague.user.email)
    expect(page).to_have_url(address)
    expect(page.locator("[name=reminder_text]")).to_have_value("Doet u nog mee?")
    expect(page.locator("main .utrecht-alert[role=status]")).to_have_count(0)
    assert page.evaluate("sessionStorage.length") == 0
