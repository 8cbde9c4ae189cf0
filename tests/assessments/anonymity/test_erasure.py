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
from django.contrib.sessions.models import Session
from django.db import connection, connections, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.actions.discarding import delete_network, discard_round
from assessments.actions.due import do_what_is_due, erase_addresses, erase_sessions
from assessments.actions.imports import add_from_file, erase_old_files, keep_file
from assessments.actions.improvements import add_improvement, change_improvement, remove_improvement
from assessments.actions.networks import add_partner, change_partner, remove_partner
from assessments.actions.open_answers import check_open_answers
from assessments.actions.participants import (
    Person,
    add_participants,
    change_participant,
    change_participants,
    remove_participant,
    remove_participants,
)
from assessments.actions.rounds import archive_round, close_round, publish_round
from assessments.actions.setup import create_round
from assessments.anonymity import horizon
from assessments.anonymity.erasure import LARGE, note_erasure, wipe
from assessments.anonymity.sessions import SessionStore
from assessments.models import Erasure, Message, MessageKind, OpenAnswer, Participant, ReportFile
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


@pytest.mark.django_db
def test_a_table_that_is_not_rewritten_cant_be_erased_from_by_mistake():
    with pytest.raises(ValueError, match="assessments_network"):
        note_erasure(apps.get_model("assessments", "Network"))


@pytest.mark.django_db(transaction=True)
def test_an_erasing_and_the_note_of_it_are_one_transaction():
    with pytest.raises(transaction.TransactionManagementError):
        note_erasure(OpenAnswer)


# After each way of erasing the files are searched. Each case returns what was there, and a function that erases it.


def closed(text):
    """Returns the cast of a closed round in which each of ten people wrote something."""
    cast = build_cast()
    for number, participant in enumerate(cast.participants()):
        cast.answer(participant, texts={"open_slot": f"{text} {number}!"})
    close_round(round_id=cast.round.pk)
    return cast


def a_pdf(round):
    """Keeps a report, and returns it in pieces; the same bytes stand nowhere else."""
    content = os.urandom(6400)
    ReportFile.objects.create(round=round, subject="netwerk", made_from="", content=content)
    return [content[start : start + 64] for start in range(0, 6400, 64)]


def the_secret_of_a_round():
    cast = build_cast()
    return [bytes(cast.round.kept_secret.secret)], lambda: close_round(round_id=cast.round.pk)


def who_was_reminded():
    cast = build_cast()
    reminded = cast.participants()[0]
    Message.objects.create(participant=reminded, kind=MessageKind.REMINDER_1, fault="451 Zeven")
    return [b"451 Zeven"], lambda: close_round(round_id=cast.round.pk)


def open_answers_that_are_in_no_report():
    cast = closed("Vertrouwelijk")
    publish_round(round_id=cast.round.pk)
    texts = [f"Vertrouwelijk {number}!".encode() for number in range(10)]
    return texts, lambda: archive_round(round_id=cast.round.pk)


def a_name_in_an_open_answer_and_the_report_with_it():
    cast = closed("Kind Zeven")
    pieces = [b"Kind Zeven 3!", *a_pdf(cast.round)]
    answer = OpenAnswer.objects.get(text="Kind Zeven 3!")
    return pieces, lambda: check_open_answers(round_id=cast.round.pk, texts={answer.pk: "[naam]"})


def agreed_upon(cast):
    """Makes an improvement, and a next report that tells of it; returns the improvement and the pieces to look for."""
    improvement = add_improvement(round_id=cast.round.pk, fields={"what": "Vraag Kees Zeven", "who": "Kees Zeven, 06"})
    fields = {"name": "Najaar", "instrument_version": cast.round.instrument_version}
    following = create_round(network_id=cast.network.pk, previous_id=cast.round.pk, fields=fields)
    return improvement, [b"Vraag Kees Zeven", b"Kees Zeven, 06", *a_pdf(following)]


def a_name_in_an_improvement():
    cast = closed("Iets")
    improvement, pieces = agreed_upon(cast)
    fields = {"what": "Vraag [naam]", "who": ""}
    change = {"round_id": cast.round.pk, "improvement_id": improvement.pk, "fields": fields}
    return pieces, lambda: change_improvement(**change)


def an_improvement():
    cast = closed("Iets")
    improvement, pieces = agreed_upon(cast)
    return pieces, lambda: remove_improvement(round_id=cast.round.pk, improvement_id=improvement.pk)


def a_list(cast):
    content = "E-mailadres;Organisatie;Niveau;Functie\r\njan.zeven@example.org;School;uitvoerend;ib'er Zeven\r\n"
    keep_file(round_id=cast.round.pk, name="Lijst van Zeven.csv", content=content.encode())
    return [b"ib'er Zeven", b"Lijst van Zeven.csv"]


def a_list_that_was_added():
    cast = build_cast()
    # The people in the list are participants now, with address and job title.
    return a_list(cast)[1:], lambda: add_from_file(round_id=cast.round.pk)


def a_list_in_place_of_which_came_another():
    cast = build_cast()
    newer = b"E-mailadres;Organisatie;Niveau\r\nan@example.org;School;uitvoerend\r\n"
    return a_list(cast), lambda: keep_file(round_id=cast.round.pk, name="nieuw.csv", content=newer)


def a_list_of_yesterday():
    pieces = a_list(build_cast())
    return pieces, lambda: erase_old_files(now=timezone.now() + timedelta(days=2))


def addresses():
    cast = build_cast()
    Participant.objects.update(job_title="ib'er van Zeven", name="Juf Zeven")
    close_round(round_id=cast.round.pk)
    pieces = [b"ib'er van Zeven", b"Juf Zeven", *(f"p{number:03}@example.org".encode() for number in range(1, 11))]
    return pieces, lambda: erase_addresses(round_id=cast.round.pk, now=timezone.now())


def a_participant():
    participant = build_cast().participants()[0]
    return [b"p001@example.org"], lambda: remove_participant(participant_id=participant.pk)


def a_wrong_address():
    participant = build_cast().participants()[0]
    fields = {"email": "goed@example.org"}
    return [b"p001@example.org"], lambda: change_participant(participant_id=participant.pk, fields=fields)


def a_name_in_a_list():
    cast = build_cast()
    pk = cast.participants()[0].pk
    change_participants(round_id=cast.round.pk, changes={pk: {"name": "Meester Zeven"}})
    changes = {pk: {"name": ""}}
    return [b"Meester Zeven"], lambda: change_participants(round_id=cast.round.pk, changes=changes)


def many_participants():
    cast = build_cast()
    ids = [person.pk for person in cast.participants()[:3]]
    pieces = [b"p001@example.org", b"p002@example.org", b"p003@example.org"]
    return pieces, lambda: remove_participants(round_id=cast.round.pk, ids=ids)


def the_contact_of_a_partner():
    partner = build_cast().partners["school"]
    same = {"name": partner.name, "kind": partner.kind}
    change_partner(partner_id=partner.pk, contact_email="piet.zeven@example.org", **same)
    return [b"piet.zeven@example.org"], lambda: change_partner(partner_id=partner.pk, **same)


def a_partner():
    cast = build_cast()
    partner = add_partner(
        network_id=cast.network.pk,
        name="Kerk",
        kind=cast.partners["school"].kind,
        contact_email="piet.zeven@example.org",
    )
    return [b"piet.zeven@example.org"], lambda: remove_partner(partner_id=partner.pk)


def a_round_that_was_thrown_away():
    cast = build_cast(is_open=False)
    return [b"p001@example.org", *a_list(cast)], lambda: discard_round(round_id=cast.round.pk)


def with_a_message(session):
    """Returns the pieces to look for."""
    session["_messages"] = [os.urandom(60).hex()]  # can't be compressed, so that it is stored as it is
    session.save()
    return [Session.objects.get().session_data[:120].encode()]


def a_network():
    cast = build_cast(is_open=False)
    text = "Kom bij de koffie van Zeven langs"
    type(cast.round).objects.update(invitation_text=text, contact_name="Noor Zeven")
    cast.network.memberships.update(name="Collega Zeven")
    pieces = [text.encode(), b"Noor Zeven", b"Collega Zeven", b"p001@example.org"]
    return pieces, lambda: delete_network(network_id=cast.network.pk, user=cast.coordinator)


def a_session_that_is_over():
    return with_a_message(SessionStore()), lambda: erase_sessions(timezone.now() + timedelta(days=1))


def the_session_of_somebody_who_signs_out():
    client = Client()
    client.force_login(build_cast().coordinator)
    return with_a_message(client.session), lambda: client.post(reverse("account_logout"))


WAYS = [
    the_secret_of_a_round,
    who_was_reminded,
    open_answers_that_are_in_no_report,
    a_name_in_an_open_answer_and_the_report_with_it,
    a_name_in_an_improvement,
    an_improvement,
    a_list_that_was_added,
    a_list_in_place_of_which_came_another,
    a_list_of_yesterday,
    addresses,
    a_participant,
    a_wrong_address,
    a_name_in_a_list,
    many_participants,
    the_contact_of_a_partner,
    a_partner,
    a_round_that_was_thrown_away,
    a_network,
    a_session_that_is_over,
    the_session_of_somebody_who_signs_out,
]


def is_wiped():
    """Runs `due` until all is wiped, at most 100 times, since the server's own housekeeping may be reading just now."""
    for _ in range(100):
        do_what_is_due()
        if not Erasure.objects.exists():
            return True
        time.sleep(0.1)
    return False


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
        assert own < horizon.oldest_seen()  # judged by that number alone it would be gone
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
        assert wipe() == 0
    assert "is the role of DATABASE_URL its owner?" in caplog.text
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
