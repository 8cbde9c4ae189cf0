"""The DPIA is for whoever runs a network or the site; measures and the text for the OR are for everybody."""

import json
import re

import pytest
from django.urls import reverse

from assessments.dutch import in_months
from assessments.papers import terms
from assessments.papers.dpia import as_json
from assessments.papers.isms import standards
from samenwerking.accounts.models import User
from tests.cast import PASSWORD
from tests.html import links, text_of, texts

GUARDED = ("papers", "dpia_pdf", "dpia_json")


@pytest.fixture
def beheerder(db):
    return User.objects.create_user("beheer@example.org", PASSWORD, name="Beheer", is_staff=True)


@pytest.fixture
def maker(db):
    return User.objects.create_user("maker@example.org", PASSWORD, name="Maker", may_make_networks=True)


def test_a_coordinator_and_who_is_going_to_be_one_and_a_beheerder_take_it_along(client, cast, beheerder, maker):
    for user in (cast.coordinator, beheerder, maker):
        client.force_login(user)
        assert client.get(reverse("papers")).status_code == 200
        assert json.loads(client.get(reverse("dpia_json")).content) == json.loads(as_json())


def test_for_whoever_only_reads_there_is_no_such_page(client, cast):
    for user in (cast.reader, cast.researcher):
        client.force_login(user)
        assert [client.get(reverse(name)).status_code for name in GUARDED] == [404] * 3


def test_the_pdf_is_a_file_to_keep(coordinator):
    answer = coordinator.get(reverse("dpia_pdf"))
    assert answer.content.startswith(b"%PDF-1.7")
    assert (answer["Content-Type"], answer["Content-Disposition"]) == (
        "application/pdf",
        'attachment; filename="dpia-samenwerking.pdf"',
    )


def test_its_page_leads_to_all_of_it(coordinator):
    names = ("dpia_pdf", "dpia_json", "isms", "works_council", "privacy", "accessibility")
    assert {reverse(name) for name in names} <= set(links(coordinator.get(reverse("papers"))))
    assert reverse("papers") in links(coordinator.get(reverse("manual")))


def test_everybody_reads_the_measures_each_with_its_tests(client, db):
    page = client.get(reverse("isms"))
    rows = [row for standard in standards().values() for row in standard.rows]
    assert texts(page, "main h3") == [f"{row.number}: {row.subject}" for row in rows]
    assert texts(page, "main code") == [test for row in rows for test in row.tests]


def test_the_text_for_the_ondernemingsraad_has_the_terms_of_the_code(client, db):
    page = client.get(reverse("works_council"))
    said = " ".join(texts(page, "main li, main p"))
    words = terms.terms()
    assert f"uiterlijk {words['na_publiceren']} dagen nadat deelnemers" in said
    assert f"nooit later dan {words['na_sluiten']} dagen na het sluiten" in said
    assert f"hoogstens {words['reservekopie_dagen']} dagen, versleuteld" in said
    assert "artikel 27, eerste lid" in said


def test_both_pages_say_what_stays_of_a_participant_and_until_when(client, db, settings):
    term = settings.RETENTION["reports"]
    for name in ("privacy", "works_council"):
        said = text_of(client.get(reverse(name)), "main")
        [stays] = re.findall("een regel (?:over )?zonder naam, adres en functie.*? erna\\.", said)
        for kept in ("organisatie", "niveau", "meedeed", "verkeerde persoon", "geen herinneringen wilde", "mail"):
            assert kept in stays
        assert f"gewoonlijk {in_months(term.usual)} na het sluiten" in stays
        assert f"hooguit {in_months(term.most)} erna" in stays


def test_privacy_and_the_text_for_the_ondernemingsraad_say_that_there_is_no_ai(client, db):
    for name in ("privacy", "works_council"):
        page = client.get(reverse(name))
        assert "Er zit geen AI in" in texts(page, "main h2")
        assert "niets automatisch over iemand besloten" in text_of(page, "main p")
