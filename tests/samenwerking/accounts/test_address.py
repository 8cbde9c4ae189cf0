"""An owner changes the address of the account: by password and by a link to the new address; the old one is told."""

import json
import re
from datetime import timedelta

import pytest
from auditlog.models import LogEntry
from django.core import signing
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from assessments.actions.due import do_what_is_due
from samenwerking.accounts.address import ask_for_address
from samenwerking.accounts.models import AddressChange, User
from samenwerking.accounts.tokens import address_key
from tests.cast import PASSWORD
from tests.html import BUTTONS, FAULTS, MESSAGES, text_of, texts
from tests.jobs import do_jobs
from tests.second_step import enter

pytestmark = pytest.mark.django_db(transaction=True)
NEW = "a.eerste@voorbeeld.nl"


@pytest.fixture(autouse=True)
def signed_in(client, user):
    """Signs in, and forgets how often somebody tried."""
    cache.clear()
    enter(client, user)


def ask(client, email=NEW, password=PASSWORD):
    return client.post(reverse("account_address"), {"email": email, "password": password}, follow=True)


def links_sent(mailoutbox):
    """Lets mail go out; returns by address the links to confirm that it got since the last time."""
    do_jobs()
    sent = {mail.to[0]: re.findall(r"https?://[^/]+(/account/e-mailadres/\S+)", mail.body) for mail in mailoutbox}
    mailoutbox.clear()
    return sent


def is_of_no_use(client, link):
    return texts(client.post(link), "h1") == ["Deze link werkt niet meer"]


def test_an_address_is_confirmed_once_by_its_link_and_both_addresses_are_told(client, user, mailoutbox, lines):
    assert NEW in text_of(ask(client, f"Ada Eerste <{NEW.upper()}>"), MESSAGES)
    sent = links_sent(mailoutbox)
    assert sent == {user.email: [], NEW: [sent[NEW][0]]}
    [link] = sent[NEW]
    assert texts(client.get(link), BUTTONS) == ["Bevestig dit e-mailadres"]  # a program that looks into mail
    assert User.objects.get(pk=user.pk).email == "anna@voorbeeld.nl"
    assert text_of(client.post(link, follow=True), MESSAGES).endswith(f"met {NEW}.")
    assert User.objects.get(pk=user.pk).email == NEW
    do_jobs()
    [told] = mailoutbox
    assert told.to == ["anna@voorbeeld.nl"]
    assert "heeft nu een ander e-mailadres" in told.body
    assert reverse("account_reset_password") not in told.body  # whoever reads this address sets no password any more
    assert not AddressChange.objects.exists()
    assert is_of_no_use(client, link)
    said = [(line["event"], line["account"]) for line in lines]
    assert said == [("address.asked", user.pk), ("address.changed", user.pk)]
    assert "@" not in json.dumps(lines)
    assert "@" not in json.dumps(list(LogEntry.objects.filter(action=LogEntry.Action.UPDATE).values("changes")))
    assert "@" not in json.dumps(list(DBTaskResult.objects.values_list("args_kwargs", flat=True)))
    assert enter(Client(), User.objects.get(pk=user.pk)).status_code == 302
    assert Client().post(reverse("account_login"), {"login": user.email, "password": PASSWORD}).status_code == 200


@pytest.mark.parametrize(
    ("email", "password", "fault"),
    [
        (NEW, "niet het wachtwoord", "wachtwoord klopt niet"),
        (NEW, "", "verplicht"),
        ("geen adres", PASSWORD, "@-teken ontbreekt"),
        ("ad\u0430@voorbeeld.nl", PASSWORD, "letters met accenten"),
        ("mailto:ANNA@voorbeeld.nl", PASSWORD, "al het e-mailadres van uw account"),
    ],
)
def test_nothing_is_sent_without_the_password_or_to_what_is_no_address(client, mailoutbox, email, password, fault):
    assert fault in text_of(ask(client, email, password), FAULTS)
    assert links_sent(mailoutbox) == {}


def test_an_address_with_an_account_gets_the_same_answer_with_the_same_work_and_no_link(client, user, mailoutbox):
    other = User.objects.create_user("bo@voorbeeld.nl", PASSWORD, name="Bo")
    answers = []
    for email in (other.email, NEW):
        with CaptureQueriesContext(connection) as asked:
            page = ask(client, email)
        answers.append((len(asked), text_of(page, "main").replace(email, "")))
        sent = links_sent(mailoutbox)
        assert bool(sent[email]) == (email == NEW)
    assert answers[0] == answers[1]


def test_a_link_works_a_day_for_its_owner_alone_and_until_another_is_asked_for(client, user, mailoutbox, monkeypatch):
    ask(client)
    [link] = links_sent(mailoutbox)[NEW]
    User.objects.create_user("bo@voorbeeld.nl", PASSWORD, name="Bo")
    stranger = Client()
    assert stranger.post(link).url.startswith(reverse("account_login"))
    stranger.force_login(User.objects.get(email="bo@voorbeeld.nl"))
    assert is_of_no_use(stranger, link)
    assert is_of_no_use(client, link.replace("/e-mailadres/", "/e-mailadres/x"))
    ask(client, "nog.een@voorbeeld.nl")
    assert is_of_no_use(client, link)
    [later] = links_sent(mailoutbox)["nog.een@voorbeeld.nl"]
    assert texts(client.get(later), BUTTONS)
    a_day = timedelta(days=1, seconds=1).total_seconds()
    with monkeypatch.context() as yesterday:
        yesterday.setattr(signing.time, "time", lambda now=signing.time.time: now() - a_day)
        key = address_key(AddressChange.objects.get())
    assert is_of_no_use(client, reverse("account_address_confirm", args=[key]))
    assert User.objects.get(pk=user.pk).email == "anna@voorbeeld.nl"


def test_an_address_that_somebody_took_meanwhile_stays_theirs(client, user, mailoutbox):
    ask(client)
    [link] = links_sent(mailoutbox)[NEW]
    User.objects.create_user(NEW, PASSWORD, name="Bo")
    assert is_of_no_use(client, link)
    assert User.objects.get(pk=user.pk).email == "anna@voorbeeld.nl"
    assert links_sent(mailoutbox) == {}


def test_who_asks_too_often_has_to_wait(client, mailoutbox):
    assert [ask(client, password="niet het wachtwoord").status_code for _ in range(11)][-1] == 429


def test_what_was_asked_is_forgotten_after_a_week(user):
    ask_for_address(user=user, wanted=NEW)
    for days, left in ((6, 1), (8, 0)):
        AddressChange.objects.update(asked_at=timezone.now() - timedelta(days=days))
        do_what_is_due()
        assert AddressChange.objects.count() == left


def test_a_link_is_of_no_use_once_the_beheerder_changed_the_address(client, user):
    ask_for_address(user=user, wanted=NEW)
    link = reverse("account_address_confirm", args=[address_key(AddressChange.objects.get())])
    User.objects.update(email="ada@voorbeeld.nl")
    assert is_of_no_use(client, link)
