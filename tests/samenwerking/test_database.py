"""A connection that the database ended is found out before a page asks anything, and one that works is kept."""

import time

import pytest
from django.db import OperationalError, connection, connections, transaction

from assessments.actions.due import Done
from assessments.anonymity.keys import link_token
from assessments.models import Round
from samenwerking.database import close_if_hung_up
from tests.cast import build_cast

pytestmark = [
    pytest.mark.django_db(transaction=True),
]


def own_backend():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def end(backend):
    """Has the database end a connection, as it does before it stops, and waits until it has said so."""
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 10000)", [backend])
    finally:
        other.close()
    time.sleep(0.1)


def test_a_connection_that_works_is_kept():
    before = own_backend()
    close_if_hung_up()
    assert own_backend() == before


def test_without_a_connection_there_is_nothing_to_close():
    connection.close()
    close_if_hung_up()
    assert connection.connection is None


def test_a_connection_that_the_database_ended_makes_way_for_a_new_one():
    before = own_backend()
    end(before)
    close_if_hung_up()
    assert own_backend() != before


def test_a_page_that_is_asked_for_after_a_restart_of_the_database_is_shown(client):
    address = f"/v/{link_token(build_cast().participants()[0].pk)}/"
    end(own_backend())
    assert client.get(address).status_code == 200


def test_what_is_due_was_not_at_fault_where_the_database_left_and_is_back():
    """A process that gets no turn for some seconds hears of a restart once that is over."""

    def left_in_a_transaction():
        with transaction.atomic():
            end(own_backend())
            Round.objects.exists()

    done = Done()
    with pytest.raises(OperationalError):
        done.attempt("something", left_in_a_transaction)
    assert Round.objects.count() == done.failed == 0
    assert done.attempt("something", lambda: 1 // 0) == 0
    assert done.failed == 1
