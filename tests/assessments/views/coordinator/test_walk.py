"""Every page of a coördinator, with axe at both widths, on one walk: from a list in preparation to the archive."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from assessments.actions.improvements import add_improvement
from assessments.actions.job_titles import set_levels
from assessments.actions.setup import create_round
from assessments.models import Message, MessageKind, Round
from tests.assessments.views.coordinator.test_pages import fill, pages_of
from tests.browsing import follow, resize
from tests.cast import PASSWORD, build_cast, ready
from tests.html import MESSAGES

HIDDEN_PART = "node => node.scrollWidth - node.clientWidth"


@pytest.mark.django_db(transaction=True)
def test_a_coordinator_walks_from_a_list_in_preparation_to_the_archive(walk):
    cast = build_cast(is_open=False)
    sign_in_by_keyboard(walk, cast, reverse("job_titles", args=[cast.network.pk]))
    job_titles(walk, cast)
    preparation(walk, cast)
    opening(walk, cast)
    rounds_after_it(walk, cast)
    for address in pages_of(cast):
        if not address.endswith((".xlsx", ".ics", ".csv")):
            walk.visit_itself(address)
    tables_on_a_phone(walk.page, walk.site, cast)
    closing(walk, cast)
    improvements(walk, cast)
    publishing(walk, cast)


def sign_in_by_keyboard(walk, cast, target):
    page = walk.page
    page.goto(f"{walk.site}{reverse('account_login')}?next={target}")
    page.fill("[name=login]", cast.coordinator.email)
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url == f"{walk.site}{target}"


def job_titles(walk, cast):
    walk.visit_named("job_titles job_title_new", cast.network.pk)
    set_levels(network_id=cast.network.pk, levels={"Coördinator van de knutselclub": "uitvoerend"})
    row = cast.network.job_title_levels.get()
    walk.visit_named("job_titles", cast.network.pk)
    walk.visit_named("job_title_edit job_title_remove", cast.network.pk, row.pk)


def preparation(walk, cast):
    walk.visit_named("papers")
    for step in ("planning", "uitnodiging"):
        walk.visit_named("round_setup", cast.round.pk, step)
    walk.visit_named("invitation_preview", cast.round.pk)


def opening(walk, cast):
    """A double click and the back button leave her on her open round, and invite everybody once."""
    page = walk.page
    ready(cast.round)
    page.goto(walk.site + reverse("round_open", args=[cast.round.pk]))
    page.get_by_role("button", name="Ronde openen en uitnodigen").dblclick()
    expect(page.get_by_role("heading", level=1, name="Voorjaar")).to_be_visible()
    page.go_back()
    if page.get_by_role("button", name="Ronde openen en uitnodigen").count():
        page.get_by_role("button", name="Ronde openen en uitnodigen").click()
    expect(page.get_by_role("heading", level=1, name="Voorjaar")).to_be_visible()
    assert Message.objects.filter(kind=MessageKind.INVITATION).count() == 10
    cast.round.refresh_from_db()


def rounds_after_it(walk, cast):
    """One lacks everything, the other only its turn: that comes sixty days after this one."""
    version = cast.round.instrument_version
    empty = Round.objects.create(network=cast.network, name="Concept", instrument_version=version)
    fields = {"name": "Najaar", "instrument_version": version}
    after = create_round(network_id=cast.network.pk, previous_id=cast.round.pk, fields=fields)
    Round.objects.filter(pk=after.pk).update(
        closes_on=timezone.localdate() + timedelta(days=200), contact_email="noor@example.org"
    )
    for step in ("gegevens", "planning", "uitnodiging"):
        walk.visit_named("round_setup", empty.pk, step)
    walk.visit_named("round_open participants", empty.pk)
    walk.visit_named("round_setup", after.pk, "planning")
    walk.visit_named("round_open", after.pk)


def tables_on_a_phone(page, site, cast):
    """Rows are cards that hide nothing beside the screen, and stay a table to a screen reader."""
    resize(page, "phone")
    for name in ("round", "round_mail", "participants"):
        page.goto(f"{site}{reverse(name, args=[cast.round.pk])}")
        hidden = [table.evaluate(HIDDEN_PART) for table in page.locator(".table-scroll").all()]
        assert hidden, name
        assert not any(hidden), name
    row = (
        page.get_by_role("table").get_by_role("row").filter(has=page.get_by_role("rowheader", name="p001@example.org"))
    )
    cell = row.get_by_role("cell", name="School", exact=True)
    assert cell.evaluate("node => getComputedStyle(node, '::before').content").startswith('"Partner: "')
    expect(page.get_by_role("columnheader", name="Partner")).to_have_count(1)


def closing(walk, cast):
    page = walk.page
    fill(cast)
    walk.visit_named("overview")
    follow(page, page.get_by_role("link", name="Respons volgen"))
    expect(page.locator("#stand")).to_contain_text("10 van 10 deelnemers zijn klaar")
    walk.look()
    follow(page, page.get_by_role("link", name="Ronde sluiten"))
    walk.look()
    page.fill("[name=name]", "Voorjaar")
    follow(page, "main button[type=submit]")
    walk.look()


def improvements(walk, cast):
    row = add_improvement(round_id=cast.round.pk, fields={"what": "A", "who": "school", "factor": "regels"})
    walk.visit_named("improvements improvement_new", cast.round.pk)
    walk.visit_named("improvement_edit improvement_remove", cast.round.pk, row.pk)
    walk.visit_named("network_keeping network_export network_trail", cast.network.pk)
    walk.visit_named("round_keeping", cast.round.pk)


def publishing(walk, cast):
    """The open answers are checked, two of three groups chosen with the keyboard alone, and then the third."""
    page, said = walk.page, walk.page.locator(MESSAGES)
    page.goto(walk.site + reverse("round", args=[cast.round.pk]))
    follow(page, page.get_by_role("link", name="Open antwoorden nakijken").first)
    walk.look()
    for tick in page.get_by_label("is nagekeken").all():
        tick.check()
    follow(page, "main button[type=submit]")
    expect(said).to_have_text("Opgeslagen. Alle open antwoorden zijn nagekeken.")
    follow(page, page.get_by_role("link", name="Publiceer de uitkomsten"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Uitkomsten publiceren")
    walk.look()
    for group in ("Deelnemers", "Onderzoekers"):  # the one is chosen to begin with, the other is not
        page.get_by_label(group).focus()
        page.keyboard.press("Space")
    page.get_by_role("button", name="Uitkomsten publiceren").press("Enter")
    expect(said).to_have_text("De uitkomsten zijn gepubliceerd voor meelezers en onderzoekers.")
    walk.look()
    follow(page, page.get_by_role("link", name="Publiceer ook voor hen"))
    expect(page.get_by_role("checkbox")).to_have_count(1)
    walk.look()
    follow(page, "main button[type=submit]")
    expect(said).to_have_text("De uitkomsten zijn gepubliceerd voor deelnemers.")
    walk.look()
    follow(page, page.get_by_role("link", name="archiveren"))
    walk.look()
