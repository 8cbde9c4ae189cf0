"""A restored database does nothing twice, and erases at once what had to go since the backup."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from assessments.actions import mail
from assessments.actions.colleagues import invite_colleague
from assessments.actions.due import do_what_is_due
from assessments.actions.forgotten import question
from assessments.actions.releases import make_release
from assessments.actions.rounds import close_round, publish_round
from assessments.models import (
    Erasure,
    Improvement,
    Membership,
    Message,
    MessageState,
    Participant,
    PlannedMail,
    Release,
    Round,
)
from assessments.rules.releases import release_number
from assessments.rules.workflow import NotAllowed
from samenwerking.accounts.api_tokens import make_token
from samenwerking.accounts.mail import password_link
from samenwerking.accounts.models import ApiToken
from tests.backups import committed, elsewhere, file, rewritten, run
from tests.html import texts
from tests.mail_server import server

__all__ = ["committed", "elsewhere", "file", "server"]  # fixtures


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
        assert "beëindigde API-sleutels: 1. Iedereen logt opnieuw in" in run("restore", file)
        assert not Session.objects.exists()
        assert not ApiToken.objects.exists()
        assert not Erasure.objects.filter(table="assessments_participant").exists()


def test_what_came_back_of_rights_and_ways_in_is_named_on_the_screen(committed, elsewhere, file):
    """Nobody can see from the backup what was taken away since."""
    link = link_of(committed.reader)
    run("backup", "--out", file)
    Membership.objects.filter(user=committed.reader).delete()
    committed.reader.set_password("een zin van woorden")
    committed.reader.save()
    assert not opens(link)
    said = run("restore", file, "--replace")
    assert Membership.objects.filter(user=committed.reader).exists()
    assert opens(link)
    for words in (
        "Wel opnieuw: berichten over wat gewist gaat worden.",
        "welke rollen in netwerken en rechten van beheerders",
        "Koppel accounts opnieuw los",
        "welke domeinen zonder",
        "Links uit mails om een wachtwoord te kiezen of een account te koppelen werken weer",
    ):
        assert words in said, words
    assert "niets twee keer" not in said


def test_a_release_that_may_have_been_made_since_is_asked_for(committed, elsewhere, file):
    number = release_number(timezone.localdate())
    run("backup", "--out", file)
    with elsewhere():
        assert f"7. Is na de back-up uitgave {number} gemaakt?" in run("restore", file)
        with pytest.raises(NotAllowed, match="Zeg eerst of er daarna een uitgave is gemaakt"):
            make_release(day=timezone.localdate())
        run("release", "--forgotten", "none")
        with pytest.raises(NotAllowed, match="nog te weinig netwerken"):
            make_release(day=timezone.localdate())


def test_a_release_that_the_former_database_had_is_made_no_second_time(committed, file):
    number = release_number(timezone.localdate())
    run("backup", "--out", file)
    Release.objects.create(number=number, networks=6)
    assert f"Na de back-up is uitgave {number} gemaakt." in run("restore", file, "--replace")
    with pytest.raises(NotAllowed, match="niet meer op deze site staat"):
        make_release(day=timezone.localdate())


def test_nobody_is_asked_for_a_release_that_is_in_the_backup(committed, elsewhere, file):
    Release.objects.create(number=release_number(timezone.localdate()), networks=6)
    run("backup", "--out", file)
    with elsewhere():
        assert "Is na de back-up uitgave" not in run("restore", file)
        assert question() is None


def link_of(user):
    return re.sub("^https?://[^/]+", "", password_link(user))


def opens(link):
    return texts(Client().get(link, follow=True), "h1") != ["Deze link werkt niet meer"]


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
