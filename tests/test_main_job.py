"""The main job, whole, in a browser without JavaScript: fill in, close, publish, read. Runs on SQLite too."""

import io
import re

import page as page_validation
import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from assessments.demo.build import COORDINATOR, PASSWORD, RESEARCHER, SECOND, build_demo
from assessments.models import FrozenResults, Response, Round

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.smoke]


@pytest.fixture
def demo(settings, live_server):
    settings.DEBUG = True
    settings.BASE_URL = live_server.url
    build_demo()
    return Round.objects.get(name=SECOND)


@pytest.fixture
def visitor(browser):
    """A new browser for each visitor, without JavaScript."""
    contexts = []

    def arrive():
        contexts.append(browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800}))
        return contexts[-1].new_page()

    yield arrive
    for context in contexts:
        context.close()


def links():
    out = io.StringIO()
    call_command("links", "demo", stdout=out)
    return [line.split("\t")[0] for line in out.getvalue().splitlines()]


def sign_in(page, server, email):
    page.goto(f"{server.url}/account/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")


def fill_in(page, link):
    page.goto(link)
    page.get_by_role("link", name="Beginnen").click()
    for _ in range(4):
        names = page.locator("input[type=radio]").evaluate_all("all => [...new Set(all.map(one => one.name))]")
        for name in names:
            page.locator(f"input[name={name}][value='2']").check()
        page.get_by_role("button", name=re.compile("Opslaan en (verder|nakijken)")).click()
    page.get_by_role("button", name="Versturen").click()
    expect(page.get_by_role("heading", name="Dank u wel!")).to_be_visible()


def test_from_a_personal_link_to_the_report_and_its_figures(demo, visitor, live_server):
    before = Response.objects.filter(round=demo).count()
    participant, coordinator, researcher = visitor(), visitor(), visitor()
    open_links = [link for link in links() if is_to_be_filled_in(participant, link)]
    fill_in(participant, open_links[0])
    assert Response.objects.filter(round=demo, is_submitted=True).count() == before + 1

    sign_in(coordinator, live_server, COORDINATOR)
    coordinator.click("text=Respons volgen")
    assert "6 van 17" in coordinator.inner_text("main")
    coordinator.click("text=Ronde sluiten")
    coordinator.fill("[name=name]", SECOND)
    coordinator.click("main button[type=submit]")
    assert FrozenResults.objects.get(round=demo).results.published.minimum == 3
    participant.goto(open_links[0])
    assert "gesloten" in participant.inner_text("main")

    coordinator.click("text=Open antwoorden nakijken >> nth=0")
    coordinator.click("main button[type=submit]")
    coordinator.click("text=Publiceer de uitkomsten")
    coordinator.click("main button[type=submit]")
    demo.refresh_from_db()
    assert (demo.state, demo.secret) == ("gepubliceerd", None)

    participant.goto(open_links[0])
    participant.get_by_role("link", name=re.compile("netwerk", re.IGNORECASE)).first.click()
    expect(participant.get_by_role("heading", level=1)).to_contain_text("Rapport van het netwerk")
    assert "bedacht, niet verzameld" in participant.inner_text("body")

    sign_in(researcher, live_server, RESEARCHER)
    researcher.goto(f"{live_server.url}/onderzoek/")
    assert SECOND in researcher.inner_text("main")
    report = researcher.request.get(f"{live_server.url}/rondes/{demo.pk}/rapport/netwerk.pdf")
    assert [page_validation.is_pdf_compliant_bytes(report.body(), profile=profile) for profile in ("ua1", "3a")] == [
        True,
        True,
    ]


def is_to_be_filled_in(page, link):
    page.goto(link)
    return page.get_by_role("link", name="Beginnen").count() == 1
