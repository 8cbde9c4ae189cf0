"""The onderzoeker sees published rounds that were granted or shared, and nobody sees what is not theirs."""

import csv
import io
import json
from urllib.parse import unquote
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.actions.rounds import close_round, leave_research, publish_round
from assessments.demo.build import NAME
from assessments.models import Network, Role, Round
from assessments.report.load import subjects_of
from assessments.results.document import for_scripts
from samenwerking.accounts.models import User
from tests.browsing import sign_in
from tests.cast import PASSWORD, build_cast
from tests.html import links, texts

OF_A_ROUND = ("round_figures_csv", "round_figures_sav", "round_figures_xlsx")


@pytest.fixture
def cast(db):
    cast = build_cast()
    for participant in cast.participants():
        cast.answer(participant)
    close_round(round_id=cast.round.pk)
    cast.round.refresh_from_db()
    return cast


@pytest.fixture
def published(cast):
    cast.round = publish_round(round_id=cast.round.pk)
    return cast


def rows(response):
    return list(csv.DictReader(io.StringIO(response.content.decode())))


def figures(client, cast):
    return rows(client.get(reverse("round_figures_csv", args=[cast.round.pk])))


def test_the_onderzoeker_finds_the_published_round_with_its_files(client, published):
    client.force_login(published.researcher)
    page = client.get(reverse("research"))
    assert texts(page, "main tbody th") == ["Netwerk Oost: Voorjaar"]
    for name in OF_A_ROUND:
        assert reverse(name, args=[published.round.pk]) in links(page)


def test_the_list_leads_to_all_reports_of_each_round(client, published):
    client.force_login(published.researcher)
    assert reverse("reports", args=[published.round.pk]) in links(client.get(reverse("research")))
    reports = links(client.get(reverse("reports", args=[published.round.pk])))
    for subject in subjects_of(published.round):
        assert any(f"/rapport/{subject.key}/" in unquote(address) for address in reports), subject.key


def test_a_round_that_is_not_published_is_not_there(client, cast):
    client.force_login(cast.researcher)
    assert "Netwerk Oost" not in client.get(reverse("research")).content.decode()
    for name in OF_A_ROUND:
        assert client.get(reverse(name, args=[cast.round.pk])).status_code == 404


def test_who_does_no_research_and_runs_nothing_sees_no_such_page(client, published):
    client.force_login(published.reader)
    assert client.get(reverse("research")).status_code == 404


def test_who_runs_a_network_comes_for_releases_and_finds_no_rounds(client, published):
    client.force_login(published.coordinator)
    page = client.get(reverse("research"))
    assert "Er is nog geen uitgave." in " ".join(texts(page, "main p"))
    assert texts(page, "main tbody th") == []


def test_rounds_are_shown_by_page_and_found_by_name(client, published):
    frozen = published.round.frozen
    for number in range(30):
        copy = Round.objects.get(pk=published.round.pk)
        copy.pk, copy.name = uuid4(), f"Ronde {number:02}"
        copy.save(force_insert=True)
        copy.publications.create(readers="onderzoekers")
        type(frozen).objects.create(round=copy, document=frozen.document, facts=frozen.facts, checksum=frozen.checksum)
    client.force_login(published.researcher)
    first, second = (client.get(reverse("research"), {"bladzijde": number}) for number in (1, 2))
    assert [len(texts(page, "main tbody th")) for page in (first, second)] == [25, 6]
    found = client.get(reverse("research"), {"zoek": " ronde 07 "})
    assert texts(found, "main tbody th") == ["Netwerk Oost: Ronde 07"]
    none = client.get(reverse("research"), {"zoek": "bestaat niet"})
    assert "0 rondes met ‘bestaat niet’" in " ".join(texts(none, "main p"))


@pytest.mark.parametrize("name", OF_A_ROUND)
def test_only_who_may_take_data_gets_the_figures_of_a_round(client, published, name):
    address = reverse(name, args=[published.round.pk])
    answers = {}
    for role in ("coordinator", "reader", "researcher", "stranger"):
        client.force_login(getattr(published, role))
        answers[role] = client.get(address).status_code
    assert answers == {"coordinator": 200, "reader": 404, "researcher": 200, "stranger": 404}
    assert client.get(reverse(name, args=[uuid4()])).status_code == 404


@pytest.mark.parametrize("name", ["research", *OF_A_ROUND])
def test_without_an_account_one_is_asked_to_sign_in(client, published, name):
    args = [published.round.pk] if name in OF_A_ROUND else []
    response = client.get(reverse(name, args=args))
    assert (response.status_code, response.url.split("?")[0]) == (302, reverse("account_login"))


def test_an_onderzoeker_by_the_beheerder_reads_a_round_for_as_long_as_it_takes_part_in_research(client, published):
    elsewhere = User.objects.create_user("ander@example.org", PASSWORD, name="Ander", is_researcher=True)
    client.force_login(elsewhere)
    address = reverse("round_figures_csv", args=[published.round.pk])
    assert client.get(address).status_code == 200
    leave_research(round_id=published.round.pk)
    assert client.get(address).status_code == 404
    Round.objects.filter(pk=published.round.pk).update(in_research=False, left_research_at=None)
    assert client.get(address).status_code == 404


SAID = {"scope": "gemeente", "inhabitants": "tot_100000", "has_jgz_in_team": False, "collaboration_form": "samen"}


def test_what_makes_networks_comparable_is_in_the_figures(client, published):
    client.force_login(published.researcher)
    network = Network.objects.filter(pk=published.network.pk)
    columns = ("scope", "inhabitants", "team_target_group", "jgz_in_team", "collaboration_form")
    assert {tuple(row[name] for name in columns) for row in figures(client, published)} == {("",) * 5}
    network.update(**SAID)
    shared = {tuple(row[name] for name in columns) for row in figures(client, published)}
    assert shared == {("gemeente", "tot_100000", "", "no", "samen")}
    assert "50.000 tot 100.000" in client.get(reverse("codebook_csv")).content.decode()


def test_nobody_makes_an_onderzoeker_of_what_is_shared_by_a_network_of_their_own(client, published):
    """Whoever makes a network runs it, and can invite a second address of their own to it."""
    User.objects.filter(pk=published.reader.pk).update(may_make_networks=True)
    client.force_login(published.reader)
    own = client.post(reverse("network_new"), {"name": "Mijn netwerk"}).url
    invited = {"name": "Ik", "email": "ik-ook@example.org", "role": Role.RESEARCHER}
    client.post(f"{own}collegas/uitnodigen/", invited)
    second = User.objects.get(email="ik-ook@example.org")
    assert second.memberships.get().role == Role.RESEARCHER
    client.force_login(second)
    assert client.get(reverse("research")).status_code == 200  # her own network, without rounds yet
    assert "Netwerk Oost" not in client.get(reverse("research")).content.decode()
    for name in OF_A_ROUND:
        assert client.get(reverse(name, args=[published.round.pk])).status_code == 404
    assert client.get(reverse("report", args=[published.round.pk, "netwerk"])).status_code == 404


def test_the_onderzoeker_of_a_network_goes_on_reading_what_was_published_after_it_left_research(client, published):
    leave_research(round_id=published.round.pk)
    assert not published.researcher.is_researcher
    client.force_login(published.researcher)
    assert {row["network_name"] for row in figures(client, published)} == {"Netwerk Oost"}


def test_the_file_has_the_frozen_figures_and_no_others(client, published):
    client.force_login(published.researcher)
    found = figures(client, published)
    document = published.round.frozen.document
    frozen = {
        (group["key"], item): figure
        for group in document["groups"]
        for kind in ("factors", "dimensions", "outcome")
        for item, figure in group[kind].items()
    }
    shown = {(row["group_key"], row["item"]): row for row in found if not row["hidden"]}
    assert shown.keys() == frozen.keys()
    for key, figure in frozen.items():
        assert shown[key]["n"] == str(figure["n"])
        assert shown[key]["mean"] == (str(figure["mean"]) if "mean" in figure else "")
    assert len([row for row in found if row["hidden"]]) == len(document["hidden"])


def test_the_list_takes_as_many_queries_for_three_rounds_as_for_one(client, published, django_assert_num_queries):
    client.force_login(published.researcher)
    client.get(reverse("research"))
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(reverse("research"))
    for number in range(2):
        frozen = published.round.frozen
        copy = type(published.round).objects.get(pk=published.round.pk)
        copy.pk, copy.name = uuid4(), f"Ronde {number}"
        copy.save(force_insert=True)
        copy.publications.create(readers="onderzoekers")
        type(frozen).objects.create(round=copy, document=frozen.document, facts=frozen.facts, checksum=frozen.checksum)
    with django_assert_num_queries(len(one)):
        page = client.get(reverse("research"))
    assert "Netwerk Oost: Ronde 1" in texts(page, "main tbody th")


def test_a_constructed_network_says_so(client, published):
    Network.objects.filter(pk=published.network.pk).update(is_constructed=True)
    client.force_login(published.researcher)
    page = client.get(reverse("research"))
    assert texts(page, "main tbody th") == ["Netwerk Oost: Voorjaar (voorbeeld)"]
    assert texts(page, ".band p") == [
        "Hier staat ook een voorbeeld bij: de antwoorden in dat netwerk zijn bedacht, niet verzameld."
    ]
    assert {row["constructed"] for row in figures(client, published)} == {"yes"}


# --- manage.py results


def printed(*args):
    out = io.StringIO()
    call_command("results", *args, stdout=out)
    return json.loads(out.getvalue())


def test_the_command_prints_the_frozen_results(cast):
    assert printed(str(cast.round.pk)) == for_scripts(cast.round.frozen.document)


def test_demo_is_the_latest_published_round_of_the_network_of_the_demo(published):
    network = Network.objects.filter(pk=published.network.pk)
    network.update(is_constructed=True)
    with pytest.raises(CommandError, match="nog geen voorbeeldronde") as fault:
        printed("demo")
    assert fault.value.returncode == 2
    network.update(name=NAME)
    assert printed("demo") == for_scripts(published.round.frozen.document)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "fault"), [("geen-id", "geen id van een ronde"), ("00000000-0000-4000-8000-000000000000", "bestaat niet")]
)
def test_another_round_is_refused_in_one_sentence(name, fault):
    with pytest.raises(CommandError, match=fault):
        printed(name)


# --- In a browser


@pytest.mark.django_db(transaction=True)
def test_a_researcher_walks_along_the_figures(live_server, walk, published):
    Network.objects.filter(pk=published.network.pk).update(is_constructed=True)
    sign_in(walk.page, live_server, published.researcher.email)
    walk.visit_named("research codebook")
