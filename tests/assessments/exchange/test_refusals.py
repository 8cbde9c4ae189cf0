"""What is not whole, or was made to do harm, is refused by its place, and nothing is written."""

import tracemalloc
import uuid
from io import BytesIO
from random import Random
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest
from django.db import DatabaseError, transaction

from assessments.exchange.shape import Unfit
from assessments.models import (
    Network,
    Round,
)
from tests.exchanged import packed, parts_of
from tests.whole_networks import emptied, of_round, read_in, refusal


def test_a_changed_file_is_refused_with_its_name(cast, parcel):
    emptied(cast)
    parts, name = parts_of(parcel), f"rounds/{cast.round.pk}.json"
    parts[name]["improvements"][0]["what"] = "Iets anders"
    assert refusal(packed(parts, with_checksums=False)).startswith(f"{name}: de inhoud klopt niet")
    assert not Network.objects.filter(pk=parts["network.json"]["id"]).exists()


def a_figure(parts):
    of_round(parts)["frozen"]["document"]["minimum"] = 4


def no_figures(parts):
    of_round(parts)["frozen"]["document"] = {}


def a_number_of_a_partner(parts):
    of_round(parts)["frozen"]["facts"]["partners"][0]["n"] = 3


def a_sign_of_nothing_in_what_was_frozen(parts):
    of_round(parts)["frozen"]["facts"]["process"]["\x00"] = 1


def half_a_sign_in_what_was_frozen(parts):
    of_round(parts)["frozen"]["facts"]["partners"][0]["name"] = "School \ud800"


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
        (a_sign_of_nothing_in_what_was_frozen, ": frozen: facts: Hier staat een teken dat niet te bewaren is."),
        (half_a_sign_in_what_was_frozen, ": frozen: facts: Hier staat een teken dat niet te bewaren is."),
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
    of_round(parts)["open_answers"] = of_round(parts)["open_answers"][:1] * 30_001


def too_many_partners(parts):
    parts["network.json"]["partners"] = [0] * 3_000_000


def a_part_that_is_too_large(parts):
    parts["network.json"]["description"] = "x" * 10_000_000


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (too_many_answers, "open_answers: hier staan er 30001, en meer dan 30000 lezen wij niet in"),
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
