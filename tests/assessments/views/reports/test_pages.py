"""Who may read which report, on screen, as PDF and as data."""

from copy import deepcopy

import pytest
from django.urls import reverse

from assessments.actions.open_answers import check_open_answers
from assessments.actions.rounds import close_round, publish_round
from assessments.anonymity.keys import link_token
from assessments.filling.respondents import respondent
from assessments.models import Network, OpenAnswer, OpenLink, Partner, ReportFile, Round
from assessments.report.load import facts_of, report_of, reports_of
from assessments.report.tasks import PDF, kept_pdf, make_report, make_reports
from assessments.views.filling.reports import subjects_for
from tests.cast import build_cast
from tests.html import links, texts

pytestmark = pytest.mark.django_db

PEOPLE = {
    ("school", "uitvoerend"): 6,
    ("school", "management"): 4,
    ("gemeente", "bestuur"): 3,
    ("gemeente", "management"): 3,
}


def closed_cast(people=PEOPLE, *, constructed=False):
    cast = build_cast(people)
    for place, participant in enumerate(cast.participants()):
        text = {"open_startcondities": f"Wij kennen elkaar {place}."}
        cast.answer(participant, value=2 + place % 3, texts=text)
    if constructed:
        cast.network.is_constructed = True
        cast.network.save()
    cast.round = close_round(round_id=cast.round.pk)
    return cast


def publish(cast):
    OpenAnswer.objects.filter(round=cast.round).update(is_cleared=True)
    cast.round = publish_round(round_id=cast.round.pk)
    return cast


@pytest.fixture(scope="module")
def built(kept):
    return closed_cast()


@pytest.fixture
def closed(built):
    """Returns the cast of a closed round, which is built once for all tests."""
    return deepcopy(built)


@pytest.fixture
def published(closed):
    return publish(closed)


def address(cast, name="report", subject="netwerk"):
    return reverse(name, args=[cast.round.pk, subject])


@pytest.mark.parametrize("name", ["report", "report_pdf", "report_docx", "report_data", "report_xlsx", "report_pptx"])
def test_who_may_read_it_before_and_after_publication(client, closed, name):
    def statuses():
        found = {}
        for who in ("coordinator", "reader", "researcher", "stranger"):
            client.force_login(getattr(closed, who))
            found[who] = client.get(address(closed, name, "samenvatting")).status_code
        return found

    assert statuses() == {"coordinator": 200, "reader": 404, "researcher": 404, "stranger": 404}
    publish_round(round_id=closed.round.pk)
    assert statuses() == {"coordinator": 200, "reader": 200, "researcher": 200, "stranger": 404}


def test_a_file_is_named_after_network_round_and_what_it_is(client, closed):
    client.force_login(closed.coordinator)
    for name, kind in (
        ("report_pdf", "pdf"),
        ("report_docx", "docx"),
        ("report_pptx", "pptx"),
        ("report_xlsx", "xlsx"),
        ("report_data", "csv"),
    ):
        response = client.get(address(closed, name, "samenvatting"))
        assert response["Content-Disposition"].endswith(f'"netwerk-oost-voorjaar-samenvatting-concept.{kind}"')
    publish_round(round_id=closed.round.pk)
    response = client.get(address(closed, "report_docx", "samenvatting"))
    assert response["Content-Disposition"].endswith('"netwerk-oost-voorjaar-samenvatting.docx"')


def test_who_has_not_signed_in_is_asked_to(client, published):
    response = client.get(address(published))
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def test_a_report_that_is_not_there_is_not_found(client, published):
    client.force_login(published.coordinator)
    subjects = ("partner:elders", "ouders", "Netwerk", "partner:", "bestuurr")
    statuses = {subject: client.get(address(published, subject=subject)).status_code for subject in subjects}
    assert statuses == dict.fromkeys(subjects, 404)


def test_beside_every_pdf_stands_the_same_report_on_screen_and_first(client, published):
    client.force_login(published.coordinator)
    for page in (
        reverse("reports", args=[published.round.pk]),
        reverse("report", args=[published.round.pk, "netwerk"]),
    ):
        found = links(client.get(page))
        pdfs = [link for link in found if link.endswith(".pdf")]
        assert pdfs
        assert all(link.removesuffix(".pdf") + "/" in found[: found.index(link)] for link in pdfs)


def test_the_page_and_the_data_say_what_the_report_says(client, published):
    client.force_login(published.reader)
    report = report_of(published.round, "netwerk")
    page = client.get(address(published))
    for section in report.sections:
        assert section.title in texts(page, "main h2")
    assert page.context["report"] == report
    data = client.get(address(published, "report_data"))
    assert data.content.decode() == report.data[0][1]
    assert data["Content-Type"] == "text/csv; charset=utf-8"


def test_an_open_answer_is_shown_once_it_is_cleared(closed):
    assert facts_of(closed.round).texts == ()
    OpenAnswer.objects.filter(round=closed.round).update(is_cleared=True)
    assert len(facts_of(closed.round).texts) == 16


# The guide for a second conversation.


@pytest.mark.parametrize(
    ("who", "state", "statuses"),
    [
        ("coordinator", "closed", {"netwerk": 200, "uitvoerend": 200, "samenvatting": 404, "partner:school": 404}),
        ("reader", "closed", {"netwerk": 404, "uitvoerend": 404}),
        ("reader", "published", {"netwerk": 200, "bestuur": 200, "ouders": 404, "samenvatting": 404}),
        ("researcher", "published", {"netwerk": 200, "management": 200, "partner:gemeente": 404}),
        ("stranger", "published", {"netwerk": 404, "uitvoerend": 404}),
        ("participant", "closed", {"netwerk": 404, "uitvoerend": 404}),
        ("participant", "published", {"netwerk": 200, "uitvoerend": 200, "bestuur": 404, "samenvatting": 404}),
    ],
)
def test_the_guide_is_for_whoever_may_read_the_report(client, closed, who, state, statuses):
    cast = publish(closed) if state == "published" else closed
    token = link_token(next(p.pk for p in cast.participants() if p.level == "uitvoerend"))
    if who != "participant":
        client.force_login(getattr(cast, who))
    for subject, status in statuses.items():
        for name in ("report_interview", "report_interview_pdf"):
            own = reverse(f"participant_{name}", args=[token, subject])
            found = client.get(own if who == "participant" else address(cast, name, subject))
            assert found.status_code == status, (name, subject)
            if status == 200 and name == "report_interview_pdf":
                assert found.content.startswith(b"%PDF-")


def test_a_report_leads_to_its_guide_which_has_every_question_and_leads_to_the_pdf(client, published):
    client.force_login(published.reader)
    own = "Een tweede gesprek voorbereiden"
    assert own in texts(client.get(address(published)), ".report-actions a")
    assert own not in texts(client.get(address(published, subject="samenvatting")), ".report-actions a")
    page = client.get(address(published, "report_interview"))
    guide = reports_of(published.round).interview("netwerk")
    assert page.context["interview"] == guide
    assert texts(page, "main h1") == ["Gids voor een tweede gesprek in het netwerk"]
    headings = [*(part.title for part in guide.parts), "Aan het eind", "Waar de vragen op teruggaan"]
    assert texts(page, "main h2") == headings
    asked = " ".join(texts(page, "main li"))
    assert all(question.text in asked for part in guide.parts for question in part.questions)
    assert address(published, "report_interview_pdf") in page.content.decode()


def test_a_guide_is_named_after_the_network_and_says_that_it_is_a_concept(client, closed):
    client.force_login(closed.coordinator)
    named = '"netwerk-oost-voorjaar-tweede-gesprek-management{}.pdf"'
    for state in ("-concept", ""):
        found = client.get(address(closed, "report_interview_pdf", "management"))
        assert found["Content-Disposition"].endswith(named.format(state))
        assert ("concept" in reports_of(closed.round).interview("management").concept) is bool(state)
        closed = publish(closed) if state else closed


def test_whoever_keeps_asking_for_a_guide_by_a_link_is_asked_to_wait(client, monkeypatch, published):
    monkeypatch.setattr("assessments.views.filling.limits.FILES", 1)
    address = f"/v/{link_token(published.participants()[0].pk)}/rapport/netwerk/tweede-gesprek.pdf"
    assert [client.get(address).status_code for _ in range(2)] == [200, 429]


# Other lists beside the scores.


def test_other_lists_are_for_whoever_may_read_the_report_of_the_network(client, closed):
    token = link_token(closed.participants()[0].pk)
    link = OpenLink.objects.create(round=closed.round, level="ouders", cap=9)

    def statuses(subject="netwerk"):
        found = {}
        for who in ("coordinator", "reader", "researcher", "stranger"):
            client.force_login(getattr(closed, who))
            found[who] = client.get(address(closed, "report_lenses", subject)).status_code
        client.logout()
        for who, own in (("participant", token), ("ouders", link_token(link.pk))):
            found[who] = client.get(reverse("participant_report_lenses", args=[own, subject])).status_code
        return found

    nobody = dict.fromkeys(["coordinator", "reader", "researcher", "stranger", "participant", "ouders"], 404)
    assert statuses() == nobody | {"coordinator": 200}
    publish_round(round_id=closed.round.pk)
    everybody = dict.fromkeys(["coordinator", "reader", "researcher", "participant"], 200)
    assert statuses() == nobody | everybody
    assert statuses("uitvoerend") == statuses("samenvatting") == nobody


def test_a_report_leads_to_the_other_lists_and_these_lead_to_what_each_element_is(client, published):
    client.force_login(published.reader)
    for subject in ("netwerk", "bestuur", "partner:school"):
        assert address(published, "report_lenses") in client.get(address(published, subject=subject)).content.decode()
    assert "/lenzen/" not in client.get(address(published, subject="samenvatting")).content.decode()
    page = client.get(address(published, "report_lenses"))
    lenses = reports_of(published.round).lenses("netwerk")
    assert page.context["page"] == lenses
    assert texts(page, "main h2") == ["De lijsten", *(lens.name for lens in lenses.lenses)]
    assert texts(page, "tr.is-first th") == [element.name for lens in lenses.lenses for element in lens.elements]
    assert f'href="{reverse("lens", args=["kanter"])}#kanter-integratie"' in page.content.decode()


# By a link.


def test_the_link_for_ouders_leads_to_the_summary_and_to_no_open_answers(client, published):
    link = OpenLink.objects.create(round=published.round, level="ouders", cap=9)
    assert [s.key for s in subjects_for(respondent(link))] == ["samenvatting"]
    token = link_token(link.pk)
    assert client.get(reverse("participant_report", args=[token, "samenvatting"])).status_code == 200
    assert client.get(reverse("participant_report", args=[token, "netwerk"])).status_code == 404


def test_a_participant_reads_the_network_and_the_own_level_after_publication(closed):
    director = next(p for p in closed.participants() if p.level == "management")
    assert subjects_for(respondent(director, None)) == ()
    publish_round(round_id=closed.round.pk)
    director.refresh_from_db()
    person = respondent(type(director).objects.select_related("round__network", "partner").get(pk=director.pk), None)
    assert [subject.key for subject in subjects_for(person)] == ["netwerk", "management", "samenvatting"]


@pytest.mark.parametrize("kind", ["/", ".pdf", ".csv", ".xlsx", ".docx", ".pptx"])
def test_by_a_link_only_the_own_reports_open_and_only_after_publication(client, kind, closed):
    director = next(p for p in closed.participants() if p.level == "management")
    link = f"/v/{link_token(director.pk)}/rapport"
    assert client.get(f"{link}/samenvatting{kind}").status_code == 404
    publish_round(round_id=closed.round.pk)
    assert client.get(f"{link}/samenvatting{kind}").status_code == 200
    for other in ("uitvoerend", "bestuur", "partner:school", "elders"):
        assert client.get(f"{link}/{other}{kind}").status_code == 404


@pytest.mark.parametrize("kind", ["docx", "pptx"])
def test_whoever_keeps_asking_for_word_or_slides_by_a_link_is_asked_to_wait(client, kind, monkeypatch, published):
    monkeypatch.setattr("assessments.views.filling.limits.FILES", 1)
    address = f"/v/{link_token(published.participants()[0].pk)}/rapport/samenvatting.{kind}"
    assert [client.get(address).status_code for _ in range(2)] == [200, 429]


# The PDFs that are kept.


def test_a_report_is_made_once_and_made_again_when_it_says_something_else(published):
    assert make_report.func(str(published.round.pk), "samenvatting") is True
    assert make_report.func(str(published.round.pk), "samenvatting") is False
    [file] = ReportFile.objects.all()
    assert (file.subject, file.media_type, bytes(file.content[:5])) == ("samenvatting", PDF, b"%PDF-")
    published.round.frozen.facts["network"] = "Netwerk Oost en West"
    published.round.frozen.save()
    assert kept_pdf(reports_of(Round.objects.get(pk=published.round.pk)), "samenvatting") is None
    assert make_report.func(str(published.round.pk), "samenvatting") is True
    [again] = ReportFile.objects.all()
    assert again.made_from != file.made_from


def test_a_report_of_a_closed_round_keeps_the_names_of_when_it_was_closed(closed):
    before = report_of(closed.round, "netwerk"), report_of(closed.round, "partner:school")
    Network.objects.update(name="Netwerk West", municipalities="Westdorp")
    Partner.objects.filter(key="school").update(name="De Eik", kind="jgz")
    Partner.objects.create(network=closed.network, key="nieuw", name="Nieuw", kind_id="overig")
    Round.objects.update(name="Najaar")
    again = Round.objects.get(pk=closed.round.pk)
    assert (report_of(again, "netwerk"), report_of(again, "partner:school")) == before
    assert before[1].title == "Rapport voor School"


@pytest.mark.parametrize(("is_published", "asked"), [(True, 2), (False, 0)])
def test_a_name_that_is_taken_out_of_an_open_answer_is_in_no_kept_report(closed, is_published, asked):
    from django_tasks_db.models import DBTaskResult

    cast = publish(closed) if is_published else closed
    make_report.func(str(cast.round.pk), "samenvatting")
    answer = cast.round.open_answers.first()
    check_open_answers(round_id=cast.round.pk, texts={answer.pk: "Wij kennen iemand."})
    assert not ReportFile.objects.exists()
    assert DBTaskResult.objects.filter(task_path=make_reports.module_path).count() == asked


def test_what_is_opened_is_what_was_kept(client, published):
    make_report.func(str(published.round.pk), "samenvatting")
    ReportFile.objects.update(content=b"%PDF-kept")
    client.force_login(published.reader)
    response = client.get(address(published, "report_pdf", "samenvatting"))
    assert response.content == b"%PDF-kept"
    assert response["Content-Type"] == PDF


def test_publishing_asks_for_every_report_and_asking_again_for_none_that_is_there(published):
    from django_tasks_db.models import DBTaskResult

    queued = DBTaskResult.objects.filter(task_path=make_reports.module_path)
    assert [result.args_kwargs["args"] for result in queued] == [[str(published.round.pk)]]
    assert make_reports.func(str(published.round.pk)) == 7
    make_report.func(str(published.round.pk), "samenvatting")
    assert make_reports.func(str(published.round.pk)) == 6


@pytest.mark.parametrize("job", [lambda key: make_reports.func(key), lambda key: make_report.func(key, "netwerk")])
def test_a_job_of_a_round_that_is_gone_does_nothing(job):
    assert not job("00000000-0000-4000-8000-000000000000")
