"""A network is written to a file and read in elsewhere with the same results; what is not whole is refused by place."""

import json
import tracemalloc
import uuid
from datetime import time, timedelta
from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest
from auditlog.models import LogEntry
from django.conf import settings
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from jsonschema import Draft202012Validator

from assessments.actions.exchange import import_network
from assessments.actions.improvements import add_improvement
from assessments.actions.open_answers import check_open_answers
from assessments.actions.rounds import archive_round, close_round, publish_round
from assessments.anonymity.keys import link_token
from assessments.demo.build import build_cases, build_demo
from assessments.exchange.reading import read_network
from assessments.exchange.shape import Unfit
from assessments.exchange.writing import write_network
from assessments.models import (
    FrozenResults,
    Meeting,
    Network,
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
from tests.cast import build_cast
from tests.exchanged import another_database, manage, packed, parts_of, told, told_elsewhere
from tests.html import text_of

SCHEMA = json.loads((Path(settings.BASE_DIR) / "assessments" / "exchange" / "schema.json").read_text())


def a_whole_network():
    """Returns the cast of a published round with all that can hang on it, and a concept after it."""
    cast = build_cast(kinds={"school": "school", "gemeente": "gemeente"})
    for number, participant in enumerate(cast.participants()):
        cast.answer(participant, 1 + number % 5, texts={"open_slot": f"Antwoord {number}"})
    Participant.objects.update(name="Juf Zeven", job_title="ib'er van Zeven")
    Round.objects.update(contact_name="Noor Zeven", contact_email="noor.zeven@example.org")
    Partner.objects.update(contact_email="piet.zeven@example.org")
    close_round(round_id=cast.round.pk)
    first, second, *_ = OpenAnswer.objects.all()
    texts = {first.pk: "Wij bellen vaker", second.pk: "Ouders wachten"}
    check_open_answers(round_id=cast.round.pk, texts=texts, left_out={second.pk}, unread=set())
    publish_round(round_id=cast.round.pk)
    add_improvement(round_id=cast.round.pk, fields={"what": "Vaker bellen", "who": "scholen", "factor": "regels"})
    day = timezone.localdate() + timedelta(days=9)
    Meeting.objects.create(round=cast.round, day=day, begins=time(14), ends=time(15), place="zaal 2", words="Welkom")
    cast.network.job_title_levels.create(job_title="Ib'er", simple_form="iber", level="uitvoerend")
    Round.objects.create(network=cast.network, name="Najaar", instrument_version=cast.round.instrument_version)
    return cast


def exported(network):
    file = BytesIO()
    write_network(network, file, timezone.now())
    return file.getvalue()


@pytest.fixture
def cast(db):
    return a_whole_network()


@pytest.fixture
def parcel(cast):
    return exported(cast.network)


def emptied(cast):
    """Takes the network away, as if this were another installation; its coördinator has an account there."""
    cast.network.rounds.all().delete()
    cast.network.delete()


def read_in(parcel):
    return import_network(parcel=read_network(BytesIO(parcel)), coordinator="Coordinator@example.org")


def refusal(parcel):
    with pytest.raises(Unfit) as refused:
        read_in(parcel)
    return str(refused.value)


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


# What is not whole


def test_a_changed_file_is_refused_with_its_name(cast, parcel):
    emptied(cast)
    parts, name = parts_of(parcel), f"rounds/{cast.round.pk}.json"
    parts[name]["improvements"][0]["what"] = "Iets anders"
    assert refusal(packed(parts, with_checksums=False)).startswith(f"{name}: de inhoud klopt niet")
    assert not Network.objects.filter(pk=parts["network.json"]["id"]).exists()


def of_round(parts):
    return next(part for name, part in parts.items() if name.startswith("rounds/"))


def a_figure(parts):
    of_round(parts)["frozen"]["document"]["minimum"] = 4


def no_figures(parts):
    of_round(parts)["frozen"]["document"] = {}


def a_number_of_a_partner(parts):
    of_round(parts)["frozen"]["facts"]["partners"][0]["n"] = 3


def an_unknown_state(parts):
    of_round(parts)["state"] = "open"


def a_state_of_nothing(parts):
    of_round(parts)["state"] = "zomaar"


def a_column_more(parts):
    of_round(parts)["open_answers"][0]["participant"] = "x"


def a_day_that_is_none(parts):
    of_round(parts)["closed_at"] = "vorige week"


def a_time_without_a_zone(parts):
    of_round(parts)["closed_at"] = "2026-03-02T10:00:00"


def a_day_after_now(parts):
    of_round(parts)["closed_at"] = "9996-12-31T12:00:00+00:00"


def a_day_long_ago(parts):
    of_round(parts)["opened_at"] = "0001-01-01T00:00:00+14:00"


def a_day_beyond_all_terms(parts):
    of_round(parts)["results_until"] = "9999-12-31"


def a_round_before_it_that_is_away(parts):
    of_round(parts)["previous"] = str(uuid.uuid4())


def a_name_that_is_too_long(parts):
    parts["network.json"]["name"] = "x" * 201


def two_partners_of_one_key(parts):
    parts["network.json"]["partners"] *= 2


def a_partner_of_no_kind(parts):
    parts["network.json"]["partners"][0]["kind"] = "kerk"


def a_part_of_nothing(parts):
    parts["network.json"]["partners"] = None


def a_later_form(parts):
    parts["manifest.json"]["version"] = 2


def another_instrument(parts):
    part = next(part for name, part in parts.items() if name.startswith("instruments/"))
    part["document"]["title"] = "Iets anders"


def half_an_instrument(parts):
    part = next(part for name, part in parts.items() if name.startswith("instruments/"))
    part["document"] = {}


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (a_figure, ": frozen: de uitkomsten kloppen niet met hun controlegetal"),
        (no_figures, ": frozen: de uitkomsten kloppen niet met hun controlegetal"),
        (a_number_of_a_partner, ": frozen: aan deze uitkomsten ontbreekt iets"),
        (an_unknown_state, ".json: deze ronde is niet gesloten"),
        (a_state_of_nothing, ".json: state: "),
        (a_column_more, ".json: open_answers[0]: hier horen de velden"),
        (a_day_that_is_none, ".json: closed_at: "),
        (a_time_without_a_zone, ".json: closed_at: Bij deze tijd hoort een tijdzone."),
        (a_day_after_now, ".json: closed_at: Deze tijd ligt in de toekomst"),
        (a_day_long_ago, ".json: opened_at: Deze tijd ligt in de toekomst, of voor het jaar 2000."),
        (a_day_beyond_all_terms, ".json: deze ronde zou langer blijven dan een installatie toestaat"),
        (a_round_before_it_that_is_away, ": previous: de ronde ervoor ontbreekt"),
        (a_name_that_is_too_long, "network.json: name: "),
        (two_partners_of_one_key, "network.json: partners[2]: er is al een partner met de sleutel"),
        (a_partner_of_no_kind, "network.json: partners[0]: kind: "),
        (a_part_of_nothing, "network.json: partners: hier hoort een lijst"),
        (a_later_form, "manifest.json: dit bestand heeft vorm 2"),
        (another_instrument, ".json: de vragenlijst klopt niet met haar controlegetal"),
        (half_an_instrument, ".json: dit is geen versie van de vragenlijst"),
    ],
)
def test_what_is_not_right_is_refused_by_its_place_also_where_checksums_were_mended(cast, parcel, change, place):
    emptied(cast)
    parts = parts_of(parcel)
    change(parts)
    assert place in refusal(packed(parts))
    assert not Network.objects.filter(pk=parts["network.json"]["id"]).exists()
    assert not Round.objects.exists()


@pytest.mark.parametrize("method", [ZIP_LZMA, ZIP_BZIP2])
def test_a_file_that_is_packed_otherwise_is_refused_whole_or_damaged(cast, parcel, method):
    emptied(cast)
    content = bytearray(deflated(parts_of(parcel), method))
    assert "geen export van een netwerk" in refusal(bytes(content))
    with ZipFile(BytesIO(content)) as file:
        start = file.getinfo("manifest.json").header_offset + 30 + len("manifest.json")
    for place in range(start + 12, start + 60):
        content[place] ^= 0x5A
    assert "geen export van een netwerk" in refusal(bytes(content))


def test_a_name_that_is_no_utf_8_is_refused(db):
    whole = BytesIO()
    with ZipFile(whole, "w") as file:
        file.writestr("é.json", b"x")
    assert "geen export van een netwerk" in refusal(whole.getvalue().replace("é".encode(), b"\xff\xff"))


def deflated(parts, method=ZIP_DEFLATED):
    whole = BytesIO()
    with ZipFile(BytesIO(packed(parts))) as plain, ZipFile(whole, "w", method) as small:
        for name in plain.namelist():
            small.writestr(name, plain.read(name))
    return whole.getvalue()


def too_many_answers(parts):
    of_round(parts)["open_answers"] = of_round(parts)["open_answers"][:1] * 50_001


def too_many_partners(parts):
    parts["network.json"]["partners"] = [0] * 3_000_000


def a_part_that_is_too_large(parts):
    parts["network.json"]["description"] = "x" * 10_000_000


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (too_many_answers, "open_answers: hier staan er 50001, en meer dan 50000 lezen wij niet in"),
        (too_many_partners, "te groot"),
        (a_part_that_is_too_large, "te groot"),
    ],
)
def test_a_small_file_that_would_take_much_memory_is_refused(cast, parcel, change, said):
    emptied(cast)
    parts = parts_of(parcel)
    change(parts)
    bomb = deflated(parts)
    assert len(bomb) < 300_000
    tracemalloc.start()
    try:
        assert said in refusal(bomb)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 200_000_000


@pytest.mark.parametrize("content", [b"", b"PK", b"e-mail;naam\n", b"PK\x03\x04" + bytes(200)])
def test_a_file_of_another_kind_is_refused(db, content):
    assert "geen export van een netwerk" in refusal(content)


def test_a_file_that_breaks_off_or_has_a_part_more_is_refused(parcel, cast):
    emptied(cast)
    assert "geen export van een netwerk" in refusal(parcel[: len(parcel) // 2])
    extra = packed(parts_of(parcel) | {"extra.json": {}}, with_checksums=False)
    assert refusal(extra).startswith("extra.json: dit bestand hoort er niet bij")
    assert refusal(packed(parts_of(parcel) | {"../extra.json": {}})).startswith(
        "../extra.json: dit bestand kennen wij niet"
    )


HOSTILE = [
    None,
    True,
    0,
    -1,
    10**30,
    1.5,
    "",
    "x",
    "\x00",
    "\ud800",
    "9" * 5000,
    "2026-02-31",
    [],
    {},
    [None],
    {"": None},
]


def leaves(document, path=()):
    """Yields the path of each value in a document, lists and objects too."""
    pairs = document.items() if isinstance(document, dict) else enumerate(document)
    for key, value in pairs:
        yield (*path, key)
        if isinstance(value, (dict, list)):
            yield from leaves(value, (*path, key))


@pytest.mark.long
def test_no_value_anywhere_ends_in_anything_but_a_sentence_or_a_refusal_of_the_database(cast, parcel):
    emptied(cast)
    random, refused = Random(20), 0
    for _ in range(120):
        parts = parts_of(parcel)
        name = random.choice([name for name in parts if name.startswith(("rounds/", "network", "manifest"))])
        *path, last = random.choice(list(leaves(parts[name])))
        place = parts[name]
        for key in path:
            place = place[key]
        place[last] = random.choice(HOSTILE)
        try:
            with transaction.atomic():
                read_in(packed(parts, with_checksums=name != "manifest.json"))
                transaction.set_rollback(True)
        except (Unfit, DatabaseError):
            refused += 1
        assert not Network.objects.filter(pk=cast.network.pk or parts["network.json"]["id"]).exists()
    assert refused > 60


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
