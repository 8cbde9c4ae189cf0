"""A coördinator prints her pages: paper has what is read, and nothing to press."""

import pytest

from tests.assessments.views.coordinator.test_pages import pages_of
from tests.browsing import sign_in
from tests.cast import build_cast

# A paragraph of links alone leads somewhere else, and a form under a heading of its own asks for something.
TO_PRESS = """() => [...document.querySelectorAll("main :is(button, .utrecht-button-link, p, h2 + form)")]
    .filter(one => one.checkVisibility())
    .filter(one => one.tagName !== "P" || !!one.querySelector("a") &&
        one.innerText.trim() === [...one.querySelectorAll("a")].map(link => link.innerText.trim()).join(" "))
    .map(one => one.innerText || one.outerHTML)"""
BESIDE_THE_PAPER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
A4 = {"width": 680, "height": 960}  # between its margins


@pytest.mark.django_db(transaction=True)
def test_paper_has_nothing_to_press_and_nothing_beside_it(page, live_server):
    cast = build_cast()
    sign_in(page, live_server, cast.coordinator.email)
    page.emulate_media(media="print")
    page.set_viewport_size(A4)
    found = {}
    for address in pages_of(cast):
        if address.endswith((".xlsx", ".ics", ".csv")):
            continue
        page.goto(f"{live_server.url}{address}")
        if page.url == f"{live_server.url}{address}":
            beside = [f"{wide} px beside the paper"] if (wide := page.evaluate(BESIDE_THE_PAPER)) > 1 else []
            found[address] = page.evaluate(TO_PRESS) + beside
    assert {address: faults for address, faults in found.items() if faults} == {}
    assert len(found) > 20
