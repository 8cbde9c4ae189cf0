"""Whatever is stored once a round is closed is given to a program that puts people's rows back in their places."""

from random import Random

import pytest
from django.apps import apps

from assessments.actions.rounds import close_round
from assessments.anonymity.erasure import wipe
from assessments.models import FrozenResults
from factors.models import InstrumentVersion
from tests.attacks.fingerprints import Row, blanked, put_back
from tests.cast import build_cast, submit_all
from tests.people import INSTRUMENT, Person

pytestmark = [pytest.mark.attack, pytest.mark.django_db]

SEATS = {
    ("school", "uitvoerend"): 9,
    ("buurtteam", "uitvoerend"): 7,
    ("jeugdhulp", "uitvoerend"): 3,
    ("gemeente", "uitvoerend"): 2,
    ("school", "management"): 2,
    ("buurtteam", "management"): 2,
    ("jeugdhulp", "management"): 2,
    ("gemeente", "management"): 2,
    ("school", "bestuur"): 1,
    ("gemeente", "bestuur"): 1,
}
STATEMENTS = set(INSTRUMENT.statements)


@pytest.fixture
def closed():
    """People, what is published of them, and the round, which is closed."""
    chance = Random(13)
    asked = [s.key for key, block in INSTRUMENT.blocks.items() if key != "ouders" for s in block]
    people = [
        Person(partner, level, {key: chance.choice("1223334445?") for key in asked})
        for (partner, level), count in SEATS.items()
        for _ in range(count)
    ]
    cast = build_cast(SEATS, minimum=5)
    answers = [{key: v if v == "?" else int(v) for key, v in person.answers.items()} for person in people]
    submit_all(cast.round, zip(cast.participants(), answers, strict=True))
    close_round(round_id=cast.round.pk)
    wipe()
    return people, FrozenResults.objects.get().document, cast.round


def rows_of_people():
    """Everything in the database that has the shape of somebody's answers: values by statement."""
    found = []
    for model in set(apps.get_models(include_auto_created=True)) - {InstrumentVersion}:
        for row in model.objects.values():
            found += [part for part in parts_of(row) if len(STATEMENTS & set(part)) > 1]
    return found


def parts_of(value):
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [*([value] if isinstance(value, dict) else []), *(own for part in inner for own in parts_of(part))]


def test_the_program_puts_rows_back_as_they_were_kept_before(closed):
    people, document, _ = closed
    rows = blanked(people, 5)
    found = put_back(rows, document)
    blank = [number for number, row in enumerate(rows) if not row.partner]
    assert len(blank) > 10
    assert len(found) >= len(blank) / 2
    assert all(people[number].partner == partner for number, partner in found.items())


def test_of_what_is_stored_now_it_puts_nobody_back(closed):
    _, document, _ = closed
    rows = [Row(Person("", "", answers), "") for answers in rows_of_people()]
    assert put_back(rows, document) == {}
    assert rows == []
