"""Filling in as people meet it: on a phone and at a desk, with the keyboard only, zoomed in, without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from assessments.models import Response
from tests.browsing import follow
from tests.cast import filled
from tests.filling_in import choose, fill_page, heading, onward, radio, saved, statements

pytestmark = pytest.mark.django_db(transaction=True)


# --- From the mail to the thanks, and after


def test_a_questionnaire_goes_from_the_mail_to_the_thanks_and_can_be_changed_after(page, look, link, new_context):
    page.goto(link)
    look(page)
    correct_the_level(page, look)
    fill_in_four_parts_but_one_statement(page, look)
    go_back_and_forth(page)
    fill_in_the_last_statement(page, look)
    send_with_a_double_click(page, look, link)
    assert len(filled().answers) == 49
    assert filled().answers["VG3"] == "?"
    change_in_two_tabs(page, look, link)
    assert (filled().answers["VG1"], filled().answers["VG2"]) == (5, 1)
    look_from_another_browser(new_context().new_page(), look, link)


def correct_the_level(page, look):
    """A level that is not there is refused beside the field, and one that is there leads back."""
    follow(page, page.get_by_role("link", name="Niveau of organisatie veranderen"))
    look(page)
    page.locator("input[value=bestuur]").evaluate("radio => { radio.value = 'burgemeester' }")
    page.locator("input[value=burgemeester]").check()
    follow(page, page.get_by_role("button", name="Opslaan"))
    expect(page.get_by_role("group", name="Uw niveau").locator(".utrecht-form-field-error-message")).to_be_visible()
    expect(page).to_have_title("Fout: Uw niveau – Samenwerking")
    look(page)
    page.get_by_role("radio", name="Uitvoerend").check()
    follow(page, page.get_by_role("button", name="Opslaan"))
    heading(page, "Hoe ervaart u de samenwerking?")


def fill_in_four_parts_but_one_statement(page, look):
    follow(page, page.get_by_role("link", name="Beginnen"))
    for number in range(1, 5):
        expect(page.locator(".eyebrow")).to_contain_text(f"Deel {number} van 4")
        fill_page(page, but=["VG3"])
        look(page)
        onward(page)
    heading(page, "Nog één stap")
    look(page)


def go_back_and_forth(page):
    """The page before shows what was chosen there."""
    page.go_back()
    expect(page.locator("input[value='4']:checked")).to_have_count(4)
    page.go_forward()
    heading(page, "Nog één stap")


def fill_in_the_last_statement(page, look):
    follow(page, page.get_by_role("link", name=re.compile(r"^3\. ")))
    choose(page, "VG3", "?")
    saved(page)


def send_with_a_double_click(page, look, link):
    page.goto(f"{link}nakijken/")
    page.get_by_role("button", name="Versturen").dblclick()
    heading(page, "Dank u wel!")
    assert Response.objects.get().is_submitted
    look(page)
    page.goto(link)
    heading(page, "U hebt de vragenlijst verstuurd")
    look(page)


def change_in_two_tabs(page, look, link):
    """What was chosen last stands, also when the tab that shows older answers sends its page after it."""
    other = page.context.new_page()
    for tab in (page, other):
        tab.goto(f"{link}vragen/1/")
    choose(page, "VG1", "1")
    choose(page, "VG2", "1")
    saved(page)
    choose(other, "VG1", "5")
    saved(other)
    onward(page)
    onward(other)
    page.goto(f"{link}vragen/1/")
    expect(radio(page, "VG1", "5")).to_be_checked()
    expect(radio(page, "VG2", "1")).to_be_checked()


def look_from_another_browser(other, look, link):
    """It says what is filled in and shows no answer."""
    other.goto(f"{link}vragen/1/")
    expect(other.get_by_role("radiogroup").first).to_have_accessible_description("al ingevuld")
    expect(other.locator("input:checked")).to_have_count(0)
    look(other)


# --- With the keyboard, and zoomed in


def test_questions_are_answered_with_the_keyboard_alone_and_at_400_per_cent_zoom(page, axe, link):
    page.goto(link)
    given = answer_a_page_with_the_keyboard(page)
    assert filled().answers == given
    assert filled().texts == {"open_startcondities": "Wij bellen elkaar"}
    page.set_viewport_size({"width": 320, "height": 256})  # a screen of 1280 by 1024 at 400 %
    axe(page)
    fill_page(page)
    saved(page)
    assert len(filled().answers) == 13 + 16
    for width in (320, 360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert smallest_side_of_targets(page) >= 44


def answer_a_page_with_the_keyboard(page):
    """Goes from the first page through the first part to the second; returns what was answered."""
    press_until(page, "Beginnen")
    page.keyboard.press("Enter")
    page.wait_for_url("**/vragen/1/")
    names = statements(page)
    press_until(page, names[0], "name")
    for place, name in enumerate(names):
        assert page.evaluate("document.activeElement.name") == name
        page.keyboard.press("Space")
        for _ in range(place % 6):
            page.keyboard.press("ArrowRight")
        wait_until_in_sight(page)
        page.keyboard.press("Tab")
    page.keyboard.type("Wij bellen elkaar")
    press_until(page, "Opslaan en verder")
    page.keyboard.press("Enter")
    page.wait_for_url("**/vragen/2/")
    return {name: [1, 2, 3, 4, 5, "?"][place % 6] for place, name in enumerate(names)}


def press_until(page, wanted, what="textContent.trim()"):
    for _ in range(40):
        if page.evaluate(f"document.activeElement.{what}") == wanted:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no {wanted} within reach of the tab key")


def wait_until_in_sight(page):
    """What has the focus ends up clear of the line that stays in sight (WCAG 2.4.11)."""
    page.wait_for_function(
        """() => {
            const box = document.activeElement.closest("label").getBoundingClientRect();
            const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
            return Boolean(at && at.closest("label") === document.activeElement.closest("label"));
        }"""
    )


def smallest_side_of_targets(page):
    """Returns the least width or height, in pixels, of all that can be pressed on the second part."""
    boxes = page.locator(".statement label, button").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect()).map(box => [box.width, box.height])"
    )
    assert len(boxes) == 16 * 6 + 2
    return min(min(box) for box in boxes)


def test_the_first_question_is_in_sight_and_large_letters_make_the_scale_a_column(page, axe, link):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(link)
    assert bottom(page.get_by_role("link", name="Beginnen")) <= 740
    assert "Nog niet verstuurd" not in page.content()
    page.goto(f"{link}vragen/1/")
    assert bottom(page.get_by_role("radiogroup").first) <= 740
    expect(page.locator("[data-saving]")).to_have_text("Nog niet verstuurd")
    for size, columns in ((100, 5), (150, 1), (200, 1)):
        page.evaluate("size => { document.documentElement.style.fontSize = `${size}%` }", size)
        assert columns_of_the_scale(page) == columns, size
        assert words_that_do_not_fit(page) == [], size
        axe(page)
    go_back_to_the_first_open_statement(page, link)


def bottom(found):
    box = found.bounding_box()
    return box["y"] + box["height"]


def columns_of_the_scale(page):
    """Returns how many labels of the first statement stand beside one another."""
    return page.locator(".statement").first.evaluate(
        "one => { const tops = [...one.querySelectorAll('label')].map(l => l.getBoundingClientRect().top);"
        " return tops.filter(top => top === tops[0]).length }"
    )


def words_that_do_not_fit(page):
    """Returns what sticks out of its label; the pages have no other text in so narrow a place."""
    return page.locator(".statement label").evaluate_all(
        "all => all.filter(one => { const words = one.querySelector('span'), range = document.createRange();"
        " range.selectNodeContents(words);"
        " const inner = range.getBoundingClientRect(), box = one.getBoundingClientRect();"
        " return inner.left < box.left - 0.5 || inner.right > box.right + 0.5 }).map(one => one.textContent)"
    )


def go_back_to_the_first_open_statement(page, link):
    """In another browser too; until it is sent, each page says so."""
    choose(page, "VG1", "4")
    saved(page)
    expect(page.locator("[data-saving]")).to_have_text("Opgeslagen, nog niet verstuurd")
    page.context.clear_cookies()
    page.goto(link)
    expect(page.locator(".not-sent")).to_contain_text("Nog niet verstuurd. U bent al begonnen: 1 van de 49 stellingen.")
    follow(page, page.get_by_role("link", name="Verder invullen"))
    expect(page).to_have_url(f"{link}vragen/1/#VG2")
    expect(page.locator("#VG2")).to_be_in_viewport()


# --- Without JavaScript


def test_without_javascript_every_page_is_saved_by_its_button_at_both_widths(new_context, widths, link):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(link)
    follow(page, page.get_by_role("link", name="Beginnen"))
    for _ in widths(page):
        for _ in range(2):
            fill_page(page, "5")
            onward(page)
    follow(page, page.get_by_role("button", name="Versturen"))
    heading(page, "Dank u wel!")
    assert set(filled().answers.values()) == {5}
    assert len(filled().answers) == 49
