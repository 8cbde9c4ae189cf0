"""A query that is composed once finds what the plain one finds, for whatever key, thread and database connection."""

import threading
from uuid import uuid4

import pytest
from django.db import close_old_connections, connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from assessments.filling.by_key import ByKey
from assessments.filling.respondents import (
    LINKED,
    OF_THE_OPEN_LINK,
    OF_THE_PARTICIPANT,
    OF_THE_ROUND,
    ON_THE_FIRST_PAGE,
)
from assessments.models import Level, OpenLink, Participant, Response
from tests.cast import build_cast

pytestmark = pytest.mark.django_db

OWN = {Participant: OF_THE_PARTICIPANT, OpenLink: OF_THE_OPEN_LINK}


@pytest.fixture
def cast():
    cast = build_cast({("school", "uitvoerend"): 3, ("gemeente", "bestuur"): 2})
    for number, participant in enumerate(cast.participants()):
        cast.answer(participant, 1 + number, submit=number % 2 == 0)
    for level in (Level.UITVOEREND, "ouders"):
        partner = cast.round.network.partners.get(key="school") if level != "ouders" else None
        OpenLink.objects.create(round=cast.round, partner=partner, level=level)
    return cast


def told(row, back=()):
    """All that was read of a row and of those selected along, and which columns were left out."""
    if row is None:
        return row
    cached = row._state.fields_cache.items()
    others = [(name, own) for name, own in cached if isinstance(own, Model) and own not in back]
    along = {name: told(other, (*back, row)) for name, other in others}  # what is one to one points back
    read = {name: value for name, value in vars(row).items() if name != "_state"}
    return type(row), read, row.get_deferred_fields(), along


def querysets():
    for model in LINKED:
        columns = (*OWN[model], *OF_THE_ROUND, *ON_THE_FIRST_PAGE)
        yield model.objects.select_related("round__network", "round__kept_secret", "partner").only(*columns)
        yield model.objects.select_related("round")
    yield Response.objects.all()
    yield Response.objects.only("sealed", "is_submitted")


@pytest.mark.smoke
def test_it_finds_what_the_plain_query_finds_and_asks_the_same(cast):
    for rows in querysets():
        by_key = ByKey(rows)
        for key in [*rows.values_list("pk", flat=True), uuid4(), *rows.values_list("pk", flat=True)]:
            with CaptureQueriesContext(connection) as plain:
                expected = [told(row) for row in rows.filter(pk=key).order_by()]
            with CaptureQueriesContext(connection) as queries:
                found = told(by_key.get(key))
            assert found == (expected[0] if expected else None)
            assert [query["sql"] for query in queries] == [query["sql"] for query in plain]


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_over_its_own_connection(cast):
    by_key = ByKey(Participant.objects.select_related("round"))
    people, found = cast.participants(), {}
    assert by_key.get(people[0].pk) == people[0]  # composed over this thread's connection

    def ask(person):
        found[person.pk] = [by_key.get(person.pk).pk for _ in range(20)]
        close_old_connections()

    threads = [threading.Thread(target=ask, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {person.pk: [person.pk] * 20 for person in people}
