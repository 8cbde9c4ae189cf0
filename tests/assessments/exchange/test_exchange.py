"""A network is written to a file and read in elsewhere with the same results, also where something is here already."""

import json
from io import BytesIO
from pathlib import Path
from subprocess import PIPE, Popen

import pytest
from auditlog.models import LogEntry
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from jsonschema import Draft202012Validator

from assessments.actions.exchange import import_network
from assessments.actions.rounds import archive_round
from assessments.anonymity.keys import link_token
from assessments.demo.build import build_cases, build_demo
from assessments.exchange.reading import read_network
from assessments.exchange.shape import Unfit
from assessments.models import (
    FrozenResults,
    OpenAnswer,
    Participant,
    Partner,
    PartnerKind,
    Publication,
    Round,
)
from factors.actions import CAME_ALONG, checksum_of, load_instrument
from factors.documents import build
from factors.models import InstrumentVersion
from samenwerking.accounts.models import User
from tests.exchanged import another_database, manage, packed, parts_of, told, told_elsewhere
from tests.html import text_of
from tests.whole_networks import emptied, exported, of_round, read_in, refusal

SCHEMA = json.loads((Path(settings.BASE_DIR) / "assessments" / "exchange" / "schema.json").read_text())


def test_what_is_read_in_is_what_was_written(cast, parcel):
    before, written = told(), parts_of(parcel)
    emptied(cast)
    network = read_in(parcel)
    assert told() == before
    again = parts_of(exported(network))
    assert (of_round(written)["in_research"], of_round(again)["in_research"]) == (True, False)
    of_round(written)["in_research"] = False
    assert {name: part for name, part in again.items() if name != "manifest.json"} == {
        name: part for name, part in written.items() if name not in ("manifest.json", "LEESMIJ.txt")
    } | {"LEESMIJ.txt": again["LEESMIJ.txt"]}
    [round] = network.rounds.all()
    assert set(round.publications.values_list("readers", flat=True)) == {"deelnemers", "meelezers", "onderzoekers"}
    assert network.memberships.get().user == cast.coordinator
    assert (Participant.objects.count(), round.addresses_erased_at is None) == (0, False)


@pytest.mark.django_db(transaction=True)
@pytest.mark.long
def test_demo_and_cases_say_the_same_in_another_database(tmp_path):
    networks = [build_demo(), *build_cases()]
    before = told()
    assert len(before) == 5
    with another_database("elsewhere") as url:
        made = manage(url, "shell", "-c", MAKE_AN_ACCOUNT)
        assert made.returncode == 0, made.stderr
        for network in networks:
            file = tmp_path / f"{network.pk}.zip"
            file.write_bytes(exported(network))
            done = manage(url, "network_import", str(file), "--coordinator", "nieuw@example.org")
            assert done.returncode == 0, done.stderr
        assert told_elsewhere(url) == before


MAKE_AN_ACCOUNT = (
    "from samenwerking.accounts.models import User; User.objects.create_user('nieuw@example.org', name='Nieuw')"
)


def test_there_is_no_person_no_address_no_link_and_no_secret_in_it(cast, parcel):
    whole = "\n".join(str(part) for name, part in parts_of(parcel).items() if not name.startswith("instruments/"))
    tokens = [link_token(participant.pk) for participant in cast.participants()]
    ids = [str(participant.pk) for participant in cast.participants()]
    people = ["Zeven", "example.org", "coordinator@", "reader@", settings.LINK_SECRET, settings.RESPONSE_SECRET]
    assert [piece for piece in (*people, *tokens, *ids) if piece in whole] == []
    assert "Wij bellen vaker" in whole


def test_a_round_that_was_read_in_is_in_no_release_here_also_where_it_left_research_there(cast):
    Round.objects.filter(pk=cast.round.pk).update(left_research_at=timezone.now())
    parcel = exported(cast.network)
    emptied(cast)
    [round] = read_in(parcel).rounds.all()
    assert (round.in_research, round.left_research_at) == (False, None)


def test_the_level_of_an_open_answer_is_told_only_where_a_published_report_tells_it(cast):
    OpenAnswer.objects.update(level="uitvoerend")

    def levels():
        rows = of_round(parts_of(exported(cast.network)))["open_answers"]
        return {row["level"] for row in rows if row["is_cleared"]}, {
            row["level"] for row in rows if not row["is_cleared"]
        }

    assert levels() == ({"uitvoerend"}, {""})
    Publication.objects.all().delete()
    assert levels() == ({""}, {""})


def test_a_round_that_is_not_closed_is_left_out_and_that_is_said(cast, parcel):
    parts = parts_of(parcel)
    assert [name for name in parts if name.startswith("rounds/")] == [f"rounds/{cast.round.pk}.json"]
    assert parts["manifest.json"]["left_out"] == ["Najaar"]
    assert "‘Najaar’" in parts["LEESMIJ.txt"].decode()
    assert read_network(BytesIO(parcel)).left_out == ["Najaar"]


def test_it_is_as_its_schema_says(parcel):
    validator = Draft202012Validator(SCHEMA)
    parts = parts_of(parcel)
    for name, part in parts.items():
        if name.endswith(".json"):
            kind = name.partition("/")[0].removesuffix(".json").removesuffix("s")
            faults = validator.evolve(schema={**SCHEMA, "$ref": f"#/$defs/{kind}"}).iter_errors(part)
            assert [fault.message for fault in faults] == [], name


# What is here already


def test_a_network_that_is_here_is_refused_with_what_to_do(cast, parcel):
    said = refusal(parcel)
    assert "Dit netwerk is hier al, en heet ‘Netwerk Oost’" in said
    assert "eerst verwijderen" in said


def test_a_round_that_is_here_in_another_network_is_refused(cast, parcel):
    elsewhere = cast.stranger.memberships.get().network
    Participant.objects.all().delete()
    Round.objects.filter(pk=cast.round.pk).update(network=elsewhere)
    cast.network.rounds.all().delete()
    cast.network.delete()
    assert refusal(parcel).startswith("Een ronde uit dit bestand is hier al")
    assert FrozenResults.objects.count() == 1


def test_an_instrument_that_is_not_here_comes_along_and_another_of_its_name_is_refused(cast, parcel):
    emptied(cast)
    Round.objects.all().delete()
    InstrumentVersion.objects.update(checksum="x" * 64)
    assert "hier een andere dan in dit bestand" in refusal(parcel)
    InstrumentVersion.objects.all().delete()
    read_in(parcel)
    assert InstrumentVersion.objects.count() == 1


def with_another_instrument(parts, called):
    """Gives the round of a file a version of the instrument that is nowhere else."""
    name = next(name for name in parts if name.startswith("instruments/"))
    part = parts.pop(name)
    document = json.loads(json.dumps(part["document"]).replace(f'"{part["version"]}"', f'"{called}"'))
    assert build(document).version == called
    parts[f"instruments/{called}.json"] = {
        "version": called,
        "document": document,
        "checksum": checksum_of(document),
    }
    of_round(parts)["instrument_version"] = called
    return parts


def test_no_new_round_starts_with_an_instrument_that_came_along_before_it_is_loaded_here(cast, parcel):
    here = InstrumentVersion.objects.latest_version()
    emptied(cast)
    read_in(packed(with_another_instrument(parts_of(parcel), "9.9")))
    assert InstrumentVersion.objects.latest_version() == here
    InstrumentVersion.objects.filter(pk=here.pk).update(loaded_at=CAME_ALONG)
    assert load_instrument() == here
    assert InstrumentVersion.objects.latest_version() == here


def test_a_kind_of_partner_that_is_not_here_comes_along_and_one_that_is_stays_as_it_is_here(cast):
    PartnerKind.objects.create(key="kerk", name="kerk", sector="overig")
    Partner.objects.filter(key="gemeente").update(kind="kerk")
    parcel = exported(cast.network)
    emptied(cast)
    PartnerKind.objects.filter(key="kerk").delete()
    PartnerKind.objects.filter(key="school").update(sector="overig")
    read_in(parcel)
    assert PartnerKind.objects.get(key="kerk").name == "kerk"
    assert PartnerKind.objects.get(key="school").sector == "overig"


def test_who_has_no_account_here_can_lead_no_network(cast, parcel):
    emptied(cast)
    with pytest.raises(Unfit, match=r"niemand|Niemand"):
        import_network(parcel=read_network(BytesIO(parcel)), coordinator="niemand@example.org")
    assert not Publication.objects.exists()


# The page


def test_a_coordinator_downloads_her_network_and_the_trail_knows(cast, client):
    client.force_login(cast.coordinator)
    page = client.get(reverse("network_export", args=[cast.network.pk]))
    assert "Najaar (concept)" in text_of(page, "main")
    answer = client.post(reverse("network_file", args=[cast.network.pk]))
    assert answer["Content-Disposition"].startswith('attachment; filename="netwerk-oost-export-')
    found = read_network(BytesIO(b"".join(answer.streaming_content)))
    assert found.network.pk == cast.network.pk
    noted = LogEntry.objects.filter(action=LogEntry.Action.ACCESS).get()
    assert (noted.actor, noted.object_pk) == (cast.coordinator, str(cast.network.pk))


def test_an_archived_round_comes_along(cast):
    archive_round(round_id=cast.round.pk)
    parts = parts_of(exported(cast.network))
    assert of_round(parts)["state"] == "gearchiveerd"


def test_the_commands_write_and_read_and_say_what_is_wrong(cast, tmp_path, capsys):
    from django.core.management import CommandError, call_command

    file = tmp_path / "netwerk.zip"
    call_command("network_export", "Netwerk Oost", out=file)
    assert "Niet meegenomen, want nog niet gesloten: ‘Najaar’." in capsys.readouterr().err
    with pytest.raises(CommandError, match="bestaat al"):
        call_command("network_export", str(cast.network.pk), out=file)
    with pytest.raises(CommandError, match="Dit netwerk is hier al"):
        call_command("network_import", file, coordinator="coordinator@example.org")
    emptied(cast)
    call_command("network_import", file, coordinator="coordinator@example.org")
    assert "1 rondes ingelezen" in capsys.readouterr().out
    assert User.objects.get(email="coordinator@example.org").memberships.count() == 1


def test_a_network_goes_through_pipes_where_no_file_can_be_written_or_read(cast, capsysbinary, monkeypatch, tmp_path):
    from django.core.management import call_command

    call_command("network_export", "Netwerk Oost", out=Path("-"))
    sent, said = capsysbinary.readouterr()
    assert parts_of(sent).keys() == parts_of(exported(cast.network)).keys()
    assert "Netwerk Oost, 1 gesloten rondes" in said.decode()
    emptied(cast)
    (tmp_path / "netwerk.zip").write_bytes(sent)
    with Popen(["cat", tmp_path / "netwerk.zip"], stdout=PIPE, text=True) as cat:
        monkeypatch.setattr("sys.stdin", cat.stdout)
        call_command("network_import", Path("-"), coordinator="coordinator@example.org")
    assert User.objects.get(email="coordinator@example.org").memberships.count() == 1
