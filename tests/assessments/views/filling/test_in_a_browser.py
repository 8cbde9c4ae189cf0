"""Filling in as people meet it: phone and desk, keyboard only, without JavaScript, with the connection gone."""

import re
from datetime import date
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from assessments.actions.rounds import close_round, publish_round
from assessments.anonymity.keys import link_token
from assessments.filling.shown import Shown
from assessments.models import OpenLink, Response, Round
from tests.browsing import follow
from tests.cast import build_cast, filled

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast():
    cast = build_cast()
    Round.objects.update(closes_on=date(2099, 12, 11))
    return cast


@pytest.fixture
def link(cast, live_server):
    return f"{live_server.url}/v/{link_token(cast.participants()[0].pk)}/"


def names(page):
    """The statements on a page, in their order."""
    found = page.locator("input[type=radio]").evaluate_all("all => all.map(one => one.name)")
    return list(dict.fromkeys(found))


def choose(page, name, value):
    page.locator(f"input[name={name}][value='{value}']").check()


def fill_page(page, value="4", *, but=()):
    for name in names(page):
        if name not in but:
            choose(page, name, value)


def onward(page):
    follow(page, page.get_by_role("button", name=re.compile("Opslaan en (verder|nakijken)")))


def nothing_waits(page):
    """What the server has not answered yet is kept in the browser."""
    page.wait_for_function("() => !localStorage.length")


def saved(page):
    nothing_waits(page)  # the text may still be of the save before
    expect(page.locator("[data-saving]")).to_have_text("Opgeslagen")


def path_of(address):
    return urlsplit(address).path


def stored():
    return filled().answers


def test_a_questionnaire_from_the_mail_to_the_thanks(page, width, axe, link):
    page.goto(link)
    axe(page)
    follow(page, page.get_by_role("link", name="Niveau veranderen"))
    axe(page)
    page.goto(link)
    follow(page, page.get_by_role("link", name="Beginnen"))
    for number in range(1, 5):
        expect(page.get_by_text(f"Deel {number} van 4")).to_be_visible()
        fill_page(page, but=["VG3"])
        axe(page)
        onward(page)
    expect(page.get_by_role("heading", name="Nog één stap")).to_be_visible()
    axe(page)
    follow(page, page.get_by_role("link", name="3. "))
    choose(page, "VG3", "?")
    saved(page)
    page.goto(f"{link}nakijken/")
    follow(page, page.get_by_role("button", name="Versturen"))
    expect(page.get_by_role("heading", name="Dank u wel!")).to_be_visible()
    axe(page)
    page.goto(link)
    expect(page.get_by_role("heading", name="U hebt de vragenlijst verstuurd")).to_be_visible()
    axe(page)
    assert len(stored()) == 49
    assert stored()["VG3"] == "?"


def test_every_other_state_is_accessible(page, width, axe, cast, link, new_context):
    page.goto(f"{link}vragen/1/")
    page.locator("textarea").fill("x" * 4001)
    expect(page.locator(".utrecht-form-field-error-message")).to_be_visible()
    axe(page)
    page.locator("textarea").fill("")
    choose(page, "VG1", "2")
    nothing_waits(page)
    for path in ("niet-meedoen/", "verkeerde-persoon/", "geen-herinneringen/", "niveau/", "../onzin/"):
        page.goto(link + path)
        axe(page)
    other = new_context(viewport={"width": width, "height": 800}).new_page()
    other.goto(f"{link}vragen/1/")
    expect(other.locator(".elsewhere").first).to_be_visible()
    axe(other)
    page.goto(f"{link}niet-meedoen/")
    follow(page, page.get_by_role("button", name="Ja"))
    expect(page.get_by_role("heading", name="U doet niet mee")).to_be_visible()
    axe(page)


@pytest.mark.parametrize("level", ["uitvoerend", "ouders"])
def test_an_open_link_is_accessible_and_leads_to_the_questions(page, width, axe, cast, live_server, level):
    partner = None if level == "ouders" else cast.partners["school"]
    link = OpenLink.objects.create(round=cast.round, partner=partner, level=level, cap=9)
    page.goto(f"{live_server.url}/v/{link_token(link.pk)}/")
    axe(page)
    follow(page, page.get_by_role("button", name="Beginnen"))
    fill_page(page)
    axe(page)
    saved(page)
    assert Response.objects.get().open_link == link


def test_a_closed_round_and_a_published_one_are_accessible(page, width, axe, cast, link):
    for participant in cast.participants():
        cast.answer(participant)
    close_round(round_id=cast.round.pk)
    page.goto(link)
    axe(page)
    publish_round(round_id=cast.round.pk)
    page.goto(link)
    axe(page)


def test_without_javascript_every_page_is_saved_by_its_button(new_context, width, link):
    page = new_context(java_script_enabled=False, viewport={"width": width, "height": 800}).new_page()
    page.goto(link)
    follow(page, page.get_by_role("link", name="Beginnen"))
    for _ in range(4):
        fill_page(page, "5")
        onward(page)
    follow(page, page.get_by_role("button", name="Versturen"))
    expect(page.get_by_role("heading", name="Dank u wel!")).to_be_visible()
    assert set(stored().values()) == {5}
    assert len(stored()) == 49


def test_it_can_be_done_with_the_keyboard_alone(page, link):
    page.goto(link)
    press_until(page, "Beginnen")
    page.keyboard.press("Enter")
    page.wait_for_url("**/vragen/1/")
    statements = names(page)
    press_until(page, statements[0], "name")
    for place, name in enumerate(statements):
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
    assert stored() == {name: [1, 2, 3, 4, 5, "?"][place % 6] for place, name in enumerate(statements)}
    assert filled().texts == {"open_startcondities": "Wij bellen elkaar"}


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


def test_at_400_per_cent_zoom_nothing_is_lost(page, axe, link):
    page.set_viewport_size({"width": 320, "height": 256})
    page.goto(f"{link}vragen/2/")
    axe(page)
    fill_page(page)
    saved(page)
    assert len(stored()) == 16


@pytest.mark.parametrize("wide", [320, 360, 1280])
def test_targets_are_at_least_44_pixels(page, link, wide):
    page.set_viewport_size({"width": wide, "height": 800})
    page.goto(f"{link}vragen/1/")
    boxes = page.locator(".statement label, button").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect()).map(box => [box.width, box.height])"
    )
    assert len(boxes) == 13 * 6 + 2
    assert min(min(box) for box in boxes) >= 44


class TestConnection:
    def test_what_is_chosen_without_a_connection_is_saved_when_it_is_back(self, page, link):
        page.goto(f"{link}vragen/1/")
        choose(page, "VG1", "2")
        saved(page)
        page.context.set_offline(True)
        choose(page, "VG2", "5")
        expect(page.locator("[data-saving]")).to_have_text("Nog niet opgeslagen")
        expect(page.locator("[data-trouble]")).to_be_visible()
        expect(page.locator("[role=status][data-announce]")).to_contain_text("Nog niet opgeslagen")
        with page.expect_event("requestfailed"):
            page.get_by_role("button", name="Opslaan en verder").click()
        expect(page).to_have_url(f"{link}vragen/1/")
        assert stored() == {"VG1": 2}
        page.context.set_offline(False)
        saved(page)
        expect(page.locator("[data-trouble]")).to_be_hidden()
        assert stored() == {"VG1": 2, "VG2": 5}
        assert page.evaluate("localStorage.length") == 0

    def test_what_waits_survives_the_closing_of_the_page(self, page, link):
        page.goto(f"{link}vragen/1/")
        page.context.set_offline(True)
        choose(page, "VG2", "5")
        page.locator("textarea").fill("Wij bellen elkaar")
        expect(page.locator("[data-saving]")).to_have_text("Nog niet opgeslagen")
        page.close()
        again = page.context.new_page()
        page.context.set_offline(False)
        again.goto(f"{link}vragen/1/")
        saved(again)
        expect(again.locator("input[name=VG2][value='5']")).to_be_checked()
        assert stored() == {"VG2": 5}
        assert filled().texts == {"open_startcondities": "Wij bellen elkaar"}
        # What the script wrote of it is what the server would have written.
        written = Shown.from_text(again.locator("input[name=was]").input_value())
        assert written == Shown.of({"VG2": 5}, {"open_startcondities": "Wij bellen elkaar"})

    def test_what_waits_goes_before_sending(self, page, link):
        page.goto(f"{link}vragen/1/")
        page.context.set_offline(True)
        choose(page, "VG2", "5")
        expect(page.locator("[data-saving]")).to_have_text("Nog niet opgeslagen")
        page.close()
        again = page.context.new_page()
        page.context.set_offline(False)
        again.goto(f"{link}nakijken/")
        expect(again.get_by_text("U hebt 1 van de 49 stellingen ingevuld")).to_be_visible()

    def test_a_round_that_closes_meanwhile_says_so(self, page, cast, link):
        for participant in cast.participants()[1:]:
            cast.answer(participant)
        page.goto(f"{link}vragen/1/")
        close_round(round_id=cast.round.pk)
        choose(page, "VG2", "5")
        expect(page.get_by_role("heading", name="Deze ronde is gesloten")).to_be_visible()
        nothing_waits(page)


class TestBeforeSending:
    """What earlier pages could not save goes before the questionnaire, or the questionnaire does not go."""

    @pytest.fixture
    def leave_behind(self, page, link):
        """leave_behind("…") has an answer and a text wait, and looks back while nothing can be saved."""

        def leave(text=""):
            page.goto(f"{link}vragen/1/")
            choose(page, "VG1", "4")
            saved(page)
            page.context.route("**/bewaren/", lambda route: route.abort())
            choose(page, "VG2", "5")
            page.locator("textarea").fill(text)
            expect(page.locator("[data-saving]")).to_have_text("Nog niet opgeslagen")
            page.goto(f"{link}nakijken/")
            expect(page.locator("[data-trouble]")).to_be_visible()

        return leave

    def test_nothing_is_sent_without_what_waits_and_all_of_it_once_it_can(self, page, width, axe, link, leave_behind):
        leave_behind("Wij bellen elkaar")
        page.context.set_offline(True)
        page.get_by_role("button", name="Zo versturen").click()
        expect(page.locator("[data-trouble]")).to_contain_text("Er is geen verbinding")
        axe(page)
        expect(page).to_have_url(f"{link}nakijken/")
        assert (filled().answers, Response.objects.get().is_submitted) == ({"VG1": 4}, False)
        page.context.unroute("**/bewaren/")
        page.context.set_offline(False)
        expect(page.get_by_role("heading", name="Dank u wel!")).to_be_visible()
        assert Response.objects.get().is_submitted
        assert filled().answers == {"VG1": 4, "VG2": 5}
        assert filled().texts == {"open_startcondities": "Wij bellen elkaar"}
        nothing_waits(page)

    def test_a_text_that_is_refused_is_not_lost_and_says_where_it_stands(self, page, width, axe, link, leave_behind):
        leave_behind("x" * 4001)
        page.context.unroute("**/bewaren/")
        fault = page.locator("p[data-fault-of]", has_text="Uw tekst heeft 4.001 tekens.")
        expect(fault).to_be_visible()
        expect(page.get_by_text("U hebt 2 van de 49 stellingen ingevuld")).to_be_visible()
        expect(page.locator("[data-saving]")).to_contain_text("Een tekst is nog niet opgeslagen")
        page.get_by_role("button", name="Zo versturen").click()
        expect(fault).to_be_focused()
        axe(page)
        assert not Response.objects.get().is_submitted
        follow(page, page.get_by_role("link", name="Bekijken van Startcondities"))
        expect(page.locator("textarea")).to_have_value("x" * 4001)
        page.locator("textarea").fill("x" * 4000)
        saved(page)
        page.goto(f"{link}nakijken/")
        follow(page, page.get_by_role("button", name="Zo versturen"))
        expect(page.get_by_role("heading", name="Dank u wel!")).to_be_visible()
        assert filled().texts == {"open_startcondities": "x" * 4000}

    def test_a_browser_that_keeps_something_else_there_can_send(self, page, link):
        page.goto(f"{link}vragen/1/")
        choose(page, "VG1", "1")
        saved(page)
        page.evaluate(
            "path => localStorage.setItem(`nog niet opgeslagen ${path}`, '{half')", path_of(f"{link}bewaren/")
        )
        page.goto(f"{link}nakijken/")
        follow(page, page.get_by_role("button", name="Zo versturen"))
        expect(page.get_by_role("heading", name="Dank u wel!")).to_be_visible()

    def test_what_waited_is_gone_from_the_browser_of_who_left_and_after_closing(self, page, cast, link):
        for participant in cast.participants()[1:]:
            cast.answer(participant)
        keep = "path => localStorage.setItem(`nog niet opgeslagen ${path}`, JSON.stringify({ VG1: '1' }))"
        page.goto(f"{link}niet-meedoen/")
        page.evaluate(keep, path_of(f"{link}bewaren/"))
        follow(page, page.get_by_role("button", name="Ja"))
        expect(page.get_by_role("heading", name="U doet niet mee")).to_be_visible()
        nothing_waits(page)
        page.evaluate(keep, path_of(f"{link}bewaren/"))
        close_round(round_id=cast.round.pk)
        page.goto(link)
        expect(page.get_by_role("heading", name="Deze ronde is gesloten")).to_be_visible()
        nothing_waits(page)

    def test_answers_wait_on_the_page_where_the_browser_keeps_nothing(self, page, link):
        page.add_init_script(
            "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }"
        )
        page.goto(f"{link}vragen/1/")
        page.context.set_offline(True)
        choose(page, "VG2", "5")
        expect(page.locator("[data-saving]")).to_have_text("Nog niet opgeslagen")
        page.context.set_offline(False)
        expect(page.locator("[data-saving]")).to_have_text("Opgeslagen")
        assert stored() == {"VG2": 5}


class TestTwice:
    def test_two_tabs_give_one_response_with_the_last_answers(self, page, link):
        other = page.context.new_page()
        page.goto(f"{link}vragen/1/")
        other.goto(f"{link}vragen/1/")
        choose(page, "VG1", "1")
        choose(page, "VG2", "1")
        saved(page)
        choose(other, "VG1", "5")
        saved(other)
        onward(page)
        onward(other)
        assert stored() == {"VG1": 5, "VG2": 1}
        page.goto(f"{link}vragen/1/")
        expect(page.locator("input[name=VG1][value='5']")).to_be_checked()
        expect(page.locator("input[name=VG2][value='1']")).to_be_checked()

    def test_a_double_click_sends_once(self, page, link):
        page.goto(f"{link}vragen/1/")
        choose(page, "VG1", "1")
        saved(page)
        page.goto(f"{link}nakijken/")
        page.get_by_role("button", name="Zo versturen").dblclick()
        expect(page.get_by_role("heading", name="Dank u wel!")).to_be_visible()
        assert Response.objects.count() == 1

    def test_back_shows_what_was_chosen(self, page, link):
        page.goto(f"{link}vragen/1/")
        choose(page, "VG1", "1")
        onward(page)
        page.go_back()
        expect(page.locator("input[name=VG1][value='1']")).to_be_checked()
