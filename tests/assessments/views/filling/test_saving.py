"""Saving in the background: nothing is lost with the connection, and nothing is sent before what waits."""

import pytest
from playwright.sync_api import expect

from assessments.filling.shown import Shown
from assessments.models import Response
from tests.browsing import follow
from tests.cast import filled
from tests.filling_in import choose, heading, keep, nothing_waits, radio, saved, unsaved

pytestmark = pytest.mark.django_db(transaction=True)

SAVING = "**/bewaren/"
TOO_LONG = "x" * 4001


# --- While the connection is gone


def test_what_is_chosen_without_a_connection_is_saved_once_it_is_back(page, link):
    choose_without_a_connection(page, link)
    press_while_nothing_waits(page, link)
    assert filled().answers == {"VG1": 2, "VG2": 5}
    come_back_after_closing_the_page(page, link)
    assert filled().answers == {"VG1": 2, "VG2": 5, "VG3": 5}
    assert filled().texts == {"open_startcondities": "Wij bellen elkaar"}
    look_back_after_closing_the_page(page, link)
    choose_where_the_browser_keeps_nothing(page, link)
    assert filled().answers["PR1"] == 5


def choose_without_a_connection(page, link):
    """The page says that it could not save, and its button leads nowhere."""
    page.goto(f"{link}vragen/1/")
    choose(page, "VG1", "2")
    saved(page)
    page.context.set_offline(True)
    choose(page, "VG2", "5")
    unsaved(page)
    expect(page.locator("[data-trouble]")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("Nog niet opgeslagen")
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name="Opslaan en verder").click()
    expect(page).to_have_url(f"{link}vragen/1/")
    assert filled().answers == {"VG1": 2}
    page.context.set_offline(False)
    expect(page).to_have_url(f"{link}vragen/2/")  # by itself


def press_while_nothing_waits(page, link):
    """The button is carried out later too where all was saved before the connection went; not after a choice."""
    page.context.set_offline(True)
    page.get_by_role("button", name="Opslaan en terug").click()
    expect(page.locator("[data-trouble]")).to_be_visible()
    page.context.set_offline(False)
    expect(page).to_have_url(f"{link}vragen/1/")
    page.context.set_offline(True)
    page.get_by_role("button", name="Opslaan en verder").click()
    unsaved(page)
    choose(page, "VG2", "1")
    page.context.set_offline(False)
    saved(page)
    expect(page.locator("[data-trouble]")).to_be_hidden()
    choose(page, "VG2", "5")
    saved(page)
    expect(page).to_have_url(f"{link}vragen/1/")


def come_back_after_closing_the_page(page, link):
    """What the script writes of it, once it is saved, is what the server would have written."""
    close_a_page_with(page, link, "VG3", text="Wij bellen elkaar")
    page.goto(f"{link}vragen/1/")
    saved(page)
    expect(radio(page, "VG3", "5")).to_be_checked()
    written = Shown.from_text(page.locator("input[name=was]").input_value())
    assert written == Shown.of({"VG1": 2, "VG2": 5, "VG3": 5}, {"open_startcondities": "Wij bellen elkaar"})


def look_back_after_closing_the_page(page, link):
    """It is saved before the page says what is open."""
    close_a_page_with(page, link, "VG4")
    page.goto(f"{link}nakijken/")
    expect(page.locator(".lead")).to_contain_text("U hebt 4 van de 49 stellingen ingevuld")


def close_a_page_with(page, link, name, text=None):
    """Chooses and writes something in another tab without a connection, and closes that before it is back."""
    page.goto("about:blank")  # or this tab would save what the other one leaves behind
    tab = page.context.new_page()
    tab.goto(f"{link}vragen/1/")
    tab.context.set_offline(True)
    choose(tab, name, "5")
    if text:
        tab.locator("textarea").fill(text)
    unsaved(tab)
    tab.close()
    page.context.set_offline(False)


def choose_where_the_browser_keeps_nothing(page, link):
    """The answer waits on the page; from here on the browser of this page keeps nothing any more."""
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }")
    page.goto(f"{link}vragen/1/")
    page.context.set_offline(True)
    choose(page, "PR1", "5")
    unsaved(page)
    page.context.set_offline(False)
    saved(page)


# --- Before sending


def test_nothing_is_sent_before_what_waits(page, look, link):
    page.goto(f"{link}vragen/1/")
    choose(page, "VG1", "4")
    saved(page)
    leave_behind(page, link, "VG2", TOO_LONG)
    be_refused_for_a_text_that_is_too_long(page, look)
    shorten_the_text(page, look)
    assert filled().texts == {"open_startcondities": "x" * 4000}
    leave_behind(page, link, "VG4", "Wij bellen elkaar")
    send_without_a_connection(page, look, link)
    assert filled().answers == {"VG1": 4, "VG2": 5, "VG4": 5}
    assert filled().texts == {"open_startcondities": "Wij bellen elkaar"}
    send_while_the_browser_keeps_something_else(page, link)


def leave_behind(page, link, name, text):
    """Has an answer and a text wait, and looks back while nothing can be saved."""
    page.goto(f"{link}vragen/1/")
    page.context.route(SAVING, lambda route: route.abort())
    choose(page, name, "5")
    page.locator("textarea").fill(text)
    unsaved(page)
    page.goto(f"{link}nakijken/")
    expect(page.locator("[data-trouble]")).to_be_visible()


def be_refused_for_a_text_that_is_too_long(page, look):
    """The answer is saved, and the text says what is wrong where the button leads."""
    page.context.unroute(SAVING)
    fault = page.locator("[data-fault-of=open_startcondities]")
    expect(fault).to_contain_text("Uw tekst heeft 4.001 tekens.")
    expect(page.locator(".lead")).to_contain_text("U hebt 2 van de 49 stellingen ingevuld")
    expect(page.locator("[data-saving]")).to_contain_text("Een tekst is nog niet opgeslagen")
    page.get_by_role("button", name="Zo versturen").click()
    expect(fault).to_be_focused()
    look(page)
    assert not Response.objects.get().is_submitted


def shorten_the_text(page, look):
    """It is not lost: it stands on its own page, with what is wrong beside it."""
    follow(page, page.get_by_role("link", name="Bekijken van Waarmee de samenwerking begon"))
    field = page.locator("textarea")
    expect(field).to_have_value(TOO_LONG)
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[data-fault-of=open_startcondities]")).to_be_visible()
    look(page)
    field.fill("x" * 4000)
    saved(page)


def send_without_a_connection(page, look, link):
    """Nothing is sent without what waits, and all of it by itself once it can be."""
    page.context.set_offline(True)
    page.get_by_role("button", name="Zo versturen").click()
    expect(page.locator("[data-trouble]")).to_contain_text("Er is geen verbinding")
    look(page)
    expect(page).to_have_url(f"{link}nakijken/")
    assert (filled().answers, Response.objects.get().is_submitted) == ({"VG1": 4, "VG2": 5}, False)
    page.context.unroute(SAVING)
    page.context.set_offline(False)
    heading(page, "Dank u wel!")
    nothing_waits(page)
    assert Response.objects.get().is_submitted


def send_while_the_browser_keeps_something_else(page, link):
    """What is in our place but not ours holds nobody up."""
    keep(page, link, "{half")
    page.goto(f"{link}nakijken/")
    follow(page, page.get_by_role("button", name="Klaar"))
    heading(page, "Dank u wel!")


# --- What the button sends


def test_the_button_sends_a_page_only_where_that_has_something_to_save(page, link):
    sent = []
    page.on("request", lambda request: sent.append((request.method, request.url.removeprefix(link))))
    page.goto(f"{link}vragen/1/")
    choose(page, "VG1", "2")
    page.locator("textarea").fill("Wij bellen elkaar")
    page.get_by_role("button", name="Opslaan en verder").click()
    expect(page).to_have_url(f"{link}vragen/2/")
    page.get_by_role("button", name="Opslaan en terug").click()
    expect(page).to_have_url(f"{link}vragen/1/")
    assert {address for method, address in sent if method == "POST"} == {"bewaren/"}
    assert (filled().answers, filled().texts) == ({"VG1": 2}, {"open_startcondities": "Wij bellen elkaar"})

    # What a browser puts back in a form by itself comes without an event, so the script has not saved it.
    page.evaluate("document.querySelector('input[name=VG2][value=\"4\"]').checked = true")
    page.locator("textarea").evaluate("field => { field.value = 'Wij zien elkaar' }")
    page.get_by_role("button", name="Opslaan en verder").click()
    expect(page).to_have_url(f"{link}vragen/2/")
    assert ("POST", "vragen/1/") in sent
    assert (filled().answers, filled().texts) == ({"VG1": 2, "VG2": 4}, {"open_startcondities": "Wij zien elkaar"})
