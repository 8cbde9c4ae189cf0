"""Other ways in and out as people meet them: a code on paper, a full link, leaving, and the coördinator's sheet."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from assessments.anonymity.keys import link_token, open_code
from assessments.models import OpenLink, Participant, Response, Round
from tests.cast import build_cast, filled, save_answers

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast():
    cast = build_cast()
    Round.objects.update(closes_on=date(2099, 12, 11))
    return cast


@pytest.fixture
def open_link(cast):
    return OpenLink.objects.create(round=cast.round, partner=cast.partners["school"], level="uitvoerend", cap=1)


@pytest.fixture
def anna(cast):
    return cast.participants()[0]


@pytest.fixture
def link(anna, live_server):
    return f"{live_server.url}/v/{link_token(anna.pk)}/"


@pytest.fixture
def signed_in(client, cast, live_server, page):
    """The coördinator's browser."""
    client.force_login(cast.coordinator)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    return page


def heading(page, name):
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_a_code_from_paper_leads_to_the_questions(page, width, axe, open_link, live_server):
    page.goto(live_server.url)
    page.get_by_role("link", name="Typ hier uw code").click()
    heading(page, "Ik heb een code")
    axe(page)
    field = page.get_by_label("Code op uw blad")
    field.fill("abc")
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_text("Een code heeft 30 tekens. U typte er 3.")).to_be_visible()
    expect(page).to_have_title("Fout: Ik heb een code – Samenwerking")
    expect(field).to_have_value("abc")
    axe(page)
    code = open_code(open_link.pk).lower()
    field.fill(" ".join(code[at : at + 5] for at in range(0, 30, 5)))
    page.keyboard.press("Enter")
    heading(page, "Hoe ervaart u de samenwerking?")
    page.get_by_role("button", name="Beginnen").click()
    expect(page.get_by_text("Deel 1 van 4")).to_be_visible()


def test_a_full_link_says_so_before_and_while_filling_in(page, width, axe, open_link, live_server):
    address = f"{live_server.url}/v/{link_token(open_link.pk)}/"
    page.goto(address)
    page.get_by_role("button", name="Beginnen").click()
    page.wait_for_url("**/vragen/1/")
    save_answers(open_link.pk, {"VG1": 2}, guest_id=uuid4())
    page.locator("textarea").evaluate("field => { field.value = 'Wij bellen elkaar' }")  # so that no script saves it
    page.get_by_role("button", name="Opslaan en verder").click()
    heading(page, "Deze link is vol")
    axe(page)
    page.context.clear_cookies()
    page.goto(address)
    heading(page, "Deze link is vol")
    axe(page)


def test_a_choice_that_a_full_link_refuses_leads_to_a_page_that_says_so(page, open_link, live_server):
    page.goto(f"{live_server.url}/v/{link_token(open_link.pk)}/")
    page.get_by_role("button", name="Beginnen").click()
    page.wait_for_url("**/vragen/1/")
    save_answers(open_link.pk, {"VG1": 2}, guest_id=uuid4())
    page.locator("input[name=VG1][value='4']").check()
    heading(page, "Deze link is vol")
    assert page.evaluate("localStorage.length") == 0
    assert filled().answers == {"VG1": 2}


def test_without_cookies_an_open_link_says_what_to_do(browser, width, axe, open_link, live_server):
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(f"{live_server.url}/v/{link_token(open_link.pk)}/")
    page.get_by_role("button", name="Beginnen").click()
    page.wait_for_url("**/vragen/1/")
    context.clear_cookies(name="ingevuld")
    page.locator("textarea").evaluate("field => { field.value = 'Wij bellen elkaar' }")
    page.get_by_role("button", name="Opslaan en verder").click()
    heading(page, "Begin op de eerste pagina")
    axe(page)
    context.close()


def test_leaving_and_coming_back(page, width, axe, link):
    for name, title in [
        ("Ik doe niet mee", "U doet niet mee"),
        ("Ik ben de verkeerde persoon", "Bedankt, wij geven het door"),
    ]:
        page.goto(link)
        page.get_by_role("link", name=name).click()
        expect(page.get_by_role("button", name="Ja")).to_be_visible()
        axe(page)
        page.get_by_role("button", name="Ja").click()
        heading(page, title)
        axe(page)
        page.get_by_role("button", name="Ik doe toch mee").click()
        heading(page, "Hoe ervaart u de samenwerking?")
    assert Participant.objects.filter(has_opted_out=False, is_wrong_person=False).count() == 10


def test_a_page_that_was_open_when_somebody_left_says_that_nothing_is_saved(page, width, axe, link, anna):
    page.goto(f"{link}vragen/1/")
    Participant.objects.filter(pk=anna.pk).update(has_opted_out=True)
    page.locator("textarea").evaluate("field => { field.value = 'Wij bellen elkaar' }")
    page.get_by_role("button", name="Opslaan en verder").click()
    heading(page, "U doet niet mee")
    axe(page)
    assert not Response.objects.exists()


def test_reminders_off_and_on(page, width, axe, link, anna):
    page.goto(link)
    page.get_by_role("link", name="Ik wil geen herinneringen").click()
    page.get_by_role("button", name="Ja, zet herinneringen uit").click()
    heading(page, "Herinneringen staan uit")
    axe(page)
    page.get_by_role("button", name="Zet herinneringen weer aan").click()
    heading(page, "Herinneringen uitzetten?")


def test_a_level_that_is_not_there_is_refused_beside_the_field(page, width, axe, link):
    page.goto(f"{link}niveau/")
    page.locator("input[value=bestuur]").evaluate("radio => { radio.value = 'burgemeester' }")
    page.locator("input[value=burgemeester]").check()
    page.get_by_role("button", name="Opslaan").click()
    expect(page.locator(".utrecht-form-field-error-message")).to_be_visible()
    expect(page).to_have_title("Fout: Uw niveau – Samenwerking")
    axe(page)


def test_a_round_that_is_not_open_yet_says_so(page, width, axe, live_server):
    anna = build_cast(is_open=False).participants()[0]
    page.goto(f"{live_server.url}/v/{link_token(anna.pk)}/")
    heading(page, "De vragenlijst is nog niet open")
    axe(page)


def test_a_coordinator_makes_an_open_link_and_gets_a_sheet(signed_in, width, axe, cast, live_server):
    page = signed_in
    page.goto(live_server.url + reverse("open_links", args=[cast.round.pk]))
    axe(page)
    page.get_by_label("Maximaal aantal mensen").evaluate("field => { field.removeAttribute('min') }")
    page.get_by_label("Maximaal aantal mensen").fill("0")
    page.get_by_label("Partner").select_option(label="School")
    page.get_by_role("button", name="Maak de link").click()
    expect(page.locator(".utrecht-form-field-error-message")).to_be_visible()
    axe(page)
    page.get_by_label("Maximaal aantal mensen").fill("12")
    page.get_by_role("button", name="Maak de link").click()
    expect(page.get_by_text("De open link is klaar.")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Blad met QR-code").click()
    heading(page, "Hoe ervaart u de samenwerking?")
    axe(page)
    code = open_code(OpenLink.objects.get().pk)
    expect(page.locator(".sheet__code span")).to_have_text([code[at : at + 5] for at in range(0, 30, 5)])
