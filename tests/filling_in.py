"""Every test of filling in uses these steps: with Django's client, as a browser would send it, or in a real browser."""

import re
from urllib.parse import urlsplit

from django.urls import reverse
from playwright.sync_api import expect

from assessments.anonymity.keys import link_token
from tests.browsing import follow
from tests.html import elements

# --- With Django's client


def at(target, name="welcome", *args):
    """Returns the address of a page behind the link of a participant, or behind an open link."""
    return reverse(name, args=[link_token(target.pk), *args])


def post(client, target, number, **fields):
    """Sends a page as a browser does: with what it showed when it was opened."""
    return client.post(at(target, "questions", number), {"was": ""} | fields)


def checked(response):
    """Returns the answers that a page shows, by statement."""
    return {radio.get("name"): radio.get("value") for radio in elements(response, "input[type=radio][checked]")}


# --- In a browser


def heading(page, name):
    """Waits for the page with this heading."""
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def statements(page):
    """Returns the names of the statements on a page, in their order."""
    found = page.locator("input[type=radio]").evaluate_all("all => all.map(one => one.name)")
    return list(dict.fromkeys(found))


def radio(page, name, value):
    return page.locator(f"input[name={name}][value='{value}']")


def choose(page, name, value):
    radio(page, name, value).check()


def fill_page(page, value="4", *, but=()):
    """Gives all statements on a page one answer."""
    for name in statements(page):
        if name not in but:
            choose(page, name, value)


def onward(page):
    follow(page, page.get_by_role("button", name=re.compile("Opslaan en (verder|nakijken)")))


def nothing_waits(page):
    """Waits until the browser keeps nothing that the server has not answered yet."""
    page.wait_for_function("() => !localStorage.length")


def saved(page):
    """Waits until everything on the page is saved."""
    nothing_waits(page)  # the text may still be of the save before
    expect(page.locator("[data-saving]")).to_have_text(re.compile("^Opgeslagen"))


def unsaved(page):
    """Waits until the page says that something could not be saved."""
    expect(page.locator("[data-saving]")).to_have_text("Nog niet opgeslagen")


def keep(page, link, waiting):
    """Has the browser keep this text as what waits for the server, as an earlier visit could have left it."""
    place = f"nog niet opgeslagen {urlsplit(link).path}bewaren/"
    page.evaluate("([place, text]) => localStorage.setItem(place, text)", [place, waiting])


def write_unseen(page, text):
    """Writes in the open question without the script noticing, so that only the page's own button sends it."""
    page.locator("textarea").evaluate("(field, text) => { field.value = text }", text)
