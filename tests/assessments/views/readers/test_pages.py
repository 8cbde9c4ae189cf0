"""A link with a last day opens one report until then, and nothing else, whoever has it."""

from copy import deepcopy
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from assessments.actions.improvements import add_improvement
from assessments.actions.report_links import make_report_link, withdraw_report_link
from assessments.actions.rounds import archive_round, publish_round
from assessments.anonymity.keys import link_token
from assessments.models import Publication, ReaderGroup, ReportLink
from assessments.rules.workflow import NotAllowed
from assessments.views.filling.limits import WRONG_LINKS
from tests.assessments.views.reports.test_pages import closed_cast
from tests.html import links, text_of, texts

pytestmark = pytest.mark.django_db

PAGES = ("reader_report", "reader_report_pdf", "reader_report_agreements")


@pytest.fixture(scope="module")
def built(kept):
    cast = closed_cast()
    add_improvement(round_id=cast.round.pk, fields={"what": "Elke maand bellen.", "factor": "communicatie"})
    return cast


@pytest.fixture
def closed(built):
    return deepcopy(built)


@pytest.fixture
def cast(closed):
    closed.round = publish_round(round_id=closed.round.pk, readers=[ReaderGroup.READERS])
    return closed


def linked(cast, subject="samenvatting", days=30):
    day = timezone.localdate() + timedelta(days=days)
    return make_report_link(round_id=cast.round.pk, subject=subject, audience="raad", ends_on=day)


def address(link, name="reader_report"):
    return reverse(name, args=[link_token(link.pk)])


def ended(link):
    yesterday = timezone.localdate() - timedelta(days=1)
    ReportLink.objects.filter(pk=link.pk).update(made_on=yesterday, ends_on=yesterday)


def statuses(client, link):
    return [client.get(address(link, name)).status_code for name in PAGES]


def test_it_opens_its_report_on_screen_and_as_pdf(client, cast):
    link = linked(cast)
    page = client.get(address(link))
    assert texts(page, "h1") == ["Samenvatting"]
    assert address(link, "reader_report_pdf") in links(page)
    pdf = client.get(address(link, "reader_report_pdf"))
    assert pdf.content.startswith(b"%PDF")
    assert "samenvatting" in pdf["Content-Disposition"]


def test_with_the_report_of_the_network_comes_what_was_agreed_on_it(client, cast):
    link = linked(cast, "netwerk")
    assert address(link, "reader_report_agreements") in links(client.get(address(link)))
    agreements = client.get(address(link, "reader_report_agreements"))
    assert texts(agreements, "main h3") == ["Elke maand bellen."]
    assert client.get(address(linked(cast), "reader_report_agreements")).status_code == 404


@pytest.mark.parametrize("subject", ["netwerk", "uitvoerend", "samenvatting"])
def test_its_pages_lead_to_no_other_report_no_account_and_no_page_of_the_round(client, cast, subject):
    link = linked(cast, subject)
    page = client.get(address(link))
    public = {reverse(name) for name in ("instrument", "method", "privacy", "accessibility")}
    inside = {found for found in links(page, "a") if found.startswith("/")} - public
    assert inside <= {address(link, name) for name in PAGES}
    assert str(cast.round.pk) not in page.content.decode()


def test_it_never_opens_the_report_of_one_partner(client, cast):
    link = linked(cast)
    ReportLink.objects.filter(pk=link.pk).update(subject="partner:school")
    assert statuses(client, link) == [404, 404, 404]


def test_an_ended_a_withdrawn_and_a_wrong_link_give_the_same_page(client, cast):
    past, gone, good = linked(cast), linked(cast), linked(cast)
    ended(past)
    withdraw_report_link(round_id=cast.round.pk, link_id=gone.pk)
    wrong = reverse("reader_report", args=["x" * 43])
    pages = [client.get(place) for place in (address(past), address(gone), wrong, "/lees/", "/lees/iets/anders/")]
    assert {page.status_code for page in pages} == {404}
    said = {text_of(page, "main") for page in pages[:3]}
    assert len(said) == 1
    assert "Vraag een nieuwe link aan wie u deze gaf." in said.pop()
    assert "Samenwerking" not in text_of(pages[0], "h1")
    assert client.get(address(good)).status_code == 200


def test_on_its_last_day_it_works(client, cast):
    assert client.get(address(linked(cast, days=0))).status_code == 200


def test_it_opens_nothing_of_a_person_and_a_personal_link_opens_nothing_here(client, cast):
    assert client.get(reverse("welcome", args=[link_token(linked(cast).pk)])).status_code == 404
    person = cast.participants()[0]
    assert client.get(reverse("reader_report", args=[link_token(person.pk)])).status_code == 404


def test_a_round_that_meelezers_do_not_read_has_no_links(client, closed):
    with pytest.raises(NotAllowed):
        linked(closed)
    publish_round(round_id=closed.round.pk, readers=[ReaderGroup.PARTICIPANTS])
    with pytest.raises(NotAllowed):
        linked(closed)
    link = ReportLink.objects.create(
        round=closed.round, subject="netwerk", audience="raad", ends_on=timezone.localdate()
    )
    assert statuses(client, link) == [404, 404, 404]
    Publication.objects.create(round=closed.round, readers=ReaderGroup.READERS)
    assert client.get(address(link)).status_code == 200


def test_it_goes_on_working_once_the_round_is_archived_and_can_be_made_then_too(client, cast):
    link = linked(cast)
    archive_round(round_id=cast.round.pk)
    assert [client.get(address(one)).status_code for one in (link, linked(cast))] == [200, 200]


def test_a_link_of_a_former_secret_goes_on_working_as_long_as_that_is_known(client, cast, settings):
    former, place = settings.LINK_SECRET, address(linked(cast))
    settings.LINK_SECRET = "another"
    assert client.get(place).status_code == 404
    settings.LINK_SECRET_FALLBACKS = [former]
    assert client.get(place).status_code == 200


def test_no_cache_no_search_engine_and_no_other_site_gets_it(client, cast):
    link = linked(cast, "netwerk")
    for place in (*(address(link, name) for name in PAGES), "/lees/weg/", address(link)[:-1]):
        response = client.get(place)
        assert response["Cache-Control"] == "no-store, private"
        assert response["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response["X-Robots-Tag"]


@pytest.mark.parametrize("after", ["", ".", ").", "/).", "%22/", ")/", "%E2%80%9D"])
def test_a_link_that_was_pasted_with_what_stood_around_it_leads_there(client, cast, after):
    place = address(linked(cast))
    assert client.get(place[:-1] + after, follow=True).redirect_chain == [(place, 302)]


def test_looking_whether_it_is_there_is_no_use_and_reading_is_one_a_day(client, cast):
    link = linked(cast)
    assert client.head(address(link)).status_code == 200
    link.refresh_from_db()
    assert (link.last_used_on, link.days_used) == (None, 0)
    for _ in range(3):
        client.get(address(link))
    link.refresh_from_db()
    assert (link.last_used_on, link.days_used) == (timezone.localdate(), 1)
    ReportLink.objects.update(last_used_on=timezone.localdate() - timedelta(days=3))
    client.get(address(link, "reader_report_pdf"))
    link.refresh_from_db()
    assert (link.last_used_on, link.days_used) == (timezone.localdate(), 2)


def test_whoever_tries_many_links_waits_and_whoever_has_one_does_not(client, cast):
    for number in range(WRONG_LINKS):
        client.get(f"/lees/{number}/")
    assert client.get("/lees/nog-een/").status_code == 429
    assert client.get(address(linked(cast))).status_code == 200


@pytest.mark.parametrize("fields", [{"audience": ""}, {"ends_on": timezone.localdate() - timedelta(days=1)}])
def test_the_database_refuses_a_link_for_nobody_and_one_that_never_worked(cast, fields):
    usual = {"round": cast.round, "subject": "netwerk", "audience": "raad", "ends_on": timezone.localdate()}
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportLink.objects.create(**usual | fields)
