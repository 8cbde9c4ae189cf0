"""What is erased is gone, from the files of the database too, and nobody is told so before it is true."""

import logging
import os
import re
import threading
import time
from contextlib import ExitStack
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection, connections, transaction
from django.utils import timezone

from assessments.actions.addresses import erase_addresses
from assessments.actions.due import do_what_is_due
from assessments.actions.open_answers import check_open_answers
from assessments.actions.participants import (
    Person,
    add_participants,
    remove_participant,
)
from assessments.actions.rounds import close_round
from assessments.anonymity import horizon
from assessments.anonymity.erasure import LARGE, note_erasure, wipe
from assessments.models import Erasure, OpenAnswer, ReportFile
from tests.cast import build_cast
from tests.database_files import (
    HOLDING,
    an_old_view,
    an_open_transaction,
    another_connection,
    as_a_role_without_rights,
    found,
    stored,
)
from tests.erasing import (
    a_list_in_place_of_which_came_another,
    a_list_of_yesterday,
    a_list_that_was_added,
    a_name_in_a_list,
    a_name_in_an_improvement,
    a_name_in_an_open_answer_and_the_report_with_it,
    a_network,
    a_participant,
    a_partner,
    a_round_over_its_term,
    a_round_that_was_thrown_away,
    a_session_that_is_over,
    a_session_that_its_owner_ends_from_elsewhere,
    a_wrong_address,
    addresses,
    an_account_that_a_beheerder_deletes,
    an_account_that_nobody_used,
    an_improvement,
    closed,
    entries_of_a_network_over_their_term,
    many_participants,
    open_answers_over_their_term,
    open_answers_that_are_in_no_report,
    the_contact_of_a_partner,
    the_list_of_a_concept_that_nobody_works_on,
    the_secret_of_a_round,
    the_session_of_somebody_who_signs_out,
    what_was_said_of_a_conversation,
    what_was_written_to_the_contact_of_a_partner,
    who_was_reminded,
    whom_a_report_link_was_for,
)


@pytest.mark.django_db
def test_a_table_that_is_not_rewritten_cant_be_erased_from_by_mistake():
    with pytest.raises(ValueError, match="factors_instrumentversion"):
        note_erasure(apps.get_model("factors", "InstrumentVersion"))


@pytest.mark.django_db(transaction=True)
def test_an_erasing_and_the_note_of_it_are_one_transaction():
    with pytest.raises(transaction.TransactionManagementError):
        note_erasure(OpenAnswer)


# After each way of erasing, in tests/erasing.py, the files are searched.

WAYS = [
    the_secret_of_a_round,
    who_was_reminded,
    what_was_written_to_the_contact_of_a_partner,
    whom_a_report_link_was_for,
    open_answers_that_are_in_no_report,
    a_name_in_an_open_answer_and_the_report_with_it,
    a_name_in_an_improvement,
    an_improvement,
    a_list_that_was_added,
    a_list_in_place_of_which_came_another,
    a_list_of_yesterday,
    addresses,
    the_list_of_a_concept_that_nobody_works_on,
    what_was_said_of_a_conversation,
    a_participant,
    a_wrong_address,
    a_name_in_a_list,
    many_participants,
    the_contact_of_a_partner,
    a_partner,
    a_round_that_was_thrown_away,
    a_network,
    open_answers_over_their_term,
    a_round_over_its_term,
    an_account_that_nobody_used,
    an_account_that_a_beheerder_deletes,
    entries_of_a_network_over_their_term,
    a_session_that_is_over,
    a_session_that_its_owner_ends_from_elsewhere,
    the_session_of_somebody_who_signs_out,
]


def in_the_end(is_true):
    """Asks until it is true, at most 100 times, since the server's own housekeeping may be reading just now."""
    for _ in range(100):
        if is_true():
            return True
        time.sleep(0.1)
    return False


def is_wiped():
    return in_the_end(lambda: do_what_is_due() and not Erasure.objects.exists())


@pytest.mark.attack
@pytest.mark.smoke
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", WAYS)
def test_what_is_erased_is_in_no_file_and_nobody_says_so_while_somebody_can_still_see_it(way):
    pieces, erase = way()
    assert is_wiped()
    with an_old_view():
        erase()
        assert len(found(pieces)) > 0.95 * len(pieces)  # pieces of a report that lie over two pages are not found
        assert do_what_is_due()["tables wiped"] == 0
        assert Erasure.objects.exists()
    assert is_wiped()
    assert found(pieces) == []


@pytest.mark.attack
@pytest.mark.smoke
@pytest.mark.django_db(transaction=True)
def test_what_is_erased_is_in_no_file_as_soon_as_it_is_committed():
    """The server's own housekeeping may be reading just then, so of fifty texts one is gone without `due`."""
    cast = build_cast()
    for number in range(50):
        pieces = [f"Vertrouwelijk {number}!".encode()]
        answer = OpenAnswer.objects.create(round=cast.round, question="open", text=pieces[0].decode())
        with transaction.atomic():
            answer.delete()
            note_erasure(OpenAnswer)
        if not Erasure.objects.exists():
            break
        assert is_wiped()
    else:
        pytest.fail("nothing is wiped when a transaction ends, only by `due`")
    assert found(pieces) == []


@pytest.mark.attack
@pytest.mark.smoke
@pytest.mark.django_db(transaction=True)
def test_addresses_of_thousands_leave_none_behind():
    """SQLite overwrites a row that is deleted, but not the copy of it that stayed where a page was split."""
    cast = build_cast()
    people = [Person(cast.partners["school"].pk, "uitvoerend", f"adres{n:05}@example.org") for n in range(3000)]
    add_participants(round_id=cast.round.pk, people=people)
    address = re.compile(rb"adres\d{5}@example.org")
    assert len(set(address.findall(stored()))) == 3000
    close_round(round_id=cast.round.pk)
    erase_addresses(round_id=cast.round.pk, now=timezone.now())
    assert is_wiped()
    assert address.findall(stored()) == []


def file_of(table):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_filepath(%s)", [table])
        return cursor.fetchone()


@pytest.mark.attack
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("holding", HOLDING)
def test_whoever_holds_old_rows_keeps_them_in_the_file_and_the_note_waiting(holding, caplog):
    caplog.set_level(logging.INFO)
    pieces, erase = open_answers_that_are_in_no_report()
    assert is_wiped()
    with holding():
        erase()
        was = file_of("assessments_openanswer")
        assert (wipe(), Erasure.objects.count()) == (0, 1)
        assert "can still see what was erased from assessments_openanswer:" in caplog.text
        assert file_of("assessments_openanswer") == was  # not rewritten in vain at each `due` of a long night
        with connection.cursor() as cursor:
            cursor.execute("VACUUM FULL assessments_openanswer")
        assert found(pieces) == pieces
        assert horizon.cleaned_up_to("assessments_openanswer") < Erasure.objects.get().before
        assert do_what_is_due()["tables wiped"] == 0
    assert is_wiped()
    assert found(pieces) == []


@pytest.mark.attack
@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_began_between_ours_and_its_savepoint_holds_what_the_savepoint_erased():
    """What is erased within a savepoint has a transaction number of its own, higher than that of the transaction."""
    pieces, _ = open_answers_that_are_in_no_report()
    assert is_wiped()
    with ExitStack() as between:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_current_xact_id()::text::bigint")
                (own,) = cursor.fetchone()
            between.enter_context(an_open_transaction())
            with transaction.atomic():
                OpenAnswer.objects.all().delete()
            note_erasure(OpenAnswer)
        # Judged by that number alone it would be gone.
        assert in_the_end(lambda: own < horizon.oldest_seen())
        assert wipe() == 0
        assert found(pieces) == pieces
    assert is_wiped()
    assert found(pieces) == []


@pytest.mark.attack
@pytest.mark.django_db(transaction=True)
def test_of_a_table_that_is_not_ours_to_rewrite_it_is_not_said_that_it_was(caplog):
    """PostgreSQL only warns when a role that isn't the owner rewrites a table, and does nothing."""
    pieces, erase = open_answers_that_are_in_no_report()
    assert is_wiped()
    with as_a_role_without_rights():
        erase()
        assert in_the_end(lambda: wipe() == 0 and "is the role of DATABASE_URL its owner?" in caplog.text)
    assert found(pieces) == pieces
    assert is_wiped()
    assert found(pieces) == []


@pytest.mark.attack
@pytest.mark.django_db(transaction=True)
def test_behind_a_backup_a_save_waits_a_tenth_of_a_second_and_no_longer():
    """pg_dump holds the weakest lock on each table all along; VACUUM FULL waits for it, and all others behind that."""
    cast = build_cast()
    person = cast.participants()[1]
    with another_connection() as backup:
        backup.execute("BEGIN")
        backup.execute("LOCK TABLE assessments_participant, assessments_message IN ACCESS SHARE MODE")
        wiping = threading.Thread(target=remove, args=[cast.participants()[0]])
        wiping.start()
        waits = []
        while wiping.is_alive():
            start = time.perf_counter()
            cast.answer(person, submit=False)
            waits.append(time.perf_counter() - start)
        wiping.join()
        assert Erasure.objects.exists()
        backup.execute("ROLLBACK")
    assert max(waits) < 0.6  # 0.1 s for each of the tables, and the time a save itself takes on a busy machine
    assert is_wiped()


def remove(participant):
    try:
        remove_participant(participant_id=participant.pk)
    finally:
        connections.close_all()


@pytest.mark.attack
@pytest.mark.django_db(transaction=True)
def test_a_large_table_is_rewritten_once_an_hour_at_most():
    cast = closed("Iets")
    assert is_wiped()
    ReportFile.objects.create(round=cast.round, subject="netwerk", made_from="", content=os.urandom(LARGE))
    check_open_answers(round_id=cast.round.pk, texts={OpenAnswer.objects.all()[0].pk: "[naam]"})
    while Erasure.objects.exclude(table="assessments_reportfile").exists():
        wipe()
    assert do_what_is_due()["tables wiped"] == 0
    Erasure.objects.update(erased_at=timezone.now() - timedelta(minutes=61))
    assert is_wiped()
