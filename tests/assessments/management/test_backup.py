"""A backup that is restored into another PostgreSQL is what was there; what is not whole, or not ours, is refused."""

import io
import os
import stat
import subprocess
import sys
from contextlib import contextmanager
from datetime import timedelta
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from assessments.actions import mail
from assessments.actions.backups import differences
from assessments.actions.colleagues import invite_colleague
from assessments.actions.due import do_what_is_due
from assessments.actions.rounds import close_round, publish_round
from assessments.anonymity.secrets import keys_of
from assessments.models import (
    Erasure,
    FrozenResults,
    Improvement,
    Message,
    MessageState,
    Network,
    Participant,
    PlannedMail,
    Response,
    Round,
)
from samenwerking.accounts.api_tokens import make_token
from samenwerking.accounts.models import ApiToken
from samenwerking.backups import postgresql
from samenwerking.backups.archive import DUMP, RECEIPT, SEAL, read_archive, write_archive
from tests.cast import opened
from tests.mail_server import server

__all__ = ["server"]  # a fixture


def run(command, *arguments):
    out = io.StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


def refusal_of(command, *arguments):
    with pytest.raises(CommandError) as refused:
        run(command, *arguments)
    return str(refused.value)


@pytest.fixture
def committed(transactional_db, cast):
    """Returns the cast, with an open round in which two have sent; all of it is committed."""
    cast.answer(cast.participants()[0], value=2)
    cast.answer(cast.participants()[1], value=5)
    return cast


@pytest.fixture
def elsewhere(transactional_db):
    """Returns a context in which the ORM and the commands have an empty database."""
    name = f"{connection.settings_dict['NAME']}_elsewhere"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}"')

    @contextmanager
    def there():
        here, connection.settings_dict = connection.settings_dict, {**connection.settings_dict, "NAME": name}
        connection.close()
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict = here

    yield there
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}"')


@pytest.fixture
def file(tmp_path):
    return tmp_path / "samenwerking.zip"


def rewritten(file, change):
    """Writes the backup anew with a changed receipt, and a seal that is right all the same."""
    backup = read_archive(file)
    told = backup.receipt
    change(told)
    other = file.with_name("other.zip")
    with other.open("wb") as out:
        write_archive(out, backup.pieces(), lambda: told)
    return other


def test_what_is_restored_elsewhere_is_what_was_there(committed, elsewhere, file):
    answers, people = opened(), set(Participant.objects.values_list("pk", "email"))
    made = run("backup", "--out", file)
    assert "netwerken: 2\n" in made
    assert "vragenlijsten van open rondes: 2\n" in made
    with elsewhere():
        said = run("restore", file)
        assert sorted(map(str, opened())) == sorted(map(str, answers))
        assert set(Participant.objects.values_list("pk", "email")) == people
        assert keys_of(Round.objects.get(pk=committed.round.pk))
    assert "gelijk: nee" not in said
    assert said.count("gelijk: ja") == 10
    assert said.count("ja, hetzelfde") == 3


def test_closed_rounds_come_back_with_checksums_that_are_right(committed, elsewhere, file):
    for participant in committed.participants()[2:]:
        committed.answer(participant)
    close_round(round_id=committed.round.pk)
    publish_round(round_id=committed.round.pk)
    frozen = FrozenResults.objects.get()
    assert "controlegetallen van uitkomsten gelijk: ja" in run("backup", "--out", file)
    with elsewhere():
        assert "controlegetallen van uitkomsten gelijk: ja, gelijk: ja" in run("restore", file)
        back = FrozenResults.objects.get()
        assert (back.document, back.checksum, back.facts) == (frozen.document, frozen.checksum, frozen.facts)


def test_results_that_were_changed_in_the_database_are_told_when_the_backup_is_made(committed, file):
    close_round(round_id=committed.round.pk)
    FrozenResults.objects.update(checksum="0" * 64)
    assert "niet alle controlegetallen kloppen" in refusal_of("backup", "--out", file)
    assert file.exists()


def test_the_receipt_names_nobody_and_has_no_value_of_a_secret(committed, file, settings):
    made = run("backup", "--out", file)
    with ZipFile(file) as archive:
        told = archive.read(RECEIPT).decode() + made
    for word in ("example.org", "Oost", "School", settings.RESPONSE_SECRET, settings.SECRET_KEY, settings.LINK_SECRET):
        assert word not in told
    assert "RESPONSE_SECRET" in told
    assert "Gooi deze back-up weg op uiterlijk" in made


def test_only_its_owner_can_read_it_and_nothing_is_left_of_one_that_failed(committed, file, monkeypatch):
    run("backup", "--out", file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "bestaat al" in refusal_of("backup", "--out", file)
    monkeypatch.setenv("PATH", "/nowhere")
    assert "pg_dump is er niet" in refusal_of("backup", "--out", file.with_name("second.zip"))
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def by_hand(*arguments, database, **streams):
    """Runs a command in a process of its own, as somebody at the server does."""
    environment = {**os.environ, "DATABASE_URL": database}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=False, **streams)


def test_it_goes_through_a_pipe(committed, elsewhere, file):
    database = f"postgres:///{connection.settings_dict['NAME']}"
    with file.open("wb") as out, subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=out) as pipe:
        made = by_hand("backup", "--out", "-", database=database, stdout=pipe.stdin, stderr=subprocess.PIPE)
    assert (made.returncode, b"netwerken: 2" in made.stderr) == (0, True)
    with elsewhere():
        assert "gelijk: nee" not in run("restore", file)


@pytest.mark.parametrize("command", [["backup", "--out", "x.zip"], ["restore", "x.zip"]])
def test_whoever_has_the_demo_on_sqlite_is_told_to_copy_its_file(tmp_path, command):
    told = by_hand(*command, database=f"sqlite:///{tmp_path / 'db.sqlite3'}", capture_output=True)
    assert (told.returncode, b"kopieert u het bestand" in told.stderr) == (1, True)


def test_a_byte_that_was_changed_is_noticed(committed, elsewhere, file, subtests):
    run("backup", "--out", file)
    whole = file.read_bytes()
    for place in (0.02, 0.5, 0.97):
        with subtests.test(place=place), elsewhere():
            content = bytearray(whole)
            content[int(len(content) * place)] ^= 1
            file.write_bytes(content)
            assert "Neem een andere" in refusal_of("restore", file)
            assert connection.introspection.table_names() == []


def test_a_file_that_is_cut_off_is_refused(committed, file, subtests):
    run("backup", "--out", file)
    whole = file.read_bytes()
    for share in (0, 0.3, 0.999):
        with subtests.test(share=share):
            file.write_bytes(whole[: int(len(whole) * share)])
            assert "Neem een andere" in refusal_of("restore", file, "--replace")
    assert Network.objects.count() == 2


def test_a_dump_that_took_the_place_of_another_is_refused_with_its_own_checksum_too(committed, file):
    """The seal is over the receipt, which has the checksum of the dump."""
    run("backup", "--out", file)
    other = file.with_name("other.zip")
    with ZipFile(file) as archive, ZipFile(other, "w") as forged:
        forged.writestr(DUMP, archive.read(DUMP))
        forged.writestr(RECEIPT, archive.read(RECEIPT).decode().replace('"open_rounds": 1', '"open_rounds": 0'))
        forged.writestr(SEAL, archive.read(SEAL))
    for told in ([], ["--other-secrets"]):
        assert "zegel" in refusal_of("restore", other, "--replace", *told)
    with ZipFile(other, "w") as forged:
        forged.writestr(RECEIPT, "{}")
        forged.writestr(SEAL, "")
    assert "Neem een andere" in refusal_of("restore", other, "--replace", "--other-secrets")


def test_a_receipt_that_is_not_so_says_no_and_the_former_database_is_back(committed, file):
    run("backup", "--out", file)
    network = Network.objects.create(name="Van na de back-up")

    def one_more(told):
        told["tables"]["assessments_network"]["rows"] += 1

    refused = refusal_of("restore", rewritten(file, one_more), "--replace")
    assert refused == "Niet gelijk aan het bewijs: assessments_network. Er is niets veranderd."
    assert Network.objects.filter(pk=network.pk).exists()
    assert not postgresql.has_aside()


def test_one_row_that_differs_is_seen_though_the_number_is_the_same(committed, elsewhere, file):
    run("backup", "--out", file)
    told = read_archive(file).receipt
    Network.objects.filter(pk=committed.network.pk).update(municipalities="Westdorp")
    assert differences(told) == ["assessments_network"]


def test_a_database_with_data_is_replaced_only_where_that_is_asked(committed, file):
    run("backup", "--out", file)
    Network.objects.create(name="Van na de back-up")
    assert "--replace" in refusal_of("restore", file)
    assert Network.objects.count() == 3
    run("restore", file, "--replace")
    assert Network.objects.count() == 2


def test_a_restore_that_was_killed_half_way_is_put_right_by_the_next(committed, file):
    run("backup", "--out", file)
    postgresql.put_aside()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE assessments_network (id int)")
    assert "--replace" in refusal_of("restore", file)
    assert Network.objects.count() == 2


def test_nothing_is_restored_while_the_site_still_runs(committed, file):
    run("backup", "--out", file)
    with connection.copy().cursor():
        assert "1 andere verbindingen" in refusal_of("restore", file, "--replace")


def test_a_backup_of_a_newer_version_is_refused(committed, file):
    run("backup", "--out", file)
    newer = rewritten(file, lambda told: told["migrations"].append(["assessments", "9999_of_later"]))
    assert "nieuwere versie" in refusal_of("restore", newer, "--replace")


def test_a_backup_of_an_older_version_is_migrated(elsewhere, file):
    with elsewhere():
        call_command("migrate", verbosity=0)
        call_command("migrate", "assessments", "0014", verbosity=0)
        call_command("migrate", "accounts", "0005", verbosity=0)
        Network.objects.create(name="Van vroeger")
        run("backup", "--out", file)
        run("restore", file, "--replace")
        assert Network.objects.get().name == "Van vroeger"
        assert ApiToken.objects.count() == Round.objects.filter(reference={}).count() == 0


def test_a_server_with_other_secrets_says_which_are_missing_and_refuses(committed, elsewhere, file, settings):
    run("backup", "--out", file)
    settings.RESPONSE_SECRET = "another secret, of more than fifty characters, truly so"
    with elsewhere():
        assert "niet alle geheimen" in refusal_of("restore", file)
        said = run("restore", file, "--other-secrets")
        assert "RESPONSE_SECRET: nee, hier ontbreekt de waarde met afdruk" in said
        assert Response.objects.count() == 2


def test_checking_a_file_changes_nothing(committed, elsewhere, file):
    run("backup", "--out", file)
    with elsewhere():
        assert "netwerken: 2" in run("restore", file, "--check")
        assert connection.introspection.table_names() == []


def test_mail_that_waited_is_held_until_the_coordinator_asks_for_it(committed, elsewhere, file, server, client):
    waiting = Message.objects.queued().count()
    assert waiting == len(committed.participants())
    run("backup", "--out", file)
    with elsewhere():
        assert f"tegengehouden berichten aan deelnemers: {waiting}." in run("restore", file)
        do_what_is_due()
        mail.send_queued(round_id=committed.round.pk)
        assert server.received == []
        assert all(message.is_held for message in Message.objects.all())
        client.force_login(committed.coordinator)
        page = client.get(reverse("round_mail", args=[committed.round.pk])).content.decode()
        assert page.count("tegengehouden na het terugzetten van een back-up") == waiting
        client.post(reverse("mail_try_again", args=[committed.round.pk]))
        assert Message.objects.queued().count() == waiting
        assert mail.send_queued(round_id=committed.round.pk) == waiting


def test_a_reminder_that_had_its_day_since_is_skipped_and_one_to_come_is_not(committed, elsewhere, file):
    Message.objects.update(state=MessageState.SENT, sent_at=timezone.now() - timedelta(days=9))
    Round.objects.update(opened_at=timezone.now() - timedelta(days=9))
    yesterday, tomorrow = (timezone.localdate() + timedelta(days=days) for days in (-1, 1))
    PlannedMail.objects.create(round=committed.round, kind="reminder_1", day=yesterday)
    PlannedMail.objects.create(round=committed.round, kind="reminder_2", day=tomorrow)
    run("backup", "--out", file)

    def older(told):
        told["made_at"] = (timezone.now() - timedelta(days=2)).isoformat()

    with elsewhere():
        run("restore", rewritten(file, older))
        assert dict(PlannedMail.objects.values_list("kind", "day")) == {"reminder_1": None, "reminder_2": tomorrow}
        do_what_is_due()
        assert not Message.objects.queued().exists()


def test_other_mail_that_waited_is_held_among_the_jobs_that_failed(committed, elsewhere, file):
    invite_colleague(user_id=committed.reader.pk, network_id=committed.network.pk)
    run("backup", "--out", file)
    with elsewhere():
        assert "tegengehouden andere mails: 1." in run("restore", file)
        held = DBTaskResult.objects.get(status="FAILED")
        assert held.exception_class_path == "samenwerking.jobs.HeldAfterRestore"


def test_a_nudge_that_had_its_day_since_is_held_too(committed, elsewhere, file):
    for participant in committed.participants()[2:]:
        committed.answer(participant)
    close_round(round_id=committed.round.pk)
    publish_round(round_id=committed.round.pk)
    Improvement.objects.create(round=committed.round, what="Elke maand bellen.", due_on=timezone.localdate())
    run("backup", "--out", file)
    with elsewhere():
        run("restore", file)
        do_what_is_due()
        jobs = DBTaskResult.objects.filter(task_path__endswith="send_agreements_due")
        assert list(jobs.values_list("status", flat=True)) == ["FAILED"]


@pytest.fixture
def role(transactional_db):
    """Returns the name of a role without rights."""
    name = f"{connection.settings_dict['NAME']}_role"
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE ROLE "{name}" LOGIN')
    yield name
    with connection.cursor() as cursor:
        cursor.execute(f'DROP ROLE "{name}"')


def test_a_role_without_rights_that_owns_the_database_restores_and_backs_up(committed, role, elsewhere, file):
    run("backup", "--out", file)
    with connection.cursor() as cursor:
        cursor.execute(f'ALTER DATABASE "{connection.settings_dict["NAME"]}_elsewhere" OWNER TO "{role}"')
    with elsewhere():
        connection.settings_dict["USER"] = role
        assert "gelijk: nee" not in run("restore", file)
        run("backup", "--out", file.with_name("again.zip"))
        assert "gelijk: nee" not in run("restore", file.with_name("again.zip"), "--replace")
        assert Network.objects.count() == 2


def test_addresses_whose_day_has_come_are_erased_again_at_once(committed, elsewhere, file):
    close_round(round_id=committed.round.pk)
    Round.objects.update(closed_at=timezone.now() - timedelta(days=61))
    run("backup", "--out", file)
    with elsewhere():
        assert "rondes zonder adressen: 1" in run("restore", file)
        assert not Participant.objects.exclude(email="").exists()


def test_sessions_and_tokens_of_the_backup_open_nothing(committed, elsewhere, file, client):
    client.force_login(committed.coordinator)
    make_token(user=committed.researcher, name="script", reads="rondes", ends_on=timezone.localdate())
    Erasure.objects.create(table="assessments_participant", before=1 << 40)
    run("backup", "--out", file)
    with elsewhere():
        assert "beëindigde sessies: 1, en API-sleutels: 1." in run("restore", file)
        assert not Session.objects.exists()
        assert not ApiToken.objects.exists()
        assert not Erasure.objects.filter(table="assessments_participant").exists()


def test_columns_of_which_postgresql_takes_no_samples_stay_so(committed, elsewhere, file):
    run("backup", "--out", file)
    with elsewhere():
        run("restore", file)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT attstattarget FROM pg_attribute WHERE attrelid = 'assessments_participant'::regclass"
                " AND attname = 'email'"
            )
            assert cursor.fetchone() == (0,)


def test_numbers_of_new_rows_go_on_after_the_highest(committed, elsewhere, file):
    run("backup", "--out", file)
    with elsewhere():
        run("restore", file)
        PlannedMail.objects.create(round=committed.round, kind="reminder_3", day=None)
