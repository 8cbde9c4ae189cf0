"""A program reads what the owner of its token may take along at that moment, in the form that is described."""

import io
import json
from itertools import count
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.actions.rounds import archive_round, publish_round
from assessments.models import FrozenResults, Intake, Membership, Network, ReaderGroup, Release, Round
from factors import export
from samenwerking.accounts.models import Reads

WRITTEN = "Dit schreef iemand"
ROLES = ("coordinator", "reader", "researcher", "outsider", "stranger", "boss")
RESEARCH = {"researcher", "outsider"}
# Who reads the round, by what was done with it.
READ_BY = {
    "closed": {"coordinator"},
    "deelnemers": {"coordinator"},
    "meelezers": {"coordinator"},
    "onderzoekers": {"coordinator", *RESEARCH},
    "archived": {"coordinator", *RESEARCH},
}


def of_round(cast):
    return f"/rondes/{cast.round.pk}", f"/rondes/{cast.round.pk}/uitkomsten"


@pytest.mark.parametrize("state", READ_BY)
def test_a_round_is_there_for_who_may_take_its_figures_and_for_nobody_else(cast, token, read, state):
    if state != "closed":
        publish_round(round_id=cast.round.pk, **({"readers": [state]} if state in ReaderGroup else {}))
    if state == "archived":
        archive_round(round_id=cast.round.pk)
    found = {}
    for role in ROLES:
        key = token(getattr(cast, role))
        listed = read("/rondes", key)
        names = (
            [round["naam"] for round in listed.json()["rondes"]] if listed.status_code == 200 else listed.status_code
        )
        found[role] = (names, *(read(path, key).status_code for path in of_round(cast)))
    there, absent, no_right = (["Voorjaar"], 200, 200), ([], 404, 404), (401, 401, 401)
    expected = {role: there if role in READ_BY[state] else absent for role in ROLES}
    assert found == expected | {"reader": no_right, "boss": no_right}


def test_a_token_for_what_is_public_reads_no_round(published, token, read):
    key = token(published.coordinator, Reads.PUBLIC)
    assert {read(path, key).status_code for path in ("/rondes", *of_round(published))} == {404}
    assert read("/instrumentversies", key).status_code == 200


def test_who_loses_the_right_reads_nothing_from_then_on(published, token, read):
    key = token(published.researcher)
    assert read("/rondes", key).json()["aantal"] == 1
    Membership.objects.filter(user=published.researcher).delete()
    assert read("/rondes", key).status_code == 401
    own = token(published.outsider)
    Round.objects.filter(pk=published.round.pk).update(left_research_at=timezone.now())
    assert read("/rondes", own).json()["rondes"] == []
    assert read(of_round(published)[1], own).status_code == 404


def test_a_round_of_another_network_answers_as_one_that_does_not_exist(published, token, read):
    key = token(published.stranger)
    for path in of_round(published):
        other, nowhere = read(path, key), read(path.replace(str(published.round.pk), str(uuid4())), key)
        assert (other.status_code, other.content) == (404, nowhere.content)


def test_a_round_says_what_it_is(published, token, read, described):
    path, results = of_round(published)
    round = described("/rondes/{rondeId}", read(path, token(published.researcher)))
    links = round.pop("_links")
    version = published.round.instrument_version
    assert round == {
        "id": str(published.round.pk),
        "naam": "Voorjaar",
        "netwerk": {"id": str(published.network.pk), "naam": "Netwerk Oost"},
        "isVoorbeeld": False,
        "staat": "gepubliceerd",
        "geslotenOp": published.round.closed_at.astimezone().date().isoformat(),
        "versies": {"instrument": version.pk, "adviesregels": version.instrument.rules_version},
    }
    assert links["uitkomsten"]["href"] == f"http://127.0.0.1:8000/api/v1{results}"


def test_the_results_are_those_that_the_server_prints(published, token, read, described):
    path = of_round(published)[1]
    results = described("/rondes/{rondeId}/uitkomsten", read(path, token(published.researcher)))
    printed = io.StringIO()
    call_command("results", str(published.round.pk), stdout=printed)
    assert results == json.loads(printed.getvalue())
    network = next(group for group in results["groups"] if group["kind"] == "network")
    assert {type(figure.get("mean", 0.0)) for figure in network["factors"].values()} == {float}


def test_no_figure_is_read_that_the_files_for_research_do_not_have(client, published, token, read):
    client.force_login(published.researcher)
    file = client.get(f"/onderzoek/{published.round.pk}/cijfers.csv").content.decode("utf-8-sig")
    client.logout()
    lines = [
        dict(zip(file.splitlines()[0].split(","), line.split(","), strict=False)) for line in file.splitlines()[1:]
    ]
    in_file = {(line["group_kind"], line["group_key"], line["item"]) for line in lines if not line["hidden"]}
    results = read(of_round(published)[1], token(published.researcher)).json()
    by_api = {
        (group["kind"], group["key"], item)
        for group in results["groups"]
        for kind in ("factors", "dimensions", "outcome")
        for item in group[kind]
    }
    assert by_api == in_file
    assert '"sd"' not in json.dumps(results)


def test_results_that_this_version_cannot_read_are_said_to_be_so(published, token, read, described):
    frozen = FrozenResults.objects.get(round=published.round)
    frozen.document["format"] = 99
    frozen.save()
    key = token(published.researcher)
    problem = described("/rondes/{rondeId}/uitkomsten", read(of_round(published)[1], key))
    assert (problem["status"], "niets kwijt" in problem["detail"]) == (503, True)
    assert read("/rondes", key).json()["aantal"] == 1


def test_each_version_of_the_instrument_is_there_as_data(published, token, read, described):
    key, version = token(published.coordinator, Reads.PUBLIC), published.round.instrument_version
    listed = described("/instrumentversies", read("/instrumentversies", key))
    assert [entry["versie"] for entry in listed["instrumentversies"]] == [version.pk]
    whole = described("/instrumentversies/{versie}", read(f"/instrumentversies/{version.pk}", key))
    assert whole == json.loads(json.dumps(export.as_json(version.instrument)))
    assert read("/instrumentversies/0", key).status_code == 404


@pytest.fixture
def release(published):
    """Returns a release of the round, as it is once its bundle was written."""
    made = Release.objects.create(number="2027-04", networks=6, size=1234, checksum="a" * 64)
    made.entries.add(Intake.objects.create(number=1).entries.create(round=published.round, network=uuid4(), place=1))
    return made


def test_a_release_says_what_it_is_and_to_an_onderzoeker_what_its_files_are(release, published, token, read, described):
    found = {}
    for role in ("outsider", "researcher", "coordinator"):
        key = token(getattr(published, role), Reads.PUBLIC)
        [entry] = described("/uitgaven", read("/uitgaven", key))["uitgaven"]
        assert entry == described("/uitgaven/{nummer}", read("/uitgaven/2027-04", key))
        assert entry.pop("_links")["pagina"]["href"] == "http://127.0.0.1:8000/onderzoek/uitgaven/2027-04/"
        found[role] = entry.pop("bestanden")
        day = timezone.localdate().isoformat()
        plain = {"isVoorbeeld": False, "aantalNetwerken": 6, "aantalRondes": 1}
        assert entry == plain | {"nummer": "2027-04", "gemaaktOp": day}
    assert found == {"outsider": {"grootte": 1234, "sha256": "a" * 64}, "researcher": None, "coordinator": None}
    assert read("/uitgaven/2026-10", key).status_code == 404


def test_a_release_whose_files_are_being_written_has_none_yet(release, published, token, read, described):
    Release.objects.update(size=None, checksum="")
    key = token(published.outsider)
    assert described("/uitgaven/{nummer}", read("/uitgaven/2027-04", key))["bestanden"] is None


def test_the_root_says_where_everything_is_and_all_of_it_is_there(published, token, read, described):
    links = described("/", read("/"))["_links"]
    key = token(published.coordinator)
    for link in links.values():
        assert read(link["href"].removeprefix("http://127.0.0.1:8000/api/v1"), key).status_code == 200
    assert read("").content == read("/").content


def test_no_answer_has_an_address_of_somebody_or_what_was_written(published, token, read):
    key = token(published.coordinator)
    version = published.round.instrument_version_id
    paths = ("/", "/rondes", *of_round(published), "/instrumentversies", f"/instrumentversies/{version}")
    said = "".join(read(path, key).content.decode() for path in paths)
    assert len(said) > 100_000
    assert ("@" in said, WRITTEN in said, str(published.participants()[0].pk) in said) == (False, False, False)


NUMBERS = count(1)


def another_round(cast):
    """Adds a network with a published round, as the round of the cast is."""
    number = next(NUMBERS)
    network = Network.objects.create(name=f"Netwerk {number:03}")
    own = {"network": network, "name": f"Ronde {number}", "instrument_version": cast.round.instrument_version}
    moments = {
        "state": "gepubliceerd",
        "in_research": True,
        "opened_at": cast.round.opened_at,
        "closed_at": cast.round.closed_at,
    }
    round = Round.objects.create(**own, **moments)
    frozen = cast.round.frozen
    FrozenResults.objects.create(round=round, document=frozen.document, checksum=frozen.checksum)
    round.publications.create(readers=ReaderGroup.RESEARCHERS)
    return round


def test_a_list_comes_in_pages_that_lead_to_each_other_and_have_every_round_once(published, token, read, described):
    rounds = {str(another_round(published).pk) for _ in range(6)} | {str(published.round.pk)}
    key, seen, path = token(published.outsider), [], "/rondes?paginaGrootte=3"
    while path:
        page = described("/rondes", read(path, key))
        assert (page["aantal"], page["paginaGrootte"], page["aantalPaginas"]) == (7, 3, 3)
        seen.append([round["id"] for round in page["rondes"]])
        links = page["_links"]
        assert ("prev" in links, "next" in links) == (len(seen) > 1, len(seen) < 3)
        path = links["next"]["href"].partition("/api/v1")[2] if "next" in links else ""
    assert [len(part) for part in seen] == [3, 3, 1]
    assert set().union(*seen) == rounds
    assert read("/rondes?pagina=4&paginaGrootte=3", key).status_code == 404


def test_an_empty_list_is_one_page_without_rounds(cast, token, read, described):
    page = described("/rondes", read("/rondes", token(cast.outsider)))
    assert (page["aantal"], page["aantalPaginas"], page["rondes"]) == (0, 1, [])


def test_a_list_asks_the_database_as_often_with_one_round_as_with_seven(published, token, read):
    key = token(published.outsider)
    read("/rondes", key)
    with CaptureQueriesContext(connection) as one:
        read("/rondes", key)
    for _ in range(6):
        another_round(published)
    with CaptureQueriesContext(connection) as seven:
        assert read("/rondes", key).json()["aantal"] == 7
    assert len(one) == len(seven) <= 4
    whole = ', "assessments_frozenresults"."document"'  # 50 kB each, of which a list says two words
    assert not [query for query in seven if whole in query["sql"]]
