"""A copy of the database ties no answer to a person: not by a value, a key, an order or a time, in any state.

While a round is open the reader of the copy lacks the server's secrets; once it is closed the reader may have those
too. What remains is the partner and the level, and after closing only where the minimum answered for them.
"""

import re
import uuid
from collections import Counter, defaultdict

import pytest
from django.apps import apps
from django.db import connection, models

from assessments.actions.rounds import archive_round, close_round, publish_round
from assessments.answers import asked_of
from assessments.keys import link_token, response_key
from assessments.models import OpenAnswer, OpenLink, Response, Round
from factors.instrument import LEVELS
from tests.cast import build_cast, save_answers

pytestmark = [pytest.mark.django_db, pytest.mark.smoke]

SEATS = {
    ("school", "uitvoerend"): 7,
    ("buurtteam", "uitvoerend"): 4,
    ("gemeente", "uitvoerend"): 2,
    ("school", "management"): 3,
    ("gemeente", "bestuur"): 2,
}
WHERE_A_ROW_LIES = {"postgresql": "ctid", "sqlite": "rowid"}
SAID = (Response, OpenAnswer)


@pytest.fixture
def cast():
    """An open round: all but the last of each seat submitted, in the order of their addresses; one only began."""
    cast = build_cast(SEATS, minimum=3)
    for number, participant in enumerate(cast.participants()):
        text = {"open_slot": f"tekst van persoon {number}"}
        cast.answer(participant, 1 + number % 5, submit=number != 5, texts=text)
    return cast


STEPS = {"open": None, "gesloten": close_round, "gepubliceerd": publish_round, "gearchiveerd": archive_round}


@pytest.fixture(params=STEPS)
def state(request, cast):
    """The round in each state in which there are answers."""
    for state in list(STEPS)[1 : list(STEPS).index(request.param) + 1]:
        STEPS[state](round_id=cast.round.pk)
    return request.param


def rows(model):
    """Every row as stored, in the order in which the rows lie on disk."""
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY {WHERE_A_ROW_LIES[connection.vendor]}")
        return cursor.fetchall()


def texts_in(stored):
    """All values of rows as one text, identifiers in one spelling."""
    return "\n".join(str(value).replace("-", "") for row in stored for value in row)


def copy_of_the_database():
    """The values of every table, apart from what was said."""
    others = [model for model in apps.get_models(include_auto_created=True) if model not in SAID]
    return {model: texts_in(rows(model)) for model in others}


def test_what_was_said_names_no_person(cast, state):
    said = texts_in(rows(Response) + rows(OpenAnswer))
    for participant in cast.participants():
        assert participant.pk.hex not in said
        assert participant.email not in said
        assert link_token(participant.pk).replace("-", "") not in said


def test_no_other_table_has_a_key_of_what_was_said(cast, state):
    keys = {str(key).replace("-", "") for model in SAID for key in model.objects.values_list("pk", flat=True)}
    keys |= {response_key(participant.pk, bytes(cast.round.secret)).hex for participant in cast.participants()}
    found = {model: [key for key in keys if key in text] for model, text in copy_of_the_database().items()}
    assert not {model: keys for model, keys in found.items() if keys}


def test_no_other_table_has_an_answer_before_it_is_published(cast):
    texts = [f"tekst van persoon {number}" for number in range(sum(SEATS.values()))]
    for model, copy in copy_of_the_database().items():
        assert not [text for text in texts if text in copy], model


def test_what_was_said_has_no_time_no_number_and_no_key_but_round_and_partner():
    for model in SAID:
        fields = model._meta.concrete_fields
        assert not [f for f in fields if isinstance(f, models.DateField | models.TimeField | models.AutoField)]
        assert not [f for f in fields if isinstance(f, models.IntegerField)]
        assert {f.name for f in fields if f.is_relation} <= {"round", "partner"}
        assert not list(model._meta.related_objects)


def keys_by_page(model, cell=lambda key: None):
    """The keys of a table as they lie on each page of the disk, apart for each cell.

    PostgreSQL fills the room that it finds, on whatever page; what matters is the order in which rows were written.
    """
    table, key = (connection.ops.quote_name(name) for name in (model._meta.db_table, model._meta.pk.column))
    place = WHERE_A_ROW_LIES[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {place}, {key} FROM {table} ORDER BY {place}")
        found = defaultdict(list)
        for where, key in cursor.fetchall():
            page = where.partition(",")[0] if isinstance(where, str) else ""
            key = str(key).replace("-", "")
            found[page, cell(key)].append(key)
    return found


def test_rows_of_a_cell_lie_in_the_order_of_their_keys(cast, state):
    """The order in which people filled in is another one, and is not to be read from where rows lie."""
    cells = {r.pk.hex: (r.partner_id, r.level, r.is_submitted) for r in Response.objects.all()}
    for (_, (*_, is_submitted)), keys in keys_by_page(Response, cells.get).items():
        assert keys == sorted(keys) or not is_submitted


def test_open_answers_lie_in_the_order_of_random_keys(cast):
    close_round(round_id=cast.round.pk)
    pages = keys_by_page(OpenAnswer).values()
    assert all(keys == sorted(keys) for keys in pages)
    assert sum(map(len, pages)) == sum(SEATS.values()) - 1


def test_without_the_servers_secret_the_rounds_secret_leads_nowhere(cast, settings):
    keys = set(Response.objects.values_list("key", flat=True))
    secret = bytes(cast.round.secret)
    assert {response_key(participant.pk, secret) for participant in cast.participants()} == keys
    settings.RESPONSE_SECRET = "a guess of whoever has the copy"
    assert not {response_key(participant.pk, secret) for participant in cast.participants()} & keys


# Once the round is closed, with every secret.


def test_after_closing_no_secret_leads_to_a_response(cast):
    secret = bytes(cast.round.secret)
    close_round(round_id=cast.round.pk)
    keys = set(Response.objects.values_list("key", flat=True))
    assert not {response_key(participant.pk, secret) for participant in cast.participants()} & keys
    assert len(keys) == sum(SEATS.values()) - 1
    for model, copy in copy_of_the_database().items():
        assert secret.hex() not in copy, model
        assert str(secret) not in copy, model


def test_after_closing_whatever_a_response_says_of_its_place_is_said_by_the_minimum(cast):
    """gemeente × uitvoerend (2) would stand out beside the others, so buurtteam is not named either; nor is bestuur."""
    close_round(round_id=cast.round.pk)
    cells = Counter(Response.objects.values_list("partner__key", "level"))
    assert cells == {
        ("school", "uitvoerend"): 6,
        (None, "uitvoerend"): 6,
        (None, ""): 5,
    }


def test_after_closing_the_texts_are_apart_from_the_answers(cast):
    close_round(round_id=cast.round.pk)
    assert set(map(str, Response.objects.values_list("texts", flat=True))) == {"{}"}
    assert not re.search("tekst van persoon", texts_in(rows(Response)))
    named = Counter(OpenAnswer.objects.values_list("level", flat=True))
    assert sum(count for level, count in named.items() if level in LEVELS) + named[""] == named.total()
    assert all(count >= 3 for count in named.values())


def test_a_round_that_almost_nobody_answered_names_no_place_at_all():
    cast = build_cast({("school", "uitvoerend"): 2, ("gemeente", "bestuur"): 4}, minimum=3)
    for participant in cast.participants()[:2]:
        cast.answer(participant)
    close_round(round_id=cast.round.pk)
    assert set(Response.objects.values_list("partner", "level")) == {(None, "")}
    assert not Round.objects.get(pk=cast.round.pk).frozen.results.published.groups


@pytest.mark.parametrize(("vouched", "shown"), [(1, []), (3, [(10, None), (10, None)])])
def test_people_by_an_open_link_count_where_enough_came_by_their_own(vouched, shown):
    """More come by the link than were invited; the round closes, and nobody knows how many there could have been."""
    cast = build_cast({("school", "uitvoerend"): 3}, minimum=3)
    for participant in cast.participants()[:vouched]:
        cast.answer(participant)
    link = OpenLink.objects.create(round=cast.round, partner=cast.partners["school"], level="uitvoerend", cap=50)
    asked = asked_of(cast.round.instrument, "uitvoerend")
    for _ in range(7):
        save_answers(link.pk, dict.fromkeys(asked, 3), guest_id=uuid.uuid4(), submit=True)
    close_round(round_id=cast.round.pk)
    groups = Round.objects.get(pk=cast.round.pk).frozen.results.published.groups
    assert [(group.n, group.invited) for group in groups] == shown
    assert not Response.objects.filter(is_by_open_link=True)
