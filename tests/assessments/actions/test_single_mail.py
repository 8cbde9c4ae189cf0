"""A mail to one person outlives a mail server that is away, and is shown as long as it could not be sent."""

import re
from urllib.parse import urlsplit

import pytest
from django.conf import settings as django_settings
from django.urls import reverse
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from assessments.actions import mail
from assessments.actions.colleagues import invite_colleague
from assessments.actions.partner_messages import send_partner_message
from samenwerking.accounts.mail import Notice, mail_password_link, tell_owner
from samenwerking.jobs import MOST_TRIES
from tests.cast import build_cast
from tests.html import text_of
from tests.jobs import cannot_be_made, do_jobs
from tests.mail_server import server

__all__ = ["server"]  # a fixture

pytestmark = pytest.mark.django_db(transaction=True)

LATER = "Wij proberen het later opnieuw"
COLLEAGUE, TEST_MAIL, PARTNER = "reader@example.org", "coordinator@example.org", "contact@example.org"


@pytest.fixture
def cast(client):
    cast = build_cast()
    DBTaskResult.objects.all().delete()  # the invitations of participants
    cast.network.partners.filter(key="school").update(contact_email=PARTNER)
    client.force_login(cast.coordinator)
    return cast


def ask(cast, to):
    """Asks for the mail that goes to this address, and returns the page that tells of it."""
    if to == COLLEAGUE:
        invite_colleague(user_id=cast.reader.pk, network_id=cast.network.pk)
        return reverse("network", args=[cast.network.pk])
    if to == TEST_MAIL:
        mail.send_test_mail(round_id=cast.round.pk, user_id=cast.coordinator.pk)
        return reverse("invitation_preview", args=[cast.round.pk])
    send_partner_message.enqueue(str(cast.round.pk), cast.partners["school"].pk)
    return reverse("partner_messages", args=[cast.round.pk])


def do_jobs_later():
    DBTaskResult.objects.filter(status=TaskResultStatus.READY).update(run_after=timezone.now())
    do_jobs()


@pytest.mark.parametrize("to", [COLLEAGUE, TEST_MAIL, PARTNER])
def test_it_arrives_once_the_mail_server_is_back_and_until_then_its_page_says_so(server, settings, client, cast, to):
    up, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    page = ask(cast, to)
    do_jobs()
    assert LATER in text_of(client.get(page), "main")
    do_jobs_later()
    settings.EMAIL_PORT = up
    server.on_rcpt = lambda address: "451 busy"
    do_jobs_later()
    assert LATER in text_of(client.get(page), "main")
    server.on_rcpt = lambda address: None
    do_jobs_later()
    assert server.sent_to() == {to: 1}
    assert LATER not in text_of(client.get(page), "main")


@pytest.mark.parametrize("to", [COLLEAGUE, TEST_MAIL, PARTNER])
def test_after_the_last_try_its_page_says_that_it_did_not_go_and_it_can_be_sent_again(
    server, settings, client, cast, to
):
    up, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    page = ask(cast, to)
    for _ in range(MOST_TRIES):
        do_jobs_later()
    assert "kon niet worden verstuurd, ook later niet" in text_of(client.get(page), "main")
    settings.EMAIL_PORT = up
    ask(cast, to)
    do_jobs()
    assert server.sent_to() == {to: 1}
    assert "kon niet worden verstuurd" not in text_of(client.get(page), "main")


@pytest.mark.parametrize("to", [COLLEAGUE, TEST_MAIL, PARTNER])
def test_what_the_server_refuses_is_not_tried_again_and_its_page_asks_for_the_address(server, client, cast, to):
    server.on_rcpt = lambda address: "550 no such user"
    page = ask(cast, to)
    do_jobs()
    assert DBTaskResult.objects.get().status == TaskResultStatus.FAILED
    assert "Klopt het adres?" in text_of(client.get(page), "main")


def test_a_mail_that_cannot_be_made_is_tried_again_and_the_queue_keeps_no_address_of_it(tmp_path):
    cannot_be_made.enqueue(str(tmp_path / "tries"))
    do_jobs()
    do_jobs_later()
    assert (tmp_path / "tries").read_text() == "xx"
    assert DBTaskResult.objects.get().status == TaskResultStatus.READY
    assert "example.org" not in str(list(DBTaskResult.objects.values()))


def test_every_mail_has_an_id_of_its_own_in_the_name_of_the_site(server, cast):
    for to in (COLLEAGUE, TEST_MAIL, PARTNER):
        ask(cast, to)
    tell_owner(cast.coordinator, Notice.PASSWORD_CHANGED)
    mail_password_link(cast.coordinator)
    mail.send_round_mail.enqueue(str(cast.round.pk))
    do_jobs()
    ids = [message["Message-ID"] for message in server.received]
    host = re.escape(urlsplit(django_settings.BASE_URL).hostname)
    assert len(set(ids)) == 5 + len(cast.participants())
    assert all(re.fullmatch(rf"<[^@<>]+@{host}>", one) for one in ids)
