"""Everybody can read the reports in a browser; and a report that can't be made stops no other.

Both need transactions of their own, so they are apart from test_pages.py.
"""

import pytest
from django.core.management import call_command
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from playwright.sync_api import expect

from assessments.models import ReportFile
from assessments.report.tasks import make_report, make_reports
from tests.assessments.views.reports.test_pages import address, closed_cast, publish
from tests.browsing import resize, sign_in
from tests.html import WARNINGS, text_of, texts


@pytest.fixture
def spoilt():
    """A round of which one partner's results can't be read any more: that report can't be made."""
    cast = publish(closed_cast())
    document = cast.round.frozen.document
    school = next(group for group in document["groups"] if (group["kind"], group["key"]) == ("partner", "school"))
    school["factors"]["verdwenen"] = school["factors"]["regels"]  # a factor that the instrument doesn't have
    document["order"].append("verdwenen")
    cast.round.frozen.save()
    return cast


def leave_jobs_of(subjects):
    """Takes away what else is asked for: each PDF takes seconds."""
    jobs = DBTaskResult.objects.filter(task_path=make_report.module_path)
    wanted = [job.pk for job in jobs if job.args_kwargs["args"][1] in subjects]
    DBTaskResult.objects.exclude(pk__in=wanted).delete()


@pytest.mark.django_db(transaction=True)
def test_a_report_that_can_not_be_made_stops_no_other_and_the_page_says_which(client, spoilt, caplog):
    asked = make_reports.func(str(spoilt.round.pk))
    assert asked == 7
    leave_jobs_of({"partner:gemeente", "partner:school", "samenvatting"})
    call_command("db_worker", batch=True, startup_delay=False, reload=False, verbosity=0)
    made = set(ReportFile.objects.values_list("subject", flat=True))
    assert made == {"partner:gemeente", "samenvatting"}
    assert "partner:school" in caplog.text
    client.force_login(spoilt.reader)
    html = client.get(reverse("reports", args=[spoilt.round.pk])).content.decode()
    assert texts(html, "label[for=klaar]") == ["2 van de 7 PDF’s zijn klaar"]
    assert "Deze PDF kon niet worden gemaakt: School." in text_of(html, WARNINGS)


@pytest.mark.django_db(transaction=True)
def test_a_reader_walks_along_the_reports_and_takes_charts_along(live_server, walk):
    cast, page = publish(closed_cast(constructed=True)), walk.page
    sign_in(page, live_server, cast.reader.email)
    for subject in ("netwerk", "uitvoerend", "partner:school", "samenvatting"):
        visit_constructed(walk, address(cast, subject=subject))
    visit_constructed(walk, address(cast, "report_interview"))
    visit_constructed(walk, address(cast, "report_lenses"))
    visit_constructed(walk, reverse("reports", args=[cast.round.pk]))
    take_charts_along(walk, cast)
    a_chart_that_may_not_be_copied_is_saved(walk, cast)


def visit_constructed(walk, place):
    walk.visit(place)
    said = walk.page.get_by_text("Voorbeeld: de antwoorden in dit netwerk zijn bedacht, niet verzameld.", exact=True)
    expect(said.first).to_be_visible()


def take_charts_along(walk, cast):
    page = walk.page
    resize(page, "desktop")
    page.goto(walk.site + address(cast))
    for kind in ("SVG", "PNG"):
        with page.expect_download() as download:
            page.get_by_role("button", name=f"Bewaar als {kind}: Het profiel").click()
        content = download.value.path().read_bytes()
        assert content.startswith(b"<svg" if kind == "SVG" else b"\x89PNG")
        if kind == "SVG":
            assert "Netwerk Oost, Voorjaar" in content.decode()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=walk.site)
    page.get_by_role("button", name="Kopieer: Het profiel").click()
    expect(page.get_by_text("Figuur gekopieerd")).to_be_visible()
    kept = "async () => (await navigator.clipboard.read()).flatMap((item) => item.types)"
    assert page.evaluate(kept) == ["image/png"]


def a_chart_that_may_not_be_copied_is_saved(walk, cast):
    page = walk.page
    page.add_init_script("navigator.clipboard.write = async () => { throw new DOMException('no', 'NotAllowedError') }")
    page.goto(walk.site + address(cast))
    with page.expect_download() as download:
        page.get_by_role("button", name="Kopieer: Het profiel").click()
    assert download.value.suggested_filename == "profiel-figuur.png"
    expect(page.get_by_text("Bewaard als profiel-figuur.png")).to_be_visible()
