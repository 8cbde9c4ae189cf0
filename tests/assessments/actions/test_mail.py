"""Mail to a real server, healthy or not, leaves nobody out, sends nothing twice and gives nobody away."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import timedelta

import psycopg
import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from assessments.actions import mail
from assessments.actions.colleagues import invite_colleague
from assessments.actions.due import do_what_is_due
from assessments.actions.rounds import close_round, open_round, publish_round
from assessments.anonymity.keys import link_token
from assessments.models import Message, MessageState, Network, Participant, Partner, Round
from tests.cast import build_cast, loaded_instrument, ready
from tests.html import elements, text_of
from tests.mail_server import server

__all__ = ["server"]  # a fixture


def send(cast):
    return mail.send_queued(round_id=cast.round.pk)


def states(**more):
    return Counter(Message.objects.filter(**more).values_list("state", flat=True))


# What goes out


def test_opening_invites_everyone_once_with_a_link_of_their_own(server, cast):
    assert states() == {"queued": 10}
    assert send(cast) == 10
    assert send(cast) == 0
    assert server.sent_to() == {participant.email: 1 for participant in cast.participants()}
    for message in server.received:
        participant = Participant.objects.get(email=message["To"])
        link = f"{django_settings.BASE_URL}/v/{link_token(participant.pk)}/"
        assert link in message.get_body(("plain",)).get_content()
        assert link in message.get_body(("html",)).get_content()
        assert message["Message-ID"] == participant.messages.get().message_id
        assert message["List-Unsubscribe"].strip() == f"<{link}geen-herinneringen/>"
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_button_of_a_mail_program_turns_reminders_off_and_gets_an_answer_without_redirect(cast):
    someone = cast.participants()[0]
    address = f"/v/{link_token(someone.pk)}/geen-herinneringen/"
    program = Client(enforce_csrf_checks=True)
    assert program.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Participant.objects.get(pk=someone.pk).no_reminders
    assert program.post(address, {"aan": ""}).status_code == 302
    assert program.post(address).status_code == 302
    assert Participant.objects.get(pk=someone.pk).no_reminders
    assert not Participant.objects.exclude(pk=someone.pk).filter(no_reminders=True).exists()


def test_a_line_break_in_the_sender_of_a_round_ends_no_header(server, cast):
    cast.round.contact_name, cast.round.contact_email = "Noor\r\nBcc: x@example.org", "noor@example.org"
    cast.round.save()
    assert send(cast) == 10
    assert server.received[0]["Bcc"] is None
    assert "noor@example.org" in server.received[0]["Reply-To"]


def test_a_mail_says_who_asks_until_when_and_what_becomes_of_the_answers(server, cast):
    cast.round.contact_name, cast.round.contact_email = "Noor Eerste, gemeente", "noor@example.org"
    cast.round.closes_on = timezone.localdate() + timedelta(days=20)
    cast.round.invitation_text = "Regel <een> & twee.\r\n\r\nTweede alinea."
    cast.round.save()
    send(cast)
    message = server.received[0]
    text, html = message.get_body(("plain",)).get_content(), message.get_body(("html",)).get_content()
    assert message["Reply-To"] == '"Noor Eerste, gemeente" <noor@example.org>'
    assert "Regel <een> & twee." in text
    assert "Regel &lt;een&gt; &amp; twee." in html
    for part in (text, html):
        assert "minder dan 3 antwoorden" in part
        assert "Noor Eerste, gemeente" in part


def test_what_is_kept_of_mail_has_no_link_no_address_and_no_text(server, cast):
    send(cast)
    kept = str(list(Message.objects.values())) + str(list(DBTaskResult.objects.values()))
    for participant in cast.participants():
        assert participant.email not in kept
        assert link_token(participant.pk) not in kept


def test_a_constructed_network_mails_nobody(db):
    cast = build_cast(is_open=False)
    cast.network.is_constructed = True
    cast.network.save()
    ready(cast.round)
    open_round(round_id=cast.round.pk)
    assert not Message.objects.exists()


# When something is wrong


def test_an_address_that_is_refused_is_marked_and_the_others_get_theirs(server, cast):
    server.on_rcpt = lambda address: "550 no such user" if address.startswith("p003") else None
    assert send(cast) == 9
    refused = Message.objects.get(state=MessageState.REFUSED)
    assert (refused.participant.email, refused.fault) == ("p003@example.org", "550")
    server.on_rcpt = lambda address: None
    mail.try_again(round_id=cast.round.pk)
    assert send(cast) == 1
    assert states() == {"sent": 10}


def test_a_server_that_says_later_holds_up_that_message_only(server, cast):
    server.on_rcpt = lambda address: "451 greylisted" if address.startswith("p003") else None
    assert send(cast) == 9
    assert send(cast) == 0  # not at once again
    server.on_rcpt = lambda address: None
    Message.objects.update(claimed_at=timezone.now() - timedelta(hours=1))
    assert send(cast) == 1
    assert server.sent_to() == {participant.email: 1 for participant in cast.participants()}


@pytest.mark.parametrize("answer", ["421 shutting down", "drop"])
def test_a_server_that_goes_away_midway_gets_the_rest_later(server, cast, answer):
    server.on_data = lambda message: answer if len(server.received) == 4 else None
    assert send(cast) == 4
    assert states() == {"sent": 4, "queued": 6}
    server.on_data = lambda message: None
    assert send(cast) == 6
    assert server.sent_to() == {participant.email: 1 for participant in cast.participants()}


def make_unmakeable(cast, email="p003@example.org"):
    """Gives somebody's message a kind that this version does not know, as one that was rolled back would leave it."""
    Message.objects.filter(participant__email=email).update(kind="unknown")


def mail_page(client, cast):
    client.force_login(cast.coordinator)
    return client.get(reverse("round_mail", args=[cast.round.pk]))


def test_a_message_that_cannot_be_made_stops_no_other_and_is_tried_again(server, cast, client):
    make_unmakeable(cast)
    assert send(cast) == 9
    assert states(fault="ValueError") == {"queued": 1}
    assert send(cast) == 0  # not at once again
    assert "p003@example.org" in text_of(mail_page(client, cast), ".lines")
    assert "wij proberen het opnieuw, fout ValueError" in text_of(mail_page(client, cast), ".lines")
    Message.objects.filter(kind="unknown").update(kind="invitation", claimed_at=timezone.now() - timedelta(hours=1))
    assert send(cast) == 1
    assert server.sent_to() == {participant.email: 1 for participant in cast.participants()}
    assert states(fault="") == {"sent": 10}


def test_a_message_of_a_newer_version_waits_for_a_worker_of_that_version_whatever_the_round_is_in(server, cast):
    for participant in cast.participants():
        cast.answer(participant)
    close_round(round_id=cast.round.pk)
    publish_round(round_id=cast.round.pk)
    make_unmakeable(cast)
    assert send(cast) == 9
    assert states(fault="ValueError") == {"queued": 1}
    Message.objects.filter(kind="unknown").update(kind="result", claimed_at=timezone.now() - timedelta(hours=1))
    assert send(cast) == 1


def test_a_message_that_could_not_be_made_for_a_day_is_shown_as_refused_and_can_be_tried_as_new(server, cast, client):
    make_unmakeable(cast)
    Message.objects.update(attempts=mail.MOST_ATTEMPTS - 1)
    assert send(cast) == 9
    assert states() == {"sent": 9, "refused": 1}
    assert "geweigerd, fout ValueError" in text_of(mail_page(client, cast), ".lines")
    Message.objects.filter(kind="unknown").update(kind="invitation")
    mail.try_again(round_id=cast.round.pk)
    assert Message.objects.queued().get().attempts == 0
    assert send(cast) == 1


def test_a_server_that_hangs_up_on_one_message_gets_the_others(server, cast):
    """A virus scanner does this. Tried once more alone, the message waits as it does for a server that is away."""
    server.on_data = lambda message: "drop" if message["To"] == "p003@example.org" else None
    assert send(cast) == 9
    Message.objects.update(claimed_at=None)
    assert send(cast) == 0
    assert states(attempts=1, claimed_at=None, fault="") == {"queued": 1, "sent": 9}
    server.on_data = lambda message: None
    assert send(cast) == 1


def test_a_mail_that_is_too_large_is_refused_and_not_the_server_that_is_away(server, cast):
    server.on_mail = lambda: "552 too large"
    assert send(cast) == 0
    assert states(fault="552") == {"refused": 10}


def test_a_server_that_does_not_take_mail_from_us_gets_all_of_it_later(server, cast):
    server.on_mail = lambda: "550 not from here"
    assert send(cast) == 0
    assert states(claimed_at=None, fault="") == {"queued": 10}
    server.on_mail = lambda: None
    assert send(cast) == 10


def test_a_server_that_is_away_for_days_refuses_nobody(settings, cast):
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", 1
    for _ in range(mail.MOST_ATTEMPTS + 1):
        assert send(cast) == 0
    assert states(claimed_at=None, fault="") == {"queued": 10}


def test_a_server_that_stalls_does_not_hold_the_worker_for_long(server, cast, monkeypatch):
    monkeypatch.setattr(mail, "TIMEOUT", 1)
    let_go = threading.Event()
    server.on_data = lambda message: let_go.wait(60) and None
    started = time.monotonic()
    assert send(cast) == 0
    assert time.monotonic() - started < 30
    let_go.set()
    server.on_data = lambda message: None
    assert send(cast) == 10


def test_a_queue_without_an_end_is_an_error_and_not_a_worker_that_never_stops(server, cast, monkeypatch):
    monkeypatch.setattr(mail, "AT_A_TIME", 3)
    monkeypatch.setattr(mail, "MOST_TURNS", 2)
    with pytest.raises(mail.NoEnd):
        send(cast)
    assert states() == {"sent": 6, "queued": 4}
    assert send(cast) == 4


def test_without_a_server_everything_waits(settings, cast):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert send(cast) == 0
    assert states(claimed_at=None) == {"queued": 10}


def worker(server):
    """Starts the real worker in a process of its own, on the test's database and mail server; returns the process."""
    database = f"postgres:///{connection.settings_dict['NAME']}"
    environment = os.environ | {"DATABASE_URL": database, "EMAIL_URL": f"smtp://127.0.0.1:{server.port}"}
    command = [sys.executable, "manage.py", "db_worker", "--batch", "--no-startup-delay", "--no-reload"]
    return subprocess.Popen(command, cwd=django_settings.BASE_DIR, env=environment, stderr=subprocess.DEVNULL)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_message_once(server):
    cast = build_cast({("school", "uitvoerend"): 60})
    mail.send_round_mail.enqueue(str(cast.round.pk))  # a second job for the same mail
    busy = set()
    server.on_data = lambda message: time.sleep(0.02)
    server.on_rcpt = lambda address: busy.add(address) and None
    workers = [worker(server), worker(server)]
    for process in workers:
        assert process.wait(60) == 0
    assert server.sent_to() == {participant.email: 1 for participant in cast.participants()}
    assert states() == {"sent": 60}
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {TaskResultStatus.SUCCESSFUL}


def kill_a_worker_between_250_and_commit(server):
    """Kills a worker at the fifth message, after the server took it and before the worker committed that."""
    accepted = threading.Event()
    lock = psycopg.connect(dbname=connection.settings_dict["NAME"])

    def hold_its_row(message):
        """Locks the row of the fifth message: the server takes it, but the worker can't write that it was sent."""
        if len(server.received) == 4:
            pk = message["Message-ID"].strip("<>").split("@")[0]
            lock.execute("SELECT 1 FROM assessments_message WHERE id = %s FOR UPDATE", [pk])
            accepted.set()

    server.on_data = hold_its_row
    first = worker(server)
    assert accepted.wait(60)
    time.sleep(0.5)  # the 250 is on its way
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    # Its last write still waits in the database server. End that too, as if it was never sent.
    lock.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    lock.rollback()
    lock.close()
    server.on_data = lambda message: None


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_between_250_and_commit_repeats_that_message_only_under_the_same_message_id(server):
    cast = build_cast()
    kill_a_worker_between_250_and_commit(server)
    assert len(server.received) == 5
    assert states() == {"sent": 4, "queued": 6}

    # The worker left its job running and its message claimed; `due` sees to both, in time.
    mail.send_round_mail.enqueue(str(cast.round.pk))
    assert worker(server).wait(60) == 0
    assert states() == {"sent": 9, "queued": 1}
    later = timezone.now() + timedelta(hours=1)
    Message.objects.queued().update(claimed_at=timezone.now() - timedelta(hours=1))
    assert do_what_is_due(later)["jobs put back"] == 1
    assert worker(server).wait(60) == 0

    assert states() == {"sent": 10}
    times = server.sent_to()
    twice = [address for address, count in times.items() if count == 2]
    assert len(times) == 10
    assert sum(times.values()) == 11
    ids = {message["Message-ID"] for message in server.received if message["To"] == twice[0]}
    assert len(ids) == 1


# Other mail, and others' mail


def do_all():
    call_command("db_worker", batch=True, startup_delay=False, reload=False, verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_a_colleague_gets_the_invitation_once_the_mail_server_is_back(server, settings, client):
    cast = build_cast()
    client.force_login(cast.coordinator)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    address = reverse("network", args=[cast.network.pk])
    invite_colleague(user_id=cast.reader.pk, network_id=cast.network.pk)
    do_all()
    assert "Wij proberen het later opnieuw" in client.get(address).content.decode()
    settings.EMAIL_PORT = port
    do_all()
    assert "reader@example.org" not in server.sent_to()  # not before its pause is over
    DBTaskResult.objects.update(run_after=timezone.now())
    do_all()
    assert server.sent_to()["reader@example.org"] == 1
    assert "De uitnodiging" not in text_of(client.get(address), ".lines")


def line_of(address, page):
    """Returns the line about the colleague with this address on the page of a network."""
    [line] = [line for line in elements(page, ".lines li") if address in "".join(line.itertext())]
    return line


@pytest.mark.django_db(transaction=True)
def test_an_invitation_that_is_refused_is_seen_on_the_networks_page_and_sent_again_there(server, client):
    cast = build_cast(is_open=False)
    client.force_login(cast.coordinator)
    address = reverse("network", args=[cast.network.pk])
    server.on_rcpt = lambda address: "550 no such user"
    invite_colleague(user_id=cast.reader.pk, network_id=cast.network.pk)
    do_all()
    line = line_of("reader@example.org", client.get(address))
    assert "De uitnodiging kon niet worden verstuurd" in "".join(line.itertext())
    [form] = line.iter("form")
    kept = str(list(DBTaskResult.objects.values()))
    assert "reader@example.org" not in kept
    server.on_rcpt = lambda address: None
    client.post(form.get("action"))
    client.post(form.get("action"))
    do_all()
    assert server.sent_to() == {"reader@example.org": 1}
    assert not [*line_of("reader@example.org", client.get(address)).iter("form")]
    other = Client()
    other.force_login(cast.stranger)
    assert other.post(form.get("action")).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_mail_of_other_networks_does_not_wait_behind_a_large_mailing(server, monkeypatch):
    monkeypatch.setattr(mail, "TURN", 0.2)
    large, small = build_cast({("school", "uitvoerend"): 40}), small_network()
    server.on_data = lambda message: time.sleep(0.05)
    mail.send_test_mail(round_id=large.round.pk, user_id=large.coordinator.pk)
    do_all()
    order = [message["To"] for message in server.received]
    assert order[0] == "coordinator@example.org"
    last = max(place for place, to in enumerate(order) if to.startswith("klein-"))
    assert last < 20
    assert server.sent_to() == Counter(["coordinator@example.org", *addresses(large.round), *addresses(small)])


def small_network():
    """Returns the open round of another network, with three people."""
    network = Network.objects.create(name="Netwerk Noord")
    partner = Partner.objects.create(network=network, key="wijkteam", name="Wijkteam", kind_id="overig")
    round = Round.objects.create(network=network, name="Voorjaar", instrument_version=loaded_instrument(), minimum=3)
    for number in range(3):
        address = f"klein-{number}@example.org"
        Participant.objects.create(round=round, partner=partner, level="bestuur", email=address)
    ready(round)
    return open_round(round_id=round.pk)


def addresses(round):
    return [participant.email for participant in round.participants.all()]


def test_a_colleague_gets_a_link_to_set_a_password_and_can_sign_in_with_it(server, cast, client):
    from assessments.actions.colleagues import send_colleague_mail
    from assessments.actions.networks import add_colleague

    user = add_colleague(network_id=cast.network.pk, email="Nieuw@Example.org", name="Nieuw", role="reader")
    send_colleague_mail.func(user.pk, str(cast.network.pk))
    text = server.received[0].get_body(("plain",)).get_content()
    link = next(line for line in text.splitlines() if "/account/" in line and "key" in line)
    page = client.get(link.removeprefix(django_settings.BASE_URL), follow=True)
    password = "een nieuw lang wachtwoord 7"
    client.post(page.request["PATH_INFO"], {"password1": password, "password2": password})
    user.refresh_from_db()
    assert user.check_password(password)
