"""What fits a small screen: rows as cards that are still a table to a screen reader, and slides that can be read."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.assessments.views.reports.test_pages import address, published
from tests.browsing import sign_in
from tests.cast import build_cast

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 360, "height": 740}
HIDDEN_PART = "node => node.scrollWidth - node.clientWidth"
LETTERS = """drawing => [...drawing.querySelectorAll("text")].map(
    text => text.getScreenCTM().a * parseFloat(getComputedStyle(text).fontSize))"""


@pytest.mark.parametrize("name", ["participants", "round", "round_mail"])
def test_nothing_in_a_table_of_a_round_is_beside_the_screen(live_server, page, axe, name):
    cast = build_cast()
    page.set_viewport_size(PHONE)
    sign_in(page, live_server, cast.coordinator.email)
    page.goto(f"{live_server.url}{reverse(name, args=[cast.round.pk])}")
    hidden = [table.evaluate(HIDDEN_PART) for table in page.locator(".table-scroll").all()]
    assert hidden
    assert not any(hidden)
    axe(page)


def test_a_card_shows_the_name_of_a_column_and_leaves_it_a_table(live_server, page):
    cast = build_cast()
    page.set_viewport_size(PHONE)
    sign_in(page, live_server, cast.coordinator.email)
    page.goto(f"{live_server.url}{reverse('participants', args=[cast.round.pk])}")
    row = (
        page.get_by_role("table").get_by_role("row").filter(has=page.get_by_role("rowheader", name="p001@example.org"))
    )
    cell = row.get_by_role("cell", name="School", exact=True)
    shown = cell.evaluate("node => getComputedStyle(node, '::before').content")
    assert shown.startswith('"Partner: "')
    expect(page.get_by_role("columnheader", name="Partner")).to_have_count(1)


def test_letters_on_a_slide_can_be_read_and_arrow_keys_show_the_rest_of_a_drawing(live_server, page):
    cast = published()
    sign_in(page, live_server, cast.reader.email)
    page.set_viewport_size(PHONE)
    page.goto(f"{live_server.url}{address(cast, 'report_presentation')}")
    drawings = page.locator(".slide__drawing")
    for place in range(drawings.count()):
        assert min(drawings.nth(place).evaluate(LETTERS)) >= 10.9
    first = drawings.first
    first.focus()
    page.keyboard.press("ArrowRight")
    expect(first).to_be_focused()
    page.wait_for_function("() => document.activeElement.scrollLeft > 0")
