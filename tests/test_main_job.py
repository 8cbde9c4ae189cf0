"""The main job, whole, in a browser without JavaScript: fill in, close, publish, read. Runs on SQLite too."""

import io
import re

import page as page_validation
import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from assessments.demo.build import COORDINATOR, PASSWORD, RESEARCHER, SECOND, build_demo
from assessments.models import FrozenResults, Response, Round
from tests.browsing import follow, sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.smoke]


@pytest.fixture
def demo(settings, live_server):
    settings.DEBUG = True
    settings.BASE_URL = live_server.url
    build_demo()
    return Round.objects.get(name=SECOND)


@pytest.fixture
def visitor(new_context):
    """A new browser for each visitor, without JavaScript."""
    return lambda: new_context(java_script_enabled=False, viewport={"width": 360, "height": 800}).new_page()


def links():
    out = io.StringIO()
    call_command("links", "demo", stdout=out)
    return [line.split("\t")[0] for line in out.getvalue().splitlines()]


def fill_in(page, link):
    page.goto(link)
    follow(page, page.get_by_role("link", name="Beginnen"))
    for _ in range(4):
        names = page.locator("input[type=radio]").evaluate_all("all => [...new Set(all.map(one => one.name))]")
        for name in names:
            page.locator(f"input[name={name}][value='2']").check()
        follow(page, page.get_by_role("button", name=re.compile("Opslaan en (verder|nakijken)")))
    follow(page, page.get_by_role("button", name="Versturen"))
    expect(page.get_by_role("heading", name="Dank u wel!")).to_be_visible()


def test_from_a_personal_link_to_the_report_and_its_figures(demo, visitor, live_server):
    before = Response.objects.filter(round=demo).count()
    participant, coordinator, researcher = visitor(), visitor(), visitor()
    open_links = [link for link in links() if is_to_be_filled_in(participant, link)]
    fill_in(participant, open_links[0])
    assert Response.objects.filter(round=demo, is_submitted=True).count() == before + 1

    sign_in(coordinator, live_server, COORDINATOR, PASSWORD)
    follow(coordinator, "text=Respons volgen")
    expect(coordinator.locator("main")).to_contain_text("6 van 17")
    follow(coordinator, "text=Ronde sluiten")
    coordinator.fill("[name=name]", SECOND)
    follow(coordinator, "main button[type=submit]")
    assert FrozenResults.objects.get(round=demo).results.published.minimum == 3
    participant.goto(open_links[0])
    expect(participant.locator("main")).to_contain_text("gesloten")

    follow(coordinator, "text=Open antwoorden nakijken >> nth=0")
    for tick in coordinator.get_by_label("is nagekeken").all():
        tick.check()
    follow(coordinator, "main button[type=submit]")
    follow(coordinator, "text=Publiceer de uitkomsten")
    coordinator.get_by_label("Onderzoekers").check()
    follow(coordinator, "main button[type=submit]")
    demo.refresh_from_db()
    assert (demo.state, demo.responses.count()) == ("gepubliceerd", 0)

    participant.goto(open_links[0])
    follow(participant, participant.get_by_role("link", name=re.compile("netwerk", re.IGNORECASE)).first)
    expect(participant.get_by_role("heading", level=1)).to_contain_text("Rapport van het netwerk")
    expect(participant.locator("body")).to_contain_text("bedacht, niet verzameld")

    sign_in(researcher, live_server, RESEARCHER, PASSWORD)
    researcher.goto(f"{live_server.url}/onderzoek/")
    expect(researcher.locator("main")).to_contain_text(SECOND)
    report = researcher.request.get(f"{live_server.url}/rondes/{demo.pk}/rapport/netwerk.pdf")
    assert [page_validation.is_pdf_compliant_bytes(report.body(), profile=profile) for profile in ("ua1", "3a")] == [
        True,
        True,
    ]


def is_to_be_filled_in(page, link):
    page.goto(link)
    return page.get_by_role("link", name="Beginnen").count() == 1
