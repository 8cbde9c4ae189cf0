"""A copy of the database tells no answer while a round is open, and holds nobody's answers once it is closed.

Whoever reads the copy does not have the server's secrets while a round is open. Once it is closed the secrets are of no
use: what they would open is gone. Files, logs and what is left in them are searched in `attacks/`.
"""

import re
import uuid
from collections import Counter
from dataclasses import replace

import pytest
from django.apps import apps
from django.db import connection, models

from assessments.actions.rounds import archive_round, close_round, publish_round
from assessments.anonymity.keys import link_token
from assessments.anonymity.seal import Unreadable
from assessments.anonymity.secrets import keys_of
from assessments.models import OpenAnswer, OpenLink, Participant, Response, Round
from assessments.scores.answers import asked_of
from factors.models import InstrumentVersion
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
    """Returns an open round: everybody submitted, in the order of their addresses, but one, who only began."""
    cast = build_cast(SEATS, minimum=3)
    for number, participant in enumerate(cast.participants()):
        text = {"open_slot": f"tekst van persoon {number}"}
        cast.answer(participant, 1 + number % 5, submit=number != 5, texts=text)
    cast.keys = keys_of(cast.round)  # as somebody had them who looked while the round was open
    return cast


STEPS = {"open": None, "gesloten": close_round, "gepubliceerd": publish_round, "gearchiveerd": archive_round}


@pytest.fixture(params=STEPS)
def state(request, cast):
    """Puts the round in each state in which there are answers, and returns that state."""
    for state in list(STEPS)[1 : list(STEPS).index(request.param) + 1]:
        STEPS[state](round_id=cast.round.pk)
    return request.param


def rows(model):
    """Returns every row as stored, in the order in which the rows lie on disk."""
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY {WHERE_A_ROW_LIES[connection.vendor]}")
        return cursor.fetchall()


def texts_in(stored):
    """Returns all values of rows as one text, with identifiers in one spelling."""
    return "\n".join(str(value).replace("-", "") for row in stored for value in row)


def copy_of_the_database():
    """Returns the values of every table as text by model, without the tables of what was said."""
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
    keys |= {cast.keys.response_key(participant.pk).hex for participant in cast.participants()}
    found = {model: [key for key in keys if key in text] for model, text in copy_of_the_database().items()}
    assert not {model: keys for model, keys in found.items() if keys}


def test_no_other_table_has_an_answer_before_it_is_published(cast):
    texts = [f"tekst van persoon {number}" for number in range(sum(SEATS.values()))]
    for model, copy in copy_of_the_database().items():
        assert not [text for text in texts if text in copy], model


def test_what_was_said_has_no_time_no_number_and_no_key_but_round_and_link():
    for model in SAID:
        fields = model._meta.concrete_fields
        assert not [f for f in fields if isinstance(f, models.DateField | models.TimeField | models.AutoField)]
        assert not [f for f in fields if isinstance(f, models.IntegerField)]
        assert {f.name for f in fields if f.is_relation} <= {"round", "open_link"}
        assert not list(model._meta.related_objects)


def test_what_is_beside_a_sealed_response_is_its_round_and_the_link_it_came_by(cast):
    assert {field.name for field in Response._meta.concrete_fields} == {
        "key", "round", "open_link", "is_submitted", "sealed",
    }  # fmt: skip
    for response in Response.objects.all():
        assert not [sign for sign in (b"VG1 VG2", b"tekst van", b"statements") if sign in bytes(response.sealed)]


def test_every_response_of_a_round_is_as_long_as_any_other(cast):
    """A length tells neither how far somebody is nor what the answers are; only long texts take more kilobytes."""
    assert len({len(bytes(response.sealed)) for response in Response.objects.all()}) == 1


def test_without_the_servers_secret_the_rounds_secret_leads_nowhere(cast):
    keys = set(Response.objects.values_list("key", flat=True))
    right = keys_of(cast.round)
    wrong = replace(right, server_secret=b"a guess of whoever has the copy")
    ids = [participant.pk for participant in cast.participants()]
    assert set(map(right.response_key, ids)) == keys
    assert not set(map(wrong.response_key, ids)) & keys
    for response in Response.objects.all():
        with pytest.raises(Unreadable):
            wrong.open(response.key, response.sealed)


# Once the round is closed, with every secret.


def test_after_closing_there_is_no_row_of_a_person_and_no_secret(cast):
    secret = bytes(cast.round.kept_secret.secret)
    close_round(round_id=cast.round.pk)
    assert not Response.objects.exists()
    for model, copy in copy_of_the_database().items():
        assert secret.hex() not in copy, model
        assert str(secret).replace("-", "") not in copy, model


def test_after_closing_no_table_has_a_value_a_pattern_or_a_place_of_one_person(cast):
    """Looks for shapes: answers by statement or in a row, and a partner together with a level."""
    close_round(round_id=cast.round.pk)
    statements, places = set(cast.round.instrument.statements), {f"{partner} {level}" for partner, level in SEATS}
    for model in set(apps.get_models(include_auto_created=True)) - {InstrumentVersion, Participant}:
        for row in model.objects.values():
            for where, found in (part for value in row.values() for part in parts_of(value)):
                names = set(map(str, found)) if isinstance(found, dict | list) else {*re.split(r"\W+", str(found))}
                assert not statements & names, (model, where)
                assert not [place for place in places if set(place.split()) <= names], (model, where)
                if isinstance(found, list):
                    assert not re.fullmatch(r"[1-5?.]{4,}", "".join(map(str, found))), (model, where)
                else:  # the number of a row can be as short as a factor's
                    assert not re.search(r"[1-5?.]{12,}", re.sub(r"[\s,]", "", str(found))), (model, where)


def parts_of(value, place=""):
    """Yields every part of a JSON document as (where it stands, value)."""
    yield place, bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else value
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        yield from parts_of(part, f"{place}/{key}")


def test_after_closing_what_was_written_stands_apart_from_answers_and_people(cast):
    close_round(round_id=cast.round.pk)
    named = Counter(OpenAnswer.objects.values_list("level", flat=True))
    assert named.total() == sum(SEATS.values()) - 1
    assert all(count >= 3 for count in named.values())


def test_open_answers_lie_in_the_order_of_random_keys(cast):
    close_round(round_id=cast.round.pk)
    keys = [str(row[0]).replace("-", "") for row in rows(OpenAnswer)]
    assert keys == sorted(keys)


def test_a_round_that_almost_nobody_answered_shows_nobody():
    cast = build_cast({("school", "uitvoerend"): 2, ("gemeente", "bestuur"): 4}, minimum=3)
    for participant in cast.participants()[:2]:
        cast.answer(participant)
    close_round(round_id=cast.round.pk)
    assert not Round.objects.get(pk=cast.round.pk).frozen.results.published.groups


@pytest.mark.parametrize(("judged", "shown"), [(1, []), (3, [(10, None), (10, None)])])
def test_people_by_an_open_link_count_where_enough_came_by_their_own(judged, shown):
    """More people come by the link than were invited; the round closes, and nobody knows how many could have come."""
    cast = build_cast({("school", "uitvoerend"): 3}, minimum=3)
    for participant in cast.participants()[:judged]:
        cast.answer(participant)
    link = OpenLink.objects.create(round=cast.round, partner=cast.partners["school"], level="uitvoerend", cap=50)
    asked = asked_of(cast.round.instrument, "uitvoerend")
    for _ in range(7):
        save_answers(link.pk, dict.fromkeys(asked, 3), guest_id=uuid.uuid4(), submit=True)
    close_round(round_id=cast.round.pk)
    groups = Round.objects.get(pk=cast.round.pk).frozen.results.published.groups
    assert [(group.n, group.invited) for group in groups] == [(judged + 7, None)] * len(shown)
