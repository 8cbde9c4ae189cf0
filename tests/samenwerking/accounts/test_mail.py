"""Mail about an account goes by the queue, says nothing to whoever has none, and tells its owner what changed."""

import json
import re
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from samenwerking.accounts.mail import Notice
from samenwerking.accounts.models import User
from samenwerking.accounts.tokens import FORGOTTEN
from tests.cast import PASSWORD
from tests.jobs import do_jobs
from tests.second_step import code_for, enter

pytestmark = pytest.mark.django_db(transaction=True)
NEW = "een heel ander wachtwoord"


def ask(email):
    """Asks for a password as somebody who was never here; returns the answer, its page and how many queries it took."""
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        answer = Client().post(reverse("account_reset_password"), {"email": email}, follow=True)
    return answer.redirect_chain, re.sub("csrfmiddlewaretoken.*?>", "", answer.content.decode()), len(asked)


def test_known_and_unknown_get_the_same_answer_with_the_same_work(user, server):
    closed = User.objects.create_user("dicht@voorbeeld.nl", PASSWORD, name="Dicht", is_active=False)
    ask(user.email)
    server.on_data = lambda message: time.sleep(3)
    started = time.monotonic()
    known, unknown, inactive = ask("Anna@voorbeeld.nl"), ask("vreemd@voorbeeld.nl"), ask(closed.email)
    assert known == unknown == inactive
    assert time.monotonic() - started < 3  # no mail within a request
    server.on_data = lambda message: None
    do_jobs()
    assert server.sent_to() == {"anna@voorbeeld.nl": 2}


def test_a_mail_server_that_is_away_stops_no_request(user, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert ask(user.email) == ask("vreemd@voorbeeld.nl")
    client = Client()
    enter(client, user)
    changed = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post(reverse("account_change_password"), changed).status_code == 302


def test_mail_goes_out_later_where_the_server_is_away(user, server, settings):
    ask(user.email)
    settings.EMAIL_PORT = 1
    do_jobs()
    [job] = DBTaskResult.objects.all()
    assert job.status == "READY"
    assert job.run_after > timezone.now()
    settings.EMAIL_PORT = server.port
    DBTaskResult.objects.update(run_after=timezone.now())
    do_jobs()
    assert server.sent_to() == {"anna@voorbeeld.nl": 1}


def test_mail_goes_out_later_where_our_password_for_the_server_cannot_be_sent(user, server, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "samenwerking", "geheim-é"
    ask(user.email)
    do_jobs()
    assert DBTaskResult.objects.get().status == "READY"
    settings.EMAIL_HOST_PASSWORD = "geheim"
    DBTaskResult.objects.update(run_after=timezone.now())
    do_jobs()
    assert server.sent_to() == {"anna@voorbeeld.nl": 1}


def test_the_link_in_the_mail_sets_a_password_once(client, user, server):
    ask(user.email)
    do_jobs()
    [mail] = server.received
    assert mail["Subject"] == "Samenwerking: Kies een wachtwoord"
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    link = re.search(r"https?://\S+/reset/key/\S+", text)[0]
    assert link in html
    form = client.get(link, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert "Deze link werkt niet meer" in Client().get(link, follow=True).content.decode()


@pytest.mark.parametrize("asks", [True, False])
def test_who_never_came_in_reads_of_no_former_password_and_how_long_this_link_works(server, asks):
    if asks:  # whose account a beheerder made in the admin
        User.objects.create_user("nieuw@voorbeeld.nl", name="Nieuw")
        ask("nieuw@voorbeeld.nl")
    else:
        call_command("beheerder", "nieuw@voorbeeld.nl", name="Nieuw")
    do_jobs()
    [mail] = server.received
    for body in (mail.get_body((kind,)).get_content() for kind in ("plain", "html")):
        assert not re.search("aangevraagd|oude wachtwoord|drie dagen", body)
        assert "U hebt een account op Samenwerking, maar nog geen wachtwoord." in body
        assert f"en {timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT).days} dagen lang" in body


def test_who_has_a_password_reads_that_it_stays_and_that_the_link_is_short(user, server):
    ask(user.email)
    do_jobs()
    [mail] = server.received
    for body in (mail.get_body((kind,)).get_content() for kind in ("plain", "html")):
        assert "Voor uw account is een nieuw wachtwoord aangevraagd." in body
        assert "uw oude wachtwoord blijft gelden" in body
        assert (FORGOTTEN.days, "en drie dagen lang" in body) == (3, True)


def test_a_job_names_an_account_by_its_number_and_has_no_address_or_link(user):
    ask(user.email)
    client = Client()
    enter(client, user)
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    kept = json.dumps(list(DBTaskResult.objects.values_list("args_kwargs", flat=True)))
    assert DBTaskResult.objects.count() == 2
    assert not re.search(r"@|http|/account/", kept)


def told(mailoutbox):
    """Returns what the owner was told since the last time, as mails about changes say it."""
    do_jobs()
    said = [next(notice for notice in Notice if notice.label in mail.body) for mail in mailoutbox]
    assert {tuple(mail.to) for mail in mailoutbox} == {("anna@voorbeeld.nl",)}
    mailoutbox.clear()
    return said


def test_the_owner_is_told_of_a_changed_password_and_of_each_change_to_the_second_step(client, user, mailoutbox):
    enter(client, user)
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert told(mailoutbox) == [Notice.PASSWORD_CHANGED]
    client.post(reverse("account_reauthenticate"), {"password": NEW})
    client.get(reverse("mfa_activate_totp"))
    client.post(reverse("mfa_activate_totp"), {"code": code_for(client.session["mfa.totp.secret"])})
    assert told(mailoutbox) == [Notice.SECOND_STEP_ON]
    client.post(reverse("mfa_generate_recovery_codes"))
    assert told(mailoutbox) == [Notice.RECOVERY_CODES_MADE]
    client.post(reverse("mfa_deactivate_totp"))
    assert told(mailoutbox) == [Notice.SECOND_STEP_OFF]


def test_the_mail_about_a_change_says_when_and_what_to_do(client, user, server):
    enter(client, user)
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    do_jobs()
    [mail] = server.received
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    for body in (text, html):
        assert re.search(r"Dat was op \d+ \w+ 20\d\d om \d\d:\d\d uur\.", body)
        assert "Kies dan meteen een nieuw wachtwoord" in body
        assert reverse("account_reset_password") in body
    assert "127.0.0.1" not in text.replace("http://127.0.0.1:8000", "")  # no address of a computer


def test_mail_of_an_account_that_is_gone_ends_quietly(user, mailoutbox):
    ask(user.email)
    client = Client()
    enter(client, user)
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    user.delete()
    do_jobs()
    assert mailoutbox == []
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"SUCCESSFUL"}
