"""A round that was published to nobody is thrown away as a whole: what goes with it, and what stays."""

import time

import pytest
from django.db import connection

from assessments.actions.discarding import discard_round
from assessments.actions.rounds import close_round
from assessments.actions.setup import create_round
from assessments.models import Erasure, Network, Round, State
from assessments.rules.workflow import NotAllowed
from samenwerking.accounts.models import User
from tests.full_rounds import THROWN_AWAY, brought_to, rows


@pytest.mark.parametrize("state", THROWN_AWAY)
def test_the_round_goes_and_nothing_of_it_is_left(db, state):
    cast = brought_to(state)
    assert set(rows()) >= {"round", "participant", "openlink", "participantfile"}
    discard_round(round_id=cast.round.pk)
    assert rows() == {}
    assert Network.objects.filter(pk=cast.network.pk).exists()
    assert cast.network.partners.count() == 2


def test_what_can_hang_on_a_round_did_in_these_tests(db):
    held = set()
    for state in THROWN_AWAY:
        cast = brought_to(state)
        held |= set(rows())
        discard_round(round_id=cast.round.pk)
        Network.objects.all().delete()
        User.objects.all().delete()
    can_be_held = {
        relation.related_model._meta.model_name for relation in Round._meta.related_objects if not relation.hidden
    }
    after_publishing = {"publication", "reportlink", "meeting", "entry"}
    assert held == (can_be_held - after_publishing) | {"round", "message"}


@pytest.mark.parametrize("state", [State.PUBLISHED, State.ARCHIVED])
def test_what_was_published_to_anybody_stays(db, state):
    cast = brought_to(state)
    before = rows()
    with pytest.raises(NotAllowed):
        discard_round(round_id=cast.round.pk)
    assert rows() == before


def test_rounds_elsewhere_and_the_round_after_it_stay(db):
    cast = brought_to(State.CLOSED)
    elsewhere = cast.stranger.memberships.get().network
    version = cast.round.instrument_version
    other = Round.objects.create(network=elsewhere, name="Eigen", instrument_version=version)
    fields = {"name": "Najaar", "instrument_version": version}
    after = create_round(network_id=cast.network.pk, previous_id=cast.round.pk, fields=fields)
    discard_round(round_id=cast.round.pk)
    assert set(Round.objects.values_list("pk", "previous")) == {(other.pk, None), (after.pk, None)}
    assert after.participants.count() == 10


def test_every_table_that_held_something_of_people_is_to_be_rewritten(db):
    cast = brought_to(State.CLOSED)
    Erasure.objects.all().delete()
    discard_round(round_id=cast.round.pk)
    held = {f"assessments_{name}" for name in ("frozenresults", "openanswer", "participant", "message", "reportfile")}
    assert held <= set(Erasure.objects.values_list("table", flat=True))


@pytest.mark.attack
@pytest.mark.django_db(transaction=True)
def test_what_a_removed_round_was_is_not_left_in_the_files_of_the_database():
    cast = brought_to(State.OPEN)
    close_round(round_id=cast.round.pk)
    kept = {"participant": b"p001@example.org", "openanswer": b"Meer tijd voor overleg."}
    assert all(text in file_of(table) for table, text in kept.items())
    fields = {"network": cast.network, "instrument_version": cast.round.instrument_version}
    discard_round(round_id=cast.round.pk)
    for number in range(300):  # the server's own housekeeping may be reading a table just now
        if not any(text in file_of(table) for table, text in kept.items()):
            break
        time.sleep(0.1)
        discard_round(round_id=Round.objects.create(name=f"Leeg {number}", **fields).pk)
    assert not [table for table, text in kept.items() if text in file_of(table)]


def file_of(table):
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SELECT pg_read_binary_file(pg_relation_filepath(%s))", [f"assessments_{table}"])
        return bytes(cursor.fetchone()[0])
