"""Other ways in and out as people meet them: a code on paper, a full link, leaving, and a round that is not open."""

import json
from uuid import uuid4

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from assessments.actions.open_links import open_to_ouders
from assessments.actions.rounds import close_round, open_round, publish_round
from assessments.anonymity.keys import link_token
from assessments.models import OpenLink, Participant, Response
from tests.browsing import follow
from tests.cast import build_cast, ready, save_answers
from tests.filling_in import choose, fill_page, heading, keep, nothing_waits, onward, radio, saved, write_unseen

pytestmark = pytest.mark.django_db(transaction=True)

WAITING = json.dumps({"VG1": "1"})


# --- By an open link


def test_an_open_link_leads_from_a_sheet_to_the_questions_until_it_is_full(page, coordinator, cast, look, live_server):
    session = coordinator.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    link = hand_out_a_sheet(page, cast, look, live_server)
    page.context.clear_cookies()
    address = f"{live_server.url}/v/{link_token(link.pk)}/"
    page.goto(address)
    heading(page, "Hoe ervaart u de samenwerking?")
    look(page)
    fill_in_as_guest(page, look, link)
    fill_in_as_ouder(page, cast, look, live_server)
    be_sent_back_without_cookies(page, look)
    be_too_late(page, look, link, address)
    page.context.clear_cookies()
    page.goto(address)
    heading(page, "Deze link is vol")
    look(page)


def hand_out_a_sheet(page, cast, look, live_server):
    """Makes a link for two people, and returns it; too few are refused beside the field."""
    page.goto(live_server.url + reverse("open_links", args=[cast.round.pk]))
    look(page)
    people, make = page.get_by_label("Maximaal aantal mensen"), page.get_by_role("button", name="Maak de link")
    people.evaluate("field => { field.removeAttribute('min') }")
    people.fill("0")
    page.get_by_label("Partner").select_option(label="School")
    follow(page, make)
    expect(page.locator(".utrecht-form-field-error-message")).to_be_visible()
    look(page)
    people.fill("2")
    follow(page, make)
    expect(page.get_by_role("status")).to_contain_text("De open link is klaar: voor hoogstens 2 mensen.")
    look(page)
    follow(page, page.get_by_role("link", name="Wijzigen of intrekken"))
    look(page)
    page.go_back()
    follow(page, page.get_by_role("link", name="Blad om uit te delen"))
    heading(page, "Hoe ervaart u de samenwerking?")
    look(page)
    page.emulate_media(media="print")
    expect(page.locator("header, footer, nav, .no-print >> visible=true")).to_have_count(0)
    page.emulate_media(media="screen")
    return OpenLink.objects.get()


def type_the_code(page, look, live_server, code):
    """From the start page; a code that is too short is refused beside the field, and stays there."""
    page.goto(live_server.url)
    follow(page, page.get_by_role("link", name="Typ hier uw code"))
    heading(page, "Ik heb een code")
    look(page)
    field = page.get_by_label("Code op uw blad")
    field.fill("abc")
    follow(page, page.get_by_role("button", name="Verder"))
    expect(page.locator("#code-fault")).to_have_text("Een code heeft 8 tekens. U typte er 3.")
    expect(page).to_have_title("Fout: Ik heb een code – Samenwerking")
    expect(field).to_have_value("abc")
    look(page)
    field.fill(f"{code[:4]} {code[4:]}".lower())
    with page.expect_navigation():
        page.keyboard.press("Enter")
    heading(page, "Hoe ervaart u de hulp?")
    look(page)


def fill_in_as_guest(page, look, link):
    begin(page)
    expect(page.locator(".eyebrow")).to_contain_text("Deel 1 van 4")
    fill_page(page)
    look(page)
    saved(page)
    assert Response.objects.get().open_link == link


def fill_in_as_ouder(page, cast, look, live_server):
    link = open_to_ouders(round_id=cast.round.pk)
    type_the_code(page, look, live_server, link.code)
    begin(page)
    fill_page(page)
    look(page)
    saved(page)
    assert link.responses.count() == 1
    pass_the_device_on(page, look, link)
    assert link.responses.count() == 2


def pass_the_device_on(page, look, link):
    """Nothing of who sent is left on the device, in no tab and not by going back; the next person can begin."""
    tab = page.context.new_page()
    tab.goto(page.url)
    expect(tab.locator("input:checked")).not_to_have_count(0)
    onward(page)
    look(page)
    follow(page, page.get_by_role("button", name="Versturen"))
    heading(page, "Dank u wel!")
    look(page)
    heading(tab, "Hoe ervaart u de hulp?")
    tab.close()
    page.go_back()
    heading(page, "Hoe ervaart u de hulp?")
    page.go_back()
    heading(page, "Hoe ervaart u de hulp?")
    assert "ingevuld" in {cookie["name"] for cookie in page.context.cookies()}
    begin(page)
    expect(page.locator("[data-answered]")).to_have_text("0")
    expect(page.locator("input:checked")).to_have_count(0)
    choose(page, "OU1", "1")
    saved(page)
    tell_that_it_is_somebody_else(page, look)
    begin(page)
    expect(page.locator("input:checked")).to_have_count(0)
    choose(page, "OU1", "2")
    saved(page)


def tell_that_it_is_somebody_else(page, look):
    """What was begun and not sent is erased for the next person."""
    follow(page, page.get_by_role("button", name="Opslaan en terug"))
    look(page)
    follow(page, page.get_by_role("button", name="Wissen en opnieuw beginnen"))


def begin(page):
    follow(page, page.get_by_role("button", name="Beginnen"))


def be_sent_back_without_cookies(page, look):
    """A page whose browser has lost its cookies says what to do."""
    page.context.clear_cookies(name="ingevuld")
    write_unseen(page, "Wij bellen elkaar")
    onward(page)
    heading(page, "Begin op de eerste pagina")
    look(page)


def be_too_late(page, look, link, address):
    """The link fills up while two tabs are open: a choice and a page are both refused with the reason."""
    page.goto(address)
    begin(page)
    tab = page.context.new_page()
    tab.goto(page.url)
    save_answers(link.pk, {"VG1": 2}, guest_id=uuid4())
    radio(tab, "VG1", "4").click()
    heading(tab, "Deze link is vol")
    nothing_waits(tab)
    write_unseen(page, "Wij bellen elkaar")
    onward(page)
    heading(page, "Deze link is vol")
    look(page)
    assert link.responses.count() == 2


# --- Out, and in again


def test_somebody_can_stop_reminders_or_leave_and_come_back(page, look, link, anna):
    turn_reminders_off_and_on(page, look, link)
    leave_and_come_back(page, look, link, "Ik doe niet mee", "U doet niet mee")
    leave_and_come_back(page, look, link, "Ik ben de verkeerde persoon", "Bedankt, wij geven het door")
    anna.refresh_from_db()
    assert anna.takes_part
    find_out_on_a_page_that_was_open(page, look, link, anna)
    assert not Response.objects.exists()


def turn_reminders_off_and_on(page, look, link):
    page.goto(link)
    follow(page, page.get_by_role("link", name="Ik wil geen herinneringen"))
    heading(page, "Herinneringen uitzetten?")
    look(page)
    follow(page, page.get_by_role("button", name="Ja, zet herinneringen uit"))
    heading(page, "Herinneringen staan uit")
    look(page)
    follow(page, page.get_by_role("button", name="Zet herinneringen weer aan"))
    heading(page, "Herinneringen uitzetten?")


def leave_and_come_back(page, look, link, way_out, farewell):
    """It takes a button to confirm; what waited in this browser goes, as what was saved does."""
    page.goto(link)
    follow(page, page.get_by_role("link", name=way_out))
    look(page)
    keep(page, link, WAITING)
    follow(page, page.get_by_role("button", name="Ja"))
    heading(page, farewell)
    nothing_waits(page)
    look(page)
    follow(page, page.get_by_role("button", name="Ik doe toch mee"))
    heading(page, "Hoe ervaart u de samenwerking?")


def find_out_on_a_page_that_was_open(page, look, link, anna):
    """Whoever left in another tab is told that nothing is saved, at the address of the page."""
    page.goto(f"{link}vragen/1/")
    Participant.objects.filter(pk=anna.pk).update(has_opted_out=True)
    write_unseen(page, "Wij bellen elkaar")
    onward(page)
    heading(page, "U doet niet mee")
    expect(page).to_have_url(f"{link}vragen/1/")
    look(page)


# --- Before and after the round is open


def test_a_link_says_so_when_it_is_cut_off_and_before_and_after_its_round_is_open(page, look, live_server):
    cast = build_cast(is_open=False)
    anna, *others = cast.participants()
    link = f"{live_server.url}/v/{link_token(anna.pk)}/"
    page.goto(f"{link[:-2]}/")
    heading(page, "Deze link werkt niet")
    look(page)
    page.goto(link)
    heading(page, "De vragenlijst is nog niet open")
    look(page)
    ready(cast.round)
    open_round(round_id=cast.round.pk)
    for participant in others:
        cast.answer(participant)
    find_the_round_closed(page, look, link, cast.round)
    publish_round(round_id=cast.round.pk)
    page.goto(link)
    heading(page, "De uitkomsten zijn er")
    look(page)


def find_the_round_closed(page, look, link, round):
    """A choice on a page that was open leads to the reason; whatever waited goes, then and at the next visit."""
    page.goto(f"{link}vragen/1/")
    close_round(round_id=round.pk)
    radio(page, "VG2", "5").click()
    heading(page, "Deze ronde is gesloten")
    nothing_waits(page)
    look(page)
    keep(page, link, WAITING)
    page.goto(link)
    heading(page, "Deze ronde is gesloten")
    nothing_waits(page)
