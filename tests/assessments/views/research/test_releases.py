"""Releases: who reads what of them, what they say together, and that a beheerder makes them."""

import io
from copy import deepcopy
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from openpyxl import load_workbook

from assessments.actions.discarding import delete_network
from assessments.actions.forgotten import note_forgotten, question
from assessments.actions.releases import make_release
from assessments.demo.build import build_network
from assessments.models import Entry, Network, Release, Round
from assessments.national.stored import from_json
from assessments.report.facts import CONSTRUCTED
from samenwerking.accounts.models import User
from tests.cast import PASSWORD, build_cast
from tests.html import links, text_of, texts

DAY = date(2027, 4, 1)
PAGES = ("release", "release_tables", "release_tables_xlsx", "release_tables_pdf", "release_bundle")


def released():
    """Returns the cast beside six networks and a release of these, a superuser, and who was appointed for research."""
    cast = build_cast()
    for number in range(6):
        build_network(f"Voorbeeld {number}", respondents=17, seed=number)
    cast.release = make_release(day=DAY, is_constructed=True)
    cast.admin = User.objects.create_superuser("beheer@example.org", PASSWORD, name="Beheer")
    cast.appointed = User.objects.create_user("onderzoek@example.org", PASSWORD, name="Ada", is_researcher=True)
    return cast


@pytest.fixture(scope="module")
def built(kept):
    return released()


@pytest.fixture
def cast(built, db):
    return deepcopy(built)


def with_a_bundle(release, *parts):
    parts = parts or (b"zip",)
    release.parts.all().delete()
    for place, content in enumerate(parts):
        release.parts.create(place=place, content=content)
    Release.objects.filter(pk=release.pk).update(size=sum(map(len, parts)), checksum="ab" * 32)


def answers(client, cast, name):
    address, found = reverse(name, args=[cast.release.pk]), {}
    for role in ("coordinator", "researcher", "appointed", "admin", "reader"):
        client.force_login(getattr(cast, role))
        found[role] = client.get(address).status_code
    return found


def test_each_page_opens_for_who_may_read_it_and_is_not_there_for_others(client, cast):
    with_a_bundle(cast.release)
    together = {"coordinator": 200, "researcher": 200, "appointed": 200, "admin": 200, "reader": 404}
    for name in PAGES[:4]:
        assert answers(client, cast, name) == together, name
    # The figures of each network are for those whom participants were told of.
    assert answers(client, cast, "release_bundle") == dict.fromkeys(together, 404) | {"appointed": 200}
    client.logout()
    assert all(client.get(reverse(name, args=[cast.release.pk])).status_code == 302 for name in PAGES)


def test_the_page_of_a_release_says_the_same_days_once_rounds_of_it_are_gone(client, cast):
    client.force_login(cast.appointed)
    url = reverse("release", args=[cast.release.pk])
    before = texts(client.get(url), ".facts dd")
    assert " tot en met " in before[2]
    Round.objects.filter(entry__releases=cast.release).first().delete()
    assert texts(client.get(url), ".facts dd") == before
    for network in Network.objects.filter(is_constructed=True):
        delete_network(network_id=network.pk, user=User(pk=0))
    assert texts(client.get(url), ".facts dd") == before
    Release.objects.update(first_day=None, last_day=None)  # of before days were kept, without rounds
    assert texts(client.get(url), ".facts dd")[2] == "6"


def test_a_bundle_that_is_not_written_yet_is_told_and_not_offered(client, cast):
    client.force_login(cast.appointed)
    page = client.get(reverse("release", args=[cast.release.pk]))
    assert "De bestanden worden nog geschreven." in text_of(page, "main p")
    assert reverse("release_bundle", args=[cast.release.pk]) not in links(page)
    assert client.get(reverse("release_bundle", args=[cast.release.pk])).status_code == 404


def test_a_bundle_comes_part_by_part_and_whole(client, cast):
    with_a_bundle(cast.release, *(bytes([number]) * 3 for number in range(12)))
    client.force_login(cast.appointed)
    answer = client.get(reverse("release_bundle", args=[cast.release.pk]))
    assert answer.streaming
    assert answer.getvalue() == b"".join(bytes([number]) * 3 for number in range(12))
    assert answer["Content-Length"] == "36"


def test_the_tables_have_what_was_told_and_say_of_how_many_networks(client, cast):
    client.force_login(cast.coordinator)
    page = client.get(reverse("release_tables", args=[cast.release.pk]))
    told = {(line.scale, line.quantity): line for line in from_json(cast.release.tables) if not line.filter}
    own = told["vertrouwen", "network"]
    row = next(text for text in texts(page, "main tbody tr") if text.startswith("Vertrouwen"))
    assert row.endswith(f"{str(own.mean).replace('.', ',')} (6)")
    assert "bedacht, niet verzameld" in text_of(page, "main strong")
    address = reverse("release_tables", args=[cast.release.pk])
    assert texts(client.get(address, {"tabel": "kind:school"}), "main .lead")[0].startswith("Soort partner die meedoet")
    assert texts(client.get(address, {"tabel": "x"}), "main .lead")[0].startswith("Alle netwerken")


def test_the_excel_file_has_a_row_for_each_figure(client, cast):
    client.force_login(cast.coordinator)
    answer = client.get(reverse("release_tables_xlsx", args=[cast.release.pk]))
    book = load_workbook(io.BytesIO(answer.content))
    assert book["Cijfers"].max_row == len(from_json(cast.release.tables)) + 1
    assert CONSTRUCTED in [cell.value for row in book["Uitleg"] for cell in row]


def test_a_beheerder_sees_why_there_can_be_no_release_yet(client, cast):
    client.force_login(cast.admin)
    page = client.get(reverse("release_new"))
    assert "Er kan nog geen uitgave zijn." in text_of(page, "main p")
    assert "Er kan nog geen uitgave zijn." in text_of(client.post(reverse("release_new"), {"maken": "1"}), "main p")
    client.force_login(cast.appointed)
    assert client.get(reverse("release_new")).status_code == client.post(reverse("release_new")).status_code == 404


def forget():
    note_forgotten(since=timezone.now() - timedelta(hours=1), until=timezone.now(), seen=frozenset())


@pytest.mark.parametrize(("answer", "then"), [("nee", "Er kan nog geen uitgave zijn."), ("ja", "Er is al een uitgave")])
def test_after_a_restore_a_beheerder_is_asked_first_whether_a_release_was_forgotten(client, cast, answer, then):
    forget()
    client.force_login(cast.admin)
    address = reverse("release_new")
    assert "Is er in die tijd een uitgave gemaakt?" in text_of(client.get(address), "main form")
    unanswered = client.post(address)
    assert (unanswered.status_code, question() is not None) == (200, True)
    assert "Dit veld is verplicht" in text_of(unanswered, "main form")
    client.force_login(cast.coordinator)
    assert client.post(address, {"had_release": answer}).status_code == 404
    client.force_login(cast.admin)
    said, page = texts(client.post(address, {"had_release": answer}, follow=True), "main p")
    assert (said, page.startswith(then)) == ("Dat is bewaard.", True)
    assert question() is None


def test_an_answer_that_comes_second_makes_no_release_and_changes_none(client, cast):
    Network.objects.update(is_constructed=False)
    Entry.objects.all().delete()
    Release.objects.all().delete()
    DBTaskResult.objects.all().delete()
    client.force_login(cast.admin)
    address = reverse("release_new")
    for answer in ({"had_release": "ja"}, {}):
        page = text_of(client.post(address, answer), "main")
        assert "Uitgave maken" in page, page
    assert not DBTaskResult.objects.exists()
    client.post(address, {"maken": "1"})
    assert DBTaskResult.objects.count() == 1


def test_whoever_comes_to_the_pages_for_research_finds_the_releases_there(client, cast):
    for user in (cast.coordinator, cast.researcher, cast.appointed, cast.admin):
        client.force_login(user)
        assert reverse("release", args=[cast.release.pk]) in links(client.get(reverse("research"))), user.email


def test_who_runs_a_network_finds_the_tables_from_the_overview(client, cast):
    client.force_login(cast.coordinator)
    assert reverse("release_tables", args=[cast.release.pk]) in links(client.get(reverse("overview")))
