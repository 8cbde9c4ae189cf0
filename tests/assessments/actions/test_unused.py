"""Networks without rounds and accounts that nobody uses go after their term, once that was told."""

from datetime import date

import pytest
from auditlog.models import LogEntry
from django.contrib.admin.models import LogEntry as AdminEntry
from django.contrib.contenttypes.models import ContentType

from assessments.actions.keeping import keep_network
from assessments.actions.networks import add_colleague
from assessments.actions.setup import create_round
from assessments.models import (
    Announcement,
    Membership,
    Network,
    Receipt,
    Role,
    Round,
)
from samenwerking.accounts.models import ApiToken, User
from tests.cast import PASSWORD, build_cast
from tests.terms import CLOSED, at, due, told

# Networks without rounds


@pytest.fixture
def empty(db):
    """Returns the cast's second network, in which nobody did anything since CLOSED."""
    cast = build_cast()
    network = cast.stranger.memberships.get().network
    Network.objects.filter(pk=network.pk).update(touched_at=at(CLOSED))
    User.objects.update(last_login=at(date(2040, 1, 1)))
    return network


def test_a_network_without_rounds_goes_after_two_years_with_who_works_in_it(empty):
    due(date(2029, 1, 26))
    assert told("network")
    due(date(2029, 3, 2))
    assert not Network.objects.filter(pk=empty.pk).exists()
    assert set(Receipt.objects.filter(network=empty.pk).values_list("kind", "count")) >= {("network", 1), ("access", 1)}
    assert not Announcement.objects.exists()
    kept = str(list(LogEntry.objects.values()))
    assert (empty.name in kept, str(empty.pk) in kept) == (False, True)


def test_a_network_stays_where_somebody_asks_for_that_or_works_in_it(empty):
    due(date(2029, 1, 26))
    keep_network(network_id=empty.pk)
    assert not told("network")
    due(date(2029, 3, 2))
    assert Network.objects.filter(pk=empty.pk).exists()


def test_a_network_with_a_concept_that_somebody_works_on_stays(empty):
    version = Round.objects.first().instrument_version
    create_round(network_id=empty.pk, previous_id=None, fields={"name": "Eerste", "instrument_version": version})
    Round.objects.filter(network=empty).update(touched_at=at(date(2029, 2, 1)))
    for day in (date(2029, 2, 5), date(2029, 3, 12)):
        due(day)
    assert Network.objects.filter(pk=empty.pk).exists()


# Accounts


@pytest.fixture
def unused(db):
    """Returns a meelezer who signed in on CLOSED and never again; all others do."""
    cast = build_cast()
    User.objects.update(last_login=at(date(2040, 1, 1)))
    User.objects.filter(pk=cast.reader.pk).update(last_login=at(CLOSED))
    return cast


def test_an_account_that_nobody_used_goes_after_two_years_and_a_month_after_its_owner_was_told(unused):
    due(date(2029, 1, 26))
    assert told("account")
    due(date(2029, 3, 1))
    assert User.objects.filter(pk=unused.reader.pk).exists()
    assert due(date(2029, 3, 2))["accounts erased"] == 1
    assert not User.objects.filter(pk=unused.reader.pk).exists()
    assert not Membership.objects.filter(network=unused.network, role=Role.READER).exists()
    assert "reader@example.org" not in str(list(LogEntry.objects.values()))
    assert Receipt.objects.get(kind="account").count == 1
    assert Receipt.objects.get(kind="account").network is None


def test_neither_the_trail_nor_the_admin_keeps_the_name_or_address_of_an_account_that_is_erased(unused):
    User.objects.filter(pk=unused.reader.pk).delete()
    for name in ("Jan Zeven", ""):
        user = User.objects.create_user(f"zeven{len(name)}@example.org", name=name)
        User.objects.filter(pk=user.pk).update(date_joined=at(CLOSED))
        add_colleague(network_id=unused.network.pk, email=user.email, name=name, role=Role.READER)
        note = {"content_type": ContentType.objects.get_for_model(User), "object_repr": str(user), "action_flag": 1}
        AdminEntry.objects.create(user=unused.stranger, object_id=str(user.pk), **note)
    due(date(2029, 1, 26))
    assert due(date(2029, 3, 2))["accounts erased"] == 2
    kept = str([*LogEntry.objects.values(), *AdminEntry.objects.values()])
    assert ("Zeven" in kept, "zeven" in kept) == (False, False)


def test_whoever_signs_in_after_the_mail_keeps_the_account(unused):
    due(date(2029, 1, 26))
    User.objects.filter(pk=unused.reader.pk).update(last_login=at(date(2029, 2, 1)))
    due(date(2029, 3, 2))
    assert User.objects.filter(pk=unused.reader.pk).exists()
    assert not told("account")


def test_a_program_that_reads_with_a_token_uses_the_account(unused):
    fields = {"name": "x", "reads": "rondes", "digest": "x", "made_on": date(2028, 1, 1), "ends_on": date(2028, 4, 1)}
    ApiToken.objects.create(user=unused.reader, last_used_on=date(2028, 3, 1), **fields)
    for day in (date(2029, 1, 26), date(2029, 3, 2)):
        due(day)
    assert User.objects.filter(pk=unused.reader.pk).exists()


def test_who_alone_runs_a_network_and_who_manages_the_site_stay(unused):
    beheer = User.objects.create_superuser("beheer@example.org", PASSWORD, name="Beheer")
    User.objects.filter(pk__in=[unused.coordinator.pk, beheer.pk]).update(last_login=at(CLOSED))
    for day in (date(2029, 1, 26), date(2029, 3, 2)):
        due(day)
    assert User.objects.filter(pk__in=[unused.coordinator.pk, beheer.pk]).count() == 2


def test_of_two_coordinators_who_both_stopped_one_stays(unused):
    second = User.objects.create_user("tweede@example.org", PASSWORD, name="Tweede")
    Membership.objects.create(network=unused.network, user=second, role=Role.COORDINATOR)
    pair = User.objects.filter(pk__in=[unused.coordinator.pk, second.pk])
    pair.update(last_login=at(CLOSED))
    for day in (date(2029, 1, 26), date(2029, 3, 2), date(2029, 4, 9), date(2029, 5, 14)):
        due(day)
    assert pair.count() == 1
