"""Nothing of a network that was deleted is left in the data folder of the database, its log included."""

import secrets
import time
from contextlib import contextmanager
from datetime import time as clock
from datetime import timedelta
from pathlib import Path

import pytest
from auditlog.models import LogEntry
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from assessments.actions.discarding import delete_network
from assessments.actions.due import do_what_is_due
from assessments.actions.improvements import add_improvement
from assessments.actions.networks import change_network
from assessments.actions.open_answers import check_open_answers
from assessments.actions.rounds import close_round, publish_round
from assessments.anonymity import log
from assessments.models import (
    Meeting,
    Membership,
    Network,
    OpenAnswer,
    Participant,
    Partner,
    Receipt,
    ReportFile,
    ReportLink,
    Role,
    Round,
)
from samenwerking.accounts.models import User
from tests.cast import PASSWORD, build_cast
from tests.database_files import an_old_view, as_a_role_without_rights


def files_of_the_server():
    """Returns all files of the server but those of sealed responses, which open with nothing that is left."""
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SHOW data_directory")
        (root,) = cursor.fetchone()
        cursor.execute("SELECT pg_relation_filepath('assessments_response')")
        (responses,) = cursor.fetchone()
    return [path for path in Path(root).rglob("*") if path.is_file() and str(path) != f"{root}/{responses}"]


def places_of(mark):
    """Returns the folders of the server in which a file holds the mark."""
    found = set()
    for path in files_of_the_server():
        try:
            if mark in path.read_bytes():
                found.add(path.parent.name)
        except FileNotFoundError:  # the server was faster
            continue
    return found


def a_network_full_of(mark):
    """Returns the cast of a published round in which all that can hold a text holds this mark."""
    cast = build_cast()
    for participant in cast.participants():
        cast.answer(participant, texts={"open_slot": f"geschreven {mark}"})
    fields = {"name": f"netwerk {mark}", "municipalities": mark, "description": f"omschrijving {mark}"}
    change_network(network_id=cast.network.pk, fields=fields)
    for partner in Partner.objects.filter(network=cast.network):
        partner.name, partner.local_kind, partner.contact_email = mark, mark, f"{mark}@example.org"
        partner.save()
    Participant.objects.update(name=mark, job_title=f"functie {mark}")
    Membership.objects.filter(network=cast.network).update(name=f"collega {mark}")
    cast.network.job_title_levels.create(job_title=mark, simple_form=mark, level="bestuur")
    Round.objects.filter(pk=cast.round.pk).update(contact_name=mark, invitation_text=f"kom {mark}")
    close_round(round_id=cast.round.pk)
    answers = OpenAnswer.objects.filter(round=cast.round)
    check_open_answers(round_id=cast.round.pk, texts={answer.pk: f"nagekeken {mark}" for answer in answers})
    publish_round(round_id=cast.round.pk)
    add_improvement(round_id=cast.round.pk, fields={"what": f"afspraak {mark}", "who": mark})
    day, about = timezone.localdate() + timedelta(days=9), {"begins": clock(14), "ends": clock(15)}
    Meeting.objects.create(round=cast.round, day=day, place=mark, words=f"gesprek {mark}", **about)
    ReportLink.objects.create(round=cast.round, subject="netwerk", audience=mark, ends_on=day)
    ReportFile.objects.create(round=cast.round, subject="netwerk", made_from="x", content=f"%PDF {mark}".encode())
    return cast


def until_receipts_are_complete():
    for _ in range(200):
        do_what_is_due()
        if not Receipt.objects.filter(log_wiped_at=None).exists():
            return True
        time.sleep(0.1)  # the server's own housekeeping may be reading just now
    return False


@pytest.mark.attack
@pytest.mark.django_db(transaction=True)
def test_nothing_of_a_network_that_was_deleted_is_in_any_file_of_the_server_its_log_included():
    mark = f"zevenblad{secrets.token_hex(8)}"
    cast = a_network_full_of(mark)
    network_id = cast.network.pk
    before = places_of(mark.encode())
    assert "pg_wal" in before
    assert len(before) > 1
    delete_network(network_id=network_id, user=cast.coordinator)
    assert until_receipts_are_complete()
    assert places_of(mark.encode()) == set()
    kept = dict(Receipt.objects.filter(network=network_id, rule__startswith="op verzoek").values_list("kind", "count"))
    counted = {kind: kept[kind] for kind in ("network", "round", "partner", "access", "texts", "agreed", "pdf")}
    assert counted == {"network": 1, "round": 1, "partner": 2, "access": 3, "texts": 10, "agreed": 1, "pdf": 1}


@pytest.mark.attack
@pytest.mark.django_db(transaction=True)
def test_the_secret_of_a_round_that_closed_is_in_no_file_of_the_server_its_log_included():
    cast = build_cast()
    secret = bytes(cast.round.kept_secret.secret)
    assert "pg_wal" in places_of(secret)
    close_round(round_id=cast.round.pk)
    assert until_receipts_are_complete()
    assert places_of(secret) == set()


@pytest.mark.attack
@pytest.mark.django_db(transaction=True)
def test_a_receipt_says_no_sooner_that_files_are_clean_than_they_are():
    mark = f"zevenblad{secrets.token_hex(8)}"
    cast = a_network_full_of(mark)
    assert until_receipts_are_complete()
    with an_old_view():
        delete_network(network_id=cast.network.pk, user=cast.coordinator)
        do_what_is_due()
        assert not Receipt.objects.filter(rule__startswith="op verzoek", wiped_at__isnull=False).exists()
        assert places_of(mark.encode()) != set()
    assert until_receipts_are_complete()
    assert places_of(mark.encode()) == set()


@pytest.mark.django_db(transaction=True)
def test_a_role_that_may_not_look_into_the_log_does_not_say_that_it_is_clean():
    assert log.may_wipe_log()
    with as_a_role_without_rights():
        assert not log.may_wipe_log()
        assert not log.wipe_log([1])


@pytest.mark.django_db(transaction=True)
def test_the_rights_that_the_documentation_gives_are_enough():
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE ordinary")
        cursor.execute("GRANT pg_checkpoint, pg_monitor TO ordinary")
        cursor.execute("GRANT EXECUTE ON FUNCTION pg_switch_wal() TO ordinary")
        cursor.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON accounts_trycount TO ordinary")  # as its owner
        cursor.execute("SET ROLE ordinary")
        try:
            assert log.may_wipe_log()
            assert any(log.wipe_log([1]) for _ in range(20))
        finally:
            cursor.execute("RESET ROLE")
            cursor.execute("DROP OWNED BY ordinary")
            cursor.execute("DROP ROLE ordinary")


@contextmanager
def with_setting(name, value):
    def change(to):
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER SYSTEM {to}")
            cursor.execute("SELECT pg_reload_conf()")
        time.sleep(0.5)
        connection.close()  # a session reads the new value with its next question

    change(f"SET {name} = '{value}'")
    try:
        yield
    finally:
        change(f"RESET {name}")


def written_of_the_log():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')")
        return int(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_where_files_of_the_log_stay_a_new_one_is_begun_once_for_what_waits():
    with with_setting("wal_keep_size", "128MB"):
        assert not log.wipe_log([1, 2])
        before = written_of_the_log()
        assert not any(log.wipe_log(waiting) for waiting in ([1, 2], [1], [2], [1, 2]))
        assert written_of_the_log() - before < 4_000_000
        assert not log.wipe_log([1, 2, 3])
        assert written_of_the_log() - before > 8_000_000
    assert any(log.wipe_log([1, 2, 3]) for _ in range(20))


@pytest.mark.django_db(transaction=True)
def test_no_new_file_of_the_log_is_begun_where_old_ones_are_used_again():
    with connection.cursor() as cursor:
        cursor.execute("SET wal_recycle = on")
    try:
        before = written_of_the_log()
        assert not log.wipe_log([1])
        assert written_of_the_log() - before < 4_000_000
    finally:
        connection.close()


# Who may


@pytest.fixture
def beheer(client, db):
    user = User.objects.create_superuser("beheer@example.org", PASSWORD, name="Beheer")
    client.force_login(user)
    return client


def delete_in_the_admin(client, cast):
    return client.post(reverse("admin:assessments_network_delete", args=[cast.network.pk]), {"post": "yes"})


def test_a_beheerder_deletes_a_network_in_which_no_round_was_opened(beheer):
    cast = build_cast(is_open=False)
    url = reverse("admin:assessments_network_delete", args=[cast.network.pk])
    assert beheer.get(url).status_code == 200
    answer = beheer.post(url, {"post": "yes"}, follow=True)
    assert "Het netwerk is verwijderd" in answer.content.decode()
    assert not Network.objects.filter(pk=cast.network.pk).exists()
    assert Receipt.objects.filter(kind="network", network=cast.network.pk).exists()
    [left] = LogEntry.objects.filter(object_pk=str(cast.network.pk))
    assert (left.actor.email, "Oost" in left.object_repr) == ("beheer@example.org", False)


def test_a_beheerder_deletes_no_network_in_which_a_round_was_opened(beheer):
    cast = build_cast()
    assert (
        beheer.post(reverse("admin:assessments_network_delete", args=[cast.network.pk]), {"post": "yes"}).status_code
        == 403
    )
    assert Network.objects.filter(pk=cast.network.pk).exists()


def test_a_functioneel_beheerder_may_and_whoever_is_none_may_not(client, db):
    cast = build_cast(is_open=False)
    client.force_login(cast.coordinator)
    assert delete_in_the_admin(client, cast).status_code == 302  # asked to sign in as somebody else
    assert Network.objects.filter(pk=cast.network.pk).exists()
    client.force_login(User.objects.create_user("staf@example.org", PASSWORD, name="Staf", is_staff=True))
    delete_in_the_admin(client, cast)
    assert not Network.objects.filter(pk=cast.network.pk).exists()


def test_the_admin_notes_no_name_of_a_network_in_a_log_of_its_own(beheer):
    from django.contrib.admin.models import LogEntry as AdminEntry

    cast = build_cast()
    own = cast.network.memberships.get(role=Role.READER)
    url = reverse("admin:assessments_membership_change", args=[own.pk])
    beheer.post(url, {"network": own.network_id, "user": own.user_id, "role": Role.COORDINATOR})
    assert cast.network.memberships.get(pk=own.pk).role == Role.COORDINATOR
    assert not AdminEntry.objects.exists()
