"""Colleagues are invited again and get another role; one leaves or deletes a network, and knows what goes."""

from datetime import timedelta

import pytest
from auditlog.models import LogEntry
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from assessments.actions.discarding import delete_network
from assessments.actions.networks import leave_network
from assessments.actions.rounds import close_round, publish_round
from assessments.models import Erasure, Membership, Network, Participant, Partner, Role, Round
from samenwerking.accounts.models import User
from tests.assessments.views.coordinator.test_pages import fill
from tests.cast import PASSWORD
from tests.html import BUTTONS, FAULTS, MESSAGES, links, text_of, texts

JOBS = DBTaskResult.objects.filter(task_path__endswith="send_colleague_mail")


def invite(client, cast, **fields):
    data = {"name": "Beleidsmedewerker 2", "email": "nieuw@example.org", "role": "reader"} | fields
    client.post(reverse("colleague_invite", args=[cast.network.pk]), data)
    return cast.network.memberships.get(user__email=data["email"])


def said(client, cast, name, *args, **fields):
    address = reverse(name, args=[cast.network.pk, *args])
    return text_of(client.post(address, fields, follow=True), MESSAGES)


def second_coordinator(cast, *, has_opened=True):
    user = User.objects.create_user("tweede@example.org", PASSWORD, name="Tweede")
    at = timezone.now() if has_opened else None
    Membership.objects.create(network=cast.network, user=user, role=Role.COORDINATOR, opened_at=at)
    return user


# Inviting


def test_the_list_names_a_colleague_as_typed_and_says_who_has_not_come(coordinator, client, cast):
    membership = invite(coordinator, cast)
    page = coordinator.get(reverse("network", args=[cast.network.pk]))
    line = "Beleidsmedewerker 2, nieuw@example.org: meelezer, heeft dit netwerk nog niet geopend"
    assert any(line in item for item in texts(page, "main li"))
    client.force_login(membership.user)
    client.get(reverse("overview"))
    membership.refresh_from_db()
    assert membership.opened_at is not None


def test_an_invitation_is_sent_again_until_somebody_came_and_not_twice_an_hour(coordinator, cast):
    membership = invite(coordinator, cast)
    again = "colleague_invite_again", membership.pk
    assert "net verstuurd" in said(coordinator, cast, *again)
    JOBS.update(enqueued_at=timezone.now() - timedelta(hours=2), status="SUCCESSFUL")
    assert "krijgt een uitnodiging" in said(coordinator, cast, *again)
    assert JOBS.count() == 2
    JOBS.update(enqueued_at=timezone.now() - timedelta(hours=2), status="SUCCESSFUL")
    Membership.objects.update(opened_at=timezone.now())
    assert "al geopend" in said(coordinator, cast, *again)
    assert JOBS.count() == 2


def test_another_role_is_told_and_the_only_coordinator_keeps_it(coordinator, cast):
    membership = invite(coordinator, cast)
    assert "is nu coördinator" in said(coordinator, cast, "colleague_role", membership.pk, role="coordinator")
    assert JOBS.count() == 2
    cast.network.memberships.filter(pk=membership.pk).delete()
    own = cast.network.memberships.get(user=cast.coordinator)
    assert "enige coördinator" in said(coordinator, cast, "colleague_role", own.pk, role="reader")
    own.refresh_from_db()
    assert own.role == Role.COORDINATOR


# Leaving


def test_who_reads_leaves_and_comes_in_no_more(client, cast):
    client.force_login(cast.reader)
    assert "U hebt geen toegang meer tot Netwerk Oost." in said(client, cast, "network_leave")
    assert client.get(reverse("network_leave", args=[cast.network.pk])).status_code == 404


def test_the_only_coordinator_is_told_how_to_hand_over(coordinator, cast):
    page = coordinator.get(reverse("network_leave", args=[cast.network.pk]))
    assert "Zo draagt u het over" in text_of(page, "main p")
    assert texts(page, BUTTONS) == []
    assert "Draag het netwerk eerst over" in said(coordinator, cast, "network_leave")


@pytest.mark.parametrize("has_opened", [True, False])
def test_a_coordinator_leaves_once_another_one_has_been_there(coordinator, cast, has_opened):
    """A mistyped address would otherwise be all that is left of who runs the network."""
    second_coordinator(cast, has_opened=has_opened)
    coordinator.post(reverse("network_leave", args=[cast.network.pk]))
    assert cast.network.memberships.filter(user=cast.coordinator).exists() != has_opened


def test_leaving_twice_is_no_fault(cast):
    for _ in range(2):
        leave_network(network_id=cast.network.pk, user=cast.reader)
    assert not cast.network.memberships.filter(user=cast.reader).exists()


# Deleting


@pytest.fixture
def published(coordinator, cast):
    fill(cast)
    close_round(round_id=cast.round.pk)
    publish_round(round_id=cast.round.pk)
    return cast


def remove(client, cast, name="Netwerk Oost"):
    fields = {"name": name, "has_export": "on"}
    return client.post(reverse("network_remove", args=[cast.network.pk]), fields, follow=True)


def test_the_last_coordinator_deletes_a_network_by_its_name(coordinator, published):
    Erasure.objects.all().delete()
    page = coordinator.get(reverse("network_remove", args=[published.network.pk]))
    assert "Voorjaar" in text_of(page, ".utrecht-alert--warning")
    assert "logboek" in text_of(page, ".utrecht-alert--warning")
    assert reverse("network_export", args=[published.network.pk]) in links(page.content.decode())
    unread = coordinator.post(reverse("network_remove", args=[published.network.pk]), {"name": "Netwerk Oost"})
    assert "Download eerst wat u nodig hebt" in text_of(unread, FAULTS)
    assert "Dit is niet de naam" in text_of(remove(coordinator, published, "Netwerk"), FAULTS)
    assert "is verwijderd" in text_of(remove(coordinator, published, " netwerk  oost "), MESSAGES)
    for model in (Round, Participant, Partner):
        assert not model.objects.exists()
    assert [network.name for network in Network.objects.all()] == ["Netwerk West"]
    assert User.objects.filter(email="reader@example.org").exists()
    noted = set(Erasure.objects.values_list("table", flat=True))
    assert {"assessments_network", "assessments_round", "assessments_partner", "assessments_frozenresults"} <= noted
    [left] = LogEntry.objects.filter(object_pk=str(published.network.pk))
    assert (left.action, left.actor, left.changes) == (LogEntry.Action.DELETE, published.coordinator, {})
    assert "Oost" not in left.object_repr


def test_while_a_round_is_open_or_somebody_else_runs_it_a_network_stays(coordinator, cast):
    page = remove(coordinator, cast)
    assert "De ronde ‘Voorjaar’ is nog open" in text_of(page, "main p")
    close_round_of(cast)
    second_coordinator(cast)
    assert "Er is nog een andere coördinator" in text_of(remove(coordinator, cast), "main p")
    assert Network.objects.filter(pk=cast.network.pk).exists()


def close_round_of(cast):
    fill(cast)
    close_round(round_id=cast.round.pk)


def test_a_round_that_opens_meanwhile_keeps_the_network(cast):
    with pytest.raises(Exception, match="is nog open"):
        delete_network(network_id=cast.network.pk, user=cast.coordinator)
