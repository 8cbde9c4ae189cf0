"""A coördinator chooses results by sector in her browser, people are told so, and she follows their response."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from assessments.anonymity.keys import link_token
from assessments.models import Round, ShownBy
from tests.browsing import follow, sign_in
from tests.cast import build_cast, ready

PEOPLE = {
    ("linde", "uitvoerend"): 3,
    ("beuk", "management"): 3,
    ("team", "uitvoerend"): 3,
    ("hulp", "management"): 3,
    ("gemeente", "bestuur"): 5,
}
KINDS = {"linde": "school", "beuk": "vo", "team": "wijkteam", "hulp": "jeugdhulp", "gemeente": "gemeente"}


@pytest.fixture
def cast(transactional_db):
    """Returns the cast of a concept that shows partners, as one of before sectors does."""
    cast = build_cast(PEOPLE, minimum=5, is_open=False, kinds=KINDS)
    Round.objects.update(shown_by=ShownBy.PARTNER)
    cast.round.refresh_from_db()
    ready(cast.round)
    return cast


def send(page, label):
    follow(page, page.get_by_role("button", name=label, exact=True))


def test_results_by_sector_are_chosen_told_and_followed(live_server, walk, cast, new_context):
    page = walk.page
    sign_in(page, live_server, cast.coordinator.email)
    choose_sectors(walk, cast)
    open_it(walk, cast)
    phone = new_context(viewport={"width": 360, "height": 740}).new_page()
    read_the_first_page(live_server, phone, cast)
    for participant in cast.participants():
        if participant.partner.key in ("linde", "beuk"):
            cast.answer(participant)
    follow_the_response(walk, cast)


def choose_sectors(walk, cast):
    walk.visit(reverse("round_setup", args=[cast.round.pk, "planning"]))
    expect(walk.page.get_by_role("radio", name="per partner")).to_be_checked()
    choices = walk.page.get_by_text("Wat te zien is als iedereen meedoet")
    expect(choices).to_be_visible()
    walk.page.get_by_role("radio", name="per sector").check()
    send(walk.page, "Opslaan en verder")
    assert Round.objects.get().shown_by == ShownBy.SECTOR


def open_it(walk, cast):
    walk.visit(reverse("round_open", args=[cast.round.pk]))
    lines = walk.page.get_by_role("listitem")
    expect(lines.filter(has_text="Per partner")).to_contain_text("1 van de 5 (Gemeente)")
    chosen = "3 van de 3 (Gemeente, sector jeugdhulp en zorg, sector onderwijs). Dit is nu uw keuze."
    expect(lines.filter(has_text="Per sector")).to_contain_text(chosen)
    send(walk.page, "Ronde openen en uitnodigen")
    assert Round.objects.get().is_open


def read_the_first_page(live_server, phone, cast):
    of = {participant.partner.key: participant for participant in cast.participants()}
    for partner, sentence in (
        ("beuk", "Beuk telt mee in de sector onderwijs, samen met anderen."),
        ("gemeente", "In uw sector doet alleen Gemeente mee."),
    ):
        phone.goto(live_server.url + reverse("welcome", args=[link_token(of[partner].pk)]))
        expect(phone.get_by_role("listitem").filter(has_text=sentence)).to_be_visible()
        expect(phone.get_by_text("per niveau en per sector, niet per partner")).to_be_visible()


def follow_the_response(walk, cast):
    walk.visit(reverse("round", args=[cast.round.pk]))
    table = walk.page.get_by_role("table", name="Per sector")
    rows = table.get_by_role("row")
    expect(rows).to_have_count(4)
    expect(rows.filter(has_text="sector onderwijs")).to_contain_text("6 van 6")
    expect(rows.filter(has_text="sector jeugdhulp en zorg")).to_contain_text("0 van 6")
    expect(walk.page.get_by_role("table", name="Per partner").get_by_role("row")).to_have_count(6)
