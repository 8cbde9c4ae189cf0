"""Who may read which report, on screen, as PDF and as data; and that everybody can read it."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import expect

from assessments.actions.open_answers import check_open_answers
from assessments.actions.rounds import close_round, publish_round
from assessments.anonymity.keys import link_token
from assessments.filling.respondents import respondent
from assessments.models import Network, OpenAnswer, OpenLink, Partner, ReportFile, Round
from assessments.report.load import facts_of, report_of, reports_of
from assessments.report.tasks import PDF, kept_pdf, make_report, make_reports
from assessments.views.filling.reports import subjects_for
from tests.browsing import WIDTHS, resize, sign_in
from tests.cast import build_cast
from tests.html import WARNINGS, text_of, texts

LETTERS = """drawing => [...drawing.querySelectorAll("text")].map(
    text => text.getScreenCTM().a * parseFloat(getComputedStyle(text).fontSize))"""
QUERIES_OF_THE_LIST = 9
QUERIES = 7  # session, user, rights, what the report is made of, and the menu
PEOPLE = {
    ("school", "uitvoerend"): 6,
    ("school", "management"): 4,
    ("gemeente", "bestuur"): 3,
    ("gemeente", "management"): 3,
}


def closed(people=PEOPLE, *, constructed=False):
    cast = build_cast(people)
    for place, participant in enumerate(cast.participants()):
        text = {"open_startcondities": f"Wij kennen elkaar {place}."}
        cast.answer(participant, value=2 + place % 3, texts=text)
    if constructed:
        cast.network.is_constructed = True
        cast.network.save()
    cast.round = close_round(round_id=cast.round.pk)
    return cast


def published(people=PEOPLE, **more):
    cast = closed(people, **more)
    OpenAnswer.objects.filter(round=cast.round).update(is_cleared=True)
    cast.round = publish_round(round_id=cast.round.pk)
    return cast


def address(cast, name="report", subject="netwerk"):
    return reverse(name, args=[cast.round.pk, subject])


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["report", "report_pdf", "report_docx", "report_data", "report_presentation"])
@pytest.mark.parametrize(
    ("who", "before", "after"),
    [("coordinator", 200, 200), ("reader", 404, 200), ("researcher", 404, 200), ("stranger", 404, 404)],
)
def test_who_may_read_it_before_and_after_publication(client, name, who, before, after):
    cast = closed()
    client.force_login(getattr(cast, who))
    assert client.get(address(cast, name, "samenvatting")).status_code == before
    publish_round(round_id=cast.round.pk)
    assert client.get(address(cast, name, "samenvatting")).status_code == after


@pytest.mark.django_db
def test_who_has_not_signed_in_is_asked_to(client):
    response = client.get(address(published()))
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


@pytest.mark.django_db
@pytest.mark.parametrize("subject", ["partner:elders", "ouders", "Netwerk", "partner:", "bestuurr"])
def test_a_report_that_is_not_there_is_not_found(client, subject):
    cast = published()
    client.force_login(cast.coordinator)
    assert client.get(address(cast, subject=subject)).status_code == 404


@pytest.mark.django_db
def test_an_open_round_has_no_report(client):
    cast = build_cast()
    client.force_login(cast.coordinator)
    assert client.get(address(cast)).status_code == 404


@pytest.mark.django_db
def test_the_page_and_the_data_say_what_the_report_says(client):
    cast = published()
    client.force_login(cast.reader)
    report = report_of(cast.round, "netwerk")
    page = client.get(address(cast))
    for section in report.sections:
        assert section.title in texts(page, "main h2")
    assert page.context["report"] == report
    data = client.get(address(cast, "report_data"))
    assert data.content.decode() == report.data[0][1]
    assert data["Content-Type"] == "text/csv; charset=utf-8"


@pytest.mark.django_db
@pytest.mark.parametrize("more", [{}, {(f"partner{number}", "uitvoerend"): 3 for number in range(8)}])
def test_a_page_asks_as_many_questions_with_few_as_with_many_partners(client, django_assert_num_queries, more):
    cast = published(PEOPLE | more)
    client.force_login(cast.reader)
    client.get(address(cast))
    with django_assert_num_queries(QUERIES):
        client.get(address(cast))


@pytest.mark.django_db
def test_an_open_answer_is_shown_once_it_is_cleared():
    cast = closed()
    assert facts_of(cast.round).texts == ()
    OpenAnswer.objects.filter(round=cast.round).update(is_cleared=True)
    assert len(facts_of(cast.round).texts) == 16


# By a link.


@pytest.mark.django_db
def test_the_link_for_ouders_leads_to_the_summary_and_to_no_open_answers(client):
    cast = published()
    link = OpenLink.objects.create(round=cast.round, level="ouders", cap=9)
    assert [s.key for s in subjects_for(respondent(link))] == ["samenvatting"]
    token = link_token(link.pk)
    assert client.get(reverse("participant_report", args=[token, "samenvatting"])).status_code == 200
    assert client.get(reverse("participant_report", args=[token, "netwerk"])).status_code == 404


@pytest.mark.django_db
def test_a_participant_reads_the_network_and_the_own_level_after_publication():
    cast = closed()
    director = next(p for p in cast.participants() if p.level == "management")
    assert subjects_for(respondent(director, None)) == ()
    publish_round(round_id=cast.round.pk)
    director.refresh_from_db()
    person = respondent(type(director).objects.select_related("round__network", "partner").get(pk=director.pk), None)
    assert [subject.key for subject in subjects_for(person)] == ["netwerk", "management", "samenvatting"]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["/", ".pdf", ".csv", ".docx", "/presentatie/"])
def test_by_a_link_only_the_own_reports_open_and_only_after_publication(client, kind):
    cast = closed()
    director = next(p for p in cast.participants() if p.level == "management")
    link = f"/v/{link_token(director.pk)}/rapport"
    assert client.get(f"{link}/samenvatting{kind}").status_code == 404
    publish_round(round_id=cast.round.pk)
    assert client.get(f"{link}/samenvatting{kind}").status_code == 200
    for other in ("uitvoerend", "bestuur", "partner:school", "elders"):
        assert client.get(f"{link}/{other}{kind}").status_code == 404


@pytest.mark.django_db
def test_whoever_keeps_asking_for_word_by_a_link_is_asked_to_wait(client, monkeypatch):
    cast = published()
    monkeypatch.setattr("assessments.views.filling.limits.FILES", 1)
    address = f"/v/{link_token(cast.participants()[0].pk)}/rapport/samenvatting.docx"
    assert [client.get(address).status_code for _ in range(2)] == [200, 429]


# The PDFs that are kept.


@pytest.mark.django_db
def test_a_report_is_made_once_and_made_again_when_it_says_something_else():
    cast = published()
    assert make_report.func(str(cast.round.pk), "samenvatting") is True
    assert make_report.func(str(cast.round.pk), "samenvatting") is False
    [file] = ReportFile.objects.all()
    assert (file.subject, file.media_type, bytes(file.content[:5])) == ("samenvatting", PDF, b"%PDF-")
    cast.round.frozen.facts["network"] = "Netwerk Oost en West"
    cast.round.frozen.save()
    assert kept_pdf(reports_of(Round.objects.get(pk=cast.round.pk)), "samenvatting") is None
    assert make_report.func(str(cast.round.pk), "samenvatting") is True
    [again] = ReportFile.objects.all()
    assert again.made_from != file.made_from


@pytest.mark.django_db
def test_a_report_of_a_closed_round_keeps_the_names_of_when_it_was_closed():
    cast = closed()
    before = report_of(cast.round, "netwerk"), report_of(cast.round, "partner:school")
    Network.objects.update(name="Netwerk West", municipalities="Westdorp")
    Partner.objects.filter(key="school").update(name="De Eik", kind="jgz")
    Partner.objects.create(network=cast.network, key="nieuw", name="Nieuw", kind_id="overig")
    Round.objects.update(name="Najaar")
    again = Round.objects.get(pk=cast.round.pk)
    assert (report_of(again, "netwerk"), report_of(again, "partner:school")) == before
    assert before[1].title == "Rapport voor School"


@pytest.mark.django_db
@pytest.mark.parametrize(("is_published", "asked"), [(True, 2), (False, 0)])
def test_a_name_that_is_taken_out_of_an_open_answer_is_in_no_kept_report(is_published, asked):
    from django_tasks_db.models import DBTaskResult

    cast = published() if is_published else closed()
    make_report.func(str(cast.round.pk), "samenvatting")
    answer = cast.round.open_answers.first()
    check_open_answers(round_id=cast.round.pk, texts={answer.pk: "Wij kennen iemand."})
    assert not ReportFile.objects.exists()
    assert DBTaskResult.objects.filter(task_path=make_reports.module_path).count() == asked


@pytest.mark.django_db
def test_what_is_opened_is_what_was_kept(client):
    cast = published()
    make_report.func(str(cast.round.pk), "samenvatting")
    ReportFile.objects.update(content=b"%PDF-kept")
    client.force_login(cast.reader)
    response = client.get(address(cast, "report_pdf", "samenvatting"))
    assert response.content == b"%PDF-kept"
    assert response["Content-Type"] == PDF


@pytest.mark.django_db
def test_publishing_asks_for_every_report_and_asking_again_for_none_that_is_there():
    from django_tasks_db.models import DBTaskResult

    cast = published()
    queued = DBTaskResult.objects.filter(task_path=make_reports.module_path)
    assert [result.args_kwargs["args"] for result in queued] == [[str(cast.round.pk)]]
    assert make_reports.func(str(cast.round.pk)) == 7
    make_report.func(str(cast.round.pk), "samenvatting")
    assert make_reports.func(str(cast.round.pk)) == 6


@pytest.mark.django_db
@pytest.mark.parametrize("partners", [1, 12])
def test_the_list_of_reports_asks_as_many_questions_with_one_as_with_twelve(
    client, django_assert_num_queries, partners
):
    cast = published({(f"partner{number}", "uitvoerend"): 6 for number in range(partners)})
    client.force_login(cast.reader)
    page = reverse("reports", args=[cast.round.pk])
    client.get(page)
    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        found = client.get(page)
    assert found.context["all"] == partners + 3


@pytest.fixture
def spoilt():
    """A round of which one partner's results can't be read any more: that report can't be made."""
    cast = published()
    document = cast.round.frozen.document
    school = next(group for group in document["groups"] if (group["kind"], group["key"]) == ("partner", "school"))
    school["factors"]["verdwenen"] = school["factors"]["regels"]  # a factor that the instrument doesn't have
    document["order"].append("verdwenen")
    cast.round.frozen.save()
    return cast


@pytest.mark.django_db(transaction=True)
def test_a_report_that_can_not_be_made_stops_no_other_and_the_page_says_which(client, spoilt, caplog):
    asked = make_reports.func(str(spoilt.round.pk))
    assert asked == 7
    call_command("db_worker", batch=True, startup_delay=False, reload=False, verbosity=0)
    made = set(ReportFile.objects.values_list("subject", flat=True))
    assert made == {"netwerk", "uitvoerend", "management", "bestuur", "partner:gemeente", "samenvatting"}
    assert "partner:school" in caplog.text
    client.force_login(spoilt.reader)
    html = client.get(reverse("reports", args=[spoilt.round.pk])).content.decode()
    assert texts(html, "label[for=klaar]") == ["6 van de 7 PDF’s zijn klaar"]
    assert "Deze PDF kon niet worden gemaakt: School." in text_of(html, WARNINGS)


@pytest.mark.django_db
@pytest.mark.parametrize("job", [lambda key: make_reports.func(key), lambda key: make_report.func(key, "netwerk")])
def test_a_job_of_a_round_that_is_gone_does_nothing(job):
    assert not job("00000000-0000-4000-8000-000000000000")


# In a browser.


@pytest.mark.django_db(transaction=True)
def test_a_reader_walks_along_the_reports_and_takes_charts_along(live_server, walk):
    cast, page = published(constructed=True), walk.page
    sign_in(page, live_server, cast.reader.email)
    for subject in ("netwerk", "uitvoerend", "partner:school", "samenvatting"):
        visit_constructed(walk, address(cast, subject=subject))
    visit_constructed(walk, reverse("reports", args=[cast.round.pk]))
    take_charts_along(walk, cast)
    visit_constructed(walk, address(cast, "report_presentation"))
    for width in WIDTHS:
        slides_go_by_key(page, width)
    slides_on_a_phone(page)
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


def slides_go_by_key(page, width):
    """On to the next, and back."""
    resize(page, width)
    for key, place in (("ArrowRight", 1), ("ArrowLeft", 0)):
        page.keyboard.press(key)
        expect(page.locator(".slide").nth(place)).to_be_focused()
        # On a phone a drawing may be higher than the screen.
        expect(page.locator(".slide").nth(place)).to_be_in_viewport(ratio=0.9 if width == "desktop" else 0.5)


def slides_on_a_phone(page):
    """Letters can be read there, and arrow keys show the rest of a drawing."""
    resize(page, "phone")
    page.reload()
    drawings = page.locator(".slide__drawing")
    for number in range(drawings.count()):
        assert min(drawings.nth(number).evaluate(LETTERS)) >= 10.9
    drawings.first.focus()
    page.keyboard.press("ArrowRight")
    expect(drawings.first).to_be_focused()
    page.wait_for_function("() => document.activeElement.scrollLeft > 0")


def a_chart_that_may_not_be_copied_is_saved(walk, cast):
    page = walk.page
    page.add_init_script("navigator.clipboard.write = async () => { throw new DOMException('no', 'NotAllowedError') }")
    page.goto(walk.site + address(cast))
    with page.expect_download() as download:
        page.get_by_role("button", name="Kopieer: Het profiel").click()
    assert download.value.suggested_filename == "profiel-figuur.png"
    expect(page.get_by_text("Bewaard als profiel-figuur.png")).to_be_visible()
