"""Coördinators and owners are told of what goes, and the month counts from a mail that was delivered."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from assessments.actions.announcing import announce
from assessments.actions.due import do_what_is_due
from assessments.actions.keeping import keep_round
from assessments.models import (
    Announcement,
    Membership,
    Network,
    OpenAnswer,
    Round,
)
from samenwerking.accounts.models import User
from tests.cast import build_cast
from tests.mail_server import server
from tests.terms import CLOSED, at, closed, due_with_the_worker, told

__all__ = ["closed", "server"]  # fixtures


@pytest.mark.django_db(transaction=True)
def test_coordinators_are_told_in_one_mail_of_all_that_goes_in_a_network(closed, server):
    due_with_the_worker(date(2032, 1, 27))
    [mail] = [mail for mail in server.received if mail["To"] == "coordinator@example.org"]
    assert mail["Subject"] == "Netwerk Oost: dit wissen wij binnenkort"
    said = mail.get_body(("plain",)).get_content()
    assert "op 2 maart 2032: de ronde ‘Voorjaar’, met alle uitkomsten, rapporten en afspraken" in said
    assert reverse("network_keeping", args=[closed.network.pk]) in said


@pytest.mark.django_db(transaction=True)
def test_a_month_counts_from_a_mail_that_was_delivered_and_one_is_asked_for_each_day_until_then(closed, server):
    server.on_rcpt = lambda address: "550 Zo iemand is hier niet"
    first = date(2032, 3, 3)
    due_with_the_worker(first)
    due_with_the_worker(first)
    assert DBTaskResult.objects.filter(args_kwargs__args__1=str(closed.network.pk)).count() == 1
    assert not told("results")
    due_with_the_worker(date(2032, 4, 5))
    assert Round.objects.filter(pk=closed.round.pk).exists()
    server.on_rcpt = lambda address: None
    due_with_the_worker(date(2032, 4, 6))
    assert Announcement.objects.get(kind="results").told_on == date(2032, 4, 6)
    due_with_the_worker(date(2032, 5, 5))
    assert Round.objects.filter(pk=closed.round.pk).exists()
    due_with_the_worker(date(2032, 5, 6))
    assert not Round.objects.filter(pk=closed.round.pk).exists()


@pytest.mark.parametrize("nobody", [{"is_constructed": True}, {}])
def test_a_month_counts_at_once_where_there_is_nobody_to_tell(closed, nobody):
    Network.objects.update(**nobody or {"is_constructed": False})
    if not nobody:
        Membership.objects.all().delete()
    do_what_is_due(at(date(2032, 3, 3)))
    assert Announcement.objects.get(kind="results").told_on == date(2032, 3, 3)


def test_many_networks_without_rounds_take_no_more_queries_than_one(closed):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            announce(timezone.now(), lambda _, do: do() or 0)
        return len(asked)

    of_one = queries()
    for number in range(5):
        network = Network.objects.create(name=f"Netwerk {number}")
        version = closed.round.instrument_version
        Round.objects.create(network=network, name="In voorbereiding", instrument_version=version)
    assert queries() == of_one


@pytest.mark.django_db(transaction=True)
def test_nobody_is_mailed_of_what_is_kept_longer_meanwhile(closed, server):
    OpenAnswer.objects.all().delete()
    Network.objects.exclude(pk=closed.network.pk).delete()
    do_what_is_due(at(date(2032, 1, 27)))
    keep_round(round_id=closed.round.pk, texts_until=None, results_until=date(2034, 6, 30))
    due_with_the_worker(date(2032, 1, 28))
    assert server.received == []


@pytest.mark.django_db(transaction=True)
def test_the_owner_of_an_account_is_told_to_sign_in(server):
    cast = build_cast()
    User.objects.update(last_login=at(date(2040, 1, 1)))
    User.objects.filter(pk=cast.reader.pk).update(last_login=at(CLOSED))
    due_with_the_worker(date(2029, 1, 26))
    [mail] = [mail for mail in server.received if mail["To"] == "reader@example.org"]
    assert "Log dan voor die dag één keer in" in mail.get_body(("plain",)).get_content()


ABOUT_US = [
    "554 5.7.1 Relay access denied",
    "550 5.1.8 Afzender bestaat niet",
    "550 Nee",
    "554 Niet 5.1.1",
    "554 5.1.17",
]
NOBODY_THERE = ["550 5.1.1 Zo iemand is hier niet", "550-5.1.10 Onbekend\r\n550 5.1.10 Vraag het na", "553 5.1.3"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("answer", ABOUT_US)
def test_an_account_stays_where_the_mail_server_refuses_for_a_reason_that_may_be_ours(server, answer):
    cast = build_cast()
    User.objects.update(last_login=at(date(2040, 1, 1)))
    User.objects.filter(pk=cast.reader.pk).update(last_login=at(CLOSED))
    server.on_rcpt = lambda address: answer
    due_with_the_worker(date(2029, 1, 26))
    assert DBTaskResult.objects.get(task_path__endswith=".send_account_goes").status == "FAILED"
    assert not told("account")
    server.on_rcpt = lambda address: None
    due_with_the_worker(date(2029, 4, 3))
    assert User.objects.filter(pk=cast.reader.pk).exists()
    assert Announcement.objects.get(kind="account").told_on == date(2029, 4, 3)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("answer", NOBODY_THERE)
def test_an_account_whose_address_is_nobodys_counts_as_told(server, answer):
    cast = build_cast()
    User.objects.update(last_login=at(date(2040, 1, 1)))
    User.objects.filter(pk=cast.reader.pk).update(last_login=at(CLOSED))
    server.on_rcpt = lambda address: answer
    due_with_the_worker(date(2029, 1, 26))
    assert Announcement.objects.get(kind="account").told_on == date(2029, 1, 26)
