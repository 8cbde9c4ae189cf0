"""A coördinator gives a raad a link to one report in her browser; they read it on a phone until she withdraws it."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from assessments.actions.improvements import add_improvement
from assessments.models import ReportLink
from tests.assessments.views.reports.test_pages import closed_cast, publish
from tests.browsing import Walk, follow, sign_in


@pytest.mark.django_db(transaction=True)
def test_a_raad_reads_one_report_by_a_link_until_it_is_withdrawn(live_server, walk, new_context, axe, widths, settings):
    settings.BASE_URL = live_server.url
    cast = publish(closed_cast())
    add_improvement(round_id=cast.round.pk, fields={"what": "Elke maand bellen.", "factor": "communicatie"})
    sign_in(walk.page, live_server, cast.coordinator.email)
    address = give(walk, cast)
    theirs = Walk(new_context().new_page(), live_server.url, axe, widths)
    read(theirs, address)
    withdraw(walk, cast)
    theirs.visit(address)
    expect(theirs.page.get_by_role("heading", level=1)).to_have_text("Deze link werkt niet meer")
    walk.faults += theirs.faults


def give(walk, cast):
    """Makes a link, copies it and returns its path."""
    page = walk.page
    walk.visit(reverse("report_links", args=[cast.round.pk]))
    page.get_by_label("Voor wie?").fill("de raad")
    follow(page, page.get_by_role("button", name="Maak de link"))
    walk.look()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=walk.site)
    page.get_by_role("button", name="Kopieer de link voor de raad").click()
    expect(page.get_by_text("Gekopieerd")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.fullmatch(rf"{re.escape(walk.site)}/lees/[\w-]{{43}}/", copied)
    return copied.removeprefix(walk.site)


def read(theirs, address):
    page = theirs.page
    theirs.visit(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Rapport van het netwerk")
    expect(page.get_by_role("link", name="Inloggen")).to_have_count(0)
    follow(page, page.get_by_role("link", name="Wat is afgesproken"))
    theirs.look()
    expect(page.get_by_role("heading", name="Elke maand bellen.")).to_be_visible()
    follow(page, page.get_by_role("link", name="Terug naar het rapport"))
    assert page.url == theirs.site + address


def withdraw(walk, cast):
    page = walk.page
    walk.visit(reverse("report_links", args=[cast.round.pk]))
    used = ReportLink.objects.get()
    assert used.days_used == 1
    follow(page, page.get_by_role("link", name=re.compile("^Intrekken")))
    walk.look()
    follow(page, page.get_by_role("button", name="Link intrekken"))
    expect(page.get_by_role("status").filter(has_text="ingetrokken")).to_be_visible()
