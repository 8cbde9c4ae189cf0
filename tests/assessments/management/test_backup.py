"""A backup that is restored into another PostgreSQL is what was there; what is not whole, or not ours, is refused."""

import os
import re
import stat
import subprocess
import sys
from datetime import datetime
from zipfile import ZipFile

import pytest
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from assessments.actions.backups import differences, receipt
from assessments.actions.rounds import close_round, publish_round
from assessments.anonymity.secrets import keys_of
from assessments.models import (
    FrozenResults,
    Network,
    Participant,
    Response,
    Round,
)
from samenwerking.backups import postgresql
from samenwerking.backups.archive import DUMP, RECEIPT, SEAL, read_archive
from tests.backups import committed, elsewhere, file, refusal_of, rewritten, run
from tests.cast import opened
from tests.mail_server import server

__all__ = ["committed", "elsewhere", "file", "server"]  # fixtures


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


def test_a_backup_says_the_moment_of_its_snapshot_and_not_that_of_its_end(committed):
    """What was entered while pg_dump wrote is not in it."""
    before = timezone.now()
    with transaction.atomic():
        postgresql.share_snapshot()
        after = timezone.now()
        assert before <= datetime.fromisoformat(receipt()["made_at"]) <= after


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


def test_no_session_goes_along_in_a_backup(committed, elsewhere, file, client):
    """Whoever read the file could go on as somebody who was signed in when it was made."""
    client.force_login(committed.coordinator)
    run("backup", "--out", file)
    assert "django_session" not in read_archive(file).receipt["tables"]
    with elsewhere():
        postgresql.restored(read_archive(file).pieces())
        assert "django_session" in connection.introspection.table_names()
        assert Session.objects.count() == 0
    assert Session.objects.count() == 1


def test_a_backup_of_before_that_has_sessions_is_restored_all_the_same(committed, elsewhere, file):
    run("backup", "--out", file)
    former = rewritten(file, lambda told: told["tables"].update(django_session={"rows": 1, "sum": "7"}))
    with elsewhere():
        assert "Teruggezet" in run("restore", former)


def test_only_its_owner_can_read_it_and_nothing_is_left_of_one_that_failed(committed, file, monkeypatch):
    run("backup", "--out", file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "bestaat al" in refusal_of("backup", "--out", file)
    monkeypatch.setenv("PATH", "/nowhere")
    assert "pg_dump is er niet" in refusal_of("backup", "--out", file.with_name("second.zip"))
    assert [path.name for path in file.parent.iterdir()] == [file.name]


@pytest.mark.parametrize("left", ["a file for all", "a link elsewhere"])
def test_what_another_left_in_its_place_does_not_open_it_to_others(committed, file, left):
    part, other = file.with_name(f"{file.name}.part"), file.with_name("other")
    other.write_text("iets anders")
    part.symlink_to(other) if left == "a link elsewhere" else part.touch(0o644)
    run("backup", "--out", file)
    assert (file.is_symlink(), stat.S_IMODE(file.stat().st_mode)) == (False, 0o600)
    assert other.read_text() == "iets anders"


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


@pytest.mark.parametrize("database", ["there", "away"])
def test_each_hour_another_file_is_made_and_one_that_fails_leaves_the_former(committed, tmp_path, database):
    former = tmp_path / "2026-11-30T090000.zip"
    former.write_text("de vorige")
    script = settings.BASE_DIR / "deploy" / "samenwerking-backup"
    name = connection.settings_dict["NAME"] if database == "there" else "is_er_niet"
    environment = {**os.environ, "DATABASE_URL": f"postgres:///{name}"}
    command = [script, tmp_path, sys.executable, "manage.py"]
    made = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)
    found = sorted(path for path in tmp_path.iterdir() if path != former)
    assert former.read_text() == "de vorige"
    assert (made.returncode == 0, len(found)) == ((True, 1) if database == "there" else (False, 0))
    for path in found:
        assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d{6}\.zip", path.name)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert "netwerken: 2" in run("restore", path, "--check")


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
    for told in (["--check"], ["--replace"], ["--replace", "--other-secrets"]):
        assert "zegel" in refusal_of("restore", other, *told)
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
        call_command("migrate", "socialaccount", "0005", verbosity=0)  # as a former version of a package had it
        Network.objects.create(name="Van vroeger")
        run("backup", "--out", file)
        run("restore", file, "--replace")
        assert Network.objects.get().name == "Van vroeger"
        assert SocialAccount.objects.filter(extra_data__x=1).count() == 0  # a text before that migration


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
        said = run("restore", file, "--check")
        assert "netwerken: 2" in said
        assert "Zegel: klopt" in said
        assert connection.introspection.table_names() == []


def test_checking_a_file_says_that_another_server_can_not_judge_its_seal(committed, file, settings):
    run("backup", "--out", file)
    settings.SECRET_KEY = "another secret, of more than fifty characters, truly so"
    assert "Zegel: niet na te gaan" in run("restore", file, "--check")


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
